package engine

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"time"

	"hookbird/core"
)

// What is remembered of a source beside what it remembers itself.
const (
	notesKey  = "notes"   // its notes
	answerKey = "answer:" // what a person answered, by the question's id
	leftKey   = "left:"   // a record that was left out, by its id
)

// hashMark is the mark of the program under which the key of Hash is kept.
const hashMark = "hash-key"

// loadHashKey reads the key of Hash, or makes it.
func (e *Engine) loadHashKey() error {
	key, ok, err := e.store.Mark("", hashMark)
	if err != nil || ok && len(key) == sha256.Size {
		e.hashKey = key
		return err
	}
	key = make([]byte, sha256.Size)
	_, _ = rand.Read(key) // never fails
	e.hashKey = key
	return e.store.Commit(&core.Batch{Marks: []core.Mark{{Key: hashMark, Value: key}}})
}

// Hash gives a hash of texts that means nothing without this store's key.
func (e *Engine) Hash(parts ...string) (sum [16]byte) {
	h := hmac.New(sha256.New, e.hashKey)
	var size [8]byte
	for _, part := range parts {
		binary.BigEndian.PutUint64(size[:], uint64(len(part)))
		h.Write(size[:])
		h.Write([]byte(part))
	}
	copy(sum[:], h.Sum(nil))
	return sum
}

// change changes what is shown of a source, and tells the windows if f says that
// it is news.
func (e *Engine) change(source string, f func(s *core.SourceState) (news bool)) {
	e.feed.mu.Lock()
	s := e.feed.fed[source]
	news := s != nil && f(&s.state)
	e.feed.mu.Unlock()
	if news {
		e.p.OnChange()
	}
}

// Report says how a source is doing: "" while it works.
func (e *Engine) Report(source, cause string) {
	e.change(source, func(s *core.SourceState) bool {
		if s.Cause == cause && s.Working == (cause == "") {
			return false
		}
		s.Cause, s.Working, s.Since = cause, cause == "", time.Now()
		if row := e.feed.fed[source].row; cause != "" {
			e.alarm(core.AlarmStopped, row.Source.Name, alarmOf(row.Source, cause, s.Since))
		}
		e.log.Info("source", "source", source, "working", cause == "", "cause", cause)
		return true
	})
}

// Looked tells that a source has looked at what it watches.
func (e *Engine) Looked(source, found string) {
	e.change(source, func(s *core.SourceState) bool {
		news := s.Found != found || time.Since(s.Looked) > lookedNews
		s.Looked, s.Found = time.Now(), found
		return news
	})
}

// lookedNews is after how long it is news that a source has looked again and found
// what it found before.
const lookedNews = 10 * time.Second

// Progress tells how far a source is with something long; nil once it is done.
func (e *Engine) Progress(source string, p *core.Progress) {
	e.change(source, func(s *core.SourceState) bool {
		if p != nil {
			copied := *p
			p = &copied
		}
		news := s.Progress != p
		s.Progress = p
		return news
	})
}

// Note keeps what went wrong without stopping a source, with the next commit.
func (e *Engine) Note(source string, note core.SourceNote) {
	e.log.Warn("source note", "source", source, "where", note.Where, "note", note.Text)
	var all []core.SourceNote
	e.change(source, func(s *core.SourceState) bool {
		all = append([]core.SourceNote{note}, s.Notes...)
		all = all[:min(len(all), core.MaxSourceNotes)]
		s.Notes = all
		return true
	})
	b, err := json.Marshal(all)
	if all == nil || err != nil {
		return
	}
	if err := e.commit.submit(&op{marks: []core.Mark{{Source: source, Key: notesKey, Value: b}}}); err != nil {
		e.log.Warn("note not kept", "source", source, "error", err)
	}
}

// Ask gives the answer to a question, or shows it and gives "".
func (e *Engine) Ask(source string, q core.SourceQuestion) (string, error) {
	answer, ok, err := e.store.Mark(source, answerKey+q.ID)
	if err != nil {
		return "", fmt.Errorf("read answer of source %s: %w", source, err)
	}
	if ok {
		return string(answer), nil
	}
	e.change(source, func(s *core.SourceState) bool {
		news := s.Question == nil || s.Question.ID != q.ID || s.Question.Text != q.Text
		s.Question = &q
		if news {
			e.log.Warn("source waits for an answer", "source", source, "question", q.Text)
		}
		return news
	})
	return "", nil
}

// Answer keeps a person's answer to the question that a source waits with, and has
// the source go on. CodeConflict: it asks something else by now.
func (e *Engine) Answer(source, question, answer string) error {
	e.feed.mu.Lock()
	s := e.feed.fed[source]
	asked := s != nil && s.state.Question != nil && s.state.Question.ID == question
	e.feed.mu.Unlock()
	if !asked {
		return core.Errorf(core.CodeConflict, "This source asks something else by now. Look at it again.")
	}
	mark := core.Mark{Source: source, Key: answerKey + question, Value: []byte(answer)}
	if err := e.commit.do(&op{marks: []core.Mark{mark}}); err != nil {
		return err
	}
	e.feed.again(source)
	return nil
}
