package control

import (
	"sync"
	"sync/atomic"
	"time"
)

// changeGap is the least time between two lines of the stream. They are held
// back here: a slow reader would find its socket full of stale ones.
const changeGap = 100 * time.Millisecond

// Change is one line of the stream of changes.
type Change struct {
	Generation uint64 `json:"gen"`            // higher than before if anything changed
	Show       uint64 `json:"show,omitempty"` // if set, come forward and then acknowledge this number
	Page       string `json:"page,omitempty"` // with Show: the page to open; "" stays where it is
	Quit       bool   `json:"quit,omitempty"` // Hookbird ends; there is no line after this one
}

// hub knows what the one open window has to be told.
type hub struct {
	generation atomic.Uint64
	wake       chan struct{} // one slot: there is something to tell
	stopping   chan struct{} // closed when there will be no more

	mu    sync.Mutex
	open  bool   // a window reads the stream
	asked uint64 // number of the last show that was asked for
	shown uint64 // the last of them that a window acknowledged
	page  string // that the last of them asked for
	done  bool   // stopping is closed
}

// newHub makes a hub whose numbers of shows are not those of the engine before,
// which the window may still remember.
func newHub() *hub {
	first := uint64(time.Now().UnixMilli())
	return &hub{wake: make(chan struct{}, 1), stopping: make(chan struct{}), asked: first, shown: first}
}

// changed notes that something changed. It costs an atomic and never waits.
func (h *hub) changed() {
	h.generation.Add(1)
	h.poke()
}

func (h *hub) poke() {
	select {
	case h.wake <- struct{}{}:
	default: // is to look already
	}
}

// ask remembers that the window is wanted, at a page, until acknowledge.
func (h *hub) ask(page string) {
	h.mu.Lock()
	h.asked++
	h.page = page
	h.mu.Unlock()
	h.poke()
}

// acknowledge says that the window came forward for the ask of this number, and
// so for those before it.
func (h *hub) acknowledge(show uint64) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if show > h.shown && show <= h.asked {
		h.shown = show
	}
}

func (h *hub) pending() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.asked > h.shown
}

func (h *hub) isOpen() bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.open
}

// enter registers a window; ok is false while there is one.
func (h *hub) enter() (ok bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.open {
		return false
	}
	h.open = true
	return true
}

func (h *hub) leave() {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.open = false
}

// stop makes the last line of the stream come.
func (h *hub) stop() {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.done {
		h.done = true
		close(h.stopping)
	}
}

// now gives what to tell a window. It asks for the window in every line until
// that is acknowledged: a window may look at the latest line alone.
func (h *hub) now() Change {
	h.mu.Lock()
	defer h.mu.Unlock()
	c := Change{Generation: h.generation.Load()}
	if h.asked > h.shown {
		c.Show, c.Page = h.asked, h.page
	}
	return c
}

// run tells a window what happens, by tell, until gone or stop, or until tell
// fails. The first line comes at once.
func (h *hub) run(gone <-chan struct{}, tell func(Change) error) error {
	for {
		if err := tell(h.now()); err != nil {
			return err
		}
		if !h.rest(gone) {
			return nil
		}
		select {
		case <-h.wake:
		case <-gone:
			return nil
		case <-h.stopping:
			return tell(Change{Generation: h.generation.Load(), Quit: true})
		}
	}
}

// rest keeps the gap between two lines; false once the window is gone. A stop
// cuts it short.
func (h *hub) rest(gone <-chan struct{}) bool {
	gap := time.NewTimer(changeGap)
	defer gap.Stop()
	select {
	case <-gap.C:
		return true
	case <-h.stopping:
		return true
	case <-gone:
		return false
	}
}
