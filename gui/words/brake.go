package words

import "hookbird/core/control"

// Brake says why a webhook asks: "50,000 messages wait; usually 120 a day. Send them?"
func Brake(b *control.BrakeView) string {
	text := Count(b.Count, "message waits", "messages wait")
	if b.Known {
		return text + "; usually it is " + Number(b.Usual) + " a day. Send them?"
	}
	return text + ", for the first time. Send them?"
}
