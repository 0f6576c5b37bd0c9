package verify

import (
	"fmt"
	"strings"

	"hookbird/core"
	"hookbird/core/message"
)

// holds says what belongs into the variable of a check.
func (c *check) holds() string {
	switch c.kind {
	case sharedKey:
		return "the secret, whsec_ included"
	case keyPair:
		return "the public key, which starts with whpk_"
	case ownHeader:
		return "the secret"
	default:
		return "the secret value"
	}
}

func notePHP(c *check, w *core.Webhook) string {
	note := fmt.Sprintf("Put this at the top of the page that receives the messages. In the settings of the web server, set %s to %s (in a file .htaccess: SetEnv %s and the value).", c.Variable, c.holds(), c.Variable)
	switch {
	case c.kind.signature() && message.Style(w) == core.BodyMultipart:
		note += " Messages packed as a form with parts can only be checked if php.ini says enable_post_data_reading = Off: otherwise PHP unpacks them and their own bytes are gone."
	case c.kind == partValue && w.HTTPMethod() != "POST":
		note += " PHP unpacks a form with parts only if it comes by POST, so change the method to POST, or pack the data as a plain form."
	case strings.EqualFold(c.Header, "Authorization"):
		note += " If every message is refused, the web server keeps this header line to itself: Apache hands it on with CGIPassAuth On."
	}
	return note
}

func notePython(c *check, _ *core.Webhook) string {
	note := fmt.Sprintf("Call genuine before anything else reads the message: genuine(request.headers, request.get_data()) in Flask, genuine(request.headers, request.body) in Django. Set the environment variable %s to %s.", c.Variable, c.holds())
	if c.kind == keyPair {
		note += " Python itself cannot check signatures of this kind, so it takes a package: pip install cryptography. (The package standardwebhooks checks only those whose secret starts with whsec_.)"
	}
	return note
}

func noteNode(c *check, w *core.Webhook) string {
	call := "genuine(req.headers, req.body)"
	switch {
	case c.kind == partValue:
		call = "await " + call
	case message.Style(w) == core.BodyNone: // for which Express sets no Buffer
		call = "genuine(req.headers, Buffer.alloc(0))"
	}
	return fmt.Sprintf("Call %s. In Express, express.raw({ type: () => true }) keeps the data in req.body as it came. Set the environment variable %s to %s.", call, c.Variable, c.holds())
}

func noteGo(c *check, _ *core.Webhook) string {
	return fmt.Sprintf("Call genuine first in the handler, and answer 401 if it says no. Set the environment variable %s to %s.", c.Variable, c.holds())
}

// answers warns of what a spreadsheet script cannot tell the sender.
const answers = " Google answers every message as if it went well, so one that the script refuses counts as delivered."

func scriptNote(c *check) string {
	return fmt.Sprintf("Paste this in the spreadsheet under Extensions, Apps Script. Under Project Settings, Script Properties, add %s with %s.", c.Variable, c.holds()) + answers
}

// unseenNote is for the check of a field that has to be added first.
func unseenNote(c *check, w *core.Webhook) string {
	note := "A spreadsheet script does not get to see header lines, so it cannot check this. What it can check is a secret value among the data: "
	if _, found := places[message.Style(w)]; !found {
		note += "pack the data as a form and "
	}
	note += fmt.Sprintf("add one with the name %s, and no other proof is needed. ", c.Name)
	return note + scriptNote(c)
}
