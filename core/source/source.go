// Package source holds what all kinds of source share: what they need of the
// engine, and how a record gets its title. Each kind is a package below.
//
// It must not know of webhooks, deliveries or the store.
package source

import (
	"context"

	"hookbird/core"
)

// Host is what a source needs of the engine. All methods may be called from any
// goroutine.
type Host interface {
	// Accept stores events and what the source wants to remember in one commit,
	// and returns when they are on disk. The source gives ID, Type, Source,
	// Title, Origin, Hops and Data, which must not be changed afterwards; Seq and
	// Time are given by the engine. After an error nothing was stored;
	// CodeUnavailable means that the same may be tried again later.
	Accept(ctx context.Context, events []*core.Event, marks []core.Mark) error

	// AcceptRun is Accept for events of a large file, which are sent after single
	// records, and can be paused. Run's ID, Source, Name and Started are given; the
	// same ID again is the same file.
	AcceptRun(ctx context.Context, run *core.Run, events []*core.Event, marks []core.Mark) error

	// Mark gives what the source remembered under a key.
	Mark(source, key string) (value []byte, ok bool, err error)

	// Marks visits what the source remembered under keys with a prefix, in order.
	Marks(source, prefix string, visit func(key string, value []byte) error) error

	// Report says how the source is doing: "" while it works, else a sentence
	// about what keeps it from working. The same again is no news.
	Report(source, cause string)

	// Note tells of something that went wrong without stopping the source.
	Note(source string, note core.SourceNote)
}
