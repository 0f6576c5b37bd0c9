package engine

import "time"

// Jumped has the engine believe that its computer slept.
func (e *Engine) Jumped(by time.Duration) { e.jumped(by) }

// Slept is slept.
func Slept(onWall, awake time.Duration) time.Duration { return slept(onWall, awake) }
