package attempt

import (
	"context"
	"testing"

	"pgregory.net/rapid"
)

// What was once written may have arrived, whatever happens then.
func TestStageNeverGoesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := &exchange{Context: context.Background()}
		furthest := stageStart
		for _, s := range rapid.SliceOf(rapid.IntRange(0, int(stageWritten))).Draw(t, "stages") {
			x.reach(stage(s))
			if furthest = max(furthest, stage(s)); x.at() != furthest {
				t.Fatalf("at %d, want %d", x.at(), furthest)
			}
		}
	})
}
