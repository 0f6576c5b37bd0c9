package main

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"hookbird/core/receiver"
)

// secretText is the value that proves to the receiver who sends. Its signs are
// those that a wrong encoding would change.
const secretText = "open sesame & more = 100%"

// path is where the receiver wants its messages.
const path = "/hooks/supporters"

// fields gives the message that must come of p: every name with its one value.
func (p person) fields() map[string]string {
	return map[string]string{
		"fname": p.First, "lname": p.Last, "email": p.Email, "zip": p.Zip, "remarks": p.Note,
		"source": "demo", "token": secretText,
	}
}

// result is what a check found.
type result struct {
	delivered int // people that came exactly as they should
	again     int // messages that came once more, under the same id
	problems  []string
}

var deliveryID = regexp.MustCompile(`^msg_[a-z2-7]{26}$`)

// check compares what came with who should have. A message may come again, since
// a sender that died cannot know that it was accepted, but only under its id and
// with the same bytes.
func check(people []person, got []receiver.Request) result {
	var r result
	wanted := map[string]person{}
	for _, p := range people {
		wanted[p.Email] = p
	}
	ids := map[string]string{} // by address of the person
	bodies := map[string]string{}
	for _, req := range got {
		email := req.Form.Get("email")
		p, known := wanted[email]
		switch first, again := ids[email]; {
		case !known:
			r.problem("a message about %q came, whom nobody wrote into a file", email)
		case again && first != req.ID():
			r.problem("%s came under two ids, %s and %s", email, first, req.ID())
		case again && bodies[email] != string(req.Body):
			r.problem("%s came twice under the id %s with different bytes", email, first)
		case again:
			r.again++
		default:
			ids[email], bodies[email] = req.ID(), string(req.Body)
			if wrong := differences(p, req); len(wrong) > 0 {
				r.problem("%s: %s", email, strings.Join(wrong, "; "))
			} else {
				r.delivered++
			}
		}
	}
	for _, p := range people {
		if _, came := ids[p.Email]; !came {
			r.problem("%s never came", p.Email)
		}
	}
	if distinct := len(slices.Compact(slices.Sorted(maps.Values(ids)))); distinct != len(ids) {
		r.problem("%d people share %d ids", len(ids), distinct)
	}
	return r
}

func (r *result) problem(format string, args ...any) {
	r.problems = append(r.problems, fmt.Sprintf(format, args...))
}

// differences tells in what a request is not the one that p should make.
func differences(p person, req receiver.Request) (wrong []string) {
	differ := func(what, want, got string) {
		if want != got {
			wrong = append(wrong, fmt.Sprintf("%s should be %q and is %q", what, want, got))
		}
	}
	differ("the method", "POST", req.Method)
	differ("the path", path, req.Path)
	differ("Content-Type", "application/x-www-form-urlencoded", req.Header.Get("Content-Type"))
	if agent := req.Header.Get("User-Agent"); !strings.HasPrefix(agent, "Hookbird/") {
		wrong = append(wrong, fmt.Sprintf("User-Agent is %q", agent))
	}
	if !deliveryID.MatchString(req.ID()) {
		wrong = append(wrong, fmt.Sprintf("webhook-id is %q", req.ID()))
	}
	fields := p.fields()
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		differ(name, fields[name], strings.Join(req.Form[name], " and "))
	}
	for name := range req.Form {
		if _, ok := fields[name]; !ok {
			wrong = append(wrong, fmt.Sprintf("nobody asked for a field %q", name))
		}
	}
	return wrong
}
