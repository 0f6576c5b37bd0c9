package background

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func TestAfterWaits(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var ran atomic.Bool
		After(time.Second, func() { ran.Store(true) })
		time.Sleep(time.Second - 1)
		synctest.Wait()
		if ran.Load() {
			t.Error("ran too early")
		}
		time.Sleep(time.Nanosecond)
		synctest.Wait()
		if !ran.Load() {
			t.Error("did not run in time")
		}
	})
}

func TestAfterCanBeStopped(t *testing.T) {
	bubble(t, func(t *testing.T) {
		var ran atomic.Bool
		stop := After(time.Second, func() { ran.Store(true) })
		stop()
		time.Sleep(2 * time.Second)
		synctest.Wait()
		if ran.Load() {
			t.Error("ran although it was stopped")
		}
	})
}
