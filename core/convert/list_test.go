package convert_test

import (
	"testing"
)

func TestLists(t *testing.T) {
	for _, tt := range []good{
		{"split", `"a, b ,c"`, `["a","b","c"]`},
		{"split:;", `"a;;b"`, `["a","","b"]`},
		{"split:;", `"a"`, `["a"]`},
		{"split: ", `" Ada  Lovelace "`, `["Ada","Lovelace"]`},
		{`split:\n`, `"a\r\nb"`, `["a","b"]`},
		{"split", `""`, `""`},
		{"split", `null`, `null`},
		{"split", `["a,b"]`, `["a,b"]`},
		{"split:.", `1.10`, `["1","10"]`},
		{"join", `["a",1.10,null,"",true]`, `"a, 1.10, true"`},
		{"join:;", `["a","b"]`, `"a;b"`},
		{`join:\n`, `["a","b"]`, `"a\nb"`},
		{"join", `[[1,2],3]`, `"[1,2], 3"`},
		{"join", `[]`, `[]`},
		{"join", `[null]`, `""`},
		{"join", `"a"`, `"a"`},
		{"item:2", `["a",{"b":1.0},"c"]`, `{"b":1.0}`},
		{"item:first", `["a","b"]`, `"a"`},
		{"item: Last", `["a","b"]`, `"b"`},
		{"item:3", `["a","b"]`, `null`},
		{"item:last", `[]`, `null`},
		{"item:1", `"a"`, `"a"`},
		{"item:last", `"a"`, `"a"`},
		{"item:2", `"a"`, `null`},
		{"split | lower | join:+", `"A,B"`, `"a+b"`},
	} {
		tt.check(t)
	}
	for _, tt := range []bad{
		{"split", `{"a":1}`, `"{"a":1}" holds several values. Choose one of them as the field.`},
		{"join", `{"a":1}`, `"{"a":1}" holds several values. Choose one of them as the field.`},
		{"join", `[{"a":1}]`, `"[{"a":1}]" holds parts with several values each. Choose one of them, such as items(*).name.`},
	} {
		tt.check(t)
	}
}

func TestValues(t *testing.T) {
	for _, tt := range []good{
		{"values:Oui=true,Non=false", `"Oui"`, `"true"`},
		{"values:Oui=true,Non=false", `" NON "`, `"false"`},
		{"values:Oui=true,Non=false", `null`, `null`},
		{"values:Oui=true,Non=false", `""`, `""`},
		{"values:Oui=true,Non=false | boolean", `["oui","non"]`, `[true,false]`},
		{"values:a=1,A=2", `"A"`, `"2"`},
		{"values:1=one,true=two", `1`, `"one"`},
		{"values:1=one,true=two", `true`, `"two"`},
		{"values:a=1,*=?", `"b"`, `"?"`},
		{"values:a=1,*=?", `null`, `null`},
		{"values:a=1,*=*", `2.50`, `2.50`},
		{"values:a=1,=none", `null`, `"none"`},
		{"values:a=1,=none", `" "`, `"none"`},
		{"values:a=", `"a"`, `""`},
		{`values:"a, b"="x=y, ""z""", c = d `, `"a, b"`, `"x=y, \"z\""`},
		{`values:"a, b"="x=y", c = d `, `"C"`, `"d"`},
		{`values:"*"=star,*=rest`, `"*"`, `"star"`},
		{`values:a=b=c`, `"a"`, `"b=c"`},
	} {
		tt.check(t)
	}
	for _, tt := range []bad{
		{"values:a=1", `"b"`, `"b" is not in the list of values. Add it to the list, or say with *=… what to send for every other value.`},
	} {
		tt.check(t)
	}
}

func TestBoolean(t *testing.T) {
	for _, tt := range []good{
		{"boolean", `"Yes"`, `true`},
		{"boolean", `"NEIN"`, `false`},
		{"boolean", `"Oui "`, `true`},
		{"boolean", `1`, `true`},
		{"boolean", `"0"`, `false`},
		{"boolean", `false`, `false`},
		{"boolean", `null`, `null`},
		{"boolean", `""`, `""`},
		{"boolean", `" "`, `""`},
		{"boolean:Oui/Non", `"oui"`, `true`},
		{"boolean:Oui/Non", `true`, `true`},
		{"boolean: Actif / Inactif ", `"Inactif"`, `false`},
		{"boolean:x/", `"X"`, `true`},
		{"boolean:x/", `""`, `false`},
		{"boolean:x/", `null`, `false`},
		{"boolean:/x", `null`, `true`},
		{"boolean:/x", `"X"`, `false`},
	} {
		tt.check(t)
	}
	for _, tt := range []bad{
		{"boolean", `"peut-être"`, `"peut-être" is neither yes nor no. Say which words mean yes and no, such as boolean:Oui/Non.`},
		{"boolean:Oui/Non", `"ja"`, `"ja" is neither "Oui" nor "Non". Correct it in the record, or say which words mean yes and no.`},
	} {
		tt.check(t)
	}
}

func TestJSON(t *testing.T) {
	for _, tt := range []good{
		{"json", `"{\"b\": 1.10, \"a\": [ 9007199254740993 ]}"`, `{"b": 1.10, "a": [ 9007199254740993 ]}`},
		{"json", `"1.10"`, `1.10`},
		{"json", `{"a":1}`, `{"a":1}`},
		{"json", `"  "`, `""`},
		{"json", `null`, `null`},
	} {
		tt.check(t)
	}
	for _, tt := range []bad{
		{"json", `"{a}"`, `"{a}" is no JSON. Send it as text, or correct it in the record.`},
	} {
		tt.check(t)
	}
	if !chain(t, "trim", "json").Whole() || chain(t, "json", "text").Whole() || chain(t).Whole() {
		t.Error("a value is to stay whole exactly where json is the last step")
	}
}
