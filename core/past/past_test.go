package past

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
)

func webhook() *core.Webhook {
	return &core.Webhook{
		ID: "crm", Name: "Supporter CRM", State: core.StateOn, Address: "https://crm.example.org/hooks/secret-path",
		Headers: []core.Header{{Name: "X-Team", Value: "box office"}},
		Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
			{Name: "fname", From: "First Name"}, {Name: "email", From: "E-mail"}, {Name: "token", Secret: core.SealedSecret("one")},
		}},
		Timeout: 15 * time.Second, Retry: core.RetryPlan{Name: "90-minutes"},
	}
}

func of(w *core.Webhook) core.PastState { return core.PastState{Webhook: w} }

func TestDiffSpeaksAsTheWindowDoes(t *testing.T) {
	a, b := webhook(), webhook()
	b.Name, b.State, b.Timeout = "Our CRM", core.StatePaused, 90*time.Second
	b.Address = "https://crm.example.org/hooks/other-path"
	b.Filter = "role=MEMBER"
	b.Headers = nil
	b.Body.Fields = []core.Field{{Name: "email", From: "Work e-mail"}, {Name: "token", Secret: core.SealedSecret("two")}, {Name: "zip", From: "Postcode", Convert: []string{"trim"}}}
	b.Retry = core.RetryPlan{Every: time.Minute, Times: 3}
	want := []Change{
		{"Name", "Supporter CRM", "Our CRM"},
		{"On, paused or off", "on", "paused"},
		{"Web address", "https://crm.example.org/…", "changed"},
		{"Only if", "", "role=MEMBER"},
		{"Header line: X-Team", "box office", ""},
		{"Field: fname", "from First Name", ""},
		{"Field: email", "from E-mail", "from Work e-mail"},
		{"Field: token", core.Dots, "changed"},
		{"Field: zip", "", "from Postcode, converted: trim"},
		{"Give up waiting after", "15 s", "1 min 30 s"},
		{"If it fails", "keep trying for 1½ hours", ""},
		{"Try again every", "", "1 min"},
		{"Try again so often", "", "3"},
	}
	got := Diff(of(a), of(b))
	byField := cmp.Transformer("set", func(list []Change) map[string]Change {
		m := map[string]Change{}
		for _, c := range list {
			m[c.Field] = c
		}
		return m
	})
	if d := cmp.Diff(want, got, byField); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
	if len(got) != len(want) {
		t.Errorf("%d changes, want %d", len(got), len(want))
	}
}

func TestDiffOfWhatIsNotThere(t *testing.T) {
	src := &core.Source{ID: "files", Name: "Supporters", Kind: core.KindFolder, Folder: &core.FolderSource{Path: "/in", After: core.AfterMove}}
	made := Diff(core.PastState{}, core.PastState{Source: src})
	if len(made) < 4 || made[0] != (Change{"Name", "", "Supporters"}) && made[1] != (Change{"Name", "", "Supporters"}) {
		t.Errorf("made: %+v", made)
	}
	for i, c := range Diff(core.PastState{Source: src}, core.PastState{}) {
		if c.Before != made[i].After || c.After != "" {
			t.Errorf("removed: %+v, made: %+v", c, made[i])
		}
	}
	if d := Diff(core.PastState{}, core.PastState{}); d != nil {
		t.Errorf("of nothing: %+v", d)
	}
}

func TestMovedFieldsAreToldOnce(t *testing.T) {
	a, b := webhook(), webhook()
	b.Body.Fields[0], b.Body.Fields[1] = b.Body.Fields[1], b.Body.Fields[0]
	if d := cmp.Diff([]Change{{"Field", "fname, email, token", "email, fname, token"}}, Diff(of(a), of(b))); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

// Every field of the settings has a name in the words of the window.
func TestEveryFieldHasALabel(t *testing.T) {
	full := &core.Source{
		LookUp: &core.LookUp{}, Folder: &core.FolderSource{}, Sheet: &core.SheetSource{}, Local: &core.LocalSource{},
		Database: &core.DatabaseSource{}, Web: &core.WebSource{}, Timer: &core.TimerSource{}, Form: &core.FormSource{},
	}
	for _, v := range []any{core.Webhook{}, *full, core.Settings{}} {
		for _, l := range leavesOf(reflect.ValueOf(v), reflect.ValueOf(v)) {
			label := Label(l.path)
			end := label[strings.LastIndex(label, ": ")+1:]
			if !hidden[l.path] && (label == "" || strings.HasSuffix(l.path, strings.TrimSpace(end)) && labels[l.path] == "" && strings.Contains(end, ".")) || strings.Contains(label, ".") {
				t.Errorf("%s is called %q", l.path, label)
			}
		}
	}
}

func TestMergeJoinsAndAsks(t *testing.T) {
	base, theirs, mine := webhook(), webhook(), webhook()
	theirs.Name, theirs.Timeout, theirs.Filter = "Theirs", time.Minute, "role=MEMBER"
	mine.Name, mine.State, mine.Filter = "Mine", core.StatePaused, "role=MEMBER"
	merged, conflicts := Merge(of(base), of(theirs), of(mine), nil)
	if d := cmp.Diff([]Conflict{{"Name", "Name", "Theirs", "Mine"}}, conflicts); d != "" {
		t.Errorf("conflicts (-want +got):\n%s", d)
	}
	if w := merged.Webhook; w.Name != "Theirs" || w.Timeout != time.Minute || w.State != core.StatePaused || w.Filter != "role=MEMBER" {
		t.Errorf("merged: %+v", w)
	}
	merged, _ = Merge(of(base), of(theirs), of(mine), func(path string) bool { return path == "Name" })
	if w := merged.Webhook; w.Name != "Mine" || w.Timeout != time.Minute {
		t.Errorf("with mine: %+v", w)
	}
	if theirs.Name != "Theirs" || mine.Name != "Mine" {
		t.Error("what was merged was changed")
	}
}

// drawn is a webhook with a few fields drawn.
func drawn(t *rapid.T, label string) *core.Webhook {
	w := webhook()
	pick := func(name string, values ...string) string { return rapid.SampledFrom(values).Draw(t, label+" "+name) }
	w.Name = pick("name", "a", "b", "c")
	w.Filter = pick("filter", "", "x=1", "y=2")
	w.Timeout = time.Duration(rapid.IntRange(0, 2).Draw(t, label+" timeout")) * time.Minute
	w.Body.Fields = w.Body.Fields[:rapid.IntRange(0, 3).Draw(t, label+" fields")]
	w.Send.Batch = rapid.IntRange(0, 2).Draw(t, label+" batch")
	return w
}

// The laws of Merge: what one left alone is as the other has it; where nobody else
// changed anything, mine counts; taking all of mine gives mine where both changed.
func TestLawsOfMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base, theirs, mine := of(drawn(t, "base")), of(drawn(t, "theirs")), of(drawn(t, "mine"))
		same := func(what string, got, want core.PastState) {
			if d := Diff(want, got); len(d) > 0 {
				t.Fatalf("%s: %+v", what, d)
			}
		}
		got, c := Merge(base, base, mine, nil)
		same("nobody else changed it", got, mine)
		if len(c) > 0 {
			t.Fatalf("a conflict with nobody: %+v", c)
		}
		got, c = Merge(base, theirs, base, nil)
		same("I changed nothing", got, theirs)
		if len(c) > 0 {
			t.Fatalf("a conflict about nothing: %+v", c)
		}
		got, c = Merge(base, mine, mine, nil)
		same("both did the same", got, mine)
		if len(c) > 0 {
			t.Fatalf("a conflict about the same: %+v", c)
		}
		all, conflicts := Merge(base, theirs, mine, func(string) bool { return true })
		back, _ := Merge(base, mine, theirs, nil) // seen from the other side
		same("taking mine is the other's leaving it", all, back)
		if none, _ := Merge(base, theirs, mine, nil); len(conflicts) == 0 {
			same("without conflicts there is one way", all, none)
		}
	})
}
