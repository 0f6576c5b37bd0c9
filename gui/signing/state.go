package signing

import (
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/sign"
)

// state is what somebody chose. Each kind keeps what was filled in for it, so that
// looking at another loses nothing.
type state struct {
	on     bool
	kind   kind
	kinds  map[kind]core.Sign
	off    core.Sign // what is said while nothing is signed
	stored bool      // the webhook was saved before
	kept   core.Sign // as it was read; of a stored webhook only, what the engine has

	made  core.Secret // the key that was made here, which the other system has yet to get
	given bool        // it got it
	known map[core.Secret]keyFact
}

// keyFact is what is known of a stored key once somebody looked at it; never the
// key itself.
type keyFact struct {
	kind   kind
	public string // of kindPair
}

func newState() *state {
	return &state{kinds: map[kind]core.Sign{}, known: map[core.Secret]keyFact{}}
}

// take starts from a webhook. What is known of a key that was saved since stays
// known.
func (s *state) take(from core.Sign, stored bool) {
	was := s.Sign()
	if text, typed := was.Secret.Text(); typed && revealable(from.Secret) && sameBut(was, from) {
		s.known[from.Secret] = factOfText(text)
	}
	s.stored, s.kept = stored, from
	s.on, s.off = from.Style != core.SignNone, core.Sign{}
	s.kinds, s.made, s.given = map[kind]core.Sign{}, core.Secret{}, false
	if !s.on {
		s.off = from
		s.kind = kindShared
		return
	}
	s.kind = s.kindOf(from)
	s.kinds[s.kind] = from
}

// sameBut tells whether two say the same but for the secrets, as they do before
// and after a save.
func sameBut(a, b core.Sign) bool {
	a.Secret, a.Previous, b.Secret, b.Previous = core.Secret{}, core.Secret{}, core.Secret{}, core.Secret{}
	return sameSign(a, b)
}

// Sign gives what was chosen.
func (s *state) Sign() core.Sign {
	if !s.on {
		return s.off
	}
	return s.kinds[s.kind]
}

// edit changes what was filled in for the kind that is chosen.
func (s *state) edit(change func(*core.Sign)) {
	now := s.kinds[s.kind]
	change(&now)
	s.kinds[s.kind] = now
}

// choose takes another kind, as it was left or fresh.
func (s *state) choose(k kind) {
	s.on, s.kind = true, k
	if _, begun := s.kinds[k]; begun {
		return
	}
	s.kinds[k] = k.fresh()
	s.note(s.kinds[k].Secret)
}

// setOn turns signing on or off.
func (s *state) setOn(on bool) {
	s.on = on
	if on {
		s.choose(s.kind)
	}
}

// note remembers a key that was made here.
func (s *state) note(key core.Secret) {
	if !key.IsZero() {
		s.made, s.given = key, false
	}
}

// isMade tells whether the key that signs was made here and never saved.
func (s *state) isMade() bool { return s.on && !s.made.IsZero() && s.Sign().Secret == s.made }

// typeKey takes a typed key; of Standard Webhooks it says its kind itself, and
// spaces around it are slips.
func (s *state) typeKey(text string) {
	if s.kind.isStandard() {
		text = strings.TrimSpace(text)
	}
	s.edit(func(now *core.Sign) { now.Secret = secretOf(text) })
	if s.kind.isStandard() && text != "" {
		s.move(kindOfKey(text))
	}
}

func secretOf(text string) core.Secret {
	if text == "" {
		return core.Secret{}
	}
	return core.NewSecret(text)
}

// move says that what was filled in is of another kind of Standard Webhooks.
func (s *state) move(to kind) {
	if to == s.kind {
		return
	}
	s.kinds[to] = s.kinds[s.kind]
	delete(s.kinds, s.kind)
	s.kind = to
}

func (s *state) kindOf(from core.Sign) kind {
	if from.Style != core.SignStandard {
		return kindOwn
	}
	return s.factOf(from.Secret).kind
}

// factOf says what is known of a key.
func (s *state) factOf(key core.Secret) keyFact {
	if text, typed := key.Text(); typed {
		return factOfText(text)
	}
	if fact, known := s.known[key]; known {
		return fact
	}
	if revealable(key) {
		return keyFact{kind: kindEither}
	}
	return keyFact{kind: kindShared}
}

func factOfText(text string) keyFact {
	fact := keyFact{kind: kindOfKey(text)}
	if fact.kind == kindPair {
		fact.public, _ = sign.PublicOf(text)
	}
	return fact
}

// learn notes of which kind a stored key is that somebody looked at.
func (s *state) learn(key core.Secret, text string) {
	s.known[key] = factOfText(text)
	if s.on && s.kind == kindEither && s.Sign().Secret == key {
		s.move(s.known[key].kind)
	}
}

// revealable tells whether the engine keeps a key's text.
func revealable(key core.Secret) bool { return key.ID() != "" && !key.Missing() }

// place is what the stored webhook calls a key, "" for one that it does not hold.
func (s *state) place(key core.Secret) string {
	switch {
	case !s.stored || !revealable(key):
		return ""
	case key == s.kept.Secret:
		return "sign"
	case key == s.kept.Previous:
		return "sign:previous"
	}
	return ""
}

// atHand tells whether the text of a key can be had.
func (s *state) atHand(key core.Secret) bool {
	_, typed := key.Text()
	return typed || s.place(key) != ""
}

// changesStyle tells whether messages that are signed today will be signed in a way
// that those who check them today do not know.
func (s *state) changesStyle() bool {
	return s.on && s.stored && s.kept.Style != core.SignNone && s.Sign().Style != s.kept.Style
}

// public gives the public key of the pair that signs, "" if there is none or it is
// not known.
func (s *state) public() string {
	if !s.on || s.kind != kindPair {
		return ""
	}
	return s.factOf(s.Sign().Secret).public
}

// renew puts a new key in the place of the one that signs.
func (s *state) renew() {
	k := s.kind
	if k == kindEither {
		k = kindShared
	}
	key := k.newKey()
	s.edit(func(now *core.Sign) { now.Secret = key })
	s.move(k)
	s.note(key)
}

// renewInSteps makes a new key beside which the one there is goes on signing.
func (s *state) renewInSteps(until time.Time) {
	old := s.Sign().Secret
	s.renew()
	s.edit(func(now *core.Sign) { now.Previous, now.Until = old, until })
}

// old is a key that signs today and would sign no more after the next save.
func (s *state) old() core.Secret {
	now := s.Sign()
	if !s.stored || !s.on || !s.kind.isStandard() || s.kept.Style != core.SignStandard || !now.Previous.IsZero() {
		return core.Secret{}
	}
	old := s.kept.Previous
	if now.Secret != s.kept.Secret {
		old = s.kept.Secret
	}
	if !revealable(old) {
		return core.Secret{}
	}
	return old
}

// keepOld lets both keys sign after all.
func (s *state) keepOld(until time.Time) {
	old := s.old()
	if old == s.kept.Previous {
		until = s.kept.Until
	}
	s.edit(func(now *core.Sign) { now.Previous, now.Until = old, until })
}

// endOld lets only the new key sign.
func (s *state) endOld() {
	s.edit(func(now *core.Sign) { now.Previous, now.Until = core.Secret{}, time.Time{} })
}
