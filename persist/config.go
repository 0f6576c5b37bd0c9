package persist

import (
	"encoding/binary"
	"fmt"
	"math"
	"time"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// storedWebhook is a webhook's current settings as stored, as JSON.
type storedWebhook struct {
	Num      uint32
	Revision uint64
	Changed  time.Time
	Webhook  *core.Webhook
}

// storedSource is a source's settings as stored, as JSON.
type storedSource struct {
	Revision uint64
	Changed  time.Time
	Source   *core.Source
}

// savedRows are what config changes led to, by their index, until the batch is
// on disk.
type savedRows struct {
	webhooks map[int]*core.WebhookRow
	sources  map[int]*core.SourceRow
	settings map[int]*core.Settings
}

// fill hands the rows out.
func (r savedRows) fill(changes []core.Change) {
	for i, row := range r.webhooks {
		changes[i].Row = row
	}
	for i, row := range r.sources {
		changes[i].SourceRow = row
	}
	for i, settings := range r.settings {
		changes[i].Settings = settings
	}
}

// config writes saved settings, in order.
func (w *batchWriter) config(changes []core.Change) error {
	if len(changes) == 0 {
		return nil
	}
	w.saved = savedRows{
		webhooks: map[int]*core.WebhookRow{},
		sources:  map[int]*core.SourceRow{},
		settings: map[int]*core.Settings{},
	}
	for i := range changes {
		if err := w.change(i, &changes[i]); err != nil {
			return fmt.Errorf("write settings: %w", err)
		}
	}
	return w.dropUnusedSecrets()
}

func (w *batchWriter) change(i int, c *core.Change) (err error) {
	switch {
	case c.Webhook != nil:
		w.saved.webhooks[i], err = w.saveWebhook(c)
	case c.DropWebhook != "":
		err = w.dropWebhook(c.DropWebhook)
	case c.Source != nil:
		w.saved.sources[i], err = w.saveSource(c)
	case c.DropSource != "":
		err = w.dropSource(c.DropSource)
	case c.Settings != nil:
		w.saved.settings[i], err = w.saveSettings(c.Settings)
	}
	return err
}

// put stores v as JSON.
func put(tx *bbolt.Tx, bucket, key []byte, v any) error {
	value, err := codec.JSON(v)
	if err != nil {
		return err
	}
	return tx.Bucket(bucket).Put(key, value)
}

func (w *batchWriter) saveWebhook(c *core.Change) (*core.WebhookRow, error) {
	stored := storedWebhook{Webhook: c.Webhook.Clone()}
	if stored.Webhook.ID == "" {
		return nil, core.Errorf(core.CodeInvalid, "A webhook has to have an id.")
	}
	isNew, err := w.oldWebhook(&stored)
	if err != nil {
		return nil, err
	}
	stored.Revision++
	stored.Changed = c.Now.UTC()
	if err := w.seals.webhook(w.tx, stored.Webhook); err != nil {
		return nil, err
	}
	w.named.add(1, stored.Webhook.Secrets)
	if err := put(w.tx, bucketWebhooks, []byte(stored.Webhook.ID), stored); err != nil {
		return nil, err
	}
	if err := put(w.tx, bucketVersions, versionKey(stored.Num, stored.Revision), stored.Webhook); err != nil {
		return nil, err
	}
	row := &core.WebhookRow{
		Webhook: stored.Webhook, Num: stored.Num, Revision: stored.Revision, Changed: stored.Changed,
	}
	if isNew {
		if c.Lane != nil {
			row.Lane = *c.Lane
		}
		return row, w.putLane(stored.Num, &row.Lane)
	}
	row.Lane, err = readLane(w.tx, stored.Num)
	return row, err
}

// oldWebhook takes number and revision from what is stored of a webhook, or
// gives it the next number.
func (w *batchWriter) oldWebhook(stored *storedWebhook) (isNew bool, err error) {
	id := []byte(stored.Webhook.ID)
	if value := w.tx.Bucket(bucketWebhooks).Get(id); value != nil {
		var old storedWebhook
		if err := codec.ReadJSON(value, &old); err != nil {
			return false, fmt.Errorf("read webhook %s: %w", id, err)
		}
		stored.Num, stored.Revision = old.Num, old.Revision
		if old.Webhook != nil {
			w.named.add(-1, old.Webhook.Secrets)
		}
		return false, nil
	}
	numbers := w.tx.Bucket(bucketNumbers)
	num, err := numbers.NextSequence()
	if err != nil {
		return false, err
	}
	if num > math.MaxUint32 {
		return false, fmt.Errorf("no number is left for webhook %s", id)
	}
	stored.Num = uint32(num)
	w.renamed = append(w.renamed, nameChange{num: stored.Num, id: stored.Webhook.ID, live: true})
	return true, numbers.Put(numKey(stored.Num), id)
}

// dropWebhook deletes a webhook and its lane. Its retries and refs are found by
// nobody any more, and Trim deletes them.
func (w *batchWriter) dropWebhook(id string) error {
	webhooks := w.tx.Bucket(bucketWebhooks)
	value := webhooks.Get([]byte(id))
	if value == nil {
		return core.Errorf(core.CodeNotFound, "There is no such webhook. It was deleted already.")
	}
	var stored storedWebhook
	if err := codec.ReadJSON(value, &stored); err == nil {
		if stored.Webhook != nil {
			w.named.add(-1, stored.Webhook.Secrets)
		}
		if err := w.tx.Bucket(bucketLanes).Delete(numKey(stored.Num)); err != nil {
			return err
		}
	}
	w.renamed = append(w.renamed, nameChange{id: id})
	return webhooks.Delete([]byte(id))
}

func (w *batchWriter) saveSource(c *core.Change) (*core.SourceRow, error) {
	stored := storedSource{Source: c.Source.Clone(), Changed: c.Now.UTC()}
	id := []byte(stored.Source.ID)
	if len(id) == 0 {
		return nil, core.Errorf(core.CodeInvalid, "A source has to have an id.")
	}
	if value := w.tx.Bucket(bucketSources).Get(id); value != nil {
		var old storedSource
		if err := codec.ReadJSON(value, &old); err != nil {
			return nil, fmt.Errorf("read source %s: %w", id, err)
		}
		stored.Revision = old.Revision
		if old.Source != nil {
			w.named.add(-1, old.Source.Secrets)
		}
	}
	stored.Revision++
	if err := w.seals.source(w.tx, stored.Source); err != nil {
		return nil, err
	}
	w.named.add(1, stored.Source.Secrets)
	if err := put(w.tx, bucketSources, id, stored); err != nil {
		return nil, err
	}
	row := &core.SourceRow{Source: stored.Source, Revision: stored.Revision, Changed: stored.Changed}
	stat, err := readStat(w.tx, stored.Source.ID)
	row.Last, row.Events = stat.Last, stat.Events
	return row, err
}

// dropSource deletes a source with all that it remembers.
func (w *batchWriter) dropSource(id string) error {
	sources := w.tx.Bucket(bucketSources)
	value := sources.Get([]byte(id))
	if value == nil {
		return core.Errorf(core.CodeNotFound, "There is no such source. It was deleted already.")
	}
	var stored storedSource
	if err := codec.ReadJSON(value, &stored); err == nil && stored.Source != nil {
		w.named.add(-1, stored.Source.Secrets)
	}
	marks := w.tx.Bucket(bucketMarks)
	for _, key := range keysUnder(marks, markKey(id, "")) {
		if err := marks.Delete(key); err != nil {
			return err
		}
	}
	if err := w.tx.Bucket(bucketStats).Delete(statKey(id)); err != nil {
		return err
	}
	return sources.Delete([]byte(id))
}

// saveSettings keeps the program's own settings, and gives them as they are kept.
func (w *batchWriter) saveSettings(settings *core.Settings) (*core.Settings, error) {
	kept := *settings
	old, err := readSettings(w.tx)
	if err == nil {
		w.named.add(-1, proxySecret(&old))
	}
	if err := w.seals.settings(w.tx, old, &kept); err != nil {
		return nil, err
	}
	w.named.add(1, proxySecret(&kept))
	return &kept, put(w.tx, bucketSettings, keySettings, kept)
}

// readSettings gives the program's own settings, zero ones if none were saved or
// if they cannot be read.
func readSettings(tx *bbolt.Tx) (core.Settings, error) {
	var settings core.Settings
	value := tx.Bucket(bucketSettings).Get(keySettings)
	if value == nil {
		return settings, nil
	}
	if err := codec.ReadJSON(value, &settings); err != nil {
		return core.Settings{}, err
	}
	return settings, nil
}

// readLane gives a webhook's lane, the zero one if there is none.
func readLane(tx *bbolt.Tx, num uint32) (lane core.Lane, err error) {
	value := tx.Bucket(bucketLanes).Get(numKey(num))
	if value == nil {
		return lane, nil
	}
	err = codec.ReadJSON(value, &lane)
	return lane, err
}

// statKey is the key of a source's stat. Events may come from a source that has
// no id, which bbolt would not take as a key.
func statKey(source string) []byte { return append([]byte(source), 0) }

// readStat gives what is known of a source's events.
func readStat(tx *bbolt.Tx, id string) (codec.Stat, error) {
	value := tx.Bucket(bucketStats).Get(statKey(id))
	if value == nil {
		return codec.Stat{}, nil
	}
	return codec.UnmarshalStat(value)
}

// numFrom reads a webhook's number out of the last 4 bytes of a key.
func numFrom(key []byte) uint32 { return binary.BigEndian.Uint32(key[len(key)-4:]) }
