package engine

import "hookbird/core"

// answers is what kind of answers came from the address of a webhook so far.
func (l *lane) answers(w *core.Webhook) core.AnswerKind {
	l.mu.Lock()
	defer l.mu.Unlock()
	if w.Address != l.cfg.webhook.Address {
		return core.AnswersUnknown
	}
	return l.place.Answers
}

// learnAnswers takes note of the kind of a good answer. A network that wants a
// login answers for everybody with a page of its own: where a target never
// answered with one, a page is no delivery.
func (l *lane) learnAnswers(cfg *config, a core.Attempt) {
	if a.Cause != core.CauseNone || cfg != l.cfg || l.place.Answers == core.AnswersPages {
		return
	}
	kind := core.AnswersPlain
	if a.Page {
		kind = core.AnswersPages
	}
	if l.place.Answers != kind {
		l.place.Answers, l.dirty = kind, true
	}
}
