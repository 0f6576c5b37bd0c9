package control

import (
	"context"
	"net/url"
	"strconv"
	"time"

	"hookbird/core"
)

var historyRoutes = []route{
	{"GET", "/v1/groups", "Groups", 0, get(Service.Groups)},
	{"GET", "/v1/activity/count", "CountActivity", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		q, err := queryActivity(r.URL.Query())
		if err != nil {
			return nil, err
		}
		return s.CountActivity(ctx, q)
	}},
	{"GET", "/v1/activity/hours", "ActivityHours", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		q := queryReader{v: r.URL.Query()}
		h := HoursRequest{From: q.time("from"), To: q.time("to"), Webhooks: q.v["webhook"]}
		if q.err != nil {
			return nil, q.err
		}
		return s.ActivityHours(ctx, h)
	}},
	{"GET", "/v1/kept", "Kept", 0, get(Service.Kept)},
}

// activityQuery writes a query as the query of a URL.
func activityQuery(q ActivityQuery) url.Values {
	w := queryWriter{}
	if !q.Before.IsZero() {
		text, _ := q.Before.MarshalText() // never fails
		w.text("before", string(text))
	}
	w.number("limit", q.Limit)
	w.number("look", q.Look)
	w.number("code", q.Code)
	w.time("since", q.Since)
	w.time("until", q.Until)
	w.text("webhook", q.Webhook)
	w.text("state", string(q.State))
	w.text("text", q.Text)
	w.text("tests", string(q.Tests))
	add(w, "webhooks", q.Webhooks)
	add(w, "states", q.States)
	add(w, "causes", q.Causes)
	add(w, "types", q.Types)
	add(w, "sources", q.Sources)
	if g := q.Group; g != nil {
		w["group"] = []string{g.Webhook, string(g.Cause), strconv.Itoa(g.Code)}
	}
	return url.Values(w)
}

// queryActivity reads what activityQuery wrote.
func queryActivity(v url.Values) (ActivityQuery, error) {
	r := queryReader{v: v}
	q := ActivityQuery{
		Limit: r.number("limit"), Look: r.number("look"), Code: r.number("code"),
		Since: r.time("since"), Until: r.time("until"),
		Webhook: v.Get("webhook"), State: core.DeliveryState(v.Get("state")), Text: v.Get("text"), Tests: core.Tests(v.Get("tests")),
		Webhooks: v["webhooks"], States: list[core.DeliveryState](v["states"]), Causes: list[core.Cause](v["causes"]),
		Types: v["types"], Sources: v["sources"],
	}
	if text := v.Get("before"); text != "" {
		if err := q.Before.UnmarshalText([]byte(text)); err != nil {
			return q, err
		}
	}
	if g := v["group"]; len(g) > 0 {
		q.Group = r.group(g)
	}
	return q, r.err
}

// hoursQuery writes a request for hours likewise.
func hoursQuery(h HoursRequest) url.Values {
	w := queryWriter{}
	w.time("from", h.From)
	w.time("to", h.To)
	add(w, "webhook", h.Webhooks)
	return url.Values(w)
}

// queryWriter writes what is not zero.
type queryWriter url.Values

func (w queryWriter) text(name, value string) {
	if value != "" {
		w[name] = []string{value}
	}
}

func (w queryWriter) number(name string, n int) {
	if n != 0 {
		w[name] = []string{strconv.Itoa(n)}
	}
}

func (w queryWriter) time(name string, t time.Time) {
	if !t.IsZero() {
		w[name] = []string{t.Format(time.RFC3339Nano)}
	}
}

func add[T ~string](w queryWriter, name string, all []T) {
	for _, v := range all {
		w[name] = append(w[name], string(v))
	}
}

// queryReader reads values, and keeps the first error.
type queryReader struct {
	v   url.Values
	err error
}

func (r *queryReader) fail(err error, format string, args ...any) {
	if r.err == nil {
		r.err = core.Wrap(core.CodeInvalid, err, core.Errorf(core.CodeInvalid, format, args...).Message)
	}
}

func (r *queryReader) number(name string) int {
	text := r.v.Get(name)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		r.fail(err, "What stands for %q is not a number.", name)
	}
	return n
}

func (r *queryReader) time(name string) time.Time {
	text := r.v.Get(name)
	if text == "" {
		return time.Time{}
	}
	t, err := time.Parse(time.RFC3339Nano, text)
	if err != nil {
		r.fail(err, "The time that stands for %q cannot be read.", name)
	}
	return t
}

func (r *queryReader) group(parts []string) *GroupRef {
	if len(parts) != 3 {
		r.fail(nil, "A group is named by its webhook, its cause and its code.")
		return nil
	}
	code, err := strconv.Atoi(parts[2])
	if err != nil {
		r.fail(err, "The code of a group is not a number.")
	}
	return &GroupRef{Webhook: parts[0], Cause: core.Cause(parts[1]), Code: code}
}

func list[T ~string](texts []string) []T {
	var all []T
	for _, text := range texts {
		all = append(all, T(text))
	}
	return all
}
