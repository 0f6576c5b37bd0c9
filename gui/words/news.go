package words

import (
	"time"
	"unicode"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/attempt"
	"hookbird/core/control"
	"hookbird/core/schedule"
)

// News is what is worth knowing of a webhook besides its badge.
type News struct {
	First  string // the cause, or the last thing that happened
	Second string // what follows from it, or how much was delivered today
}

// WebhookNews gives the last things worth knowing of a webhook, the cause first:
// "Did not accept the key (401)", "Check the key. 2 failed since 10:38".
func WebhookNews(v control.WebhookView, now time.Time) News {
	today := Number(v.Today) + " today"
	switch v.Condition {
	case control.Attention:
		return News{trouble(v, now), heldText(v, now)}
	case control.Down:
		return News{trouble(v, now), "Asked again " + In(v.NextTry, now) + ", since " + When(v.Since, now)}
	case control.Paused:
		if v.Waiting > 0 {
			today = About(v.Waiting, v.About) + " waiting"
		}
		return News{pausedText(v, now), today}
	case control.Off:
		return News{offText(v, now), today}
	}
	return News{goingText(v, now), today}
}

// trouble says what keeps a webhook from sending.
func trouble(v control.WebhookView, now time.Time) string {
	if v.Last == nil {
		return "Held since " + When(v.Since, now)
	}
	return Sentence(attempt.Short(*v.Last))
}

// heldText says what to do about a webhook that is held, and what it has cost.
func heldText(v control.WebhookView, now time.Time) string {
	text := ""
	if step, ok := NextStep(v); ok {
		text = step.Title + ". "
	}
	if v.Failed > 0 {
		return text + Number(v.Failed) + " failed since " + When(v.Since, now)
	}
	return text + "Since " + When(v.Since, now)
}

func pausedText(v control.WebhookView, now time.Time) string {
	if until := v.Webhook.Until; !until.IsZero() {
		return "Paused until " + When(until, now)
	}
	return "Paused " + on(v.Since, now)
}

func offText(v control.WebhookView, now time.Time) string {
	switch {
	case v.Last != nil && v.Last.Cause == core.CauseGone:
		return trouble(v, now)
	case v.Meanwhile > 0:
		return Records(v.Meanwhile) + " since then"
	default:
		return "Off since " + When(v.Since, now)
	}
}

// goingText is of a webhook that is on and well.
func goingText(v control.WebhookView, now time.Time) string {
	switch {
	case v.Waiting > 0 && lasts(v, now):
		text := Sentence(Done(v.Done, now))
		if v.Paced {
			text += ", as fast as you allowed"
		}
		return text
	case v.Waiting > 0 && isTurn(v):
		return "Goes out " + In(v.NextTry, now)
	case v.Waiting > 0 && v.NextTry.After(now):
		return "Trying again " + In(v.NextTry, now)
	case v.Waiting > 0:
		return "Sending now"
	case !v.LastGood.IsZero():
		return "Delivered " + Ago(v.LastGood, now)
	default:
		return "Nothing sent yet"
	}
}

// leastLasting is how long a backlog has to last for its end to be worth saying.
const leastLasting = time.Minute

// lasts tells whether what waits is a backlog that is being worked off: it ends
// later than the next try, which only few wait for.
func lasts(v control.WebhookView, now time.Time) bool {
	return v.Done.Sub(now) >= leastLasting && v.Done.After(v.NextTry)
}

// Backlog says when nothing of a webhook waits any more: "done about 14:20"; ""
// if nobody can tell, or it is a matter of moments.
func Backlog(v control.WebhookView, now time.Time) string {
	if v.Condition != control.On || v.Waiting == 0 || !lasts(v, now) {
		return ""
	}
	return Done(v.Done, now)
}

// Outage says since when nothing gets through to a target that is down, and when
// it is asked again: "Nobody answers at crm.example.org since 10:38. Asked again at
// 10:52."
func Outage(v control.WebhookView, now time.Time) string {
	text := "Nothing gets through to "
	if v.Last != nil && (v.Last.Cause == core.CauseConnect || v.Last.Cause == core.CauseTimeout) {
		text = "Nobody answers at "
	}
	text += v.Host + " since " + When(v.Since, now) + ". Asked again "
	switch {
	case !v.NextTry.After(now):
		return text + "now."
	case Day(v.NextTry, now) == "today":
		return text + "at " + Clock(v.NextTry) + "."
	default:
		return text + When(v.NextTry, now) + "."
	}
}

// NextStep gives the first thing to do about a webhook that has a button; ok is
// false where there is none.
func NextStep(v control.WebhookView) (step attempt.Step, ok bool) {
	if v.Last == nil {
		return step, false
	}
	for _, step = range attempt.Explain(v.Webhook.Name, attempt.KeyOf(&v.Webhook), *v.Last).Steps {
		if step.Action != attempt.ActionNone {
			return step, true
		}
	}
	return attempt.Step{}, false
}

// Sentence begins with a capital letter.
func Sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	if size == 0 {
		return ""
	}
	return string(unicode.ToUpper(first)) + text[size:]
}

// on puts a day behind a verb: "today at 10:38", "yesterday", "on Friday".
func on(t, now time.Time) string {
	switch d := Day(t, now); d {
	case "today":
		return "at " + Clock(t)
	case "yesterday":
		return d
	default:
		return "on " + d
	}
}

// isTurn tells whether a webhook's next try is its next turn, on which what waits
// goes out for the first time.
func isTurn(v control.WebhookView) bool {
	send, next := v.Webhook.Send, v.NextTry.Local()
	return send.Turns() && !next.IsZero() && schedule.Next(send, next.Add(-time.Nanosecond)).Equal(next)
}
