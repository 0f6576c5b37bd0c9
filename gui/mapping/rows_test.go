package mapping

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
)

var secrets = cmp.Comparer(func(a, b core.Secret) bool { return a == b })

// fields draws fields of a message of every kind.
func fields() *rapid.Generator[core.Field] {
	word := rapid.StringMatching(`[a-z]([a-z .]{0,6}[a-z])?`)
	return rapid.Custom(func(t *rapid.T) core.Field {
		f := core.Field{Name: word.Draw(t, "name"), OmitEmpty: rapid.Bool().Draw(t, "omit")}
		switch rapid.IntRange(0, 4).Draw(t, "kind") {
		case 0:
			f.From = word.Draw(t, "from")
		case 1:
			f.Value = word.Draw(t, "value")
		case 2:
			f.Blank = true
		case 3:
			f.Template = "[" + word.Draw(t, "path") + "]"
		default:
			f.Secret = core.SealedSecret(word.Draw(t, "secret"))
		}
		if f.From != "" || f.Template != "" {
			f.Convert = rapid.SliceOfN(rapid.SampledFrom([]string{"trim", "date:DD/MM/YYYY"}), 1, 3).Draw(t, "steps")
		}
		return f
	})
}

func TestRowsGiveBackTheirFields(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.SliceOfN(fields(), 1, 6).Draw(t, "fields")
		if diff := cmp.Diff(want, RowsOfFields(want).Fields(), secrets); diff != "" {
			t.Fatalf("fields (-want +got):\n%s", diff)
		}
	})
}

func TestHeadersAndKeysComeBack(t *testing.T) {
	headers := []core.Header{{Name: "A", Value: "[@id]"}, {Name: "B", Secret: core.SealedSecret("b")}, {Name: "C"}}
	if diff := cmp.Diff(headers, RowsOfHeaders(headers).Headers(), secrets); diff != "" {
		t.Error(diff)
	}
	keys := []core.NamedSecret{{Name: "key", Secret: core.SealedSecret("k")}}
	if diff := cmp.Diff(keys, RowsOfKeys(keys).Keys(), secrets); diff != "" {
		t.Error(diff)
	}
}

func TestMoveKeepsTheOthers(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows := RowsOfFields(rapid.SliceOfN(fields(), 1, 8).Draw(t, "fields"))
		row := rapid.SampledFrom(rows).Draw(t, "row")
		with := func(r *Row) bool { return r.Group() == row.Group() }
		others := slices.Clone(rows)
		before := slices.Clone(rows.where(with))
		to := rapid.IntRange(-2, 9).Draw(t, "to")
		rows.Move(row, to, with)
		for i, r := range others {
			if !with(r) && rows[i] != r {
				t.Fatal("a row of another table moved")
			}
		}
		after := rows.where(with)
		if want := max(0, min(to, len(before)-1)); after.Index(row) != want {
			t.Fatalf("the row is at %d, want %d", after.Index(row), want)
		}
		if !slices.Equal(before.Remove(row), after.Remove(row)) {
			t.Fatal("the others changed their order")
		}
	})
}

func TestAddStandsBehindItsKind(t *testing.T) {
	rows := RowsOfFields([]core.Field{{Name: "a", From: "x"}, {Name: "v", Value: "1"}, {Name: "b", Template: "[y]"}, {Name: "s", Secret: core.SealedSecret("s")}})
	rows = rows.Add(&Row{Kind: core.FieldFrom, Name: "c"}, func(r *Row) bool { return r.Group() == Taken })
	rows = rows.Add(&Row{Kind: core.FieldValue, Name: "w"}, func(r *Row) bool { return r.Group() == Fixed })
	var names []string
	for _, r := range rows {
		names = append(names, r.Name)
	}
	if want := []string{"a", "v", "w", "b", "c", "s"}; !slices.Equal(names, want) {
		t.Errorf("order %q, want %q", names, want)
	}
}

func TestWhatRowsLack(t *testing.T) {
	tests := []struct {
		name  string
		row   Row
		lacks []Box
		blank bool
	}{
		{"nothing yet", Row{Kind: core.FieldFrom}, []Box{BoxFrom, BoxName}, true},
		{"no name", Row{Kind: core.FieldFrom, From: "x"}, []Box{BoxName}, false},
		{"no field", Row{Kind: core.FieldFrom, Name: "x"}, []Box{BoxFrom}, false},
		{"no text", Row{Kind: core.FieldTemplate, Name: "x"}, []Box{BoxFrom}, false},
		{"text", Row{Kind: core.FieldTemplate, Name: "x", Template: "[y]"}, nil, false},
		{"no secret", Row{Kind: core.FieldSecret, Name: "x"}, []Box{BoxValue}, false},
		{"empty on purpose", Row{Kind: core.FieldValue, Blank: true}, []Box{BoxName}, false},
		{"spaces for a name", Row{Kind: core.FieldValue, Name: "  ", Value: "v"}, []Box{BoxName}, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := tt.row.Missing(); !slices.Equal(got, tt.lacks) {
				t.Errorf("lacks %v, want %v", got, tt.lacks)
			}
			if tt.row.IsBlank() != tt.blank {
				t.Errorf("blank: %v", tt.row.IsBlank())
			}
			for _, box := range tt.lacks {
				if MissingText(&tt.row, box) == "" {
					t.Errorf("nothing is said of %v", box)
				}
			}
		})
	}
}

func TestFieldBecomesTextAndBack(t *testing.T) {
	row := &Row{Kind: core.FieldFrom, From: "a]b", Name: "n", Convert: []string{"trim"}}
	row.AsText()
	if row.Kind != core.FieldTemplate || row.Template != `[a\]b]` || row.From != "" {
		t.Fatalf("as a text: %+v", row)
	}
	row.SetTemplate(row.Template + " and [c]")
	row.AsField()
	want := core.Field{Name: "n", From: "a]b", Convert: []string{"trim"}}
	if diff := cmp.Diff(want, row.Field(), secrets); diff != "" {
		t.Errorf("as a field (-want +got):\n%s", diff)
	}
}

func TestCopyHasNoNameAndNoSecret(t *testing.T) {
	row := &Row{Kind: core.FieldSecret, Name: "token", Secret: core.SealedSecret("s")}
	row.Keep("field:token")
	if c := row.Copy(); c.Name != "" || !c.Secret.IsZero() || c.Place() != "" {
		t.Errorf("a copy: %+v", c)
	}
}

func TestEmptyOnPurposeEndsWithATypedValue(t *testing.T) {
	row := &Row{Kind: core.FieldValue, Name: "n", Blank: true}
	if f := row.Field(); !f.Blank {
		t.Errorf("field %+v", f)
	}
	row.SetValue("x")
	row.SetValue("")
	if row.Blank {
		t.Error("it is empty on purpose although somebody typed into it")
	}
}

func TestTypedSecretHidesTheStoredOne(t *testing.T) {
	row := &Row{Kind: core.FieldSecret, Secret: core.SealedSecret("s")}
	row.Keep("field:token")
	if row.Place() != "field:token" {
		t.Errorf("place %q", row.Place())
	}
	row.Type("new")
	if row.Place() != "" {
		t.Error("a typed secret still names the stored one")
	}
	row.Secret = core.MissingSecret()
	if row.Place() != "" {
		t.Error("a secret that nobody has can be revealed")
	}
}

func TestDoes(t *testing.T) {
	tests := []struct {
		row  Row
		want string
	}{
		{Row{Kind: core.FieldFrom, From: "x"}, ""},
		{Row{Kind: core.FieldFrom, Convert: []string{"lower", "md5"}, OmitEmpty: true}, "Converted: Small letters → Fingerprint (MD5) of the text. Left out when empty."},
		{Row{Kind: core.FieldValue, Blank: true}, "Sent empty on purpose."},
	}
	for _, tt := range tests {
		if got := tt.row.Does(); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
