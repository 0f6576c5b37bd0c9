package persist

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"

	"go.etcd.io/bbolt"

	"hookbird/core"
	"hookbird/persist/codec"
)

// Load reads what the engine needs to start.
func (s *Store) Load(ctx context.Context) (*core.Snapshot, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l := &loader{}
	err := s.view(func(tx *bbolt.Tx) error {
		l.log(tx)
		l.settings(tx)
		l.webhooks(tx)
		l.sources(tx)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return &l.Snapshot, nil
}

// loader collects a snapshot.
type loader struct{ core.Snapshot }

func (l *loader) problem(format string, args ...any) {
	l.Problems = append(l.Problems, fmt.Sprintf(format, args...))
}

func (l *loader) log(tx *bbolt.Tx) {
	log := tx.Bucket(bucketEvents)
	l.Head = log.Sequence()
	c := log.Cursor()
	if first, _ := c.First(); len(first) == 8 {
		l.First = binary.BigEndian.Uint64(first)
	}
	if _, last := c.Last(); last != nil {
		l.HeadTime, _ = codec.EventTime(last)
	}
	l.Holes = tx.Bucket(bucketMeta).Get(keyHoles) != nil
	if at := keptHeadTime(tx); at.After(l.HeadTime) {
		l.HeadTime = at
	}
}

func (l *loader) settings(tx *bbolt.Tx) {
	var err error
	if l.Settings, err = readSettings(tx); err != nil {
		l.problem("Hookbird's own settings are damaged and begin anew. Look through the Settings page.")
	}
}

func (l *loader) webhooks(tx *bbolt.Tx) {
	c := tx.Bucket(bucketWebhooks).Cursor()
	for id, value := c.First(); id != nil; id, value = c.Next() {
		var stored storedWebhook
		err := codec.ReadJSON(value, &stored)
		if err == nil && stored.Webhook == nil {
			err = codec.ErrDamaged
		}
		if err != nil {
			l.problem("The settings of the webhook %q are damaged, so it sends nothing. Delete it and make it again.", id)
			continue
		}
		lane, err := readLane(tx, stored.Num)
		if err != nil {
			l.problem("The place of the webhook %q among the records is damaged, so it sends nothing. Delete it and make it again.", stored.Webhook.Name)
			continue
		}
		l.Webhooks = append(l.Webhooks, core.WebhookRow{
			Webhook: stored.Webhook, Num: stored.Num, Revision: stored.Revision, Changed: stored.Changed, Lane: lane,
		})
	}
}

func (l *loader) sources(tx *bbolt.Tx) {
	c := tx.Bucket(bucketSources).Cursor()
	for id, value := c.First(); id != nil; id, value = c.Next() {
		var stored storedSource
		err := codec.ReadJSON(value, &stored)
		if err == nil && stored.Source == nil {
			err = codec.ErrDamaged
		}
		if err != nil {
			l.problem("The settings of the source %q are damaged, so it takes no records. Delete it and make it again.", id)
			continue
		}
		stat, err := readStat(tx, stored.Source.ID)
		if err != nil {
			l.problem("The count of records from the source %q is damaged and begins anew.", stored.Source.Name)
		}
		l.Sources = append(l.Sources, core.SourceRow{
			Source: stored.Source, Revision: stored.Revision, Changed: stored.Changed, Last: stat.Last, Events: stat.Events,
		})
	}
}

// WebhookAt gives the settings of a webhook at a revision.
func (s *Store) WebhookAt(webhook uint32, revision uint64) (*core.Webhook, error) {
	w := &core.Webhook{}
	err := s.view(func(tx *bbolt.Tx) error {
		value := tx.Bucket(bucketVersions).Get(versionKey(webhook, revision))
		if value == nil {
			return core.Errorf(core.CodeNotFound, "The settings that this message was sent with are not kept.")
		}
		return codec.ReadJSON(value, w)
	})
	if errors.Is(err, codec.ErrDamaged) {
		return nil, core.Wrap(core.CodeInternal, err, "The settings that this message was sent with are damaged.")
	}
	if err != nil {
		return nil, err
	}
	return w, nil
}
