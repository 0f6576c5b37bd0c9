package background

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"

	"fyne.io/fyne/v2/test"
)

// bubble runs a test under Fyne's test driver, where fyne.Do runs on the
// goroutine that calls it, and synctest.Wait sees it through.
func bubble(t *testing.T, run func(t *testing.T)) {
	test.NewTempApp(t)
	synctest.Test(t, run)
}

func TestDoneComesAfterWork(t *testing.T) {
	bubble(t, func(t *testing.T) {
		work := make(chan error)
		var got error
		Do(func(context.Context) error { return <-work }, func(err error) { got = err })
		synctest.Wait()
		if got != nil {
			t.Error("done ran before the work had ended")
		}
		trouble := errors.New("trouble")
		work <- trouble
		synctest.Wait()
		if !errors.Is(got, trouble) {
			t.Errorf("done got %v, want %v", got, trouble)
		}
	})
}

func TestStopEndsWork(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var got error
		stop := Do(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }, func(err error) { got = err })
		stop()
		synctest.Wait()
		if !errors.Is(got, context.Canceled) {
			t.Errorf("done got %v, want context.Canceled", got)
		}
	})
}

// desk is where a loader reads: each read waits for an answer.
type desk struct {
	answers chan int
	shown   []int
}

func (d *desk) fetch(context.Context) (int, error) { return <-d.answers, nil }

func (d *desk) loader() *Loader[int] {
	d.answers = make(chan int)
	return NewLoader(d.fetch, func(v int, _ error) { d.shown = append(d.shown, v) })
}

// answer sees one read through.
func (d *desk) answer(v int) {
	d.answers <- v
	synctest.Wait()
}

// waiting tells whether a read waits for an answer, and gives it one.
func (d *desk) waiting(v int) bool {
	select {
	case d.answers <- v:
		synctest.Wait()
		return true
	default:
		return false
	}
}

func TestLoaderShowsTheLatest(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var d desk
		l := d.loader()
		for range 50 {
			l.Load()
		}
		synctest.Wait()
		d.answer(1)
		d.answer(2)
		if d.waiting(3) {
			t.Error("there was a third read, want one for all that was asked meanwhile")
		}
		if len(d.shown) != 2 || d.shown[1] != 2 {
			t.Errorf("shown %v, want [1 2]", d.shown)
		}
	})
}

func TestStoppedLoaderShowsNothing(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var d desk
		l := d.loader()
		l.Load()
		l.Load()
		l.Stop()
		synctest.Wait()
		d.answer(1)
		if len(d.shown) != 0 || d.waiting(2) {
			t.Errorf("shown %v, want nothing and no further read", d.shown)
		}
		l.Load()
		synctest.Wait()
		d.answer(3)
		if len(d.shown) != 1 || d.shown[0] != 3 {
			t.Errorf("shown %v after it was asked again, want [3]", d.shown)
		}
	})
}
