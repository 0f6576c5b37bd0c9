package merge

import (
	"net/url"
	"strings"
	"testing"
)

func TestAddress(t *testing.T) {
	const host = "https://crm.example.org"
	testAppend(t, Address, []appendCase{
		{"in the path", host + "/a/${contactNumber}/b", host + "/a/10%2F20/b"},
		{"in part of a segment", host + "/a-${contactNumber}.json", host + "/a-10%2F20.json"},
		{"in the query", host + "/?m=[Mark]&e=[Email]&c=${contactNumber}", host + "/?m=%3Cb%3E%26%27&e=ada%40test.example&c=10%2F20"},
		{"a space", host + "/[City|default:a b]?x=[City|default:a b]", host + "/a%20b?x=a%20b"},
		{"characters that mean something", host + "/[x|default:a?b#c;d=e%+]?x=[x|default:a?b#c;d=e%+]", host + "/a%3Fb%23c%3Bd%3De%25%2B?x=a%3Fb%23c%3Bd%3De%25%2B"},
		{"not ASCII", host + "/[Umlaut]?x=[Umlaut]", host + "/Z%C3%BCrich?x=Z%C3%BCrich"},
		{"not ASCII as typed", "https://bücher.example/ü?ü=%C3%bc", "https://bücher.example/%C3%BC?%C3%BC=%C3%bc"},
		{"missing in the query", host + "/x?a=[Nobody]&b=[Note]&c=1", host + "/x?a=&b=&c=1"},
		{"a secret", host + "/[secret:key]?key=[secret:key]", host + "/a%20b%26c%2Fd?key=a%20b%26c%2Fd"},
		{"dots that stand for a secret", host + "/[secret:dots]?key=[secret:dots]", host + "/••••••••?key=••••••••"},
		{"a question mark in the query", host + "/?a=/?[Empty]/..", host + "/?a=/?/.."},
		{"brackets that are text", host + `/?filter\[name]=[First Name]&x=\${y}`, host + "/?filter[name]=Ada&x=${y}"},
		{"a dollar sign alone", host + "/$x/$", host + "/$x/$"},
		{"directly behind the host", host + "?x=[First Name]", host + "?x=Ada"},
		{"behind #", host + "/#[Mark]", host + "/#%3Cb%3E%26%27"},
		{"IPv6", "http://[::1]:8080/[First Name]", "http://[::1]:8080/Ada"},
		{"IPv6 with a zone", "http://[fe80::1%25eth0]/[First Name]", "http://[fe80::1%25eth0]/Ada"},
		{"IPv6 behind a user", "http://ada@[::1]/", "http://ada@[::1]/"},
		{"no scheme", "crm.example.org/[First Name]", "crm.example.org/Ada"},
		{"dots in a longer segment", host + "/[Dots]x/[Dot]well-known/a[Dot]", host + "/..x/.well-known/a."},
		{"dots as typed", host + "/a/../[First Name]/./b", host + "/a/../Ada/./b"},
		{"a percent sign as typed", host + "/%25[First Name]%41", host + "/%25Ada%41"},
	})
}

func TestAddressThatCannotBeFilledIn(t *testing.T) {
	const host = "https://crm.example.org"
	testAppendRefused(t, Address, []refusal{
		{"a list of nothing in the path", host + "/a/[Left]/x", "The field [Left] is empty, and it is needed in the path"},
		{"missing in the path", host + "/a/[Nobody]", "The field [Nobody] is empty, and it is needed in the path"},
		{"null in the path", host + "/[Note]", "The field [Note] is empty"},
		{"empty in the path", host + "/x[Empty]y", "The field [Empty] is empty"},
		{"a secret that is empty", host + "/[secret:none]", "The secret none is empty"},
		{"a dot", host + "/[Dot]", "With the value of [Dot] a part of the path of the web address is just ., which leads"},
		{"two dots", host + "/a/[Dots]/b", "is just .., which"},
		{"a dot behind another field", host + "/[First Name]/[Dot]", "With the value of [Dot]"},
		{"two dots of two fields", host + "/a/[Dot][Dot]?x", "With the value of [Dot]"},
		{"two dots, one as typed", host + "/a/.[Dot]#x", "is just .., which"},
		{"two dots, one as typed and encoded", host + "/a/[Dot]%2E/", "is just .., which"},
	})
}

func TestAddressRefused(t *testing.T) {
	testRefused(t, Address, []refusal{
		{"without a dollar sign", "http://dev.environment.com/?data={contactNumber}", "The syntax of the placeholder {contactNumber} is not correct. Right is ${contactNumber}, with a dollar sign in front."},
		{"with a space", "http://dev.environment.com/?data=${contact id}", "The syntax of the placeholder ${contact id} at character 34 is not correct"},
		{"without a dollar sign and with a space", "http://dev.environment.com/?data={contact id}", "Right is ${contactNumber}"},
		{"a brace alone", "http://dev.environment.com/{/x", "Write %7B instead"},
		{"a brace in the host", "http://{host}/x", "The syntax of the placeholder {host}"},
		{"in the host", "https://[Host]/x", "The merge field at character 9 stands in front of the path"},
		{"in part of the host", "https://${x}.example.org/x", "stands in front of the path"},
		{"in the port", "https://example.org:[Port]/x", "stands in front of the path"},
		{"in the user", "https://[User]@example.org/x", "stands in front of the path"},
		{"in the scheme", "[scheme]://example.org/x", "stands in front of the path"},
		{"of a secret in the host", "https://[secret:x]", "stands in front of the path"},
		{"in the host behind IPv6", "https://[::1][Port]/x", "stands in front of the path"},
		{"with a host in brackets that is none", "https://[::1/x", "The"},
		{"in a percent sign", "https://example.org/%[x]", "Write %25 for a percent sign"},
		{"in half a percent sign", "https://example.org/%4[x]", "Write %25 for a percent sign"},
		{"open", "https://example.org/[x", "does not close"},
	})
}

// Addresses of systems that sign them, or whose every byte is a key, go out as
// they were pasted.
func TestAddressesOfOthersGoOutByteForByte(t *testing.T) {
	for _, address := range []string{
		"https://prod-27.westeurope.logic.azure.com:443/workflows/0123456789abcdef0123456789abcdef/triggers/manual/paths/invoke?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=AbC-_%2B",
		"https://default0123.45.environment.api.powerplatform.com/powerautomate/automations/direct/workflows/0a1b2c/triggers/manual/paths/invoke?api-version=1&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=AbC-_%2B",
		"https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX",
		"https://tenant.webhook.office.com/webhookb2/0a1b-2c3d@4e5f-6a7b/IncomingWebhook/0123abcd/8c9d-0e1f/V2-x_Y",
		"https://script.google.com/macros/s/AKfycb-x_Y0123456789/exec",
		"https://script.google.com/macros/s/AKfycb-x_Y0123456789/exec?key=a+b%20c%2b&&=;x=~!*'(),",
		"https://hooks.zapier.com/hooks/catch/123456/abcdef/",
		"https://example.org//a//b/%2e%2E/%zz?",
		"https://example.org",
		"https://example.org/|\\^`\"<>",
	} {
		text, err := Parse(address, Address)
		if err != nil {
			t.Fatal(err)
		}
		got, err := text.Append(nil, &Scope{})
		if err != nil || string(got) != address || !text.Fixed() || text.Sample("x") != address {
			t.Errorf("got  %s, %v\nwant %s", got, err, address)
		}
	}
}

func TestSite(t *testing.T) {
	for text, want := range map[string]string{
		"https://[::1]:8080/x[y]": "https://[::1]:8080",
		"http://a.example?x":      "http://a.example",
		"http://a.example":        "http://a.example",
		"a.example/[x]":           "a.example",
	} {
		parsed, err := Parse(text, Address)
		if err != nil {
			t.Fatal(err)
		}
		if got := parsed.Site(); got != want {
			t.Errorf("Site of %s is %s, want %s", text, got, want)
		}
	}
}

func TestSample(t *testing.T) {
	text, err := Parse(`https://a.example/ü/[x|default:?]\[1]?y=${y}`, Address)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := text.Sample("W"), "https://a.example/ü/W[1]?y=W"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// Whatever the value, the path and the query say it, and nothing else changes.
func checkAddress(t fataler, value string) {
	text, err := Parse("https://a.example/p/x[Value]/q?a=[Value]&b=1", Address)
	if err != nil {
		t.Fatal(err)
	}
	got, err := text.Append(nil, scopeOf(t, value))
	if value == "" || len(value) > MaxLine/10 {
		if value == "" && err == nil {
			t.Fatalf("an empty value became %s", got)
		}
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	path, query, _ := strings.Cut(strings.TrimPrefix(string(got), "https://a.example/p/"), "?")
	segment, ok := strings.CutSuffix(path, "/q")
	if back, err := url.PathUnescape(segment); err != nil || !ok || back != "x"+value {
		t.Fatalf("the path says %q, %v; want %q", back, err, value)
	}
	pairs, err := url.ParseQuery(query)
	if err != nil || len(pairs) != 2 || pairs.Get("a") != value || pairs.Get("b") != "1" {
		t.Fatalf("the query says %v, %v; want %q", pairs, err, value)
	}
	if u, err := url.Parse(string(got)); err != nil || u.Host != "a.example" || u.Path != "/p/x"+value+"/q" {
		t.Fatalf("read as %v, %v", u, err)
	}
}
