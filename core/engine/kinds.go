package engine

import (
	"context"

	"hookbird/core"
	"hookbird/core/source"
	"hookbird/core/source/database"
	"hookbird/core/source/folder"
	"hookbird/core/source/gate"
	"hookbird/core/source/sheet"
	"hookbird/core/source/timer"
	"hookbird/core/source/web"
)

// loop gives what runs a source until its context ends, nil for kinds that only
// wait to be given something.
func (e *Engine) loop(s *fed) func(ctx context.Context) error {
	src := s.row.Source
	switch src.Kind {
	case core.KindForm:
		return s.form.Run
	case core.KindFolder:
		return folder.New(src, e, e.log).Run
	case core.KindSheet:
		return sheet.New(src, e, e.log).Run
	case core.KindWeb:
		return web.New(src, e, e.sourceEnv(), e.log).Run
	case core.KindDatabase:
		return database.New(src, e, e.sourceEnv(), e.log).Run
	case core.KindTimer:
		return timer.New(src, e, e.sourceEnv(), e.log).Run
	}
	return nil
}

// Survey looks at what a source would find, without sending or remembering anything.
func (e *Engine) Survey(ctx context.Context, src *core.Source) (core.Survey, error) {
	switch src.Kind {
	case core.KindFolder:
		return folder.Survey(ctx, src)
	case core.KindSheet:
		return sheet.Survey(ctx, src)
	case core.KindWeb:
		return web.Survey(ctx, src, e.sourceEnv())
	case core.KindDatabase:
		return database.Survey(ctx, src, e.sourceEnv())
	case core.KindTimer:
		return timer.Survey(ctx, src, e.sourceEnv())
	}
	return core.Survey{}, core.Errorf(core.CodeInvalid, "There is nothing to look at before somebody sends something.")
}

// sourceEnv is what a source that reaches out needs.
func (e *Engine) sourceEnv() source.Env {
	return source.Env{Vault: e.store, Proxy: e.Settings().Proxy, Version: e.p.Version}
}

func (e *Engine) newGate(src *core.Source) *gate.Gate {
	alias, err := e.alias(src.ID)
	if err != nil {
		e.log.Error("columns keep the names that they have now", "source", src.ID, "error", err)
	}
	return gate.New(src, gate.Options{
		Alias: alias,
		Hash:  e.Hash,
		Mark:  func(key string) ([]byte, bool, error) { return e.store.Mark(src.ID, key) },
		Never: e.never,
	})
}
