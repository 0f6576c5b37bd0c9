package attempt

import (
	"strings"
	"testing"

	"hookbird/core"
)

func TestEveryCauseHasFewWords(t *testing.T) {
	seen := map[string]core.Cause{}
	for _, o := range outcomes {
		words, ok := few[o.cause]
		if !ok || len(strings.Fields(words)) < 2 || len(strings.Fields(words)) > 6 {
			t.Errorf("%q has the words %q", o.cause, words)
		}
		if other, twice := seen[words]; twice && other != o.cause {
			t.Errorf("%q and %q have the same words", o.cause, other)
		}
		seen[words] = o.cause
	}
	if Few("of a newer version") == "" {
		t.Error("no words for a cause that is not known")
	}
}
