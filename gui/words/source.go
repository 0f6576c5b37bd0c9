package words

import (
	"fmt"
	"strings"

	"hookbird/core"
	"hookbird/core/control"
)

// Source gives the badge of a source: what it does ("Checks the file"), "Reading…
// 40 %", "Asks you something", "Paused", or what keeps it from working ("File not
// found"), about which v.State.Cause says more.
func Source(v control.SourceView) Badge {
	state := v.State
	switch {
	case v.Source.Paused:
		return Badge{Neutral, "Paused"}
	case state.Question != nil:
		return Badge{Wait, "Asks you something"}
	case !state.Working:
		return Badge{Bad, hindrance(v.Source.Kind, state.Cause)}
	case state.Progress != nil:
		return Badge{Good, Reading(*state.Progress)}
	case !state.Silent.IsZero():
		return Badge{Bad, "Nothing has come"}
	default:
		return Badge{Good, doing(v.Source.Kind)}
	}
}

// Reading says how far something long is: "Reading… 40 %", "Reading…" where nobody
// can tell.
func Reading(p core.Progress) string {
	if p.Total <= 0 {
		return "Reading…"
	}
	return fmt.Sprintf("Reading… %d %%", min(100, max(0, p.Done*100/p.Total)))
}

// doing says what a source does while all is well.
func doing(k core.SourceKind) string {
	switch k {
	case core.KindFolder:
		return "Checks the folder"
	case core.KindSheet:
		return "Checks the file"
	case core.KindDatabase:
		return "Checks the table"
	case core.KindWeb:
		return "Asks regularly"
	case core.KindTimer:
		return "On time"
	case core.KindForm:
		return "Ready to fill in"
	default:
		return "Ready for programs"
	}
}

// hindrance says in two words what keeps a source from working, as far as its
// sentence says so.
func hindrance(k core.SourceKind, cause string) string {
	says := func(words string) bool { return strings.Contains(strings.ToLower(cause), words) }
	switch {
	case says("is not there") && k == core.KindFolder:
		return "Folder not found"
	case says("is not there") && k == core.KindSheet:
		return "File not found"
	case says("not allowed to read"):
		return "May not read it"
	case says("password"):
		return "Wrong password"
	case says("read by "):
		return "Read elsewhere"
	case says("share") && says("reach"):
		return "Share not reachable"
	default:
		return "Needs attention"
	}
}
