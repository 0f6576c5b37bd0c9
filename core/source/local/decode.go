package local

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/source/record"
)

// batch is what one request brings.
type batch struct {
	src     *core.Source
	typ     string
	hops    int
	records []item
	single  [1]item // where records usually begins
}

// item is one record of a batch.
type item struct {
	data []byte // one JSON object, a part of the body where it stood there as such
	typ  string // if it names its own, else ""
	name string // if it is a CloudEvent: its source and id, which name it for good
}

func invalid(message string) *refusal {
	return refuse(http.StatusBadRequest, "invalid", message)
}

// decode finds the records of a body. One that is wrong refuses all.
func (b *batch) decode(c content, body []byte) *refusal {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	switch c.format {
	case formatLines:
		return b.lines(body)
	case formatForm:
		return b.form(body)
	case formatQuery:
		return b.query(body)
	case formatParts:
		return b.parts(body, c.boundary)
	case formatXML:
		return b.xml(body, c.charset)
	case formatCloud:
		return b.cloudEvent(trim(body))
	case formatCloudList:
		return b.cloudEvents(body)
	}
	return b.json(body)
}

func (b *batch) json(body []byte) *refusal {
	body = trim(body)
	switch {
	case len(body) == 0:
		return invalid("The body is empty. Send one JSON object, or a list of them.")
	case !json.Valid(body):
		return invalid("The body is not JSON: " + record.WhyNotJSON(body))
	case !utf8.Valid(body):
		return invalid("The body is not written in UTF-8.")
	case body[0] == '{':
		return b.add(body, "")
	case body[0] == '[':
		return b.list(body)
	}
	return invalid("The body is JSON, but neither an object in curly braces nor a list of objects.")
}

func trim(b []byte) []byte { return bytes.Trim(b, " \t\r\n") }

func (b *batch) list(body []byte) *refusal {
	values, complete := record.Elements(body, maxRecords)
	if !complete {
		return tooMany()
	}
	for i, v := range values {
		if v[0] != '{' {
			return invalid(fmt.Sprintf("Record %d of the list is not an object in curly braces. Nothing was accepted.", i+1))
		}
		if no := b.add(v, fmt.Sprintf("Record %d of the list", i+1)); no != nil {
			return no
		}
	}
	return nil
}

func (b *batch) lines(body []byte) *refusal {
	for n := 1; len(body) > 0; n++ {
		line, rest, _ := bytes.Cut(body, []byte("\n"))
		body = rest
		line = bytes.Trim(line, " \t\r")
		if len(line) == 0 {
			continue
		}
		if why := record.WrongObject(line); why != "" {
			return invalid(fmt.Sprintf("Line %d cannot be taken, and nothing was accepted. %s", n, why))
		}
		if len(b.records) == maxRecords {
			return tooMany()
		}
		if no := b.add(line, fmt.Sprintf("Line %d", n)); no != nil {
			return no
		}
	}
	return nil
}

// add takes a record that is not too long. where names it, "" if it is the only
// one.
func (b *batch) add(data []byte, where string) *refusal {
	limit := b.src.Local.MaxEventBytes
	if limit == 0 {
		limit = defaultEvent
	}
	if len(data) > min(limit, core.MaxEventData) {
		if where == "" {
			where = "The record"
		}
		return refuse(http.StatusRequestEntityTooLarge, "too_large", fmt.Sprintf("%s is longer than %s, so nothing was accepted.", where, size(int64(limit))))
	}
	if b.records == nil {
		b.records = b.single[:0]
	}
	b.records = append(b.records, item{data: data})
	return nil
}

func tooMany() *refusal {
	return refuse(http.StatusRequestEntityTooLarge, "too_large", fmt.Sprintf("A request may have at most %d records. Send them in several requests.", maxRecords))
}
