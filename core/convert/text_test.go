package convert_test

import (
	"testing"
)

func TestText(t *testing.T) {
	for _, tt := range []good{
		{"trim", `" \t Ada\u00a0\u200b\ufeff "`, `"Ada"`},
		{"trim", `1.10`, `1.10`},
		{"trim", `null`, `null`},
		{"trim", `[" a ",["b "],null,3]`, `["a",["b"],null,3]`},
		{"lower", `"ÄRGER ΟΔΟΣ"`, `"ärger οδος"`},
		{"upper", `"größe éa"`, `"GRÖSSE ÉA"`},
		{"upper", `true`, `true`},
		{"capitals", `"ADA de lovelace-KING"`, `"Ada De Lovelace-King"`},
		{"capitals", `"o'neill don't d’arc McDonald l'ÉCOLE it's"`, `"O'Neill Don't D’Arc McDonald L'École It's"`},
		{"capitals", `"éa \u01c6ep 3rd a"`, `"Éa ǅep 3rd A"`},
		{"text", `9007199254740993`, `"9007199254740993"`},
		{"text", `1.10`, `"1.10"`},
		{"text", `false`, `"false"`},
		{"text", `{"a": [1.0, "x"]}`, `"{\"a\":[1.0,\"x\"]}"`},
		{"text", `null`, `null`},
		{"text", `[]`, `[]`},
		{"before:@", `"ada@example.org"`, `"ada"`},
		{"before:@", `"ada"`, `"ada"`},
		{"before:.", `12.50`, `"12"`},
		{"after:CHF", `"CHF 1'234.50"`, `"1'234.50"`},
		{"after:CHF", `"12"`, `"12"`},
		{`before:\n`, `"first\nsecond"`, `"first"`},
		{"limit:3", `"Lovelace"`, `"Lov"`},
		{"limit:3", `"Ada"`, `"Ada"`},
		{"limit:2", `12345`, `"12"`},
		{"limit: 4", `"Zoe\u0308!"`, "\"Zoe\u0308\""},
		{"limit:3", `"Zoe\u0308!"`, `"Zo"`},
		{"limit:1", `"e\u0308"`, `""`},
		{"limit:3", `"ab👍🏿"`, `"ab"`},
		{"limit:2", `"é👍x"`, `"é👍"`},
		{"default:x", `null`, `"x"`},
		{"default:x", `""`, `"x"`},
		{"default:x", `" "`, `"x"`},
		{"default:x", `[]`, `"x"`},
		{"default:x", `0`, `0`},
		{"default:x", `false`, `false`},
		{"default:", `null`, `""`},
		{"default:a:b", `null`, `"a:b"`},
		{" Default:x", `null`, `"x"`},
	} {
		tt.check(t)
	}
	for _, tt := range []bad{
		{"trim", `{"a":1}`, `"{"a":1}" holds several values. Choose one of them as the field.`},
	} {
		tt.check(t)
	}
}
