package process

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// CPU is the time of all cores that it has used, also after it has ended (then to
// 10 ms).
func (p *Process) CPU() time.Duration {
	if !p.Ended() {
		if used, ok := ran(strconv.Itoa(p.PID())); ok {
			return used
		}
	}
	if !Known() {
		return 0
	}
	<-p.ended // if nothing is to be read, then soon
	return p.cmd.ProcessState.UserTime() + p.cmd.ProcessState.SystemTime()
}

// Mine is the time of all cores that this program has used itself.
func Mine() time.Duration {
	used, _ := ran("self")
	return used
}

// ran adds up how long the threads of a process have run, to the nanosecond (the first
// number of schedstat). Those that ended are missing: Go keeps its threads.
func ran(pid string) (time.Duration, bool) {
	threads, err := filepath.Glob("/proc/" + pid + "/task/*/schedstat")
	if err != nil || len(threads) == 0 {
		return 0, false
	}
	var sum time.Duration
	for _, name := range threads {
		b, err := os.ReadFile(name)
		if err != nil {
			continue // it has just ended
		}
		first, _, _ := strings.Cut(string(b), " ")
		ns, err := strconv.ParseInt(first, 10, 64)
		if err != nil {
			return 0, false
		}
		sum += time.Duration(ns)
	}
	return sum, true
}

// CPUOf adds up what several have used.
func CPUOf(all ...*Process) time.Duration {
	var sum time.Duration
	for _, p := range all {
		sum += p.CPU()
	}
	return sum
}

// Resident is its memory that is in use, in MB, with the pages of files that it
// looks at and that the system can take back.
func (p *Process) Resident() float64 { return p.entry("status", "VmRSS:") / 1024 }

// Own is its memory that is in use and in no file (RssAnon), in MB.
func (p *Process) Own() float64 { return p.entry("status", "RssAnon:") / 1024 }

// Written is how many bytes it has had written to disks.
func (p *Process) Written() float64 { return p.entry("io", "write_bytes:") }

// entry reads the number behind a name in one of its files in /proc.
func (p *Process) entry(file, name string) float64 {
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.PID(), file))
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(b)) {
		if rest, ok := strings.CutPrefix(line, name); ok {
			n, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return n
		}
	}
	return 0
}

// Known tells whether this system says what a process uses.
func Known() bool {
	_, err := os.Stat("/proc/self/io")
	return err == nil
}

// LoadAverage is how busy the computer has been in the last 1, 5 and 15 minutes.
func LoadAverage() string {
	b, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return strings.Join(strings.Fields(string(b))[:3], " ")
}
