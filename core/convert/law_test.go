package convert_test

import (
	"crypto/md5"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookbird/core/convert"
	"hookbird/core/value"

	"pgregory.net/rapid"
)

// apply converts a text and gives the text that comes out.
func apply(t *rapid.T, text string, steps ...string) string {
	c, err := convert.Parse(steps)
	if err != nil {
		t.Fatalf("%q: %v", steps, err)
	}
	v, err := c.Apply(value.NewText(text))
	if err != nil {
		t.Fatalf("%q of %q: %v", steps, text, err)
	}
	return v.Text()
}

func TestDatesThatAreWrittenCanBeRead(t *testing.T) {
	forms := convert.DateForms(nil)
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(forms).Draw(t, "form")
		at := time.UnixMilli(rapid.Int64Range(-9e11, 3e12).Draw(t, "at")) // 1941 to 2065
		at = at.In(time.FixedZone("", 900*rapid.IntRange(-48, 56).Draw(t, "zone")))
		iso := at.Format("2006-01-02T15:04:05.000Z07:00")
		written := apply(t, iso, "date:"+form)
		read := apply(t, written, "from:"+form)
		if again := apply(t, read, "date:"+form); again != written {
			t.Fatalf("%s: %s is written %q, read %s and written %q", form, iso, written, read, again)
		}
		if strings.Contains(form, "YYYY") && strings.Contains(form, "DD") && read[:10] != iso[:10] {
			t.Fatalf("%s: %s is written %q and read %s", form, iso, written, read)
		}
		if form == "unix-ms" {
			back, err := time.Parse(time.RFC3339, read)
			if err != nil || !back.Equal(at) {
				t.Fatalf("%s is read %s", iso, read)
			}
		}
	})
}

// What from gives on is what date reads without being told: the text of ISO 8601.
func TestISOStaysISO(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		form := rapid.SampledFrom(convert.DateForms(nil)).Draw(t, "form")
		at := time.Unix(rapid.Int64Range(0, 3e9).Draw(t, "at"), 0).UTC()
		iso := apply(t, at.Format(time.RFC3339), "date:"+form, "from:"+form)
		if again := apply(t, iso, "date:iso"); again != iso {
			t.Fatalf("%s becomes %s", iso, again)
		}
	})
}

func TestNumbersKeepTheirDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		whole := rapid.StringMatching(`0|[1-9][0-9]{0,30}`).Draw(t, "whole")
		fraction := rapid.StringMatching(`[0-9]{0,30}`).Draw(t, "fraction")
		sign := rapid.SampledFrom([]string{"", "-"}).Draw(t, "sign")
		form := rapid.SampledFrom(convert.NumberForms(nil)).Draw(t, "form")
		want := sign + whole
		if fraction != "" {
			want += "." + fraction
		}
		text := sign + writeNumber(whole, fraction, form)
		if got := apply(t, text, "number:"+form); got != want {
			t.Fatalf("%s written like %s becomes %s, want %s", text, form, got, want)
		}
		if got := apply(t, want, "number"); got != want {
			t.Fatalf("%s becomes %s", want, got)
		}
		if got := apply(t, want, "numeral:"+form); got != text {
			t.Fatalf("%s is written like %s as %s, want %s", want, form, got, text)
		}
	})
}

// writeNumber writes a number in the form of an example of 1234.56.
func writeNumber(whole, fraction, form string) string {
	group := strings.TrimSuffix(form[1:len(form)-3], "234")
	decimal := form[len(form)-3 : len(form)-2]
	for at := len(whole) - 3; at > 0 && group != ""; at -= 3 {
		whole = whole[:at] + group + whole[at:]
	}
	if fraction != "" {
		whole += decimal + fraction
	}
	return whole
}

func TestChainsAreAssociative(t *testing.T) {
	pool := []string{
		"trim", "lower", "upper", "capitals", "text", "number", "number:1.234,56", "numeral:1.234,56", "boolean", "values:a=1,*=*", "from:DD.MM.YYYY",
		"date:DD.MM.YYYY", "zone:Europe/Paris", "split", "split: ", "join", "item:2", "item:last", "json", "before:b", "after:a", "limit:3",
		"default:1.5", "md5", "base64", "phone:FR",
	}
	texts := []string{"null", `""`, `" "`, `"a b, Bc"`, `"22.12.2026"`, `"2026-12-22"`, `["a","b"]`, `1.10`, `true`, `"[1,2]"`, `{"a":1}`, `"0123456789"`}
	rapid.Check(t, func(t *rapid.T) {
		steps := rapid.SliceOfN(rapid.SampledFrom(pool), 0, 6).Draw(t, "steps")
		at := rapid.IntRange(0, len(steps)).Draw(t, "at")
		v, _ := value.Parse([]byte(rapid.SampledFrom(texts).Draw(t, "value")))
		whole := outcome(t, steps, v)
		c, _ := convert.Parse(steps[:at])
		between, err := c.Apply(v)
		parts := ""
		if err != nil {
			parts = err.Error()
		} else {
			parts = outcome(t, steps[at:], between)
		}
		if whole != parts {
			t.Fatalf("%q gives %s, cut at %d %s", steps, whole, at, parts)
		}
	})
}

func outcome(t *rapid.T, steps []string, v value.Value) string {
	c, err := convert.Parse(steps)
	if err != nil {
		t.Fatal(err)
	}
	v, err = c.Apply(v)
	if err != nil {
		return err.Error()
	}
	return string(v.Raw())
}

func TestFingerprintsAreThoseOfTheLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringN(1, -1, -1).Draw(t, "text")
		b := []byte(text)
		for step, want := range map[string]string{
			"md5":    fmt.Sprintf("%x", md5.Sum(b)),
			"sha1":   fmt.Sprintf("%x", sha1.Sum(b)),
			"sha256": fmt.Sprintf("%x", sha256.Sum256(b)),
			"sha512": fmt.Sprintf("%x", sha512.Sum512(b)),
			"base64": base64.StdEncoding.EncodeToString(b),
		} {
			if got := apply(t, text, step); got != want {
				t.Fatalf("%s of %q = %s, want %s", step, text, got, want)
			}
			if _, err := hex.DecodeString(want); step != "base64" && err != nil {
				t.Fatal(err)
			}
		}
	})
}

func TestSplitTextsAreJoinedAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOfN(rapid.StringMatching(`[a-zé. ]*[a-zé.]`), 1, 5).Draw(t, "parts")
		for i := range parts {
			parts[i] = strings.TrimSpace(parts[i])
		}
		text := strings.Join(parts, ";")
		if got := apply(t, text, "split:;", "join:;"); got != text {
			t.Fatalf("%q becomes %q", text, got)
		}
	})
}

func TestLimitKeepsTheStart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		n := rapid.IntRange(1, 30).Draw(t, "n")
		got := apply(t, text, fmt.Sprintf("limit:%d", n))
		if !strings.HasPrefix(text, got) || utf8.RuneCountInString(got) > n || len(got) == 0 && n >= utf8.RuneCountInString(text) && text != "" {
			t.Fatalf("limit:%d of %q = %q", n, text, got)
		}
	})
}

func TestCaseIsDoneOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.String().Draw(t, "text")
		for _, step := range []string{"trim", "lower", "upper"} {
			once := apply(t, text, step)
			if twice := apply(t, once, step); twice != once {
				t.Fatalf("%s of %q = %q, then %q", step, text, once, twice)
			}
		}
	})
}
