package activity

import (
	"fmt"
	"slices"

	"hookbird/core"
	"hookbird/core/control"
)

// id names a message whatever becomes of it: its key changes with every try,
// its event and its webhook do not.
type id struct {
	seq     uint64
	webhook uint32
}

func idOf(key core.DeliveryKey) id { return id{key.Seq, key.Webhook} }

// item is one line of the list: a backlog behind a cursor, or one message.
type item struct {
	queue *control.Queue
	row   control.ActivityRow
}

// list is what has been read of the history so far. It belongs to the goroutine
// of the window.
type list struct {
	queues []control.Queue
	rows   []control.ActivityRow
	places map[id]int       // of the rows
	next   core.DeliveryKey // of the next page; zero when all is read
	counts control.Counts
	fresh  int  // messages known of but not in the list, so as not to move it
	more   bool // there may be more fresh ones than were counted
	chosen map[id]control.ActivityRow
	all    uint64 // everything that the query asks for is chosen, so many; 0: what is in chosen

	allAbout bool // and there may be more
}

func newList() *list { return &list{places: map[id]int{}, chosen: map[id]control.ActivityRow{}} }

// len is how many lines there are.
func (l *list) len() int { return len(l.queues) + len(l.rows) }

// at gives a line; ok is false beyond the end, where the widget may ask while a
// list shrinks.
func (l *list) at(i int) (it item, ok bool) {
	switch {
	case i < 0 || i >= l.len():
		return item{}, false
	case i < len(l.queues):
		return item{queue: &l.queues[i]}, true
	default:
		return item{row: l.rows[i-len(l.queues)]}, true
	}
}

// find gives the line that a message stands in, -1 if it is not in the list.
func (l *list) find(which id) int {
	i, ok := l.places[which]
	if !ok {
		return -1
	}
	return i + len(l.queues)
}

// reset begins anew with the first page of a query.
func (l *list) reset(page control.ActivityPage) {
	l.queues, l.next, l.counts = page.Queues, page.Next, page.Counts
	l.rows, l.places = nil, map[id]int{}
	l.fresh, l.more = 0, false
	l.append(page.Rows)
	l.refreshChosen(page.Rows)
}

// add puts the next page behind what there is. Messages that have moved since
// are not shown twice.
func (l *list) add(page control.ActivityPage) {
	l.append(page.Rows)
	l.next = page.Next
}

func (l *list) append(rows []control.ActivityRow) {
	for _, row := range rows {
		which := idOf(row.Key)
		if _, known := l.places[which]; !known {
			l.places[which] = len(l.rows)
			l.rows = append(l.rows, row)
		}
	}
}

// merge takes what is new in the first page without moving a line: messages that
// are in the list change in their place, the others are only counted.
func (l *list) merge(page control.ActivityPage) {
	l.counts = page.Counts
	for i := range l.queues {
		for _, q := range page.Queues {
			if q.WebhookID == l.queues[i].WebhookID {
				l.queues[i] = q
			}
		}
	}
	l.fresh = 0
	for _, row := range page.Rows {
		if i := l.find(idOf(row.Key)); i >= 0 {
			l.rows[i-len(l.queues)] = row
		} else {
			l.fresh++
		}
	}
	l.more = l.fresh > 0 && l.fresh == len(page.Rows) && !page.Next.IsZero()
	l.refreshChosen(page.Rows)
}

// choose marks a message for what is done to many, or takes the mark away.
func (l *list) choose(row control.ActivityRow, on bool) {
	l.all, l.allAbout = 0, false
	if on {
		l.chosen[idOf(row.Key)] = row
		return
	}
	delete(l.chosen, idOf(row.Key))
}

func (l *list) isChosen(row control.ActivityRow) bool {
	_, ok := l.chosen[idOf(row.Key)]
	return ok || l.all > 0
}

// unchoose takes all marks away.
func (l *list) unchoose() {
	clear(l.chosen)
	l.all, l.allAbout = 0, false
}

// refreshChosen renews the keys of what is chosen.
func (l *list) refreshChosen(rows []control.ActivityRow) {
	for _, row := range rows {
		if _, ok := l.chosen[idOf(row.Key)]; ok {
			l.chosen[idOf(row.Key)] = row
		}
	}
}

// finished lists the keys of the chosen messages that can be sent again, in the
// order in which they were last tried, and the names of their webhooks.
func (l *list) finished() (keys []core.DeliveryKey, webhooks []string) {
	for _, row := range l.chosen {
		if !finishedState(row.State) {
			continue
		}
		keys = append(keys, row.Key)
		if !slices.Contains(webhooks, row.Webhook) {
			webhooks = append(webhooks, row.Webhook)
		}
	}
	slices.SortFunc(keys, func(a, b core.DeliveryKey) int { return slices.Compare(a.Bytes(), b.Bytes()) })
	slices.Sort(webhooks)
	return keys, webhooks
}

// keys lists the keys of what is chosen, the newest first.
func (l *list) keys() (keys []core.DeliveryKey) {
	for _, row := range l.chosen {
		keys = append(keys, row.Key)
	}
	slices.SortFunc(keys, func(a, b core.DeliveryKey) int { return slices.Compare(b.Bytes(), a.Bytes()) })
	return keys
}

// finishedState tells whether a message in a state can be sent again.
func finishedState(s core.DeliveryState) bool {
	return s != core.Waiting && s != core.Replaced && s != core.Removed
}

// notFinished says how many of the chosen messages cannot be sent again, and why.
func (l *list) notFinished() (text string) {
	if l.all > 0 {
		return ""
	}
	n := map[core.DeliveryState]int{}
	for _, row := range l.chosen {
		n[row.State]++
	}
	for _, s := range []struct {
		state core.DeliveryState
		word  string
	}{{core.Waiting, "waiting"}, {core.Replaced, "replaced"}, {core.Removed, "removed"}} {
		if n[s.state] > 0 {
			text += fmt.Sprintf(", %d of them %s", n[s.state], s.word)
		}
	}
	return text
}

// unsure lists the keys of the chosen messages that may have arrived.
func (l *list) unsure() (keys []core.DeliveryKey) {
	for _, row := range l.chosen {
		if row.Unsure {
			keys = append(keys, row.Key)
		}
	}
	return keys
}

// queuesFor leaves out the backlogs that a query does not ask for: a search is
// for messages that were tried.
func queuesFor(q control.ActivityQuery, queues []control.Queue) []control.Queue {
	if q.Text != "" || !q.Since.IsZero() && !q.Until.IsZero() || len(q.Types)+len(q.Sources)+len(q.Causes) > 0 || q.Group != nil || q.State != "" && q.State != core.Waiting {
		return nil
	}
	var wanted []control.Queue
	for _, queue := range queues {
		if queue.Waiting > 0 && (q.Webhook == "" || q.Webhook == queue.WebhookID) {
			wanted = append(wanted, queue)
		}
	}
	return wanted
}
