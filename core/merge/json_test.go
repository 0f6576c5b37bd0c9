package merge

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestJSON(t *testing.T) {
	testAppend(t, JSON, []appendCase{
		{"in a string", `{"contact": "${contactNumber}", "kind": "update"}`, `{"contact": "10/20", "kind": "update"}`},
		{"escaped in a string", `{"a": "<[Quote]>"}`, `{"a": "<\"a\" \\ b\nc>"}`},
		{"a control character in a string", `["[Bell]"]`, `["a\u0007b"]`},
		{"not escaped more than needed", `["[Mark]${Umlaut}"]`, `["<b>&'Zürich"]`},
		{"in a name", `{"[First Name]": 1}`, `{"Ada": 1}`},
		{"outside as it came", `{"n": ${Amount}, "b": ${Member}, "l": ${Tags}, "o": ${person}, "d": ${Big}}`, `{"n": 1.10, "b": true, "l": ["a", "b"], "o": {"zip.code": "01067"}, "d": 9007199254740993}`},
		{"outside as text", `{"t": ${contactNumber}, "id": ${@id}, "s": ${secret:key}, "q": ${Quote}}`, `{"t": "10/20", "id": "e-1", "s": "a b&c/d", "q": "\"a\" \\ b\nc"}`},
		{"missing", `{"a": "[Nobody]", "b": ${Nobody}, "c": "${Note}", "d": ${Note}}`, `{"a": "", "b": null, "c": "", "d": null}`},
		{"a list or an object in a string", `["[Tags]"]`, `["[\"a\",\"b\"]"]`},
		{"brackets outside of strings", `[[1, 2], [], {"a": []}, ${Amount}]`, `[[1, 2], [], {"a": []}, 1.10]`},
		{"brackets that are text", `["\[x] \${y} ] }"]`, `["[x] ${y} ] }"]`},
		{"escapes as typed", `["\\[Amount]\"[Amount]\u005b\/\\\[x]"]`, `["\\1.10\"1.10\u005b\/\\[x]"]`},
		{"quotes within a field", `["[\"@id\"]", "[person.\"zip.code\"]"]`, `["mine", "01067"]`},
		{"quotes within a field outside of strings", `[${person."zip.code"}]`, `["01067"]`},
		{"escapes within a field", `["[City|default:a\"b\\c\u0041\u00fc\ud83d\ude00\|\n]"]`, `["a\"b\\cAü😀|\n"]`},
		{"an escape that protects", `["[\u0040id]"]`, `["mine"]`},
		{"what is no escape within a field", `["[City|default:a\qb]"]`, `["a\\qb"]`},
		{"a step outside", `[${Amount|text}, ${Nobody|default:x}, ${Amount|default:x}]`, `["1.10", "x", 1.10]`},
		{"the whole", `${person}`, `{"zip.code": "01067"}`},
		{"lines", "{\n\t\"a\": ${Amount}\r\n}\n", "{\n\t\"a\": 1.10\r\n}\n"},
	})
	testRefused(t, JSON, []refusal{
		{"nothing", " ", "There is no JSON yet. It needs at least {}."},
		{"a field outside of quotes", "{\n  \"a\": [First Name]}", `This is no JSON at line 2, character 9: outside of quotes a bracket begins a list. Write a merge field inside quotes, as in "[Name]", or as ${name}.`},
		{"a comma too many", `{"é": "[x]",}`, "This is no JSON at character 13: after a comma something has to follow."},
		{"a comma missing", `{"a": "[x]" "b": 1}`, `This is no JSON at character 13: " cannot stand there.`},
		{"two fields in a row", `[${x}${y}]`, "This is no JSON at character 6: $ cannot stand there."},
		{"a field behind a digit", `[1${x}]`, "This is no JSON at character 3"},
		{"a digit behind a field", `[${x}1]`, "This is no JSON at character 6"},
		{"a field for a name without quotes", `{${x}: 1}`, "This is no JSON at character 2"},
		{"a field in an escape", `["\u00[x]"]`, "This is no JSON at character 7"},
		{"an end too early", `{"a": "[x]"`, "This JSON ends too early, at character 12"},
		{"a quote that does not close", `{"a": "[x]}`, "This JSON ends too early"},
		{"a line break in quotes", "[\"a\nb\"]", `line 1, character 4: inside quotes a line break is written \n, and a tab \t.`},
		{"a field that does not close before the quote", `["[x"]`, "The [ at character 3 does not close"},
		{"a backslash outside of quotes", `\[x]`, "This is no JSON at character 1"},
		{"nothing in quotes", `["[]"]`, "There is no name between the brackets at character 3"},
		{"two documents", `{} {}`, "This is no JSON at character 4"},
		{"a space in braces", `[${contact id}]`, "is not correct"},
	})
}

// checkJSON sees that a filled in template is JSON, and says the value.
func checkJSON(t fataler, value string) {
	text, err := Parse(`{"a": "x[Value]y", "b": ${Value}, "[Value]": 1}`, JSON)
	if err != nil {
		t.Fatal(err)
	}
	got, err := text.Append(nil, scopeOf(t, value))
	if err != nil {
		t.Fatal(err)
	}
	var back map[string]any
	if err := json.Unmarshal(got, &back); err != nil {
		t.Fatalf("%s is no JSON: %v", got, err)
	}
	if _, same := back[value]; !same || value != "a" && value != "b" && (back["a"] != "x"+value+"y" || back["b"] != value) {
		t.Fatalf("%q became %s", value, got)
	}
}

func TestJSONIsRefusedWhereItsReaderRefusesIt(t *testing.T) {
	for _, text := range []string{"{", "[1,]", `{"a":}`, "nul", "01", "--1", `"\x"`, "[1 2]", "}", "\ufeff{}"} {
		if _, err := Parse(text, JSON); err == nil || strings.Contains(err.Error(), "\ufffd") {
			t.Errorf("%q: got %v", text, err)
		}
	}
}
