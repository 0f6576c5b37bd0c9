package local

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"sync"
	"time"

	"hookbird/core"
)

// What names itself is accepted once a day, however often it comes: a request by
// its idempotency key, a CloudEvent by its source and id. Each is a unit, and
// what is remembered of it is a mark of its source, kept in the same commit as
// its records:
//
//	once:DAY:HASH of the name
//
// where DAY counts days since 1970 in UTC, so that old marks stand in front and
// are found without looking at the others.
const (
	keyOnce = "once:"
	onceFor = 24 * time.Hour
	maxKey  = 255 // characters of an idempotency key
)

// receipt is what is remembered. The ids of the records are worked out of Seed,
// so that it stays small however many there are.
type receipt struct {
	At   int64  `json:"at"`   // Unix milliseconds
	Body string `json:"body"` // SHA-256 of its type and bytes
	Seed string `json:"seed"`
	Done int    `json:"done"` // records accepted
	All  int    `json:"all"`  // records of the unit
}

// id gives the id of the i-th record: a UUIDv7 of the request's time.
func (r receipt) id(i int) string {
	sum := sha256.Sum256(binary.BigEndian.AppendUint64([]byte(r.Seed), uint64(i)))
	b := sum[:16]
	var ms [8]byte
	binary.BigEndian.PutUint64(ms[:], uint64(r.At))
	copy(b[:6], ms[2:])
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:16])
}

// unit is a part of a batch that is accepted once.
type unit struct {
	receipt
	name     string // hash of its name
	mark     string // where the receipt is kept
	from, to int    // its records
	same     int    // the unit of this batch that it repeats; itself if none
}

// idempotencyKey gives the name that a request has for itself, if any. Where requests
// are signed it is the one that is signed too: else who has seen one could send it
// again under another name.
func idempotencyKey(r *http.Request, src *core.Source) string {
	if key := r.Header.Get("Idempotency-Key"); key != "" && src.Local.Verify.Style != core.VerifyStandard {
		return key
	}
	return r.Header.Get("Webhook-Id")
}

// units cuts a batch into the parts that are accepted once: all of it under its
// idempotency key, else each CloudEvent; none if nothing has a name.
func (b *batch) units(key string, body []byte) ([]unit, *refusal) {
	if len(key) > maxKey {
		return nil, invalid(fmt.Sprintf("The idempotency key has more than %d characters.", maxKey))
	}
	if key != "" {
		return []unit{newUnit("key "+key, b.typ, body, 0, len(b.records))}, nil
	}
	if len(b.records) == 0 || b.records[0].name == "" {
		return nil, nil
	}
	units, known := make([]unit, len(b.records)), map[string]int{}
	for i, r := range b.records {
		u := newUnit("event "+r.name, r.typ, r.data, i, i+1)
		first, repeated := known[u.name]
		if !repeated {
			first = i
			known[u.name] = i
		} else if units[first].Body != u.Body {
			return nil, conflict()
		}
		u.same = first
		units[i] = u
	}
	return units, nil
}

func newUnit(name, typ string, body []byte, from, to int) unit {
	h := sha256.New()
	_, _ = h.Write([]byte(typ + "\n")) // a hash never fails
	_, _ = h.Write(body)
	sum := sha256.Sum256([]byte(name))
	u := unit{name: hex.EncodeToString(sum[:16]), from: from, to: to}
	u.Body, u.All = hex.EncodeToString(h.Sum(nil)), to-from
	return u
}

func conflict() *refusal {
	return refuse(http.StatusConflict, "conflict", "The same idempotency key or CloudEvents id was used for something else within the last day. Nothing was accepted: give each its own.")
}

// once makes requests with the same key wait for one another.
type once struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // closed when the request is done
}

// enter waits until no other request with one of these names is under way. The
// names are entered in order, so that no two requests wait for each other.
func (o *once) enter(ctx context.Context, names []string) (leave func(), err error) {
	slices.Sort(names)
	names = slices.Compact(names)
	done := make(chan struct{})
	entered := 0
	leave = func() {
		o.mu.Lock()
		for _, name := range names[:entered] {
			delete(o.busy, name)
		}
		o.mu.Unlock()
		close(done)
	}
	for _, name := range names {
		if err := o.wait(ctx, name, done); err != nil {
			leave()
			return nil, err
		}
		entered++
	}
	return leave, nil
}

// wait waits for one name and takes it until done is closed.
func (o *once) wait(ctx context.Context, name string, done chan struct{}) error {
	for {
		o.mu.Lock()
		other := o.busy[name]
		if other == nil {
			if o.busy == nil {
				o.busy = map[string]chan struct{}{}
			}
			o.busy[name] = done
			o.mu.Unlock()
			return nil
		}
		o.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// acceptOnce stores what of a batch was not stored before. A unit that was
// stored in part goes on where it ended.
func (s *Server) acceptOnce(w http.ResponseWriter, r *http.Request, b *batch, units []unit) *refusal {
	names := make([]string, len(units))
	for i, u := range units {
		names[i] = b.src.ID + " " + u.name
	}
	leave, err := s.once.enter(r.Context(), names)
	if err != nil {
		return unavailable("Another request with the same key is under way. Send the same again in a moment.", "5")
	}
	defer leave()
	todo, ids, no := s.plan(b, units)
	if no != nil {
		return no
	}
	no = s.acceptAll(b, todo, ids, func(slice []int) []core.Mark { return s.marks(b.src.ID, units, slice) })
	if no != nil {
		return no
	}
	acceptedAll(w, ids, len(todo) == 0 && len(ids) > 0)
	return nil
}

// plan recalls what is known of each unit, and gives the records that are to do
// and the ids of all.
func (s *Server) plan(b *batch, units []unit) (todo []int, ids []string, no *refusal) {
	now := time.Now()
	for i := range units {
		u := &units[i]
		if u.same != i {
			ids = append(ids, ids[u.same])
			continue
		}
		wanted := u.receipt
		if err := s.recall(b.src.ID, u, now); err != nil {
			return nil, nil, s.failed(b, 0, err)
		}
		if u.Body != wanted.Body || u.All != wanted.All {
			return nil, nil, conflict()
		}
		for n := u.from; n < u.to; n++ {
			ids = append(ids, u.id(n-u.from))
			if n-u.from >= u.Done {
				todo = append(todo, n)
			}
		}
	}
	return todo, ids, nil
}

// recall gives a unit its receipt: what is remembered of it, or a new one.
func (s *Server) recall(src string, u *unit, now time.Time) error {
	for _, day := range []int64{dayOf(now), dayOf(now) - 1} {
		mark := onceKey(day) + u.name
		value, ok, err := s.host.Mark(src, mark)
		if err != nil {
			return err
		}
		var got receipt
		if ok && json.Unmarshal(value, &got) == nil && now.Sub(time.UnixMilli(got.At)) < onceFor {
			u.receipt, u.mark = got, mark
			return nil
		}
	}
	seed := make([]byte, 16)
	_, _ = rand.Read(seed) // never fails since Go 1.24
	u.At, u.Seed, u.mark = now.UnixMilli(), hex.EncodeToString(seed), onceKey(dayOf(now))+u.name
	return nil
}

// marks gives the receipts of the units that a slice belongs to, as they are
// once it is stored, and forgets old ones.
func (s *Server) marks(src string, units []unit, slice []int) (marks []core.Mark) {
	last := slice[len(slice)-1]
	i, _ := slices.BinarySearchFunc(units, slice[0], func(u unit, n int) int { return u.to - 1 - n })
	for ; i < len(units) && units[i].from <= last; i++ {
		u := units[i]
		if u.same != i {
			continue
		}
		u.Done = min(last+1, u.to) - u.from
		text, _ := json.Marshal(u.receipt) // our own plain type
		marks = append(marks, core.Mark{Source: src, Key: u.mark, Value: text})
	}
	return append(s.expired(src, len(marks)+2), marks...)
}

func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

func onceKey(day int64) string { return fmt.Sprintf("%s%06d:", keyOnce, day) }

var errEnough = errors.New("enough")

// expired gives marks that forget up to max units of a source that no longer
// count. New ones take more old ones with them than they are, in their own
// commit, so that these never pile up.
func (s *Server) expired(src string, max int) (old []core.Mark) {
	first := onceKey(dayOf(time.Now()) - 1) // the first that may still count
	err := s.host.Marks(src, keyOnce, func(key string, _ []byte) error {
		if key >= first || len(old) == max {
			return errEnough
		}
		old = append(old, core.Mark{Source: src, Key: key})
		return nil
	})
	if err != nil && !errors.Is(err, errEnough) {
		s.log.Warn("old idempotency keys not found", "source", src, "error", err)
	}
	return old
}
