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
	"sync"
	"time"

	"hookbird/core"
)

// A request that names itself by a key is accepted once a day, however often it
// comes. What is remembered of it is a mark of its source, kept in the same
// commit as its records:
//
//	once:DAY:HASH of the key
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
	Body string `json:"body"` // SHA-256 of type and body
	Seed string `json:"seed"`
	Done int    `json:"done"` // records accepted
	All  int    `json:"all"`  // records of the request
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

// idempotencyKey gives the name that a request has for itself, if any.
func idempotencyKey(r *http.Request) string {
	if key := r.Header.Get("Idempotency-Key"); key != "" {
		return key
	}
	return r.Header.Get("Webhook-Id")
}

// once makes requests with the same key wait for one another.
type once struct {
	mu   sync.Mutex
	busy map[string]chan struct{} // closed when the request is done
}

// enter waits until no other request with this name is under way.
func (o *once) enter(ctx context.Context, name string) (leave func(), err error) {
	for {
		o.mu.Lock()
		other := o.busy[name]
		if other == nil {
			break
		}
		o.mu.Unlock()
		select {
		case <-other:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
	defer o.mu.Unlock()
	if o.busy == nil {
		o.busy = map[string]chan struct{}{}
	}
	done := make(chan struct{})
	o.busy[name] = done
	return func() {
		o.mu.Lock()
		delete(o.busy, name)
		o.mu.Unlock()
		close(done)
	}, nil
}

// acceptOnce stores a batch unless it was stored before under the same key. One
// that was stored in part goes on where it ended.
func (s *Server) acceptOnce(w http.ResponseWriter, r *http.Request, b *batch, key string, body []byte) *refusal {
	if len(key) > maxKey {
		return invalid(fmt.Sprintf("The idempotency key has more than %d characters.", maxKey))
	}
	sum := sha256.Sum256([]byte(key))
	name := hex.EncodeToString(sum[:16])
	leave, err := s.once.enter(r.Context(), b.src.ID+" "+name)
	if err != nil {
		return unavailable("Another request with the same key is under way. Send the same again in a moment.", "5")
	}
	defer leave()
	got, mark, err := s.receipt(b, name, bodyHash(b.typ, body))
	switch {
	case err != nil:
		return s.failed(b, 0, err)
	case got.Body != bodyHash(b.typ, body) || got.All != len(b.records):
		return refuse(http.StatusConflict, "conflict", "A request with the same idempotency key, but another body, was accepted within the last day. Give each request a key of its own.")
	case got.All > 0 && got.Done == got.All:
		accepted(w, got.All, got.id, true)
		return nil
	}
	no := s.acceptFrom(b, got.Done, got.id, func(done int) []core.Mark {
		got.Done = done
		text, _ := json.Marshal(got) // our own plain type
		return append(s.expired(b.src.ID), core.Mark{Source: b.src.ID, Key: mark, Value: text})
	})
	if no != nil {
		return no
	}
	accepted(w, len(b.records), got.id, false)
	return nil
}

func bodyHash(typ string, body []byte) string {
	h := sha256.New()
	_, _ = h.Write([]byte(typ + "\n")) // a hash never fails
	_, _ = h.Write(body)
	return hex.EncodeToString(h.Sum(nil))
}

// receipt gives what is remembered of a key and under which mark, or a new one.
func (s *Server) receipt(b *batch, name, hash string) (got receipt, mark string, err error) {
	now := time.Now()
	for _, day := range []int64{dayOf(now), dayOf(now) - 1} {
		mark = onceKey(day) + name
		value, ok, err := s.host.Mark(b.src.ID, mark)
		if err != nil {
			return got, "", err
		}
		if ok && json.Unmarshal(value, &got) == nil && now.Sub(time.UnixMilli(got.At)) < onceFor {
			return got, mark, nil
		}
	}
	seed := make([]byte, 16)
	_, _ = rand.Read(seed) // never fails since Go 1.24
	got = receipt{At: now.UnixMilli(), Body: hash, Seed: hex.EncodeToString(seed), All: len(b.records)}
	return got, onceKey(dayOf(now)) + name, nil
}

func dayOf(t time.Time) int64 { return t.Unix() / (24 * 60 * 60) }

func onceKey(day int64) string { return fmt.Sprintf("%s%06d:", keyOnce, day) }

var errEnough = errors.New("enough")

// expired gives marks that forget a few keys of a source that no longer count.
// Each new key takes more old ones with it than it brings, in its own commit.
func (s *Server) expired(src string) (old []core.Mark) {
	first := onceKey(dayOf(time.Now()) - 1) // the first that may still count
	err := s.host.Marks(src, keyOnce, func(key string, _ []byte) error {
		if key >= first || len(old) == 3 {
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
