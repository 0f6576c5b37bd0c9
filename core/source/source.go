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
	// and returns when they are on disk. The source gives ID, Type, Source, Origin,
	// Hops and Data, which must not be changed afterwards; Seq, Time and Title are
	// given by the engine. What the source's settings say of every record is done
	// here: fields that are not kept are taken out, and records that came before, or
	// may not come in, are left out and counted. After an error nothing was stored;
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

	// Columns tells which columns a table has now, before its rows are accepted. If
	// one is gone that somebody uses, a person is asked, and the error is CodeConflict:
	// nothing of the table may be accepted, and the source waits until it is run anew.
	Columns(ctx context.Context, source string, names []string) error

	// Ask gives a person's answer to a question, the ID of one of its choices; "" while
	// there is none. Then the question is shown, and the source waits until it is run
	// anew, which an answer brings about.
	Ask(source string, q core.SourceQuestion) (answer string, err error)

	// Hash gives a hash of texts under a key of this store, by which records are known
	// again and nobody can find out what they held.
	Hash(parts ...string) [16]byte

	// Report says how the source is doing: "" while it works, else a sentence
	// about what keeps it from working. The same again is no news.
	Report(source, cause string)

	// Looked tells that the source has looked at what it watches, and what there is to
	// say about it: "3 rows still being typed"; "" for nothing.
	Looked(source, found string)

	// Progress tells how far something long is; nil once it is done.
	Progress(source string, p *core.Progress)

	// Note tells of something that went wrong without stopping the source.
	Note(source string, note core.SourceNote)

	// LeaveOut shows records that the source itself has left out.
	LeaveOut(source string, list []core.LeftOut)
}

// Env is what of this computer and program a source that reaches out needs.
type Env struct {
	Vault   core.Vault
	Proxy   core.Proxy // the program's own
	Version string
}
