package words

import (
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// Tone says how news is meant, for whoever chooses its colour and icon.
type Tone int

// The tones.
const (
	Neutral Tone = iota // paused, off, nothing to say
	Good                // working, delivered
	Wait                // waiting, slow
	Bad                 // needs somebody
)

// Badge is a state in one or two words.
type Badge struct {
	Tone Tone
	Word string
}

// Webhook gives the badge of a webhook: "Needs attention", "Not answering", "12
// waiting", "Working", "Paused" or "Off".
func Webhook(v control.WebhookView) Badge {
	switch {
	case v.Condition == control.Attention:
		return Badge{Bad, "Needs attention"}
	case v.Condition == control.Down:
		return Badge{Wait, "Not answering"}
	case v.Condition == control.Paused:
		return Badge{Neutral, "Paused"}
	case v.Condition == control.Off:
		return Badge{Neutral, "Off"}
	case v.Waiting > 0:
		return Badge{Wait, About(v.Waiting, v.About) + " waiting"}
	default:
		return Badge{Good, "Working"}
	}
}

// WebhookNews gives the last thing worth knowing of a webhook: "2 failed since
// 10:38", "Trying again in 3 min", "Delivered 2 min ago", "Paused on Friday".
func WebhookNews(v control.WebhookView, now time.Time) string {
	switch v.Condition {
	case control.Attention:
		if v.Failed > 0 {
			return Number(v.Failed) + " failed since " + When(v.Since, now)
		}
		return "Held since " + When(v.Since, now)
	case control.Down:
		return "Asked again " + In(v.NextTry, now)
	case control.Paused:
		return "Paused " + on(v.Since, now)
	case control.Off:
		if v.Meanwhile > 0 {
			return Records(v.Meanwhile) + " since then"
		}
		return "Off since " + When(v.Since, now)
	}
	switch {
	case v.Waiting > 0 && isTurn(v):
		return "Goes out " + In(v.NextTry, now)
	case v.Waiting > 0 && !v.NextTry.IsZero():
		return "Trying again " + In(v.NextTry, now)
	case v.Waiting > 0:
		return "Sending now"
	case !v.LastGood.IsZero():
		return "Delivered " + Ago(v.LastGood, now)
	default:
		return "Nothing sent yet"
	}
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

// WebhookOrder ranks webhooks for lists: what needs somebody first, then what
// waits, works, is paused, is off.
func WebhookOrder(v control.WebhookView) int {
	switch b := Webhook(v); {
	case b.Tone == Bad:
		return 0
	case v.Condition == control.Down:
		return 1
	case b.Tone == Wait:
		return 2
	case v.Condition == control.Paused:
		return 4
	case v.Condition == control.Off:
		return 5
	default:
		return 3
	}
}

// Source gives the badge of a source: "Checks the folder", "Ready", "Paused" or
// "Needs attention" (v.State.Cause then says why).
func Source(v control.SourceView) Badge {
	switch {
	case v.Source.Paused:
		return Badge{Neutral, "Paused"}
	case !v.State.Working:
		return Badge{Bad, "Needs attention"}
	case v.Source.Kind == core.KindFolder:
		return Badge{Good, "Checks the folder"}
	default:
		return Badge{Good, "Ready"}
	}
}

// Delivery gives the badge of a message: "Delivered", "Waiting" or "Failed".
func Delivery(s core.DeliveryState) Badge {
	switch s {
	case core.Delivered:
		return Badge{Good, "Delivered"}
	case core.Waiting:
		return Badge{Wait, "Waiting"}
	default:
		return Badge{Bad, "Failed"}
	}
}

// Keep gives the words for where the key that seals secrets lies.
func Keep(info core.StoreInfo) string {
	switch info.KeyPlace {
	case core.KeyInSystem:
		return "Locked with your login's key store"
	case core.KeyInFile:
		return "Protected by file rights only"
	default:
		return "No secret value is kept yet"
	}
}

// isTurn tells whether a webhook's next try is its next turn, on which what waits
// goes out for the first time.
func isTurn(v control.WebhookView) bool {
	every := v.Webhook.Send.Every
	return every > 0 && !v.NextTry.IsZero() && v.NextTry.UnixNano()%int64(every) == 0
}
