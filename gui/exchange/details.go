package exchange

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/mask"
	"hookbird/gui/words"
)

// Details is what somebody passes on to the people who run the other system.
type Details struct {
	Verdict string // what happened, in a sentence that names the webhook
	At      time.Time
	Sent    *core.Shown // nil if it can no longer be shown
	Attempt *core.Attempt
}

// Text writes the details. masked hides the record's values: names keep their
// first letter, e-mail addresses their system, digits become 0. Secrets and the
// path of the web address are never in it.
func (d Details) Text(masked bool) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", d.Verdict)
	fmt.Fprintf(&b, "%s\n", d.At.Local().Format("Monday 2 January 2006, 15:04:05 -0700"))
	if d.Sent != nil {
		d.writeSent(&b, masked)
	}
	if d.Attempt != nil {
		d.writeAnswer(&b, masked)
	}
	if masked {
		b.WriteString("\nThe values of the record are masked.\n")
	}
	return b.String()
}

func (d Details) writeSent(b *strings.Builder, masked bool) {
	fmt.Fprintf(b, "\nWhat we sent\n%s %s\n", d.Sent.Method, HostOnly(d.Sent.Host))
	for _, line := range d.Sent.Headers {
		b.WriteString(line + "\n")
	}
	if len(d.Sent.Pairs) == 0 && d.Sent.Body != "" {
		b.WriteString("\n" + maskIf(masked, d.Sent.Body) + "\n")
	}
	for _, pair := range d.Sent.Pairs {
		value := pair.Value
		if !pair.Secret {
			value = maskIf(masked, value)
		}
		fmt.Fprintf(b, "%s: %s\n", pair.Name, value)
	}
}

func (d Details) writeAnswer(b *strings.Builder, masked bool) {
	a := d.Attempt
	fmt.Fprintf(b, "\nWhat came back after %s\n", words.Took(a.Took))
	if a.Code != 0 {
		fmt.Fprintf(b, "%s\n", Code(a.Code))
	} else {
		b.WriteString("No answer\n")
	}
	if a.Detail != "" {
		b.WriteString(a.Detail + "\n")
	}
	for _, line := range a.Header {
		b.WriteString(line + "\n")
	}
	if a.Answer != "" {
		b.WriteString("\n" + d.maskAnswer(masked, a.Answer) + "\n")
	}
}

// maskAnswer hides the record's values where the answer repeats them.
func (d Details) maskAnswer(masked bool, answer string) string {
	if !masked {
		return answer
	}
	if d.Sent != nil {
		for _, pair := range d.Sent.Pairs {
			if len([]rune(pair.Value)) > 2 && !pair.Secret {
				answer = strings.ReplaceAll(answer, pair.Value, mask.Value(pair.Value))
			}
		}
	}
	return mask.Personal(answer)
}

func maskIf(masked bool, text string) string {
	if masked {
		return mask.Value(text)
	}
	return text
}

// HostOnly is how an address is shown outside the editor: the rest of it counts
// as a secret.
func HostOnly(host string) string { return host + "/…" }

// Code prints a status code with its name: "401 Unauthorized".
func Code(code int) string {
	return strings.TrimSpace(fmt.Sprintf("%d %s", code, http.StatusText(code)))
}
