package schedule_test

import (
	"slices"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/schedule"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseTimes(t *testing.T) {
	nine, half, evening := clock(9, 0), clock(9, 30), clock(17, 30)
	tests := []struct {
		text string
		want []int
	}{
		{"9", []int{nine}},
		{"9:00", []int{nine}},
		{"09:00", []int{nine}},
		{"09.30", []int{half}},
		{"9h30", []int{half}},
		{"9H", []int{nine}},
		{"0930", []int{half}},
		{"0:00, 23:59", []int{0, 1439}},
		{"5 pm", []int{clock(17, 0)}},
		{"5PM", []int{clock(17, 0)}},
		{"5:30 p.m.", []int{evening}},
		{"5.30pm.", []int{evening}},
		{"9 a.m", []int{nine}},
		{"12 am, 12:30 am, 12 pm", []int{0, 30, clock(12, 0)}},
		{"17:30 pm", []int{evening}},
		{"9:00, 17.30", []int{nine, evening}},
		{"17:30; 9", []int{nine, evening}},
		{"9 17:30", []int{nine, evening}},
		{"at 9 o'clock and 5 pm", []int{nine, clock(17, 0)}},
		{"9:00,9,09.00 & 9 am", []int{nine}},
		{" \t9:00\n17:30. ", []int{nine, evening}},
	}
	for _, tt := range tests {
		got, err := schedule.ParseTimes(tt.text)
		if diff := cmp.Diff(tt.want, got); err != nil || diff != "" {
			t.Errorf("ParseTimes(%q) = %v, %v, want %v", tt.text, got, err, tt.want)
		}
	}
}

func TestParseTimesSaysWhatItCannotRead(t *testing.T) {
	var many []string
	for m := range schedule.MaxTimes + 1 {
		many = append(many, "9:"+string(rune('0'+m/10))+string(rune('0'+m%10)))
	}
	tests := []struct{ text, in string }{
		{"", "Type at least one"},
		{" , and; ", "Type at least one"},
		{"24:00", `"24:00"`},
		{"9:60", `"9:60"`},
		{"9:5", `"9:5"`},
		{"9:", `"9:"`},
		{":30", `":30"`},
		{"930", `"930"`},
		{"2400", `"2400"`},
		{"9-17", `"9-17"`},
		{"-9", `"-9"`},
		{"+9", `"+9"`},
		{"9:00:00", `"9:00:00"`},
		{"9h30h", `"9h30h"`},
		{"13 am", `"13am"`},
		{"0 pm", `"0pm"`},
		{"pm", `"pm"`},
		{"am pm", `"ampm"`},
		{"9, soon", `"soon"`},
		{"٩", `"٩"`},
		{strings.Repeat("x", 100), `"` + strings.Repeat("x", 20) + `…"`},
		{strings.Repeat("9 ", 1100), "too long"},
		{strings.Join(many, " "), "48 set times, and these are 49"},
	}
	for _, tt := range tests {
		got, err := schedule.ParseTimes(tt.text)
		if core.CodeOf(err) != core.CodeInvalid || got != nil || !strings.Contains(err.Error(), tt.in) {
			t.Errorf("ParseTimes(%.40q) = %v, %v, want %s", tt.text, got, err, tt.in)
		}
	}
}

func TestTimesComeBackAsTheyWereWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		at := rapid.SliceOfNDistinct(rapid.IntRange(0, 1439), 1, schedule.MaxTimes, rapid.ID[int]).Draw(t, "at")
		slices.Sort(at)
		got, err := schedule.ParseTimes(schedule.FormatTimes(at))
		if diff := cmp.Diff(at, got); err != nil || diff != "" {
			t.Fatal(err, diff)
		}
	})
}

// Whatever is typed gives times that Validate takes, or a short sentence.
func FuzzParseTimes(f *testing.F) {
	for _, text := range []string{"", "9", "09.30, 17h30 and 5 pm", "12 a.m.; 0000", "9:00:00", "24", "\xff", "9 o’clock"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		at, err := schedule.ParseTimes(text)
		if err != nil {
			if at != nil || core.CodeOf(err) != core.CodeInvalid || len(err.Error()) > 400 {
				t.Fatalf("%v, %v", at, err)
			}
			return
		}
		if errs := schedule.Validate(core.Send{At: at}); errs != nil {
			t.Fatalf("%v: %v", at, errs)
		}
		again, err := schedule.ParseTimes(schedule.FormatTimes(at))
		if !slices.Equal(at, again) {
			t.Fatalf("%v, then %v, %v", at, again, err)
		}
	})
}
