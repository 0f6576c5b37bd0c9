package attempt

import "hookbird/core"

// few are the words for a group of messages that failed for the same cause.
var few = map[core.Cause]string{
	core.CauseNone:        "given up before a try",
	core.CauseData:        "data not understood",
	core.CauseKey:         "key not accepted",
	core.CauseForbidden:   "not allowed",
	core.CauseAddress:     "nothing at this web address",
	core.CauseMethod:      "wants another way of sending",
	core.CauseProxyKey:    "proxy asks who is there",
	core.CauseGone:        "web address given up for good",
	core.CauseSize:        "too much at once",
	core.CausePacking:     "packed in another way than expected",
	core.CauseSlow:        "asked to slow down",
	core.CauseServer:      "trouble on their side",
	core.CauseRedirect:    "points to another web address",
	core.CauseWrongCode:   "another answer than expected",
	core.CauseAnswer:      "answer not as asked for",
	core.CauseOther:       "message not taken",
	core.CausePortal:      "a web page answered",
	core.CauseTimeout:     "took too long to answer",
	core.CauseBroken:      "connection ended too early",
	core.CauseDNS:         "system not found",
	core.CauseConnect:     "system not reached",
	core.CauseNetwork:     "no internet connection",
	core.CauseCertificate: "could not prove who it is",
	core.CauseProxy:       "proxy does not let it through",
	core.CauseBlocked:     "address may not be reached",
	core.CauseToken:       "no key from the sign-in server",
	core.CauseBuild:       "no message could be made",
	core.CauseSecret:      "secret value not opened",
	core.CauseSetup:       "settings cannot be used",
	core.CauseBrake:       "more than usual",
	core.CauseStop:        "stopped before an answer came",
	core.CauseThrown:      "thrown away by somebody",
}

// Few says in two to six words what a group of failed messages has in common: "key
// not accepted". It stands behind a count.
func Few(c core.Cause) string {
	if words := few[c]; words != "" {
		return words
	}
	return few[core.CauseOther]
}
