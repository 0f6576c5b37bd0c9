package main

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"hookbird/core/receiver"
)

func message(p person, id string) receiver.Request {
	form := url.Values{}
	for name, value := range p.fields() {
		form.Set(name, value)
	}
	header := http.Header{}
	header.Set("webhook-id", id)
	header.Set("User-Agent", "Hookbird/0.1.0")
	header.Set("Content-Type", "application/x-www-form-urlencoded")
	return receiver.Request{Method: "POST", Path: path, Header: header, Body: []byte(form.Encode()), Form: form}
}

func TestCheck(t *testing.T) {
	ada, jose := known[0], known[1]
	idA, idB := "msg_"+strings.Repeat("a", 26), "msg_"+strings.Repeat("b", 26)
	altered := message(jose, idB)
	altered.Form.Set("lname", "Nunez")
	extra := message(jose, idB)
	extra.Form.Set("id", "1")
	otherBytes := message(ada, idA)
	otherBytes.Body = []byte("email=ada")

	tests := map[string]struct {
		got              []receiver.Request
		delivered, again int
		problem          string // part of the one problem; "" for none
	}{
		"all came":                 {got: []receiver.Request{message(ada, idA), message(jose, idB)}, delivered: 2},
		"again under the same id":  {got: []receiver.Request{message(ada, idA), message(jose, idB), message(ada, idA)}, delivered: 2, again: 1},
		"again under another id":   {got: []receiver.Request{message(ada, idA), message(jose, idB), message(ada, idB)}, delivered: 2, problem: "under two ids"},
		"again with other bytes":   {got: []receiver.Request{message(ada, idA), message(jose, idB), otherBytes}, delivered: 2, problem: "different bytes"},
		"one never came":           {got: []receiver.Request{message(ada, idA)}, delivered: 1, problem: "jose never came"},
		"a value was changed":      {got: []receiver.Request{message(ada, idA), altered}, delivered: 1, problem: `lname should be "Núñez" and is "Nunez"`},
		"a field too many":         {got: []receiver.Request{message(ada, idA), extra}, delivered: 1, problem: `a field "id"`},
		"two people under one id":  {got: []receiver.Request{message(ada, idA), message(jose, idA)}, delivered: 2, problem: "share 1 ids"},
		"somebody nobody knows of": {got: []receiver.Request{message(ada, idA), message(jose, idB), message(known[2], idB)}, delivered: 2, problem: "nobody wrote"},
	}
	for name, tc := range tests {
		t.Run(name, func(t *testing.T) {
			r := check([]person{ada, jose}, tc.got)
			if r.delivered != tc.delivered || r.again != tc.again {
				t.Errorf("%d delivered, %d again; want %d, %d", r.delivered, r.again, tc.delivered, tc.again)
			}
			if tc.problem == "" && len(r.problems) > 0 || tc.problem != "" && (len(r.problems) != 1 || !strings.Contains(r.problems[0], tc.problem)) {
				t.Errorf("problems %q, want one with %q", r.problems, tc.problem)
			}
		})
	}
}
