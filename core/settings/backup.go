package settings

import (
	"fmt"

	"hookbird/core"
)

// noBackups stands in a file for core.NoBackups.
const noBackups = "none"

// backup reads where and when backups are made. What is left out is the usual.
func (p *parser) backup(n *node) core.BackupPlan {
	var plan core.BackupPlan
	p.object(n, "backup", fields{
		"folder": func(n *node) { plan.Folder = p.path(n) },
		"at": func(n *node) {
			if minute, ok := p.clock(n); ok {
				plan.At = fmt.Sprintf("%02d:%02d", minute/60, minute%60)
			}
		},
		"keep": func(n *node) { plan.Keep = p.keptBackups(n) },
	})
	return plan
}

// keptBackups reads how many are kept, or that none is made.
func (p *parser) keptBackups(n *node) int {
	if text, isText := n.value.(string); isText {
		if text != noBackups {
			p.wrong(n.at(), "This has to be a whole number from 1 to %d, or %q.", core.MaxBackups, noBackups)
		}
		return core.NoBackups
	}
	return p.whole(n, 1, core.MaxBackups)
}

// backup gives what to write for a plan: nil for the usual one.
func (p *printer) backup(plan core.BackupPlan) *outBackup {
	if plan == (core.BackupPlan{}) {
		return nil
	}
	out := &outBackup{Folder: plan.Folder, At: plan.At}
	switch {
	case plan.Keep == core.NoBackups:
		out.Keep = noBackups
	case plan.Keep != 0:
		out.Keep = plan.Keep
	}
	return out
}
