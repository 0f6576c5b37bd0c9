package merge

import (
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/value"
)

// scope is that of one record.
func scope(t testing.TB, record string) *Scope {
	t.Helper()
	v, err := value.Parse([]byte(record))
	if err != nil {
		t.Fatal(err)
	}
	moment := time.Date(2026, 5, 1, 9, 30, 0, 123e6, time.Local)
	return &Scope{
		Data:     v,
		Event:    &core.Event{ID: "e-1", Type: "contact.created", Source: "desk", Time: moment},
		Delivery: "msg_1",
		At:       moment.Add(24 * time.Hour),
		Secret: func(name string) string {
			return map[string]string{"key": "a b&c/d", "none": "", "dots": core.Dots}[name]
		},
	}
}

const ada = `{
	"First Name": "Ada", "Email": "ada@test.example", "contactNumber": "10/20", "Amount": 1.10, "Big": 9007199254740993,
	"Tags": ["a", "b"], "Note": null, "Empty": "", "Left": [], "Out": {}, "Member": true, "Quote": "\"a\" \\ b\nc", "Mark": "<b>&'",
	"@id": "mine", "a|b": "pipe", "Weight [kg]": 70, "secret:key": "data", "person": {"zip.code": "01067"}, "Dot": ".", "Dots": "..",
	"addresses": [{"isMain": false, "zip": "1"}, {"isMain": true, "zip": "13001"}], "Bell": "a\u0007b", "Umlaut": "Zürich"
}`

// appendCase is a text in a place, and what it becomes with the record of Ada.
type appendCase struct{ name, text, want string }

func testAppend(t *testing.T, place Place, cases []appendCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, err := Parse(c.text, place)
			if err != nil {
				t.Fatal(err)
			}
			got, err := text.Append([]byte("/before"), scope(t, ada))
			if err != nil || string(got) != "/before"+c.want {
				t.Errorf("got  %q, %v\nwant %q", got, err, "/before"+c.want)
			}
			if text.String() != c.text {
				t.Errorf("String gives %q", text)
			}
		})
	}
}

// refusal is a text that cannot be read, and words of the sentence that says so.
type refusal struct{ name, text, words string }

func testRefused(t *testing.T, place Place, cases []refusal) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			_, err := Parse(c.text, place)
			if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(err.Error(), c.words) || strings.Contains(err.Error(), "{at}") {
				t.Errorf("got %v, want it to say %q", err, c.words)
			}
		})
	}
}

func testAppendRefused(t *testing.T, place Place, cases []refusal) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			text, err := Parse(c.text, place)
			if err != nil {
				t.Fatal(err)
			}
			got, err := text.Append([]byte("before"), scope(t, ada))
			if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(err.Error(), c.words) || string(got) != "before" {
				t.Errorf("got %q, %v, want it to say %q", got, err, c.words)
			}
		})
	}
}

func TestPlain(t *testing.T) {
	testAppend(t, Plain, []appendCase{
		{"nothing", "", ""},
		{"without fields", `a \b {c} $d ] } \\ %41`, `a \b {c} $d ] } \\ %41`},
		{"both ways to write a field", "Dear [First Name], ${Amount}", "Dear Ada, 1.10"},
		{"side by side", "[First Name]${Amount}[First Name]", "Ada1.10Ada"},
		{"spaces around the name", "[ First Name ]", "Ada"},
		{"without case", "${contactnumber}", "10/20"},
		{"brackets that are text", `\[x] \${y}`, "[x] ${y}"},
		{"a backslash before a field", `\\[Amount] \\\[x]`, `\1.10 \[x]`},
		{"digits stay", "${Big}", "9007199254740993"},
		{"a list", "[Tags]", `["a","b"]`},
		{"missing, null, empty", "<[Nobody][Note][Empty][Left][Out]>", "<>"},
		{"an item of a list", "[addresses(isMain).zip]", "13001"},
		{"every item", "[addresses(*).zip]", `["1","13001"]`},
		{"a quoted name", `[person."zip.code"]`, "01067"},
		{"a step", "[First Name|upper]", "ADA"},
		{"steps with spaces around", "[ First Name | lower | upper ]", "ADA"},
		{"a default", "[City|default:unknown]", "unknown"},
		{"a default that keeps its spaces", "<[City|default: un known ]>", "< un known >"},
		{"a default with what would close it", `[City|default:a\|b\]c\\d]`, `a|b]c\d`},
		{"a default in braces", `${City|default:un known\}}`, "un known}"},
		{"a default that is not needed", "[First Name|default:unknown]", "Ada"},
		{"a colon in an argument", "[City|default:10:30]", "10:30"},
		{"a backslash that protects nothing", `[City|default:a\b]`, `a\b`},
		{"built-ins", "[@id] [@type] [@source] ${@delivery} [@today]", "e-1 contact.created desk msg_1 2026-05-02"},
		{"a built-in with a step", "[@type|upper]", "CONTACT.CREATED"},
		{"the day in another form", "[@today|date:DD/MM/YYYY] [@time|date:DD.MM.YYYY]", "02/05/2026 01.05.2026"},
		{"a date of the record", "[City|default:22.12.2026|from:DD.MM.YYYY|date:MM/DD/YYYY]", "12/22/2026"},
		{"data called as a built-in", `[\@id] ["@id"]`, "mine mine"},
		{"data called as a secret", `[secret\:key]`, "data"},
		{"data with a bar", `[a\|b]`, "pipe"},
		{"data with brackets", `[Weight \[kg\]]`, "70"},
		{"a secret", "[secret:key]${secret:key}[secret: key ]", "a b&c/da b&c/da b&c/d"},
		{"a secret that is empty", "<[secret:none]>", "<>"},
		{"lines", "a\n[First Name]\r\nb", "a\nAda\r\nb"},
	})
}

func TestTimeIsOfThisComputer(t *testing.T) {
	was := time.Local
	t.Cleanup(func() { time.Local = was })
	time.Local = time.FixedZone("here", 2*60*60)
	text, err := Parse("[@time] [@today]", Plain)
	if err != nil {
		t.Fatal(err)
	}
	moment := time.Date(2026, 5, 1, 22, 30, 0, 5e6, time.UTC)
	s := &Scope{Event: &core.Event{Time: moment}, At: moment}
	if got, err := text.Append(nil, s); err != nil || string(got) != "2026-05-02T00:30:00.005+02:00 2026-05-02" {
		t.Errorf("got %s, %v", got, err)
	}
}

func TestRefused(t *testing.T) {
	for _, place := range []Place{Plain, Header, XML} {
		testRefused(t, place, []refusal{
			{"open bracket", "Dear [First Name", `The [ at character 6 does not close. Write ] behind the name of the field, or \[ where it is just text.`},
			{"open brace", "é ${x", `The ${ at character 3 does not close. Write } behind the name of the field, or \${ where`},
			{"a bracket before the next", "[First [Email]", "The [ at character 1 does not close"},
			{"no name", "x []", `There is no name between the brackets at character 3. Write the name of a field, or \[ where it is just text.`},
			{"no name but spaces", "[ ]", "no name between the brackets"},
			{"no name but steps", "[|upper]", "no name between the brackets"},
			{"no name in braces", "${}", `or \${ where`},
			{"a space in braces", "${contact id}", "The syntax of the placeholder ${contact id} at character 1 is not correct: its name has a space in it. Right is a name without one, such as ${contactNumber}, or square brackets: [contact id]."},
			{"a space before a name in braces", "${ x}", "is not correct"},
			{"built-in", "[@tody]", "Hookbird has nothing called [@tody], which stands at character 1. Did you mean [@today]?"},
			{"built-in that nothing comes near", "[@xyzzy]", "There are @id, @type, @time, @source, @delivery, @today."},
			{"a secret without a name", "[secret: ]", "The secret at character 1 has no name"},
			{"a secret whose name is too long", "[secret:" + strings.Repeat("x", 201) + "]", "it has 201 bytes, and 200 are allowed"},
			{"a long name", "[@" + strings.Repeat("ü", 500) + "]", "called [@" + strings.Repeat("ü", 59) + "…], which"},
			{"a secret with a step", "[secret:key|md5]", "The secret [secret:key] goes out as it is."},
			{"a step that does not exist", "[x|uper]", "In [x]: "},
			{"an empty step", "[x|]", "In [x]: "},
			{"a path that cannot be read", `["x]`, "quote"},
			{"no text", "a\xff", "bytes that are no text"},
			{"too long", strings.Repeat("x", MaxText+1), "too long"},
			{"too many fields", strings.Repeat("[x]", MaxFields+1), "at most 1000 are allowed"},
		})
	}
	testRefused(t, Plain, []refusal{
		{"a bracket before the end of the line", "a\nb [First\nName]", "The [ at line 2, character 3 does not close"},
	})
}

func TestHeader(t *testing.T) {
	testAppend(t, Header, []appendCase{
		{"a word and a secret", "Bearer [secret:key]", "Bearer a b&c/d"},
		{"as it is", "[Mark] ${Umlaut}", "<b>&' Zürich"},
		{"spaces around a value", "<[City|default: a ]>", "<a>"},
		{"an empty value at the end", "Bearer [Empty]", "Bearer"},
		{"an empty value at the beginning", "[Empty] x", "x"},
	})
	testAppendRefused(t, Header, []refusal{
		{"a line break", "x [Quote]", "The field [Quote] holds a line break"},
		{"a bell", "[Bell]", "The field [Bell] holds a line break or another character that cannot be seen."},
	})
	testRefused(t, Header, []refusal{
		{"a line break as typed", "a\nb", "Remove the one at line 1, character 2."},
		{"a tab as typed", "[First Name]\tb", "Remove the one at character 13."},
	})
}

func TestAStepThatCannotDoItNamesTheField(t *testing.T) {
	testAppendRefused(t, Plain, []refusal{
		{"of the record", "[First Name|boolean]", "The field [First Name] cannot be sent. "},
		{"of Hookbird", "[@id|boolean]", "[@id] cannot be sent. "},
	})
}

func TestResultIsBounded(t *testing.T) {
	record := `{"Long": "` + strings.Repeat("x", 1<<20) + `"}`
	for _, c := range []struct {
		place Place
		text  string
		words string
	}{
		{Plain, strings.Repeat("[Long]", 40), "longer than 33554432"},
		{Header, "[Long]", "longer than 8000"},
		{Address, "https://host.example/[Long]", "longer than 8000"},
	} {
		text, err := Parse(c.text, c.place)
		if err != nil {
			t.Fatal(err)
		}
		_, err = text.Append(nil, scope(t, record))
		if core.CodeOf(err) != core.CodeInvalid || !strings.Contains(err.Error(), "With the value of [Long] this text becomes "+c.words) {
			t.Errorf("got %v", err)
		}
	}
}

func TestMissingIsTold(t *testing.T) {
	text, err := Parse("é[First Name][Nobody] ${Note}[City|default:x][ None |upper][@id][secret:key]", Plain)
	if err != nil {
		t.Fatal(err)
	}
	s, told := scope(t, ada), map[string]int{}
	s.Missing = func(path string, offset int) { told[path] = offset }
	if _, err := text.Append(nil, s); err != nil {
		t.Fatal(err)
	}
	if len(told) != 2 || told["Nobody"] != 15 || told["None"] != 48 {
		t.Errorf("told of %v", told)
	}
}

func TestEmptyScope(t *testing.T) {
	text, err := Parse("<[x][@id][@type][@time][@source][@delivery][@today][secret:x]>", Plain)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := text.Append(nil, &Scope{}); err != nil || string(got) != "<>" {
		t.Errorf("got %q, %v", got, err)
	}
}
