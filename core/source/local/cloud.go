package local

import (
	"encoding/json"
	"fmt"
	"net/http"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/source/record"
)

// envelope is a CloudEvent as JSON writes it (CloudEvents 1.0.2, JSON event
// format). Its record is what stands in data, byte for byte; without data it is
// an object without fields.
type envelope struct {
	Version    string          `json:"specversion"`
	ID         string          `json:"id"`
	Source     string          `json:"source"`
	Type       string          `json:"type"`
	DataType   string          `json:"datacontenttype"`
	Data       json.RawMessage `json:"data"`
	DataBase64 *string         `json:"data_base64"`
}

func (b *batch) cloudEvent(body []byte) *refusal {
	if why := record.WrongObject(body); why != "" {
		return invalid("The CloudEvent cannot be taken. " + why)
	}
	return b.addCloud(body, "")
}

func (b *batch) cloudEvents(body []byte) *refusal {
	if !json.Valid(body) {
		return invalid("The body is not JSON: " + record.WhyNotJSON(body))
	}
	body = trim(body)
	if body[0] != '[' || !utf8.Valid(body) {
		return invalid("The body must be a list of CloudEvents, in UTF-8.")
	}
	values, complete := record.Elements(body, maxRecords)
	if !complete {
		return tooMany()
	}
	for i, v := range values {
		if no := b.addCloud(v, fmt.Sprintf("CloudEvent %d of the list", i+1)); no != nil {
			return no
		}
	}
	return nil
}

// addCloud takes the record out of its envelope.
func (b *batch) addCloud(text []byte, where string) *refusal {
	var e envelope
	if err := json.Unmarshal(text, &e); err != nil {
		return wrongCloud(where, "its attributes must be texts.")
	}
	if why := e.wrong(); why != "" {
		return wrongCloud(where, why)
	}
	if e.none() {
		e.Data = json.RawMessage("{}")
	}
	if no := b.add(e.Data, where); no != nil {
		return no
	}
	return b.name(e, where)
}

// name gives the last record its type and its name.
func (b *batch) name(e envelope, where string) *refusal {
	switch {
	case e.Version != "1.0":
		return wrongCloud(where, `its specversion must be "1.0".`)
	case e.ID == "" || e.Source == "" || len(e.ID)+len(e.Source) > 2000:
		return wrongCloud(where, "it needs an id and a source, of at most 2,000 characters.")
	}
	if err := core.ValidType(e.Type); err != nil {
		return wrongCloud(where, "its type cannot be used. "+core.Sentence(err))
	}
	last := &b.records[len(b.records)-1]
	last.typ, last.name = e.Type, e.Source+"\n"+e.ID
	return nil
}

// wrong says what is wrong with the data of an envelope.
func (e envelope) wrong() string {
	switch {
	case e.DataBase64 != nil, e.DataType != "" && !isJSON(e.DataType):
		return "its data must be JSON."
	case !e.none() && e.Data[0] != '{':
		return "its data must be an object in curly braces."
	}
	return ""
}

// none tells whether the event brings no data.
func (e envelope) none() bool { return e.Data == nil || string(e.Data) == "null" }

func isJSON(contentType string) bool {
	c, no := contentOf(http.Header{"Content-Type": {contentType}}, &core.LocalSource{})
	return no == nil && c.format == formatJSON
}

func wrongCloud(where, why string) *refusal {
	if where == "" {
		where = "The CloudEvent"
	}
	return invalid(where + " cannot be taken, so nothing was accepted: " + why)
}

// cloudHeaders reads the attributes of a CloudEvent whose body is nothing but
// its data (CloudEvents 1.0.2, HTTP binding, binary mode).
func (b *batch) cloudHeaders(h http.Header) *refusal {
	if len(h["Ce-Specversion"]) == 0 {
		return nil
	}
	if len(b.records) != 1 || b.records[0].name != "" {
		return wrongCloud("", "a request with ce- headers must hold one record.")
	}
	return b.name(envelope{Version: h.Get("Ce-Specversion"), ID: h.Get("Ce-Id"), Source: h.Get("Ce-Source"), Type: h.Get("Ce-Type")}, "")
}
