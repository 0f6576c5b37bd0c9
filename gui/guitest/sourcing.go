package guitest

import (
	"context"
	"slices"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// Sourcing is what a Service answers about sources beyond their list, and what it
// was asked.
type Sourcing struct {
	Survey      control.SourceSurvey
	SurveyWaits bool // a survey runs until somebody gives it up
	LeftOut     map[string][]core.LeftOut
	Examples    control.Examples
	Trial       control.Trial
	Held        []control.Held
	Never       int

	Surveyed []core.Source // drafts that were looked at
	GivenUp  int           // surveys that were given up
	Answers  []control.SourceAnswer
	Rereads  []control.Reread
	Filled   []control.FormEntry
}

// SurveySource implements control.Service: it finds what Data.Sourcing says.
func (s *Service) SurveySource(ctx context.Context, d control.SourceDraft) (control.SourceSurvey, error) {
	waits := false
	found, err := read(ctx, s, "SurveySource", func(data *Data) (control.SourceSurvey, error) {
		data.Sourcing.Surveyed = append(data.Sourcing.Surveyed, *d.Source.Clone())
		waits = data.Sourcing.SurveyWaits
		return data.Sourcing.Survey, nil
	})
	if waits && err == nil {
		<-ctx.Done()
		s.Edit(func(data *Data) { data.Sourcing.GivenUp++ })
		return control.SourceSurvey{}, ctx.Err()
	}
	return found, err
}

// AnswerSource implements control.Service: the question is gone then.
func (s *Service) AnswerSource(ctx context.Context, a control.SourceAnswer) error {
	_, err := write(ctx, s, "AnswerSource", func(d *Data) (none, error) {
		v, err := d.source(a.Source)
		if err != nil {
			return none{}, err
		}
		if v.State.Question == nil || v.State.Question.ID != a.Question {
			return none{}, core.Errorf(core.CodeConflict, "%s asks something else by now.", v.Source.Name)
		}
		v.State.Question = nil
		d.Sourcing.Answers = append(d.Sourcing.Answers, a)
		return none{}, nil
	})
	return err
}

// RereadSource implements control.Service: it keeps the wish for the test to see.
func (s *Service) RereadSource(ctx context.Context, r control.Reread) error {
	_, err := write(ctx, s, "RereadSource", func(d *Data) (none, error) {
		d.Sourcing.Rereads = append(d.Sourcing.Rereads, r)
		return none{}, nil
	})
	return err
}

// LeftOut implements control.Service.
func (s *Service) LeftOut(ctx context.Context, source string) ([]core.LeftOut, error) {
	return read(ctx, s, "LeftOut", func(d *Data) ([]core.LeftOut, error) {
		return slices.Clone(d.Sourcing.LeftOut[source]), nil
	})
}

// SendLeftOut implements control.Service.
func (s *Service) SendLeftOut(ctx context.Context, r control.LeftOutRef) (int, error) {
	return write(ctx, s, "SendLeftOut", func(d *Data) (int, error) {
		n := 0
		d.Sourcing.LeftOut[r.Source] = slices.DeleteFunc(d.Sourcing.LeftOut[r.Source], func(l core.LeftOut) bool {
			sent := l.Data != nil && slices.Contains(r.IDs, l.ID)
			if sent {
				n++
			}
			return sent
		})
		return n, nil
	})
}

// FillForm implements control.Service: every row can be taken back for a minute.
func (s *Service) FillForm(ctx context.Context, e control.FormEntry) ([]control.Held, error) {
	return write(ctx, s, "FillForm", func(d *Data) ([]control.Held, error) {
		d.Sourcing.Filled = append(d.Sourcing.Filled, e)
		var held []control.Held
		for range e.Rows {
			held = append(held, control.Held{Source: e.Source, ID: core.NewKey(12), Title: "Ada Test", Until: d.Now.Add(time.Minute)})
		}
		d.Sourcing.Held = append(slices.Clone(held), d.Sourcing.Held...)
		return held, nil
	})
}

// HeldRecords implements control.Service.
func (s *Service) HeldRecords(ctx context.Context) ([]control.Held, error) {
	return read(ctx, s, "HeldRecords", func(d *Data) ([]control.Held, error) { return slices.Clone(d.Sourcing.Held), nil })
}

// UndoForm implements control.Service.
func (s *Service) UndoForm(ctx context.Context, h control.Held) error {
	_, err := write(ctx, s, "UndoForm", func(d *Data) (none, error) {
		for i, held := range d.Sourcing.Held {
			if held.ID == h.ID {
				d.Sourcing.Held = slices.Delete(d.Sourcing.Held, i, i+1)
				return none{}, nil
			}
		}
		return none{}, core.Errorf(core.CodeNotFound, "This record has gone out.")
	})
	return err
}

// LocalExamples implements control.Service.
func (s *Service) LocalExamples(ctx context.Context, _ string) (control.Examples, error) {
	return read(ctx, s, "LocalExamples", func(d *Data) (control.Examples, error) { return d.Sourcing.Examples, nil })
}

// SendTrial implements control.Service.
func (s *Service) SendTrial(ctx context.Context, _ string) (control.Trial, error) {
	return write(ctx, s, "SendTrial", func(d *Data) (control.Trial, error) { return d.Sourcing.Trial, nil })
}

// Never implements control.Service.
func (s *Service) Never(ctx context.Context) (int, error) {
	return read(ctx, s, "Never", func(d *Data) (int, error) { return d.Sourcing.Never, nil })
}

// SetNever implements control.Service: it counts the lines.
func (s *Service) SetNever(ctx context.Context, n control.NeverChange) (int, error) {
	return write(ctx, s, "SetNever", func(d *Data) (int, error) {
		lines := countLines(n.Text)
		if n.Remove {
			d.Sourcing.Never = max(0, d.Sourcing.Never-lines)
		} else {
			d.Sourcing.Never += lines
		}
		return lines, nil
	})
}

func countLines(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) != "" {
			n++
		}
	}
	return n
}
