package engine

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"hookbird/core"
	"hookbird/core/message"
	"hookbird/core/source/gate"
)

// columnsKey is the mark of the columns that a source's table had last.
const columnsKey = "columns"

// What a person may answer about a column that is gone.
const (
	columnIs   = "is:" // with the name of the column that it is now
	columnGone = "gone"
)

// Uses gives the paths of the fields that are read by name of a source's records: by
// webhooks that take them, and by the source itself.
func (e *Engine) Uses(source, eventType string) []string {
	var used []string
	for _, st := range e.Webhooks() {
		if st.Webhook.Wants(eventType, source) {
			used = append(used, message.Uses(st.Webhook)...)
		}
	}
	if row, ok := e.feed.row(source); ok {
		used = append(used, message.Uses(&core.Webhook{Body: core.Body{Style: core.BodyTemplate, Template: row.Source.Title, ContentType: "text/plain"}})...)
		used = append(used, row.Source.Once.Keys...)
	}
	slices.Sort(used)
	return slices.Compact(used)
}

// Columns tells which columns the table of a source has now. A column that is used
// and gone holds the source until a person has said which one it is now, or that it
// is gone for good.
func (e *Engine) Columns(_ context.Context, id string, names []string) error {
	row, ok := e.feed.row(id)
	if !ok {
		return nil
	}
	before, err := e.columnsBefore(id)
	if err != nil || slices.Equal(before, names) {
		return err
	}
	alias, err := e.alias(id)
	if err != nil {
		return err
	}
	gone := missing(before, names, alias, e.Uses(id, row.Source.Type()))
	fresh := missing(names, before, nil, names)
	for _, name := range gone {
		answer, err := e.Ask(id, columnQuestion(name, names, fresh))
		switch {
		case err != nil:
			return err
		case answer == "":
			return core.Errorf(core.CodeConflict, "The column %s is gone. Hookbird waits until somebody says what is in its place.", name)
		}
		if now, is := strings.CutPrefix(answer, columnIs); is {
			alias[now] = name
		}
	}
	return e.keepColumns(id, names, alias)
}

func (e *Engine) columnsBefore(id string) (names []string, err error) {
	value, ok, err := e.store.Mark(id, columnsKey)
	if err != nil || !ok {
		return nil, err
	}
	if err := json.Unmarshal(value, &names); err != nil {
		return nil, fmt.Errorf("read columns of source %s: %w", id, err)
	}
	return names, nil
}

// alias gives the names by which columns are known here that are called otherwise by
// now.
func (e *Engine) alias(id string) (map[string]string, error) {
	alias := map[string]string{}
	value, ok, err := e.store.Mark(id, gate.MarkAlias)
	if err != nil || !ok {
		return alias, err
	}
	if err := json.Unmarshal(value, &alias); err != nil {
		return nil, fmt.Errorf("read names of columns of source %s: %w", id, err)
	}
	return alias, nil
}

// keepColumns remembers the columns, and has the gate use the names of before.
func (e *Engine) keepColumns(id string, names []string, alias map[string]string) error {
	columns, err := json.Marshal(names)
	if err != nil {
		return err
	}
	marks := []core.Mark{{Source: id, Key: columnsKey, Value: columns}}
	if len(alias) > 0 {
		value, err := json.Marshal(alias)
		if err != nil {
			return err
		}
		marks = append(marks, core.Mark{Source: id, Key: gate.MarkAlias, Value: value})
	}
	if err := e.commit.do(&op{marks: marks}); err != nil {
		return err
	}
	e.feed.renew(id)
	return nil
}

// missing gives those of names that are not among now, under their own or another
// name, and that one of used reads.
func missing(names, now []string, alias map[string]string, used []string) (gone []string) {
	there := slices.Clone(now)
	for is, was := range alias {
		if slices.Contains(now, is) {
			there = append(there, was)
		}
	}
	for _, name := range names {
		if !slices.Contains(there, name) && slices.ContainsFunc(used, func(path string) bool { return reads(path, name) }) {
			gone = append(gone, name)
		}
	}
	return gone
}

// reads tells whether a path reads a field: the whole of it is the name, or its first
// step is.
func reads(path, name string) bool {
	path = strings.Trim(path, `"`)
	if len(path) < len(name) || !strings.EqualFold(path[:len(name)], name) {
		return false
	}
	return len(path) == len(name) || strings.ContainsRune(".(", rune(path[len(name)]))
}

// columnQuestion asks what is in the place of a column. Its id holds what the columns
// are, so that it is asked anew when they change again.
func columnQuestion(name string, now, fresh []string) core.SourceQuestion {
	q := core.SourceQuestion{Text: "The column " + name + " is gone."}
	if len(fresh) == 1 {
		q.Text += " " + fresh[0] + " is new. Use that one?"
	} else if len(fresh) > 1 {
		q.Text += " Which one is in its place?"
	}
	for i, f := range fresh[:min(len(fresh), maxFresh)] {
		q.Choices = append(q.Choices, core.Choice{ID: columnIs + f, Text: "Use " + f, Usual: i == 0 && len(fresh) == 1})
	}
	q.Choices = append(q.Choices, core.Choice{ID: columnGone, Text: "It is gone for good: go on without it"})
	sum := sha256.Sum256([]byte(strings.Join(append([]string{name}, now...), "\x00")))
	q.ID = "column:" + hex.EncodeToString(sum[:8])
	return q
}

// maxFresh is how many new columns are offered in place of one that is gone.
const maxFresh = 8
