package merge

import (
	"testing"

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
	return &Scope{
		Data:     v,
		Event:    &core.Event{ID: "e-1", Type: "contact.created", Source: "desk"},
		Delivery: "msg_1",
		Secret:   func(name string) string { return "the " + name + " & more" },
	}
}

const ada = `{"First Name": "Ada", "Email": "ada@test.example", "contactNumber": "10/20", "Amount": 1.10, "Tags": ["a", "b"], "Note": null}`

func TestAppend(t *testing.T) {
	for _, c := range []struct {
		name  string
		place Place
		text  string
		want  string
	}{
		{"plain", Plain, `Dear [First Name], ${Amount} \[x] \${y} \\[Amount] ]`, `Dear Ada, 1.10 [x] ${y} \1.10 ]`},
		{"form", Form, "First_Name=[First Name]&Email=[Email]&address=2040 Alameda Padre Serra", "First_Name=Ada&Email=ada%40test.example&address=2040+Alameda+Padre+Serra"},
		{"form secret", Form, "key=[secret:key]", "key=the+key+%26+more"},
		{"address", Address, "https://[::1]:8080/path/${contactNumber}?x=[First Name]&sp=%2Ftriggers%2F", "https://[::1]:8080/path/10%2F20?x=Ada&sp=%2Ftriggers%2F"},
		{"json", JSON, `{"a": "[First Name] \[x]", "n": ${Amount}, "m": ${missing}, "l": [1]}`, `{"a": "Ada [x]", "n": 1.10, "m": null, "l": [1]}`},
		{"xml", XML, `<a b="[Email]">[Tags]</a>`, `<a b="ada@test.example">[&#34;a&#34;,&#34;b&#34;]</a>`},
	} {
		t.Run(c.name, func(t *testing.T) {
			text, err := Parse(c.text, c.place)
			if err != nil {
				t.Fatal(err)
			}
			got, err := text.Append([]byte("before "), scope(t, ada))
			if err != nil || string(got) != "before "+c.want {
				t.Errorf("got %q, %v; want %q", got, err, c.want)
			}
		})
	}
}
