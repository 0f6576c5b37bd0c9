package settings

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/sign"
)

// Whatever is stored is printed so that reading it gives the same.
func TestParseOfPrintIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := Current{Settings: core.Settings{
			Look: rapid.SampledFrom([]string{"", "light", "dark"}).Draw(t, "look"), ContentDays: rapid.IntRange(1, MaxKeepDays).Draw(t, "days"),
			Proxy: drawProxy(t, core.ProxyDefault, core.ProxyNone),
		}}
		c.Settings.QuotaMB = rapid.SampledFrom([]int{0, core.MinQuotaMB, 5000, core.MaxQuotaMB}).Draw(t, "quota")
		c.Settings.TraceDays = rapid.SampledFrom([]int{0, c.Settings.ContentDays, MaxKeepDays}).Draw(t, "trace")
		c.Settings.UnfinishedDays = rapid.SampledFrom([]int{0, c.Settings.ContentDays, MaxKeepDays, core.ForEver}).Draw(t, "unfinished")
		c.Settings.Backup = drawBackup(t)
		for i := range rapid.IntRange(0, 3).Draw(t, "sources") {
			c.Sources = append(c.Sources, drawSource(t, fmt.Sprintf("s%d", i)))
		}
		for i := range rapid.IntRange(0, 3).Draw(t, "webhooks") {
			c.Webhooks = append(c.Webhooks, drawWebhook(t, fmt.Sprintf("w%d", i)))
		}
		data, err := Print(c, vault{})
		if err != nil {
			t.Fatal(err)
		}
		f, err := Parse(data, "/nowhere")
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		got := Current{Sources: f.Sources, Webhooks: f.Webhooks}
		f.Settings.Set(&got.Settings)
		if d := cmp.Diff(c, got, sameSecrets); d != "" {
			t.Fatalf("(-stored +read):\n%s\n%s", d, data)
		}
		if wrong := misfits(t, data); len(wrong) > 0 {
			t.Fatalf("the schema refuses %v\n%s", wrong, data)
		}
	})
}

// An export without secrets keeps those that are stored; in another store each
// webhook that needs one is off and says so.
func TestSealedExportsKeepSecretsOrAskForThem(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := drawWebhook(t, "w")
		w.Sources = nil // of which none is stored
		_, stored := seal(Changes{Webhooks: []*core.Webhook{w}})
		data, err := Print(stored, nil)
		if err != nil {
			t.Fatal(err)
		}
		same, notes := appliedTo(t, data, stored)
		if d := cmp.Diff(stored.Webhooks, same.Webhooks, sameSecrets); d != "" || len(notes) > 0 {
			t.Fatalf("same store (-stored +again):\n%s%v", d, notes)
		}
		secrets := 0
		stored.Webhooks[0].Secrets(func(string, *core.Secret) { secrets++ })
		other, notes := appliedTo(t, data, Current{})
		missing := 0
		other.Webhooks[0].Secrets(func(_ string, s *core.Secret) {
			if s.Missing() {
				missing++
			}
		})
		off := other.Webhooks[0].State == core.StateOff && len(notes) == 1 && strings.Contains(notes[0], its(secrets))
		if missing != secrets || secrets > 0 && !off || secrets == 0 && len(notes) > 0 {
			t.Fatalf("another store: %d of %d secrets are missing, %s, %q", missing, secrets, other.Webhooks[0].State, notes)
		}
	})
}

// The same of sources, but for the keys and tokens of local addresses: in another
// store each that needs a secret is paused and says so.
func TestSealedExportsKeepSecretsOfSources(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := drawSource(t, "s")
		if s.Local != nil {
			s.Local.Token = core.Secret{}
		}
		_, stored := seal(Changes{Sources: []*core.Source{s}})
		data, err := Print(stored, nil)
		if err != nil {
			t.Fatal(err)
		}
		same, notes := appliedTo(t, data, stored)
		if d := cmp.Diff(stored.Sources, same.Sources, sameSecrets); d != "" || len(notes) > 0 {
			t.Fatalf("same store (-stored +again):\n%s%v", d, notes)
		}
		secrets, missing := 0, 0
		s.Secrets(func(string, *core.Secret) { secrets++ })
		if s.Local != nil {
			secrets-- // a new key
		}
		other, notes := appliedTo(t, data, Current{})
		other.Sources[0].Secrets(func(_ string, s *core.Secret) {
			if s.Missing() {
				missing++
			}
		})
		said := secrets == 0 || other.Sources[0].Paused && strings.Contains(strings.Join(notes, "\n"), "is paused: it needs "+its(secrets))
		if missing != secrets || !said {
			t.Fatalf("another store: %d of %d secrets are missing, %q", missing, secrets, notes)
		}
	})
}

func appliedTo(t *rapid.T, data []byte, c Current) (Changes, []string) {
	f, err := Parse(data, "")
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	changes, notes, err := Apply(f, c)
	if err != nil {
		t.Fatal(err)
	}
	return changes, notes
}

// word is a text as people type it.
func word(t *rapid.T, label string) string {
	return rapid.StringMatching(`[A-Za-zäß€"\\<&'][A-Za-z0-9 .äß€"\\<>&'-]{0,10}[A-Za-z0-9]`).Draw(t, label)
}

func drawWebhook(t *rapid.T, id string) *core.Webhook {
	w := &core.Webhook{
		ID: id, Name: word(t, "name"), Preset: rapid.SampledFrom([]string{"", "zapier"}).Draw(t, "preset"),
		State:     rapid.SampledFrom([]core.State{core.StateOn, core.StatePaused, core.StateOff}).Draw(t, "state"),
		Address:   "https://example.org/" + rapid.StringMatching(`[a-z0-9%&=?]{0,5}`).Filter(func(s string) bool { return !strings.Contains(s, "%") }).Draw(t, "path"),
		Method:    rapid.SampledFrom([]string{"", "POST", "PUT"}).Draw(t, "method"),
		HTTPSOnly: rapid.Bool().Draw(t, "https"),
		CAFile:    rapid.SampledFrom([]string{"", "/etc/ca.pem"}).Draw(t, "ca"),
		Timeout:   time.Duration(rapid.Int64Range(0, int64(core.MaxTimeout)).Draw(t, "timeout")),
		Retry:     drawRetry(t),
		Parallel:  rapid.IntRange(0, core.MaxParallel).Draw(t, "parallel"),
		Accept:    rapid.SampledFrom([]core.Accept{nil, {{From: 204, To: 204}}, {{From: 200, To: 204}, {From: 599, To: 599}}}).Draw(t, "accept"),
		Events:    rapid.SampledFrom([][]string{nil, {"sale", "a.*"}, {"*"}}).Draw(t, "events"),
		Sources:   rapid.SampledFrom([][]string{nil, {"s0", "gone"}}).Draw(t, "sources"),
	}
	w.Filter = rapid.SampledFrom([]string{"", "role=MEMBER;addresses(isMain).zipCode=13.*", `any(a is "x;y"; b > 5)`}).Draw(t, "filter")
	w.Body = drawBody(t)
	w.Send, w.Auth, w.Network = drawSend(t), drawAuth(t), drawNetwork(t)
	w.Answer, w.Pace, w.Order = drawAnswer(t), drawPace(t), drawOrder(t)
	if rapid.Bool().Draw(t, "brake") {
		w.Brake = core.Brake{Factor: rapid.IntRange(2, core.MaxBrakeFactor).Draw(t, "factor"), First: rapid.IntRange(1, core.MaxBrakeFirst).Draw(t, "first")}
	}
	if w.State == core.StatePaused && rapid.Bool().Draw(t, "until") {
		w.Until = drawTime(t)
	}
	if rapid.Bool().Draw(t, "headers") {
		w.Headers = []core.Header{{Name: "X-A", Value: "plain"}, {Name: "x-b", Secret: core.NewSecret("s e c r e t")}, {Name: "X-Empty"}}
	}
	if w.PerRequest() == 1 && rapid.Bool().Draw(t, "merge fields") { // a list has no one record
		w.Address = "https://example.org/[First Name|default:x]?a=${b}"
		w.Headers = append(w.Headers, core.Header{Name: "X-Merge", Value: "for [Email]"})
	}
	if w.Keys = drawKeys(t); len(w.Keys) > 0 {
		w.Headers = append(w.Headers, core.Header{Name: "X-Keys", Value: reading(w.Keys)})
	}
	w.Sign = drawSign(t)
	return w
}

func drawBody(t *rapid.T) core.Body {
	styles := []core.BodyStyle{
		"", core.BodyForm, core.BodyJSON, core.BodyNone, core.BodyEnvelope, core.BodyList, core.BodyMultipart, core.BodyTemplate,
	}
	b := core.Body{Style: rapid.SampledFrom(styles).Draw(t, "style")}
	if b.Style == core.BodyTemplate {
		b.Keys = drawKeys(t)
		b.ContentType = rapid.SampledFrom([]string{"text/plain", "text/plain; charset=utf-8"}).Draw(t, "content type")
		b.Template = word(t, "text") + " [First Name] ${number|default:0} " + reading(b.Keys)
		return b
	}
	if b.Style == core.BodyNone {
		return b
	}
	for i := range rapid.IntRange(0, 5).Draw(t, "fields") {
		b.Fields = append(b.Fields, drawField(t, fmt.Sprintf("f%d", i)))
	}
	if b.Keys = drawKeys(t); len(b.Keys) > 0 {
		b.Fields = append(b.Fields, core.Field{Name: "keys", Template: reading(b.Keys)})
	}
	return b
}

func drawField(t *rapid.T, name string) core.Field {
	f := core.Field{Name: name, OmitEmpty: rapid.Bool().Draw(t, "omit")}
	steps := rapid.SampledFrom([][]string{nil, {"trim"}, {"from:DD.MM.YYYY", "date:DD/MM/YYYY"}, {"values:Oui=true,*=false", "text"}})
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		f.From = rapid.SampledFrom([]string{"email", "First Name", "a.b", `"x.y"`, "lines(2).sku"}).Draw(t, "from")
		f.Convert = steps.Draw(t, "steps")
	case 1:
		f.Value = word(t, "value")
	case 2:
		f.Blank = true
	case 3:
		f.Template = word(t, "text") + " [First Name]"
		f.Convert = steps.Draw(t, "steps")
	default:
		f.Secret = core.NewSecret(word(t, "secret"))
	}
	return f
}

// drawKeys draws secrets that reading reads.
func drawKeys(t *rapid.T) []core.NamedSecret {
	var all []core.NamedSecret
	for _, name := range rapid.SampledFrom([][]string{nil, {"key"}, {"z", "a", "the key"}}).Draw(t, "named secrets") {
		all = append(all, core.NamedSecret{Name: name, Secret: core.NewSecret(word(t, "named secret"))})
	}
	return all
}

func reading(all []core.NamedSecret) string {
	text := ""
	for _, s := range all {
		text += "[secret:" + s.Name + "]"
	}
	return text
}

func drawSign(t *rapid.T) core.Sign {
	switch rapid.IntRange(0, 2).Draw(t, "sign") {
	case 0:
		return core.Sign{}
	case 1:
		s := core.Sign{Style: core.SignStandard, Secret: core.NewSecret(sign.NewSecret())}
		if rapid.Bool().Draw(t, "rotating") {
			s.Previous = core.NewSecret(sign.NewSecret())
		}
		if !s.Previous.IsZero() && rapid.Bool().Draw(t, "ends") {
			s.Until = drawTime(t)
		}
		return s
	default:
		return core.Sign{
			Style: core.SignHMAC, Secret: core.NewSecret(word(t, "shared")), Header: "X-Signature",
			Algorithm: rapid.SampledFrom([]string{"", "sha256", "sha512", "sha1"}).Draw(t, "algorithm"),
			Encoding:  rapid.SampledFrom([]string{"", "hex", "base64"}).Draw(t, "encoding"),
			Prefix:    rapid.SampledFrom([]string{"", "sha256=", "v1,"}).Draw(t, "prefix"),
		}
	}
}

func drawRetry(t *rapid.T) core.RetryPlan {
	delay := rapid.Int64Range(int64(time.Second), int64(30*day))
	r := core.RetryPlan{OnRefusal: rapid.Bool().Draw(t, "on refusal")}
	switch rapid.IntRange(0, 3).Draw(t, "plan") {
	case 0:
		r.Name = rapid.SampledFrom([]string{"90-minutes", "24-hours", "standard-webhooks", "none"}).Draw(t, "plan name")
	case 1:
		r.Every, r.Times = time.Duration(delay.Draw(t, "every")), rapid.IntRange(1, maxTries).Draw(t, "times")
	case 2:
		for range rapid.IntRange(1, 5).Draw(t, "delays") {
			r.Delays = append(r.Delays, time.Duration(delay.Draw(t, "delay")))
		}
	}
	return r
}

func TestParseOfFormatDurationIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Duration(rapid.Int64Min(0).Draw(t, "d"))
		if rapid.Bool().Draw(t, "whole seconds") {
			d = d.Truncate(time.Second)
		}
		got, err := ParseDuration(FormatDuration(d))
		if err != nil || got != d {
			t.Fatalf("%v was printed as %s, read as %v, %v", d, FormatDuration(d), got, err)
		}
	})
	for text, want := range map[string]time.Duration{
		"1s": time.Second, "15m": 15 * time.Minute, "1h30m": 90 * time.Minute, "2h": 2 * time.Hour, "1d": day,
		"30d": 30 * day, "1d12h": 36 * time.Hour, "1m30s": 90 * time.Second, "10h0m5s": 10*time.Hour + 5*time.Second,
	} {
		if got := FormatDuration(want); got != text {
			t.Errorf("%v is printed as %s, not %s", want, got, text)
		}
	}
	for _, text := range []string{"", "d", "1", "-1d", "1d-1h", "1d+1h", "1.5d", "1d1d", "99999d", "1h1d"} {
		if d, err := ParseDuration(text); err == nil {
			t.Errorf("%q is read as %v", text, d)
		}
	}
}

func drawBackup(t *rapid.T) core.BackupPlan {
	return core.BackupPlan{
		Folder: rapid.SampledFrom([]string{"", "/media/safe", "/mnt/share/of the office"}).Draw(t, "backup folder"),
		At:     rapid.SampledFrom([]string{"", "00:00", "02:05", "23:59"}).Draw(t, "backup at"),
		Keep:   rapid.SampledFrom([]int{0, 1, core.MaxBackups, core.NoBackups}).Draw(t, "backups kept"),
	}
}
