package source

import (
	"encoding/hex"
	"strings"
	"time"

	"hookbird/core"
)

// Answers to what becomes of records that are there already.
const (
	answerSend  = string(core.ExistingSend)
	answerSkip  = string(core.ExistingSkip)
	answerSince = string(core.ExistingSince) + ":"
)

// restored is what a person is told who is asked once more.
const restored = "Hookbird's data was put back from a copy, so it does not know what was sent since. "

// Existing says what becomes of the records that are there when a source first
// looks at a place: as its settings say, or as a person does, who is asked once for
// each place. place is whatever makes it another one: path, sheet, key, query. text
// says what is there: "4,812 rows are already there." dated tells that records have
// a time, so that those from a day on can be chosen. Do is ExistingAsk while nobody
// has answered; then nothing may be sent.
func Existing(h Host, src *core.Source, place, text string, dated bool) (core.Existing, error) {
	again, ok, err := RereadOf(h.Mark, src.ID)
	switch {
	case err != nil:
		return core.Existing{}, err
	case ok && again.Asked == "":
		return again.Existing, nil
	case ok:
		place += again.Asked
		text = strings.TrimSpace(restored + text)
	case src.Existing.Do != core.ExistingAsk:
		return src.Existing, nil
	}
	hash := h.Hash("existing", place)
	q := core.SourceQuestion{ID: "existing:" + hex.EncodeToString(hash[:8]), Text: text, Choices: []core.Choice{
		{ID: answerSkip, Text: "Only new ones from now", Usual: true},
		{ID: answerSend, Text: "All of them"},
	}}
	if dated {
		q.Choices = append(q.Choices, core.Choice{ID: string(core.ExistingSince), Text: "Those from a day on", Date: true})
	}
	answer, err := h.Ask(src.ID, q)
	if err != nil {
		return core.Existing{}, err
	}
	return read(answer), nil
}

// read gives what an answer says; ExistingAsk for none, and for one that says
// nothing.
func read(answer string) core.Existing {
	if day, ok := strings.CutPrefix(answer, answerSince); ok {
		since, err := time.ParseInLocation(time.DateOnly, day, time.Local)
		if err != nil {
			return core.Existing{}
		}
		return core.Existing{Do: core.ExistingSince, Since: since}
	}
	switch answer {
	case answerSend, answerSkip:
		return core.Existing{Do: core.ExistingDo(answer)}
	}
	return core.Existing{}
}
