package sources

import (
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core"
	"hookbird/gui/widgets"
)

// tokenLength is how many characters a token has that is made here.
const tokenLength = 32

// localCards are the cards of a local address.
func (s *setup) localCards() []fyne.CanvasObject {
	l := s.draft.src.Local
	address := widgets.NewNote(widgets.Info, "", "Switch it on, and its address is made: you can copy it then, with examples for the program that sends.")
	address.Hidden = !s.draft.isNew()
	return []fyne.CanvasObject{
		address,
		card("Who may send?", "The address holds a key that only the program knows. More is seldom needed.", s.tokenFields(l), s.originsField(l)),
		s.verifyCard(l),
		card("What do they send?", "JSON, forms and CloudEvents are always taken.",
			s.flag("/xml", "Take XML too", &l.XML, ""),
			s.flag("/query", "Take a record in the web address too (GET)", &l.Query, "For old tills and devices that can do no more."),
			s.text("/json_field", "Field of a form that holds the record", &l.JSONField, "None", "Jotform calls it rawRequest.")),
	}
}

// tokenFields ask for a second key on top.
func (s *setup) tokenFields(l *core.LocalSource) fyne.CanvasObject {
	asks := widgets.NewSwitch(!l.Token.IsZero(), nil)
	asks.SetLabel("Ask for a token too")
	e := s.secretEntry("token", &l.Token)
	f := widgets.NewField("Token", e, "The program sends it in a header line, as “Authorization: Bearer …”.")
	stored := l.Token
	inner := s.when(asks.On, func() fyne.CanvasObject {
		s.spots.add("/token", f.SetProblem, e.Entry())
		makeOne := widgets.NewButton(widgets.Quiet, "Make one", icons.Sparkle, func() {
			text := core.NewKey(tokenLength)
			e.SetText(text)
			l.Token = core.NewSecret(text)
			s.changed()
		})
		return widgets.VBox(4, f, widgets.Padded(0, 0, 0, -11, widgets.HBox(0, makeOne)))
	})
	asks.OnTapped = func() {
		asks.SetOn(!asks.On())
		l.Token = core.Secret{}
		if asks.On() {
			l.Token = stored
		}
		e.SetText("")
		e.SetStored(!l.Token.IsZero())
		s.changed()
	}
	s.follow = append(s.follow, func() {
		delete(s.needs, "/token")
		if asks.On() && l.Token.IsZero() {
			s.needs["/token"] = "Type a token, or make one, or switch it off."
		}
	})
	return stack(widgets.Spread(heading("Ask for a token too", "A second key, for programs that can send a header line."), asks), inner)
}

// originsField names the web pages that may post.
func (s *setup) originsField(l *core.LocalSource) fyne.CanvasObject {
	e := widgets.NewMultiEntry(2)
	e.SetText(strings.Join(l.AllowedOrigins, "\n"))
	e.SetPlaceHolder("None")
	e.OnChanged = func(text string) {
		l.AllowedOrigins = filled(strings.Split(text, "\n"))
		s.changed()
	}
	return s.spots.field("/allowed_origins", "Web pages that may send from a browser, one a line", e, "Like https://till.example.org. Programs need no entry here.")
}

var (
	verifyStyles = []core.VerifyStyle{core.VerifyNone, core.VerifyStandard, core.VerifyHMAC}
	verifyNames  = []string{"No (usual)", "Standard Webhooks", "A signature of its own (HMAC)"}
	algorithms   = []string{"", "sha1", "sha512"}
	algoNames    = []string{"SHA-256 (usual)", "SHA-1", "SHA-512"}
	codings      = []string{"", "base64"}
	codingNames  = []string{"Hexadecimal (usual)", "Base64"}
)

// verifyCard asks whether the sender signs what it sends.
func (s *setup) verifyCard(l *core.LocalSource) fyne.CanvasObject {
	v := &l.Verify
	secret := s.when(func() bool { return v.Style != core.VerifyNone }, func() fyne.CanvasObject {
		return s.secret("/verify/secret", "signature", "Secret key", &v.Secret, "The sender shows it where its webhooks are set up.")
	})
	own := s.when(func() bool { return v.Style == core.VerifyHMAC }, func() fyne.CanvasObject {
		return widgets.Grid(2, 12,
			s.text("/verify/header", "Header line", &v.Header, "X-Hub-Signature-256", ""),
			s.text("/verify/prefix", "Begins with", &v.Prefix, "Nothing, or sha256=", ""),
			choice(s, "/verify/algorithm", "Kind", &v.Algorithm, algorithms, algoNames, ""),
			choice(s, "/verify/encoding", "Written as", &v.Encoding, codings, codingNames, ""))
	})
	return card("Does the sender sign?", "A signature proves who sent it. What is not signed rightly is refused.",
		choice(s, "/verify/style", "It signs with", &v.Style, verifyStyles, verifyNames, ""), secret, own)
}
