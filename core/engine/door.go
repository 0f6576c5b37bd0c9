package engine

import (
	"context"
	"crypto/sha256"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/source/local"
)

const (
	doorAgain = 5 * time.Second  // until a busy port is tried again
	keysAgain = 10 * time.Second // until keys that cannot be opened are tried again
	keysWait  = 5 * time.Second  // for keys that are being opened, before a request is refused
)

// door opens the local address, and again when its port was busy, and knows the
// keys of the sources behind it.
type door struct {
	f      *feed
	ctx    context.Context
	cancel context.CancelFunc

	mu     sync.Mutex
	port   int
	cause  string                    // why it is not open
	keys   map[[32]byte]*core.Source // by SHA-256 of the key; its secrets carry their texts
	locals []*core.Source
	known  chan struct{} // closed once keys are those of locals
	closed chan struct{} // closed when the server has ended; nil before
}

func newDoor(f *feed) *door {
	ctx, cancel := context.WithCancel(context.Background())
	d := &door{f: f, ctx: ctx, cancel: cancel, keys: map[[32]byte]*core.Source{}, known: make(chan struct{})}
	close(d.known)
	return d
}

// open listens, at once if the port is free. port is as in Params.Local.
func (d *door) open(port int) {
	if port < 0 {
		return
	}
	if port == 0 {
		port = d.f.e.Settings().Port
	}
	d.closed = make(chan struct{})
	ln := d.listen(port)
	d.f.e.life.spawn(func() {
		defer close(d.closed)
		for ; ln == nil; ln = d.listen(port) {
			select {
			case <-d.ctx.Done():
				return
			case <-time.After(doorAgain):
			}
		}
		s := local.New(d.f.e, d.lookup, d.f.e.log, local.Options{})
		if err := s.Serve(d.ctx, ln); err != nil && d.ctx.Err() == nil {
			d.f.e.log.Error("local address closed", "error", err)
			d.set(0, core.Sentence(err))
		}
	})
}

// listen tries the port once. A port that was chosen now is kept from then on:
// programs on this computer are told of it.
func (d *door) listen(port int) net.Listener {
	ln, got, err := local.Listen(port)
	if err != nil {
		d.set(0, core.Sentence(err))
		return nil
	}
	d.set(got, "")
	if d.f.e.Settings().Port == 0 {
		d.f.e.life.spawn(func() {
			if err := d.f.e.Apply(Edit{Settings: func(s *core.Settings) { s.Port = got }}); err != nil {
				d.f.e.log.Warn("port of the local address not kept", "error", err)
			}
		})
	}
	return ln
}

func (d *door) set(port int, cause string) {
	d.mu.Lock()
	d.port, d.cause = port, cause
	d.mu.Unlock()
	d.f.e.p.OnChange()
}

func (d *door) address() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.port == 0 {
		return ""
	}
	return fmt.Sprintf("http://127.0.0.1:%d", d.port)
}

func (d *door) problem() string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.cause
}

// close takes no more requests, and waits for those that are being read.
func (d *door) close() {
	d.cancel()
	if d.closed != nil {
		<-d.closed
	}
}

// refresh learns the keys of the sources anew, in the background: opening a
// secret may take a while, and whoever posts meanwhile waits for it.
func (d *door) refresh(locals []*core.Source) {
	d.mu.Lock()
	d.locals = locals
	select {
	case <-d.known:
		d.known = make(chan struct{})
	default: // is being learned: whoever waits goes on waiting
	}
	d.mu.Unlock()
	d.f.e.life.spawn(func() { d.learn(locals) })
}

func (d *door) learn(locals []*core.Source) {
	keys, missing := map[[32]byte]*core.Source{}, false
	for _, src := range locals {
		opened, key, err := d.reveal(src)
		if err != nil {
			d.f.e.log.Warn("key of a source not opened", "source", src.ID, "error", err)
			d.f.e.Report(src.ID, core.Sentence(err))
			missing = true
			continue
		}
		d.f.e.Report(src.ID, "")
		keys[sha256.Sum256([]byte(key))] = opened
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if !slices.Equal(d.locals, locals) {
		return // they changed meanwhile: another call learns them
	}
	d.keys = keys
	select {
	case <-d.known:
	default:
		close(d.known)
	}
	if missing {
		d.f.e.life.after(keysAgain, d.relearn)
	}
}

// relearn looks once more for keys that could not be opened.
func (d *door) relearn() {
	d.mu.Lock()
	locals := d.locals
	d.mu.Unlock()
	d.refresh(locals)
}

// reveal gives a copy of a source whose secrets carry their texts, and its key.
func (d *door) reveal(src *core.Source) (opened *core.Source, key string, err error) {
	opened = src.Clone()
	opened.Secrets(func(place string, s *core.Secret) {
		text, e := d.f.e.store.Reveal(*s)
		if e != nil {
			err = e
			return
		}
		*s = core.NewSecret(text)
		if place == "key" {
			key = text
		}
	})
	return opened, key, err
}

// lookup finds the source of a key. It hashes instead of comparing, so that the
// time it takes says nothing of how much of a key was right.
func (d *door) lookup(key string) (*core.Source, bool) {
	d.mu.Lock()
	known := d.known
	d.mu.Unlock()
	select {
	case <-known:
	default:
		select {
		case <-known:
		case <-time.After(keysWait):
		}
	}
	sum := sha256.Sum256([]byte(key))
	d.mu.Lock()
	defer d.mu.Unlock()
	src, ok := d.keys[sum]
	return src, ok
}
