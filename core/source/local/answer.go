package local

import (
	"encoding/json"
	"net/http"
	"strconv"
)

// refusal is an answer that takes nothing, or not all.
type refusal struct {
	status   int
	code     string // for a program
	message  string // a sentence for a person
	accepted int    // records that were accepted all the same; -1 if none could be
	header   string // an extra one, or ""
	value    string
}

func refuse(status int, code, message string) *refusal {
	return &refusal{status: status, code: code, message: message, accepted: -1}
}

// unavailable asks to send the same again after some seconds.
func unavailable(message, seconds string) *refusal {
	return refuse(http.StatusServiceUnavailable, "unavailable", message).with("Retry-After", seconds)
}

func (no *refusal) with(header, value string) *refusal {
	no.header, no.value = header, value
	return no
}

// Header values that are the same every time: shared, never changed.
var jsonType = []string{"application/json"}

func (no *refusal) write(w http.ResponseWriter) {
	type wrong struct {
		Code     string `json:"code"`
		Message  string `json:"message"`
		Accepted *int   `json:"accepted,omitempty"`
	}
	answer := struct {
		Error wrong `json:"error"`
	}{wrong{Code: no.code, Message: no.message}}
	if no.accepted >= 0 {
		answer.Error.Accepted = &no.accepted
	}
	text, _ := json.Marshal(answer) // strings and a number
	h := w.Header()
	h["Content-Type"] = jsonType
	if no.header != "" {
		h.Set(no.header, no.value)
	}
	h.Set("Content-Length", strconv.Itoa(len(text)))
	w.WriteHeader(no.status)
	_, _ = w.Write(text) // who does not listen is not told
}

// accepted answers with the id of the only record.
func accepted(w http.ResponseWriter, id string, duplicate bool) {
	var buf [96]byte
	text := append(buf[:0], `{"ids":["`...)
	text = append(text, id...)
	text = append(text, '"')
	writeAccepted(w, text, duplicate)
}

// acceptedAll answers with the ids of all records, in their order.
func acceptedAll(w http.ResponseWriter, ids []string, duplicate bool) {
	text := make([]byte, 0, 32+39*len(ids))
	text = append(text, `{"ids":[`...)
	for i, id := range ids {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(text, '"')
		text = append(text, id...)
		text = append(text, '"')
	}
	writeAccepted(w, text, duplicate)
}

func writeAccepted(w http.ResponseWriter, ids []byte, duplicate bool) {
	text := append(ids, `],"duplicate":`...)
	text = strconv.AppendBool(text, duplicate)
	text = append(text, '}', '\n')
	w.Header()["Content-Type"] = jsonType
	w.WriteHeader(http.StatusAccepted)
	_, _ = w.Write(text) // the records are stored, whether or not somebody listens
}
