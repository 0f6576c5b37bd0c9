package persist

import (
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"hookbird/core"
)

func TestWorkIsKeptUntilItIsFinished(t *testing.T) {
	dir := t.TempDir()
	s := mustOpen(t, dir)
	mustCommit(t, s, &core.Batch{Works: []core.Work{
		{ID: "replay/2", Data: []byte(`{"done":1}`)}, {ID: "erase/1", Data: []byte{}}, {ID: "replay/1", Data: []byte("x")},
	}})
	mustCommit(t, s, &core.Batch{Works: []core.Work{{ID: "replay/1"}, {ID: "replay/2", Data: []byte(`{"done":2}`)}, {ID: "never/was"}}})
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = mustOpen(t, dir)
	works, err := s.Works()
	if err != nil {
		t.Fatal(err)
	}
	want := []core.Work{{ID: "erase/1", Data: []byte{}}, {ID: "replay/2", Data: []byte(`{"done":2}`)}}
	if diff := gocmp.Diff(want, works); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
