package attempt

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// A detail can be read back, whatever a machine said and however names are
// written, and fits.
func TestDetailsCanBeReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var all []string
		for mark := range marks {
			all = append(all, mark)
		}
		want := detail{
			signIn: rapid.Bool().Draw(t, "sign-in"),
			mark:   rapid.SampledFrom(append(all, "")).Draw(t, "mark"),
			issuer: rapid.StringN(0, 20, -1).Draw(t, "issuer"),
			proxy:  rapid.StringMatching(`([a-z.]{1,20}:[0-9]{1,5})?`).Draw(t, "proxy"),
			text:   rapid.SampledFrom([]string{"", "dial tcp: connection refused", "a; b", "issued", "x: through"}).Draw(t, "text"),
		}
		m := newMasker(nil)
		text := want.write(m)
		want.issuer = m.start([]byte(oneLine(want.issuer)), maxPart)
		if got := readDetail(text); got != want {
			t.Fatalf("%q reads as %+v, want %+v", text, got, want)
		}
		want.text = strings.Repeat("long ä ", rapid.IntRange(0, 100).Draw(t, "more"))
		if text := want.write(m); len(text) > maxDetail {
			t.Fatalf("%d bytes: %q", len(text), text)
		}
	})
}

func FuzzReadDetail(f *testing.F) {
	f.Add("its certificate is from an unknown authority; issued by Office CA; through the proxy proxy.example:3128; tls: x")
	f.Add("at the sign-in server; no connection in time")
	f.Add("; ; ;")
	f.Fuzz(func(t *testing.T, text string) {
		d := readDetail(text)
		if again := readDetail(d.joined(len(text) + 300)); again != d {
			t.Fatalf("%q reads as %+v and then as %+v", text, d, again)
		}
	})
}
