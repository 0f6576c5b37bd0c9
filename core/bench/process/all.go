package process

import (
	"os"
	"os/signal"
	"sync"
	"syscall"
)

// running are the processes that were started and have not ended.
var running = struct {
	sync.Mutex
	all map[*Process]struct{}
}{all: map[*Process]struct{}{}}

func remember(p *Process) {
	running.Lock()
	defer running.Unlock()
	running.all[p] = struct{}{}
}

func forget(p *Process) {
	running.Lock()
	defer running.Unlock()
	delete(running.all, p)
}

// KillAll ends all processes that this program started and that still run.
func KillAll() {
	running.Lock()
	all := make([]*Process, 0, len(running.all))
	for p := range running.all {
		all = append(all, p)
	}
	running.Unlock()
	for _, p := range all {
		p.Kill()
	}
}

// KillAllOnSignal has this program end its processes, tidy up, and end, when it is
// asked to end.
func KillAllOnSignal(tidy func()) {
	asked := make(chan os.Signal, 1)
	signal.Notify(asked, os.Interrupt, syscall.SIGTERM)
	go func() {
		<-asked
		KillAll()
		tidy()
		os.Exit(1)
	}()
}
