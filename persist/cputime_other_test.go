//go:build !unix

package persist

import "time"

// cpuTime is not known here.
func cpuTime() time.Duration { return 0 }
