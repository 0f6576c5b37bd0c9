package attempt

import (
	"fmt"
	"strconv"
	"strings"

	"hookbird/core"
)

// Advice says what came of an attempt and what to do about it.
type Advice struct {
	Title string
	Text  string
	Steps []Step
}

// Explain puts an attempt in words. hasKey tells whether the webhook sends any
// secret, so that nobody is told to check a key where there is none. It speaks
// of the exchange alone; what became of the message is for Fate.
func Explain(webhookName string, hasKey bool, a core.Attempt) Advice {
	g := guideTo(a)
	title, text, steps := g.title, g.text, g.steps
	if title == "" {
		title = "{name} " + g.short
	}
	if !hasKey && g.keyless != "" {
		title, text, steps = g.keyless, g.keyText, g.keySteps
	}
	if a.Code == 0 {
		text = withoutCode(text)
	}
	if a.Cause == core.CauseBuild && a.Detail != "" {
		text = a.Detail + " " + text
	}
	if _, good, ok := strings.Cut(a.Detail, expected); ok && a.Cause == core.CauseWrongCode {
		text = "It answered {code}, but this webhook expects " + good + "."
	}
	if a.Unsure && a.Cause != core.CauseStop {
		text += " It may have taken the message all the same."
	}
	fill := strings.NewReplacer("{name}", webhookName, "{code}", strconv.Itoa(a.Code))
	advice := Advice{Title: fill.Replace(title), Text: fill.Replace(text)}
	for _, s := range steps {
		advice.Steps = append(advice.Steps, Step{fill.Replace(s.Title), fill.Replace(s.Text), s.Action})
	}
	return advice
}

// guideTo finds what is known of an attempt's cause.
func guideTo(a core.Attempt) guide {
	g, ok := causes[a.Cause]
	if !ok {
		return causes[core.CauseOther]
	}
	if a.Cause == core.CauseCertificate {
		for mark, closer := range certificates {
			if strings.Contains(a.Detail, mark) {
				return closer
			}
		}
	}
	return g
}

// withoutCode leaves out the sentences that name an answer's code, where there
// was no answer.
func withoutCode(text string) string {
	var kept []string
	for sentence := range strings.SplitSeq(text, ". ") {
		if !strings.Contains(sentence, "{code}") {
			kept = append(kept, sentence)
		}
	}
	return strings.Join(kept, ". ")
}

// Short says in a few words, to stand behind the webhook's name, what came of an
// attempt: "did not accept the key (401)".
func Short(a core.Attempt) string {
	g := guideTo(a)
	if a.Code == 0 {
		return g.short
	}
	return fmt.Sprintf("%s (%d)", g.short, a.Code)
}

// Fate says what has become of a message that was not delivered, and that
// nothing is lost, which is true in both states: its record is kept.
func Fate(state core.DeliveryState) string {
	switch state {
	case core.Waiting:
		return "Nothing is lost: the record is kept here and tried again by itself."
	case core.Failed:
		return "Nothing is lost: the record is kept here, and you can send it again."
	default:
		return ""
	}
}
