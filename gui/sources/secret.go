package sources

import (
	"context"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/background"
	"hookbird/gui/widgets"
)

// secret is a labelled box for a secret: dots, an eye, a copy button. place is the
// name by which a stored one is revealed.
func (s *setup) secret(where, place, label string, to *core.Secret, help string) *widgets.Field {
	e := s.secretEntry(place, to)
	f := widgets.NewField(label, e, help)
	s.spots.add(where, f.SetProblem, e.Entry())
	return f
}

func (s *setup) secretEntry(place string, to *core.Secret) *widgets.SecretEntry {
	e := widgets.NewSecretEntry()
	if text, typed := to.Text(); typed {
		e.SetText(text)
	} else {
		e.SetStored(!to.IsZero() && !to.Missing())
	}
	e.OnChanged = func(text string) {
		if *to = core.NewSecret(text); text == "" {
			*to = core.Secret{}
		}
		s.changed()
	}
	e.OnReveal = func(show func(string)) {
		ref := control.SecretRef{Source: s.draft.src.ID, Place: place}
		background.Run(
			func(ctx context.Context) (string, error) { return s.page.service.RevealSecret(ctx, ref) },
			func(text string, err error) {
				if err != nil {
					s.notice.Fail(err)
					return
				}
				show(text)
			})
	}
	s.mask = append(s.mask, e.Mask)
	return e
}
