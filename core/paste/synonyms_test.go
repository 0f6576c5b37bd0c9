package paste

import (
	"strings"
	"testing"
)

func TestNoWordMeansTwoThings(t *testing.T) {
	seen := map[string]string{}
	for _, line := range strings.Split(strings.TrimSpace(synonyms), "\n") {
		list := strings.Fields(line)
		for _, w := range list {
			if other, twice := seen[w]; twice {
				t.Errorf("%s means %s and %s", w, other, list[0])
			}
			if plain(w) != w {
				t.Errorf("%s is not written plainly", w)
			}
			seen[w] = list[0]
		}
	}
}
