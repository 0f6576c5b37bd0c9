package service_test

import (
	"slices"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/control"
)

func TestAnEditIsTriedOnPastRecords(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.State, d.Webhook.Filter = core.StatePaused, "role=MEMBER"
	saved := o.save(t, d)
	o.accept(t, `{"firstname":"Ada","role":"MEMBER"}`, `{"firstname":"Bo","role":"GUEST"}`, `{"firstname":"Cy"}`)

	edit := control.WebhookDraft{Webhook: *saved.Webhook.Clone(), Revision: saved.Revision}
	edit.Webhook.Filter = "role=.*"
	edit.Webhook.Body.Fields[0].Name = "given"
	got, err := o.TryOut(t.Context(), edit, 20)
	if err != nil || !got.Stored || got.Before != 1 || got.After != 2 || len(got.Rows) != 3 {
		t.Fatalf("%+v, %v", got, err)
	}
	if newest := got.Rows[0]; newest.Before || newest.After || !strings.Contains(newest.Why, "role") {
		t.Errorf("a record without a role: %+v", newest)
	}
	ada, err := o.Compare(t.Context(), control.TestRequest{Draft: edit, Seq: got.Rows[2].Seq})
	if err != nil || ada.Before == nil || ada.After == nil {
		t.Fatalf("%+v, %v", ada, err)
	}
	if ada.Before.Pairs[0].Name != "fname" || ada.After.Pairs[0].Name != "given" {
		t.Errorf("before %+v, after %+v", ada.Before.Pairs, ada.After.Pairs)
	}
	bo, err := o.Compare(t.Context(), control.TestRequest{Draft: edit, Seq: got.Rows[1].Seq})
	if err != nil || bo.Before != nil || bo.After == nil || !strings.Contains(bo.BeforeWhy, "GUEST") {
		t.Errorf("%+v, %v", bo, err)
	}
	if few, err := o.TryOut(t.Context(), edit, 2); err != nil || len(few.Rows) != 2 {
		t.Errorf("the last two: %+v, %v", few, err)
	}
}

// A field that no record has that the webhook could get is named; those of other
// sources count for nothing.
func TestFieldsThatNoRecordHas(t *testing.T) {
	o := newOffice(t)
	o.accept(t, `{"role":"MEMBER","address":{"zip":"13001"}}`, `{"role":"GUEST"}`)
	for filter, want := range map[string][]string{
		"":                                nil,
		"role=MEMBER;address.zip=13.*":    nil,
		"role=MEMBER;status=ACTIVE;age>5": {"status", "age"},
		"role=(":                          nil,
	} {
		d := o.draft()
		d.Webhook.Filter = filter
		got, err := o.TryOut(t.Context(), d, 20)
		if err != nil || !slices.Equal(got.Lacking, want) {
			t.Errorf("%q lacks %q, %v, want %q", filter, got.Lacking, err, want)
		}
		d.Webhook.Sources = []string{"another"}
		if got, err := o.TryOut(t.Context(), d, 20); err != nil || got.Lacking != nil {
			t.Errorf("%q of another source lacks %q, %v", filter, got.Lacking, err)
		}
	}
}

// While a filter is being typed, nothing is taken and the reason is what is
// wrong with it.
func TestAHalfTypedFilterTakesNothing(t *testing.T) {
	o := newOffice(t)
	o.accept(t, `{"role":"MEMBER"}`)
	d := o.draft()
	d.Webhook.Filter = "role=("
	got, err := o.TryOut(t.Context(), d, 20)
	if err != nil || got.Stored || got.After != 0 || got.Rows[0].Why == "" {
		t.Errorf("%+v, %v", got, err)
	}
	samples, err := o.Samples(t.Context(), d)
	if err != nil || samples[0].Wanted || samples[0].Why == "" {
		t.Errorf("%+v, %v", samples, err)
	}
}

func TestAMadeUpRecordHasWhatTheWebhookReads(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.Address += "/${contactNumber}"
	d.Webhook.Body.Fields = append(d.Webhook.Body.Fields, core.Field{Name: "whole", Template: "[First Name] [Last Name]"})
	samples, err := o.Samples(t.Context(), d)
	if err != nil || len(samples) != 1 {
		t.Fatalf("%+v, %v", samples, err)
	}
	got := map[string]string{}
	for _, f := range samples[0].Fields {
		got[f.Path] = f.Value
	}
	if got["contactNumber"] != "1001" || got["firstname"] != "Ada" || got["Last Name"] != "Test" {
		t.Errorf("made up: %s", samples[0].Data)
	}
	d.Webhook.Address += "/100%25[First Name]"
	if v := o.save(t, d); v.Host == "" {
		t.Error("a list cannot show which system it is")
	}
	shown, err := o.Preview(t.Context(), control.TestRequest{Draft: d, Data: samples[0].Data})
	if err != nil || !strings.HasSuffix(shown.URL, "/1001/100%25Ada") {
		t.Errorf("preview: %s, %v", shown.URL, err)
	}
}

// Nothing of a stored record is in the made-up one, but its shape.
func TestAMadeUpRecordGivesNobodyAway(t *testing.T) {
	o := newOffice(t)
	o.accept(t, `{"first name":"Grace","n":4173119,"tags":["secretly ill","rich"],"address":{"zip":"01067","id":77},"member":true,"left":null}`)
	samples, err := o.Samples(t.Context(), o.draft())
	if err != nil {
		t.Fatal(err)
	}
	made := string(samples[len(samples)-1].Data)
	want := `{"first name":"Ada","n":1,"tags":["Test"],"address":{"zip":"75011","id":1001},"member":true,"left":null}`
	if made != want {
		t.Errorf("made up: %s, want %s", made, want)
	}
}

func TestAnImportWarnsOfNamesThatNoRecordHas(t *testing.T) {
	o := newOffice(t)
	file := `{"hookbird": 1, "webhooks": [{"id": "a", "name": "A", "address": "https://example.org/[Frist Name]", "state": "off",
		"filter": "rol=MEMBER", "body": {"style": "form", "fields": [
			{"name": "n", "from": "Last Name"}, {"name": "x", "template": "[city] [zpi]"}, {"name": "fixed", "value": "[none]"}]}}]}`
	imported := func() []string {
		t.Helper()
		r, err := o.Import(t.Context(), control.ImportRequest{Data: []byte(file)})
		if err != nil {
			t.Fatal(err)
		}
		return r.Notes
	}
	if notes := imported(); len(notes) > 0 {
		t.Errorf("without records: %q", notes)
	}
	o.accept(t, `{"First Name":"Ada","role":"MEMBER"}`, `{"Last Name":"L","city":"Paris","zip":"75011"}`)
	want := []string{
		"A: no record so far has a field called [Frist Name]. Did you mean [First Name]?",
		"A: no record so far has a field called [zpi]. Did you mean [zip]?",
		"A: no record so far has a field called [rol]. Did you mean [role]?",
	}
	if notes := imported(); !slices.Equal(notes, want) {
		t.Errorf("notes %q, want %q", notes, want)
	}
}
