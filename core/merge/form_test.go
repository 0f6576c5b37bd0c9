package merge

import (
	"net/url"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestForm(t *testing.T) {
	testAppend(t, Form, []appendCase{
		{
			"one line of text with merge fields", "First_Name=[First Name]&Email=[Email]&address=2040 Alameda Padre Serra",
			"First_Name=Ada&Email=ada%40test.example&address=2040+Alameda+Padre+Serra",
		},
		{
			"a note by keys", "Api-Appid=1_111111_111111111&Api-Key=[secret:key]&id=0&data=Note inserted by webhook using new API.&author=1&contact_id=${contactNumber}",
			"Api-Appid=1_111111_111111111&Api-Key=a+b%26c%2Fd&id=0&data=Note+inserted+by+webhook+using+new+API.&author=1&contact_id=10%2F20",
		},
		{"characters that mean something", "a=b=c+d;e%&f=%", "a=b%3Dc%2Bd%3Be%25&f=%25"},
		{"what is encoded as typed", "a=%2b%zz%4g%4", "a=%2b%25zz%254g%254"},
		{"names too", `a b\[c]=1&%5b`, "a+b%5Bc%5D=1&%5b"},
		{"a value with what means something", "a=[Mark]&b=[Quote]", "a=%3Cb%3E%26%27&b=%22a%22+%5C+b%0Ac"},
		{"a percent sign in front of a field", "a=%[City|default:41]", "a=%2541"},
		{"missing", "a=[Nobody]&b=[Note]&c", "a=&b=&c"},
		{"several in a value", "a=[First Name] ${Amount}!&b=1", "a=Ada+1.10%21&b=1"},
		{"not ASCII", "ü=[Umlaut]ü", "%C3%BC=Z%C3%BCrich%C3%BC"},
		{"dots that stand for a secret", "a=[secret:dots]", "a=••••••••"},
		{"pairs on lines of their own", "\n  a=1 \n& b=2\r\n\t&\n c=[First Name]\n&d=[First Name]\n", "a=1&+b=2&c=Ada&d=Ada"},
		{"spaces beside &", "a=1 & b=2 ", "a=1+&+b=2+"},
		{"a line break in a value", "a=1\n2&b=\n[First Name]\nx", "a=1%0A2&b=%0AAda%0Ax"},
		{"empty pairs", "&a=1&&=2&", "&a=1&&=2&"},
		{"brackets that are text", `a=\[x] \${y}`, "a=%5Bx%5D+%24%7By%7D"},
	})
	testRefused(t, Form, []refusal{
		{"a field for a name", "[First Name]=1", `The merge field at character 1 stands where the name of a pair should.`},
		{"a field in a name", "a=1&b\n[c]=1", `line 2, character 1 stands where the name of a pair should. Write the name, = and then the field, or \[ where`},
		{"a field without a name", "a=1&${x}", "stands where the name of a pair should"},
		{"open", "a=[x", "does not close"},
	})
}

// What was typed and merged comes out of the form again.
func TestFormSaysWhatWasTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		typed := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) [2]string {
			word := rapid.StringOf(rapid.RuneFrom([]rune("aZ09 +%&=;[]$\\{}ü€\"'<")))
			return [2]string{word.Draw(t, "name"), word.Draw(t, "text")}
		}), 1, 5).Draw(t, "pairs")
		value := rapid.String().Draw(t, "value")
		var pairs []string
		want := url.Values{}
		for _, p := range typed {
			pairs = append(pairs, raw(p[0], true)+"="+raw(p[1], false)+"[Value]")
			want.Add(p[0], p[1]+value)
		}
		checkForm(t, strings.Join(pairs, "&"), value, want)
	})
}

// raw types a text so that it means itself.
func raw(s string, name bool) string {
	s = strings.NewReplacer("%", "%25", "&", "%26", "[", "%5B", "${", "%24{", `\`, "%5C").Replace(s)
	if name {
		s = strings.ReplaceAll(s, "=", "%3D")
	}
	return s
}

func checkForm(t fataler, typed, value string, want url.Values) {
	text, err := Parse(typed, Form)
	if err != nil {
		t.Fatal(err)
	}
	got, err := text.Append(nil, scopeOf(t, value))
	if err != nil {
		t.Fatal(err)
	}
	back, err := url.ParseQuery(string(got))
	if err != nil || back.Encode() != want.Encode() {
		t.Fatalf("%s became %s\nread as %v, %v\nwant    %v", typed, got, back, err, want)
	}
}
