package settings

import (
	"path/filepath"
	"time"

	"hookbird/core"
)

// Times that a row of a spreadsheet may have to stay as it is.
const (
	minSettle = time.Second
	maxSettle = 24 * time.Hour
)

func (p *parser) sheetFields(s *core.SheetSource) fields {
	known := p.layoutFields(&s.Layout)
	known["path"] = func(n *node) { s.Path = p.path(n) }
	known["keys"] = func(n *node) { s.Keys = p.texts(n) }
	known["changed"] = func(n *node) { s.Changed = p.flag(n) }
	known["required"] = func(n *node) { s.Required = p.texts(n) }
	known["settle"] = func(n *node) { s.Settle = p.duration(n) }
	known["ready"] = func(n *node) {
		p.object(n, "ready", fields{
			"column": func(n *node) {
				if s.Ready = p.text(n); n.value == "" {
					p.wrong(n.at(), readyColumn)
				}
			},
			"is": func(n *node) { s.ReadyIs = p.text(n) },
		})
		if n.object && n.get("column") == nil {
			p.wrong(n.pointer("column"), readyColumn)
		}
	}
	return known
}

const readyColumn = "Choose the column that says that a row is finished."

func sheet(s *core.SheetSource) outSheetPart {
	out := outSheetPart{Path: s.Path, Keys: s.Keys, Changed: s.Changed, Required: s.Required, Settle: lasting(s.Settle)}
	if s.Ready != "" {
		out.Ready = &outReady{s.Ready, s.ReadyIs}
	}
	return out
}

func (c *checker) sheet(s *core.SheetSource) {
	c.file("/path", s.Path, "Choose the spreadsheet.", filepath.IsAbs)
	c.names("/keys", s.Keys)
	if s.Changed && len(s.Keys) == 0 {
		c.add("/keys", "Which rows have changed can only be told if columns tell rows apart. Choose them, or only take new rows.")
	}
	c.names("/required", s.Required)
	c.span("/settle", s.Settle, minSettle, maxSettle)
	c.ready(s)
	c.layout(&s.Layout)
	if l := s.Layout; l.Element != "" || l.List != "" {
		c.add("/element", "A spreadsheet has rows, and no elements or lists of them. Leave that empty.")
	}
}

// ready looks at how a column says that a row is finished.
func (c *checker) ready(s *core.SheetSource) {
	switch {
	case s.Ready == "":
		if s.ReadyIs != "" {
			c.add("/ready/column", readyColumn)
		}
	case len(s.Required) > 0:
		c.add("/ready", "A row is finished once its required columns are filled, or once a column says so, but not both. Remove one of the two.")
	default:
		c.column("/ready/column", s.Ready)
	}
	if len(s.ReadyIs) > maxColumn || hidden(s.ReadyIs) {
		c.add("/ready/is", "What stands in a finished row has at most %d characters, and none that cannot be seen.", maxColumn)
	}
}
