package words

import (
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

// Webhook gives the badge of a webhook: "Needs attention", "Not answering" or how
// else it is down, "12 waiting", "Working", "Paused" or "Off".
func Webhook(v control.WebhookView) Badge {
	switch {
	case v.Condition == control.Attention:
		return Badge{Bad, "Needs attention"}
	case v.Condition == control.Down:
		return Badge{Wait, down(v.Last)}
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

// down says in two words in what way a target is down.
func down(last *core.Attempt) string {
	if last == nil {
		return "Not answering"
	}
	switch last.Cause {
	case core.CauseNetwork:
		return "No internet"
	case core.CauseDNS:
		return "Not found"
	case core.CausePortal:
		return "Not reached"
	case core.CauseServer:
		return "Has trouble"
	default:
		return "Not answering"
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

// Delivery gives the badge of a message: "Delivered", "Waiting", "Failed", "May
// have arrived", "Replaced" or "Removed".
func Delivery(row control.ActivityRow) Badge {
	switch {
	case row.State == core.Delivered:
		return Badge{Good, "Delivered"}
	case row.State == core.Waiting:
		return Badge{Wait, "Waiting"}
	case row.State == core.Replaced:
		return Badge{Neutral, "Replaced"}
	case row.State == core.Removed:
		return Badge{Neutral, "Removed"}
	case row.Unsure:
		return Badge{Bad, "May have arrived"}
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
