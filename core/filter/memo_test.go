package filter

import (
	"strings"
	"testing"

	"hookbird/core/value"
)

func TestMemoMakesALongTextOnce(t *testing.T) {
	record, err := value.Parse([]byte(`["` + strings.Repeat(`A\n`, 50) + `B","` + strings.Repeat(`C\n`, 50) + `D"]`))
	if err != nil {
		t.Fatal(err)
	}
	var list []value.Value
	for v := range record.Elements() {
		list = append(list, v)
	}
	var m memo
	read := func(v value.Value) (text, fold string) {
		view := m.text(v, nil)
		return string(view), string(m.folded(v, view, nil))
	}
	read(list[0])
	m.view[0], m.fold[0] = '1', '2' // what is made anew is as it was
	if text, fold := read(list[0]); text[0] != '1' || fold[0] != '2' {
		t.Errorf("made anew: %q, %q", text, fold)
	}
	if text, fold := read(list[1]); text != strings.Repeat("C\n", 50)+"D" || fold != strings.Repeat("c\n", 50)+"d" {
		t.Errorf("another value is read as %q, %q", text, fold)
	}
}
