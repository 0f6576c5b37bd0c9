package sheet

import (
	"context"
	"errors"
	"path/filepath"

	"hookbird/core"
	"hookbird/core/source/record"
)

// Survey says what is in a spreadsheet, without sending or remembering anything. An
// error is a sentence.
func Survey(ctx context.Context, src *core.Source) (core.Survey, error) {
	s := &Sheet{src: src, cfg: src.Sheet, name: filepath.Base(src.Sheet.Path)}
	if why := s.stat(); why != "" {
		return core.Survey{}, core.Errorf(core.CodeUnavailable, "%s", why)
	}
	if err := s.isTable(); err != nil {
		return core.Survey{}, asError(err)
	}
	c, _, done, err := copyOf(ctx, s.cfg.Path)
	if err != nil {
		return core.Survey{}, asError(s.broken(ctx, err))
	}
	defer done()
	v, err := record.Survey(c, s.name, s.cfg.Layout)
	if err != nil {
		return core.Survey{}, asError(s.broken(ctx, err))
	}
	return v, nil
}

func asError(err error) error {
	if bad, ok := errors.AsType[*trouble](err); ok {
		return core.Errorf(core.CodeUnavailable, "%s", bad.text)
	}
	return err
}
