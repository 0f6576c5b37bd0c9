package control

import (
	"context"

	"hookbird/core"
	"hookbird/core/past"
)

func (f *fake) Pasts(_ context.Context, q core.PastQuery) ([]PastView, error) {
	return reply[[]PastView](f, "Pasts", q)
}

func (f *fake) ComparePast(_ context.Context, r PastPair) ([]past.Change, error) {
	return reply[[]past.Change](f, "ComparePast", r)
}

func (f *fake) BringBack(_ context.Context, r PastRef) error { return f.heard("BringBack", r) }

func (f *fake) UndoRemoval(_ context.Context, id uint64) error { return f.heard("UndoRemoval", id) }
