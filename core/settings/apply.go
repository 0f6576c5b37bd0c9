package settings

import (
	"fmt"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/sign"
)

// Changes is what an import saves. What is not in it stays as it is.
type Changes struct {
	Sources  []*core.Source
	Webhooks []*core.Webhook
	Settings Settings
}

// keyLength of a local address that gets a new key: characters of 5 random bits.
const keyLength = 32

// Import is Parse and Apply in one: it also reports at once what either of them
// finds wrong.
func Import(data []byte, dir string, c Current) (Changes, []string, error) {
	f, err := parse(data, dir)
	if err != nil {
		return Changes{}, nil, err
	}
	return Apply(f, c)
}

// Apply works out what a file changes, given what is stored. A source or webhook
// of an id that is stored takes its place; what the file leaves out of secrets,
// of a webhook's state and of whether a source is paused stays as stored. A
// secret that the file calls sealed is the stored one of the same place; if
// there is none, a webhook is off and a source paused. A secret that the file asks
// to generate is the stored one too, or a new one. The notes are a sentence
// each about such things, for whoever imports. A secret that a webhook needs and
// the file does not speak of is the stored one as well; there has to be one, and a
// source cannot become one of another kind: else it is CodeInvalid, with every
// wrong place at once. The File may not be used again.
func Apply(f *File, c Current) (Changes, []string, error) {
	a := applier{findings: f.found, file: f, webhooks: map[string]*core.Webhook{}, sources: map[string]*core.Source{}}
	for _, w := range c.Webhooks {
		a.webhooks[w.ID] = w
	}
	for _, s := range c.Sources {
		a.sources[s.ID] = s
	}
	for i, s := range f.Sources {
		a.source(s, fmt.Sprintf("/sources/%d", i))
	}
	for i, w := range f.Webhooks {
		a.webhook(w, fmt.Sprintf("/webhooks/%d", i))
	}
	for _, w := range f.Webhooks {
		a.checkSources(w)
	}
	a.proxy(f.Settings.Proxy, c.Settings.Proxy.Password)
	if err := a.result(); err != nil {
		return Changes{}, nil, err
	}
	return Changes{f.Sources, f.Webhooks, f.Settings}, a.notes, nil
}

type applier struct {
	findings
	file     *File
	webhooks map[string]*core.Webhook // stored ones
	sources  map[string]*core.Source  // stored ones, and those of the file
	notes    []string
}

func (a *applier) note(format string, args ...any) {
	a.notes = append(a.notes, fmt.Sprintf(format, args...))
}

func (a *applier) webhook(w *core.Webhook, at string) {
	old, exists := a.webhooks[w.ID]
	if w.State == "" {
		w.State = core.StateOn
		if exists {
			w.State, w.Until = old.State, old.Until
		}
	}
	kept := map[string]core.Secret{}
	if exists {
		kept = secretsFor(w, old)
	}
	missing := 0
	w.Secrets(func(place string, s *core.Secret) {
		a.secret(w.Name, s, kept[place])
		if s.Missing() {
			missing++
		}
	})
	if forget(w) && w.ID != "" { // without an id, nothing could be found stored
		a.addAll(at, message.Validate(w))
	}
	if missing > 0 {
		w.State, w.Until = core.StateOff, time.Time{}
		a.note("%s is off: it needs %s.", w.Name, its(missing))
	}
}

// secretsFor gives the secrets of the stored webhook that can be those of w, by
// their places.
func secretsFor(w, old *core.Webhook) map[string]core.Secret {
	kept := map[string]core.Secret{}
	old.Secrets(func(place string, s *core.Secret) { kept[place] = *s })
	if asked := w.Sign.Secret; w.Sign.Style != old.Sign.Style && (asked == newOnce || asked == leftOut) {
		delete(kept, "sign") // one of another form
	}
	if otherAuth(w.Auth, old.Auth) {
		delete(kept, "auth") // likewise
	}
	return kept
}

// secret puts the stored one in the place of a secret of what has a name and that
// the file does not hold: none is stored where that is zero.
func (a *applier) secret(name string, s *core.Secret, stored core.Secret) {
	none := stored.IsZero() || stored.Missing()
	switch {
	case *s == leftOut && !stored.IsZero(): // also if it has yet to be typed
		*s = stored
	case *s != sealed && *s != newOnce:
	case !none:
		*s = stored
	case *s == sealed:
		*s = core.MissingSecret()
	default:
		*s = core.NewSecret(sign.NewSecret())
		a.note("%s has a new secret to sign with. Open it, copy the secret and give it to the other system.", name)
	}
}

// proxy gives the proxy of all webhooks the stored password unless the file has
// one.
func (a *applier) proxy(x *core.Proxy, stored core.Secret) {
	if x == nil {
		return
	}
	asked := x.Password
	switch {
	case asked != sealed && asked != leftOut:
		return
	case asked == leftOut || !stored.IsZero():
		x.Password = stored
	default:
		x.Password = core.MissingSecret()
	}
	if x.Password.Missing() {
		a.note("The proxy needs its password. Type it under Settings.")
	}
}

func its(secrets int) string {
	if secrets == 1 {
		return "its secret"
	}
	return fmt.Sprintf("its %d secrets", secrets)
}

func (a *applier) source(s *core.Source, at string) {
	old, exists := a.sources[s.ID]
	a.sources[s.ID] = s
	if exists && old.Kind != s.Kind {
		a.addAll(at, core.Errors{core.Errorf(core.CodeInvalid,
			"There is a source %s of another kind here. Give this one another id.", quoted(s.ID)).At("/kind")})
		return
	}
	if exists && !a.file.present[at+"/paused"] {
		s.Paused = old.Paused
	}
	if s.Local != nil {
		stored := core.LocalSource{}
		if exists && old.Local != nil {
			stored = *old.Local
		}
		a.key(s, stored.Key, exists)
		a.token(s, stored.Token, a.file.present[at+"/token"])
	}
	if !exists {
		old = &core.Source{}
	}
	a.otherSecrets(s, old, at)
}

// otherSecrets gives a source the stored secrets of all places but those that only
// local addresses have. It is paused while one is missing.
func (a *applier) otherSecrets(s, old *core.Source, at string) {
	kept := keptFor(s, old)
	missing := 0
	s.Secrets(func(place string, secret *core.Secret) {
		if s.Local != nil && (place == "key" || place == "token") {
			return
		}
		a.secret(s.Name, secret, kept[place])
		if secret.Missing() {
			missing++
		}
	})
	if forgetIn(s) && s.ID != "" {
		a.addAll(at, ValidateSource(s))
	}
	if missing > 0 {
		s.Paused = true
		a.note("%s is paused: it needs %s.", s.Name, its(missing))
	}
}

// keptFor gives the secrets of the stored source that can be those of s, by their
// places: not those of another form that the file leaves out.
func keptFor(s, old *core.Source) map[string]core.Secret {
	kept := map[string]core.Secret{}
	old.Secrets(func(place string, secret *core.Secret) { kept[place] = *secret })
	if s.Local != nil && old.Local != nil && s.Local.Verify.Style != old.Local.Verify.Style && s.Local.Verify.Secret == leftOut {
		delete(kept, "signature")
	}
	if s.Web != nil && old.Web != nil && otherAuth(s.Web.Ask.Auth, old.Web.Ask.Auth) {
		delete(kept, "auth")
	}
	if s.LookUp != nil && old.LookUp != nil && otherAuth(s.LookUp.Ask.Auth, old.LookUp.Ask.Auth) {
		delete(kept, "lookup:auth")
	}
	return kept
}

// otherAuth tells whether a secret that the file leaves out is of another kind than
// the stored one.
func otherAuth(a, stored core.Auth) bool { return a.Kind != stored.Kind && a.Secret == leftOut }

// key gives a local address the stored key unless the file has one, and a new
// one if there is none.
func (a *applier) key(s *core.Source, stored core.Secret, exists bool) {
	asked := s.Local.Key
	if asked != sealed && !asked.IsZero() {
		return
	}
	s.Local.Key = stored
	if !stored.IsZero() {
		return
	}
	s.Local.Key = core.NewSecret(core.NewKey(keyLength))
	if asked == sealed || exists {
		a.note("%s has a new address: its key was not in the file. Give the address to the programs that send to it.", s.Name)
	}
}

// token likewise; without the one that it had, a source takes nothing.
func (a *applier) token(s *core.Source, stored core.Secret, present bool) {
	if s.Local.Token != sealed {
		if !present {
			s.Local.Token = stored
		}
		return
	}
	s.Local.Token = stored
	if stored.IsZero() {
		s.Local.Token = core.MissingSecret()
	}
	if s.Local.Token.Missing() {
		s.Paused = true
		a.note("%s is paused: it needs its token.", s.Name)
	}
}

// checkSources says of a webhook that it waits for a source that does not exist.
func (a *applier) checkSources(w *core.Webhook) {
	gone := slices.Clone(w.Sources)
	gone = slices.DeleteFunc(gone, func(id string) bool { return a.sources[id] != nil })
	if len(gone) > 0 {
		a.note("%s takes records of %s, which is no source here.", w.Name, joined(gone))
	}
}
