package attempt

import (
	"fmt"
	"strconv"
	"strings"

	"hookbird/core"
)

// Action is what the button beside a step does.
type Action string

// The actions.
const (
	ActionNone      Action = ""           // no button
	ActionSecrets   Action = "secrets"    // open the secret values
	ActionAddress   Action = "address"    // open "Where to"
	ActionFields    Action = "fields"     // open "What to send"
	ActionTestAgain Action = "test_again" // test, or try, once more
	ActionCopy      Action = "copy"       // copy the details
	ActionNote      Action = "note"       // copy a note for IT: what Note gives
)

// Step is one thing to do, in order.
type Step struct {
	Title  string
	Text   string
	Action Action
}

// Advice says what came of an attempt and what to do about it.
type Advice struct {
	Title string
	Text  string
	Steps []Step
}

// Explain puts an attempt in words. key is the webhook's, as KeyOf gives it. It
// speaks of the exchange alone; what became of the message is for Fate.
func Explain(webhookName string, key Key, a core.Attempt) Advice {
	s, unsure := say(a, key)
	d := readDetail(a.Detail)
	if s.title == "" {
		s.title = "{who} " + s.short
	}
	if a.Code == 0 {
		s.text = withoutCode(s.text)
	}
	if d.signIn {
		s.text, s.steps = atSignIn(s)
	}
	if a.Unsure && a.Cause != core.CauseStop {
		s.text = strings.TrimSpace(s.text + " " + unsure)
	}
	fill := filling(webhookName, a, d)
	advice := Advice{Title: fill.Replace(s.title), Text: strings.TrimSpace(fill.Replace(s.text))}
	for _, step := range s.steps {
		advice.Steps = append(advice.Steps, Step{fill.Replace(step.Title), fill.Replace(step.Text), step.Action})
	}
	return advice
}

// filling gives what the texts of the table are filled in with. All at once: what
// is filled in may itself hold braces.
func filling(name string, a core.Attempt, d detail) *strings.Replacer {
	who, good, rule, sentence := name, "another answer", "its answer is not as it has to be", ""
	if d.signIn {
		who = "The sign-in server of " + name
	}
	if _, text, ok := strings.Cut(a.Detail, expected); ok && a.Cause == core.CauseWrongCode {
		good = text
	}
	if _, text, ok := strings.Cut(a.Detail, lacks); ok && a.Cause == core.CauseAnswer {
		rule = text
	}
	if strings.HasSuffix(d.text, ".") {
		sentence = d.text + " "
	}
	return strings.NewReplacer("{name}", name, "{who}", who, "{code}", strconv.Itoa(a.Code), "{good}", good, "{rule}", rule, "{detail} ", sentence)
}

// atSignIn changes words about a target into those about the server that gives
// the key for it.
func atSignIn(s said) (text string, steps []Step) {
	text = "Hookbird first fetches a key from the sign-in server of {name}. " + s.text
	if !strings.Contains(text, "Nothing was sent.") {
		text = strings.TrimSpace(text) + " Nothing was sent."
	}
	for _, step := range s.steps {
		if step.Action == ActionAddress && step.Title != setProxy.Title {
			step = Step{"Check the address of the sign-in server", "Copy it once more from the other system's page on OAuth.", ActionSecrets}
		}
		steps = append(steps, step)
	}
	return text, steps
}

// withoutCode leaves out the sentences that name an answer's code, where there
// was no answer.
func withoutCode(text string) string {
	var kept []string
	for sentence := range strings.SplitSeq(strings.TrimSuffix(text, "."), ". ") {
		if !strings.Contains(sentence, "{code}") {
			kept = append(kept, sentence)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return strings.Join(kept, ". ") + "."
}

// Short says in a few words, to stand behind the webhook's name, what came of an
// attempt: "did not accept the key (401)".
func Short(a core.Attempt) string {
	s, _ := say(a, KeyText)
	if readDetail(a.Detail).signIn {
		return "was sent nothing: its sign-in server " + s.short
	}
	if a.Code == 0 {
		return s.short
	}
	return fmt.Sprintf("%s (%d)", s.short, a.Code)
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
