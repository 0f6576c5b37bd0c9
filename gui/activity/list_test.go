package activity

import (
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

func message(seq uint64, last int64, state core.DeliveryState) control.ActivityRow {
	return control.ActivityRow{
		Key:   core.DeliveryKey{Last: last, Seq: seq, Webhook: 1},
		State: state, Webhook: "CRM",
	}
}

func page(rows ...control.ActivityRow) control.ActivityPage { return control.ActivityPage{Rows: rows} }

func seqs(l *list) []uint64 {
	var out []uint64
	for _, r := range l.rows {
		out = append(out, r.Key.Seq)
	}
	return out
}

func TestMergeMovesNothing(t *testing.T) {
	l := newList()
	l.reset(page(message(3, 30, core.Delivered), message(2, 20, core.Failed), message(1, 10, core.Waiting)))
	l.choose(l.rows[1], true)
	l.merge(page(message(5, 60, core.Delivered), message(1, 50, core.Delivered), message(2, 40, core.Delivered), message(4, 35, core.Failed), message(3, 30, core.Delivered)))

	if got := seqs(l); len(got) != 3 || got[0] != 3 || got[1] != 2 || got[2] != 1 {
		t.Errorf("rows moved: %v", got)
	}
	if l.rows[2].State != core.Delivered {
		t.Error("a message that was delivered meanwhile still waits in the list")
	}
	if l.fresh != 2 || l.more {
		t.Errorf("fresh %d, more %v; want 2, all counted", l.fresh, l.more)
	}
	if keys, _ := l.finished(); len(keys) != 1 || keys[0].Last != 40 {
		t.Errorf("the chosen message keeps its old key: %v", keys)
	}
}

func TestMergeSaysWhenItDidNotSeeAll(t *testing.T) {
	l := newList()
	l.reset(page(message(1, 10, core.Failed)))
	p := page(message(3, 30, core.Failed), message(2, 20, core.Failed))
	p.Next = core.DeliveryKey{Last: 20, Seq: 2, Webhook: 1}
	l.merge(p)
	if l.fresh != 2 || !l.more {
		t.Errorf("fresh %d, more %v; want at least 2", l.fresh, l.more)
	}
}

func TestPagesDoNotRepeat(t *testing.T) {
	l := newList()
	l.reset(page(message(3, 30, core.Failed), message(2, 20, core.Failed)))
	l.add(page(message(2, 20, core.Failed), message(1, 10, core.Failed)))
	if got := seqs(l); len(got) != 3 {
		t.Errorf("rows %v, want 3 of them", got)
	}
}

func TestQueuesStandFirst(t *testing.T) {
	l := newList()
	l.reset(control.ActivityPage{
		Queues: []control.Queue{{WebhookID: "a", Waiting: 8845}},
		Rows:   []control.ActivityRow{message(1, 10, core.Failed)},
	})
	if it, ok := l.at(0); !ok || it.queue == nil {
		t.Error("the backlog is not the first line")
	}
	if it, ok := l.at(1); !ok || it.row.Key.Seq != 1 || l.find(idOf(it.row.Key)) != 1 {
		t.Error("the message is not the second line")
	}
	if _, ok := l.at(2); ok {
		t.Error("there is a third line")
	}
}

func TestWhatWaitsIsNotSentAgain(t *testing.T) {
	l := newList()
	rows := []control.ActivityRow{message(3, 30, core.Failed), message(2, 20, core.Waiting), message(1, 10, core.Delivered)}
	l.reset(page(rows...))
	for _, row := range rows {
		l.choose(row, true)
	}
	keys, webhooks := l.finished()
	if len(keys) != 2 || keys[0].Seq != 1 || keys[1].Seq != 3 {
		t.Errorf("keys %v, want those of 1 and 3", keys)
	}
	if len(webhooks) != 1 || webhooks[0] != "CRM" {
		t.Errorf("webhooks %v", webhooks)
	}
}

func TestTestsAreMarked(t *testing.T) {
	row := message(1, 10, core.Failed)
	row.Test, row.Origin = true, "Test"
	if got := textOf(item{row: row}, time.Now()).detail; got != "Test  ·  CRM" {
		t.Errorf("a test reads %q", got)
	}
}

func TestBacklogsOnlyWhereTheyBelong(t *testing.T) {
	queues := []control.Queue{{WebhookID: "a", Waiting: 2}, {WebhookID: "b", Waiting: 1}, {WebhookID: "c"}}
	tests := []struct {
		name string
		q    control.ActivityQuery
		want int
	}{
		{"all", control.ActivityQuery{}, 2},
		{"waiting", control.ActivityQuery{State: core.Waiting}, 2},
		{"of one webhook", control.ActivityQuery{Webhook: "b"}, 1},
		{"failed", control.ActivityQuery{State: core.Failed}, 0},
		{"search", control.ActivityQuery{Text: "ada"}, 0},
	}
	for _, tt := range tests {
		if got := len(queuesFor(tt.q, queues)); got != tt.want {
			t.Errorf("%s: %d backlogs, want %d", tt.name, got, tt.want)
		}
	}
}
