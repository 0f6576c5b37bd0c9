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
		err = w.dropWebhook(c)
	case c.Source != nil:
		w.saved.sources[i], err = w.saveSource(c)
	case c.DropSource != "":
		err = w.dropSource(c)
	case c.Settings != nil:
		w.saved.settings[i], err = w.saveSettings(c)
	case c.Undo != 0:
		err = w.undo(i, c)
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
	old, err := w.oldWebhook(&stored)
	if err != nil {
		return nil, err
	}
	isNew := old.IsZero()
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
	if err := w.remember(c, core.Past{
		Kind: core.PastWebhook, Target: stored.Webhook.ID, Name: stored.Webhook.Name,
		Before: old, After: core.PastState{Webhook: stored.Webhook},
	}); err != nil {
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
// gives it the next number. It gives its settings so far, zero if it is new.
func (w *batchWriter) oldWebhook(stored *storedWebhook) (was core.PastState, err error) {
	id := []byte(stored.Webhook.ID)
	if value := w.tx.Bucket(bucketWebhooks).Get(id); value != nil {
		var old storedWebhook
		if err := codec.ReadJSON(value, &old); err != nil {
			return was, fmt.Errorf("read webhook %s: %w", id, err)
		}
		stored.Num, stored.Revision = old.Num, old.Revision
		if old.Webhook == nil {
			old.Webhook = &core.Webhook{ID: stored.Webhook.ID}
		}
		w.named.add(-1, old.Webhook.Secrets)
		return core.PastState{Webhook: old.Webhook}, nil
	}
	numbers := w.tx.Bucket(bucketNumbers)
	num, err := numbers.NextSequence()
	if err != nil {
		return was, err
	}
	if num > math.MaxUint32 {
		return was, fmt.Errorf("no number is left for webhook %s", id)
	}
	stored.Num = uint32(num)
	w.renamed = append(w.renamed, nameChange{num: stored.Num, id: stored.Webhook.ID, live: true})
	return was, numbers.Put(numKey(stored.Num), id)
}

// dropWebhook removes a webhook. Its place, its retries and its secrets are set
// aside for as long as that can be undone; then its retries and refs are found by
// nobody any more, and Trim deletes them.
func (w *batchWriter) dropWebhook(c *core.Change) error {
	id := c.DropWebhook
	webhooks := w.tx.Bucket(bucketWebhooks)
	value := webhooks.Get([]byte(id))
	if value == nil {
		return core.Errorf(core.CodeNotFound, "There is no such webhook. It was deleted already.")
	}
	removed := nameChange{id: id}
	var stored storedWebhook
	if err := codec.ReadJSON(value, &stored); err == nil && stored.Webhook != nil {
		undo, err := w.asideWebhook(c, &stored)
		if err != nil { // a place that cannot be read cannot be put back
			w.named.add(-1, stored.Webhook.Secrets)
		} else {
			removed.num, removed.aside, removed.low = stored.Num, true, lowest(undo.Lane)
		}
		if err := w.remember(c, core.Past{
			Kind: core.PastWebhook, Target: id, Name: stored.Webhook.Name,
			Before: core.PastState{Webhook: stored.Webhook}, Undo: undo,
		}); err != nil {
			return err
		}
		if err := w.tx.Bucket(bucketLanes).Delete(numKey(stored.Num)); err != nil {
			return err
		}
	}
	w.renamed = append(w.renamed, removed)
	return webhooks.Delete([]byte(id))
}

// lowest is the first event that a lane has not done with.
func lowest(l *core.Lane) uint64 {
	low := l.Next
	for _, seq := range l.Pending {
		low = min(low, seq)
	}
	for _, run := range l.Runs {
		low = min(low, run.Next)
	}
	return low
}

func (w *batchWriter) saveSource(c *core.Change) (*core.SourceRow, error) {
	stored := storedSource{Source: c.Source.Clone(), Changed: c.Now.UTC()}
	id := []byte(stored.Source.ID)
	if len(id) == 0 {
		return nil, core.Errorf(core.CodeInvalid, "A source has to have an id.")
	}
	var was core.PastState
	if value := w.tx.Bucket(bucketSources).Get(id); value == nil {
		if err := w.expireSource(stored.Source.ID); err != nil {
			return nil, err
		}
	} else {
		var old storedSource
		if err := codec.ReadJSON(value, &old); err != nil {
			return nil, fmt.Errorf("read source %s: %w", id, err)
		}
		stored.Revision = old.Revision
		if old.Source == nil {
			old.Source = &core.Source{ID: stored.Source.ID}
		}
		w.named.add(-1, old.Source.Secrets)
		was.Source = old.Source
	}
	stored.Revision++
	if err := w.seals.source(w.tx, stored.Source); err != nil {
		return nil, err
	}
	w.named.add(1, stored.Source.Secrets)
	if err := put(w.tx, bucketSources, id, stored); err != nil {
		return nil, err
	}
	if err := w.remember(c, core.Past{
		Kind: core.PastSource, Target: stored.Source.ID, Name: stored.Source.Name,
		Before: was, After: core.PastState{Source: stored.Source},
	}); err != nil {
		return nil, err
	}
	row := &core.SourceRow{Source: stored.Source, Revision: stored.Revision, Changed: stored.Changed}
	stat, err := readStat(w.tx, stored.Source.ID)
	row.Last, row.Events = stat.Last, stat.Events
	return row, err
}

// dropSource removes a source. What it remembers and its secrets stay for as long as
// that can be undone.
func (w *batchWriter) dropSource(c *core.Change) error {
	id := c.DropSource
	sources := w.tx.Bucket(bucketSources)
	value := sources.Get([]byte(id))
	if value == nil {
		return core.Errorf(core.CodeNotFound, "There is no such source. It was deleted already.")
	}
	if err := sources.Delete([]byte(id)); err != nil {
		return err
	}
	var stored storedSource
	if err := codec.ReadJSON(value, &stored); err != nil || stored.Source == nil {
		return w.forgetSource(id)
	}
	return w.remember(c, core.Past{
		Kind: core.PastSource, Target: id, Name: stored.Source.Name,
		Before: core.PastState{Source: stored.Source}, Undo: &core.PastUndo{Until: c.Now.Add(core.UndoFor).UTC()},
	})
}

// forgetSource deletes all that a source remembered.
func (w *batchWriter) forgetSource(id string) error {
	marks := w.tx.Bucket(bucketMarks)
	if err := deleteAll(marks, keysUnder(marks, markKey(id, ""))); err != nil {
		return err
	}
	return w.tx.Bucket(bucketStats).Delete(statKey(id))
}

// saveSettings keeps the program's own settings, and gives them as they are kept.
func (w *batchWriter) saveSettings(c *core.Change) (*core.Settings, error) {
	kept := *c.Settings
	old, err := readSettings(w.tx)
	if err == nil {
		w.named.add(-1, proxySecret(&old))
	}
	if err := w.seals.settings(w.tx, old, &kept); err != nil {
		return nil, err
	}
	w.named.add(1, proxySecret(&kept))
	if err := w.remember(c, core.Past{
		Kind: core.PastSettings, Before: core.PastState{Settings: &old}, After: core.PastState{Settings: &kept},
	}); err != nil {
		return nil, err
	}
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
