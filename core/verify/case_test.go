package verify_test

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"hash"
	"strings"
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

const plainSecret = "gehe1m-ü \"'$x\\"

// odd is a name that holds what means something in one of the languages.
const odd = "it's \"$x\" \\n #{y} `z` <?php ?> */ \u202eü %s {{q}}"

// trial is a webhook whose snippets are run, with genuine messages of it and
// others that are none.
type trial struct {
	name    string
	webhook *core.Webhook
	set     string   // the variable that holds what the receiver knows
	knows   string   // that
	php     []string // settings of PHP that it needs
	unset   bool     // also to be run without that
	blind   bool     // it stands in header lines, so that a spreadsheet's script cannot check it
	genuine []request
	forged  []request
}

func trials(t testing.TB) []trial {
	private, public := sign.NewPair()
	secret, old := sign.NewSecret(), sign.NewSecret()
	list := []trial{
		standard(t, "signature", core.BodyJSON, secret, "", secret),
		standard(t, "signature while rotating", core.BodyJSON, secret, old, old),
		standard(t, "signature of a pair", core.BodyForm, private, "", public),
		standard(t, "signature of a pair while rotating", core.BodyJSON, private, secret, public),
		standard(t, "signature of a form with parts", core.BodyMultipart, secret, "", secret),
		standard(t, "signature of nothing", core.BodyNone, secret, "", secret),
		ownHeader(t, core.Sign{Header: "X-Hub-Signature-256", Prefix: "sha256="}, sha256.New),
		ownHeader(t, core.Sign{Header: "x'sig$`1", Algorithm: "sha512", Encoding: "base64", Prefix: `o"d'd\ `}, sha512.New),
		ownHeader(t, core.Sign{Header: "Signature", Algorithm: "sha1", Encoding: "hex"}, sha1.New),
		headerValue(t, "X-Api-Key", "", ""),
		headerValue(t, "Authorization", "Bearer ", ""),
		headerValue(t, "$it's", `"`, ` '`),
	}
	for _, style := range []core.BodyStyle{core.BodyForm, core.BodyJSON, core.BodyEnvelope, core.BodyList, core.BodyMultipart} {
		list = append(list, around(t, style), fieldValue(t, style, "token"), fieldValue(t, style, "auth."+odd))
	}
	for _, name := range []string{`"a.b".c`, "__proto__", "ключ"} {
		list = append(list, fieldValue(t, core.BodyJSON, name))
	}
	return append(list, fieldValue(t, core.BodyMultipart, " x[y] z]"), fieldValue(t, core.BodyMultipart, "x[y"), fieldValue(t, core.BodyForm, "list[]"))
}

func standard(t testing.TB, name string, style core.BodyStyle, secret, previous, knows string) trial {
	w := &core.Webhook{Sign: core.Sign{Style: core.SignStandard, Secret: core.NewSecret(secret)}, Body: core.Body{Style: style}}
	if previous != "" {
		w.Sign.Previous = core.NewSecret(previous)
	}
	now := time.Now()
	genuine := built(t, w, now)
	c := trial{name: name, set: "WEBHOOK_SECRET", knows: knows, unset: previous == "", blind: true, webhook: w, genuine: []request{genuine}}
	if strings.HasPrefix(knows, sign.PrefixPublic) {
		c.set = "WEBHOOK_PUBLIC_KEY"
	}
	if style == core.BodyMultipart {
		c.php = []string{"-d", "enable_post_data_reading=0"}
	}
	c.forged = append(unsigned(genuine), genuine.flipped(),
		built(t, w, now.Add(-6*time.Minute)).as("old"),
		built(t, w, now.Add(6*time.Minute)).as("of the future"),
		built(t, strange(w), now).as("wrong secret"))
	return c
}

// strange gives the webhook of somebody else.
func strange(w *core.Webhook) *core.Webhook {
	w = w.Clone()
	other := sign.NewSecret()
	if text, _ := w.Sign.Secret.Text(); strings.HasPrefix(text, sign.PrefixPrivate) {
		other, _ = sign.NewPair()
	}
	w.Sign.Secret, w.Sign.Previous = core.NewSecret(other), core.Secret{}
	return w
}

// unsigned gives messages whose header lines do not fit.
func unsigned(r request) []request {
	id, sent, good := r.line("webhook-id"), r.line("webhook-timestamp"), r.line("webhook-signature")
	mac := hmac.New(sha256.New, nil)
	fmt.Fprintf(mac, "%s.%s.%s", id, sent, r.body)
	return []request{
		r.but("no id", "webhook-id", ""),
		r.but("another id", "webhook-id", "msg_x"),
		r.but("no time", "webhook-timestamp", ""),
		r.but("another time", "webhook-timestamp", "0"+sent),
		r.but("odd time", "webhook-timestamp", "now"),
		r.but("no signature", "webhook-signature", ""),
		r.but("no version", "webhook-signature", strings.NewReplacer("v1a,", "", "v1,", "").Replace(good)),
		r.but("another version", "webhook-signature", strings.NewReplacer("v1a,", "v9,", "v1,", "v9,").Replace(good)),
		r.but("nothing behind the version", "webhook-signature", "v1, v1a, v1 v1a ,"),
		r.but("short signatures", "webhook-signature", "v1,AAAA v1a,AAAA"),
		r.but("cut short", "webhook-signature", good[:20]),
		r.but("signed with no secret", "webhook-signature", "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil))),
	}
}

func ownHeader(t testing.TB, s core.Sign, none func() hash.Hash) trial {
	s.Style, s.Secret = core.SignHMAC, core.NewSecret(plainSecret)
	w := &core.Webhook{Sign: s}
	genuine := built(t, w, time.Now())
	good := genuine.line(s.Header)
	mac := hmac.New(none, nil)
	mac.Write(genuine.body)
	c := trial{
		name: "own header " + s.Header, webhook: w, set: "WEBHOOK_SECRET", knows: plainSecret, unset: s.Prefix == "", blind: true, genuine: []request{genuine},
		forged: []request{
			genuine.flipped(),
			genuine.with("nothing", nil),
			built(t, strange(w), time.Now()).as("wrong secret"),
			genuine.but("no signature", s.Header, ""),
			genuine.but("cut short", s.Header, good[:len(good)-1]),
			genuine.but("signed with no secret", s.Header, s.Prefix+hex.EncodeToString(mac.Sum(nil))),
			genuine.but("signed with no secret", s.Header, s.Prefix+base64.StdEncoding.EncodeToString(mac.Sum(nil))),
		},
	}
	if s.Prefix != "" {
		c.forged = append(c.forged, genuine.but("no prefix", s.Header, strings.TrimPrefix(good, s.Prefix)))
	}
	return c
}

func headerValue(t testing.TB, name, before, after string) trial {
	w := &core.Webhook{Headers: []core.Header{{Name: "X-Other", Value: "1"}, {Name: name, Secret: core.NewSecret(plainSecret)}}}
	if before+after != "" {
		w.Headers[1] = core.Header{Name: name, Value: before + "[secret:key]" + after}
		w.Keys = []core.NamedSecret{{Name: "key", Secret: core.NewSecret(plainSecret)}}
	}
	genuine := built(t, w, time.Now())
	return trial{
		name: "header " + name, webhook: w, set: variables[name], knows: plainSecret, unset: before == "", blind: true, genuine: []request{genuine},
		forged: []request{
			genuine.but("missing", name, ""),
			genuine.but("wrong", name, before+strings.ToUpper(plainSecret)+after),
			genuine.but("something else in front", name, "x"+plainSecret),
			genuine.but("cut short", name, (before + plainSecret)[:4]),
			genuine.but("no secret", name, before+after+"."),
			genuine.but("only what is around it", name, strings.TrimSpace(before+after)),
		},
	}
}

// fieldValue is a secret value in the data. How its name is written there is put
// down here once more, by other means.
func fieldValue(t testing.TB, style core.BodyStyle, name string) trial {
	w := &core.Webhook{Body: core.Body{Style: style, Fields: []core.Field{{Name: "name", From: "name"}, {Name: name, Secret: core.NewSecret(plainSecret)}}}}
	pack := func(secret any) request { return written(style, packs[style](wireName(name), secret)) }
	c := trial{
		name: string(style) + " " + name, webhook: w, set: variables[name], knows: plainSecret, unset: name == "token",
		genuine: []request{built(t, w, time.Now()), pack(plainSecret)},
		forged: []request{
			pack(strings.ToUpper(plainSecret)).as("wrong"), pack("").as("empty"), pack(nil).as("missing"),
			pack(strings.ReplaceAll(plainSecret, "ü", "ö")).as("another letter"), pack(plainSecret[:5]).as("cut short"), pack(plainSecret + "x").as("longer"),
			written(style, nil).as("nothing"), written(style, []byte(`{"`)).as("broken"), written(style, []byte(example[other(style)])).as("of another style"),
		},
	}
	if contentTypes[style] == "application/json" {
		for _, body := range []string{"1", "null", "[]", `"x"`, "[null]", "{}", "[{}]"} {
			c.forged = append(c.forged, written(style, []byte(body)).as(body))
		}
		c.forged = append(c.forged, pack([]string{plainSecret}).as("secret as a list"), pack(true).as("secret as true"))
	}
	if name == "token" && contentTypes[style] != "application/json" {
		c.forged = append(c.forged, written(style, packs[style]([]string{"token", ""}, plainSecret)).as("secret in a list"))
	}
	if style == core.BodyList {
		half := append(append(bytes.TrimSuffix(pack(plainSecret).body, []byte("]")), ','), pack("wrong").body[1:]...)
		c.forged = append(c.forged, written(style, half).as("half of it"))
	}
	return c
}

// around is a secret value with a fixed text around it.
func around(t testing.TB, style core.BodyStyle) trial {
	w := &core.Webhook{Body: core.Body{
		Style: style, Fields: []core.Field{{Name: "token", Template: "k:[secret:a]'"}},
		Keys: []core.NamedSecret{{Name: "a", Secret: core.NewSecret(plainSecret)}},
	}}
	c := trial{name: string(style) + " with a text around it", webhook: w, set: "WEBHOOK_TOKEN", knows: plainSecret, unset: true, genuine: []request{built(t, w, time.Now())}}
	for _, wrong := range []string{plainSecret, "k:'", "k:null'", "k:undefined'", "k:None'", "k:false'"} {
		c.forged = append(c.forged, written(style, packs[style]([]string{"token"}, wrong)).as(wrong))
	}
	return c
}

func other(style core.BodyStyle) core.BodyStyle {
	if style == core.BodyForm {
		return core.BodyJSON
	}
	return core.BodyForm
}

// nested are the names that nest, as steps.
var nested = map[string][]string{"auth." + odd: {"auth", odd}, `"a.b".c`: {"a.b", "c"}}

func wireName(name string) []string {
	if steps := nested[name]; steps != nil {
		return steps
	}
	return []string{name}
}

// variables are those that the snippets of each name read.
var variables = map[string]string{
	"token": "WEBHOOK_TOKEN", "auth." + odd: "WEBHOOK_AUTH_IT_S_X_N_Y_Z_PHP_S_Q", `"a.b".c`: "WEBHOOK_A_B_C", "__proto__": "WEBHOOK_PROTO",
	" x[y] z]": "WEBHOOK_X_Y_Z", "x[y": "WEBHOOK_X_Y", "list[]": "WEBHOOK_LIST", "ключ": "WEBHOOK_VALUE",
	"X-Api-Key": "WEBHOOK_X_API_KEY", "Authorization": "WEBHOOK_AUTHORIZATION", "$it's": "WEBHOOK_IT_S",
}
