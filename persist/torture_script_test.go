package persist

import (
	"fmt"
	"strings"
	"time"

	"hookbird/core"
)

// step is one thing that is done to a store. Done again after it failed, it does
// the same.
type step struct {
	name string
	do   func(s *Store) error
}

func commitStep(name string, batch func() *core.Batch) step {
	return step{name, func(s *Store) error { return s.Commit(batch()) }}
}

func configStep(name string, changes func() []core.Change) step {
	return commitStep(name, func() *core.Batch { return &core.Batch{Config: changes()} })
}

// script is a life of a store with all that can be committed. Webhook crm has
// number 1, mail 2.
func script() []step {
	waits, last := try(1, 2, 2*time.Second, core.Waiting), core.Result{}
	last = again(waits, time.Hour, core.Waiting)
	failed := try(1, 3, 3*time.Second, core.Failed)
	other := try(2, 5, 5*time.Second, core.Waiting)
	steps := []step{
		configStep("webhooks", func() []core.Change {
			w := withSecrets(core.NewSecret("header secret"), core.NewSecret("field secret"))
			return []core.Change{
				{Webhook: w, Lane: &core.Lane{Next: 1}, Now: noon},
				{Webhook: newWebhook("mail"), Lane: &core.Lane{Next: 1}, Now: noon},
			}
		}),
		configStep("source", func() []core.Change {
			return []core.Change{{Source: &core.Source{ID: "files", Kind: core.KindFolder, Folder: &core.FolderSource{Path: "/in"}}, Now: noon}}
		}),
		configStep("settings", func() []core.Change {
			return []core.Change{{Settings: settingsWith(core.NewSecret("proxy password")), Now: noon}}
		}),
		commitStep("events and marks", func() *core.Batch {
			return &core.Batch{Events: newEvents(1, 12), Marks: []core.Mark{{Source: "files", Key: "offset", Value: []byte("12")}}}
		}),
		commitStep("first tries", func() *core.Batch {
			return &core.Batch{
				Results: []core.Result{try(1, 1, time.Second, core.Delivered), waits, failed, try(2, 4, 4*time.Second, core.Delivered), other},
				Lanes:   []core.LaneRow{{Webhook: 1, Lane: core.Lane{Next: 4, Delivered: 1, Retries: 1, Failed: 1}}},
			}
		}),
		commitStep("a big event", func() *core.Batch {
			e := newEvent(13)
			e.Data = fmt.Appendf(nil, `{"text":%q}`, strings.Repeat("x", 20_000))
			return &core.Batch{Events: []*core.Event{e}}
		}),
		{"settle", func(s *Store) error { return s.Settle() }},
		commitStep("second try", func() *core.Batch { return &core.Batch{Results: []core.Result{last}} }),
		commitStep("send again", func() *core.Batch {
			return &core.Batch{Results: []core.Result{{Webhook: 1, Seq: 3, Prev: keyOf(&failed), State: core.Waiting, Due: noon.Add(2 * time.Hour)}}}
		}),
		commitStep("ended without a try", func() *core.Batch {
			return &core.Batch{Results: []core.Result{
				{Webhook: 2, Seq: 5, Prev: keyOf(&other), PrevDue: other.Due.UnixMilli(), State: core.Delivered, Due: noon.Add(time.Hour)},
				{Webhook: 2, Seq: 6, Revision: 1, State: core.Replaced, Due: noon.Add(time.Hour)},
			}}
		}),
		configStep("secret replaced", func() []core.Change {
			return []core.Change{{Webhook: withSecrets(core.NewSecret("new secret"), core.Secret{}), Now: noon.Add(time.Hour)}}
		}),
		configStep("webhook deleted", func() []core.Change { return []core.Change{{DropWebhook: "mail", Now: noon.AddDate(50, 0, 0)}} }),
		{"trim", trimAll(noon.Add(24*time.Hour), 7)},
	}
	commits := 8
	if *torture {
		commits = 30
	}
	steps = append(steps, manyCommits(14, commits)...)
	return append(steps, step{"settle again", func(s *Store) error { return s.Settle() }}, step{"trim again", trimAll(noon.Add(48*time.Hour), 40)},
		commitStep("mark forgotten", func() *core.Batch { return &core.Batch{Marks: []core.Mark{{Source: "files", Key: "offset"}}} }))
}

// manyCommits are some of what a busy store does.
func manyCommits(from uint64, n int) (steps []step) {
	for i := range uint64(n) {
		first := from + 12*i
		steps = append(steps, commitStep(fmt.Sprintf("events from %d", first), func() *core.Batch {
			b := &core.Batch{Events: newEvents(first, first+11), Lanes: []core.LaneRow{{Webhook: 1, Lane: core.Lane{Next: first + 12}}}}
			for _, e := range b.Events {
				e.Data = fmt.Appendf(nil, `{"text":%q}`, strings.Repeat("y", 500))
				b.Results = append(b.Results, try(1, e.Seq, e.Time.Sub(noon), stateOf(e.Seq)))
			}
			return b
		}))
	}
	return steps
}

// trimAll goes through all that is old.
func trimAll(before time.Time, floor uint64) func(s *Store) error {
	return func(s *Store) error {
		for {
			if _, more, err := trimOld(s, before, floor); err != nil || !more {
				return err
			}
		}
	}
}
