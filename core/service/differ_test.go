package service_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/control"
)

// differences gives "text: number" of each group.
func (o *office) differences(t *testing.T, d control.WebhookDraft) string {
	t.Helper()
	got, err := o.Differences(t.Context(), d)
	if err != nil {
		t.Fatal(err)
	}
	if all := fmt.Sprint(got); strings.Contains(all, secretText) || strings.Contains(all, "very-secret-path") {
		t.Errorf("a secret is shown: %s", all)
	}
	var texts []string
	for _, g := range got.Groups {
		texts = append(texts, fmt.Sprintf("%d %s", len(g.Rows), g.Text))
	}
	return strings.Join(texts, "; ")
}

// TestALongFileOfOthersHidesNoRecords has more records of another source come in than
// are looked through: an edit is still compared on the records of the webhook itself,
// and they are what it is shown with.
func TestALongFileOfOthersHidesNoRecords(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.Sources, d.Webhook.Headers = []string{"test"}, nil
	v := o.save(t, d)
	o.accept(t, `{"firstname":"Ada"}`, `{"firstname":"Bo"}`)
	o.delivered(t, v.Webhook.ID, 2)
	var others []*core.Event
	for range 2100 {
		others = append(others, &core.Event{ID: core.NewEventID(time.Now()), Type: core.DefaultEventType, Source: "raffle", Data: []byte(`{"ticket":1}`)})
	}
	if err := o.engine.Accept(t.Context(), others, nil); err != nil {
		t.Fatal(err)
	}
	edit := control.WebhookDraft{Webhook: *v.Webhook.Clone(), Revision: v.Revision}
	edit.Webhook.Filter = "firstname=Ada"
	if got := o.differences(t, edit); got != "1 would no longer be sent" {
		t.Errorf("the edit: %q", got)
	}
	samples, err := o.Samples(t.Context(), edit)
	if err != nil || len(samples) == 0 || !samples[0].Wanted || samples[0].Seq != 1 {
		t.Errorf("samples: %+v, %v", samples, err)
	}
}

func TestWhatAnEditWouldChange(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.State, d.Webhook.Headers = core.StatePaused, []core.Header{{Name: "X-Key", Secret: core.NewSecret(secretText)}}
	if got := o.differences(t, d); got != "" {
		t.Errorf("a new webhook: %s", got)
	}
	saved := o.save(t, d)
	o.accept(t, `{"firstname":"Ada","role":"MEMBER"}`, `{"firstname":"Bo","role":"GUEST","zip":"1"}`, `{"firstname":"Cy"}`)
	for name, tt := range map[string]struct {
		edit func(w *core.Webhook)
		want string
	}{
		"nothing":        {func(*core.Webhook) {}, ""},
		"a name":         {func(w *core.Webhook) { w.Name = "CRM" }, ""},
		"a filter":       {func(w *core.Webhook) { w.Filter = "role=MEMBER" }, "2 would no longer be sent"},
		"an address":     {func(w *core.Webhook) { w.Address += "/2" }, "3 would go to another address"},
		"another value":  {func(w *core.Webhook) { w.Body.Fields[1].Value = "fair" }, "3 would have another value in source"},
		"an empty value": {func(w *core.Webhook) { w.Body.Fields[0].From = "zip" }, "2 would have an empty fname; 1 would have another value in fname"},
		"one less":       {func(w *core.Webhook) { w.Body.Fields = w.Body.Fields[1:] }, "3 would no longer have fname"},
		"a new key":      {func(w *core.Webhook) { w.Body.Fields[2].Secret = core.NewSecret("another secret") }, ""},
		"a header's key": {func(w *core.Webhook) { w.Headers[0].Secret = core.NewSecret("a longer secret than that") }, ""},
		"a header":       {func(w *core.Webhook) { w.Headers = nil }, "3 would have other headers"},
	} {
		edit := control.WebhookDraft{Webhook: *saved.Webhook.Clone(), Revision: saved.Revision}
		tt.edit(&edit.Webhook)
		if got := o.differences(t, edit); got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// Equal settings give no difference, whatever the records are, and a record counts
// once in a sentence.
func TestEqualSettingsGiveNoDifference(t *testing.T) {
	o := newOffice(t)
	d := o.draft()
	d.Webhook.State = core.StatePaused
	saved := o.save(t, d)
	rapid.Check(t, func(r *rapid.T) {
		text := rapid.StringMatching(`[a-zé ]{0,12}`)
		for range rapid.IntRange(1, 4).Draw(r, "records") {
			o.accept(t, fmt.Sprintf(`{"firstname":%q,"zip":%q}`, text.Draw(r, "name"), text.Draw(r, "zip")))
		}
		same := control.WebhookDraft{Webhook: *saved.Webhook.Clone(), Revision: saved.Revision}
		if got := o.differences(t, same); got != "" {
			r.Fatalf("equal settings: %s", got)
		}
		edit := control.WebhookDraft{Webhook: *saved.Webhook.Clone(), Revision: saved.Revision}
		edit.Webhook.Body.Fields[0].From = "zip"
		got, err := o.Differences(t.Context(), edit)
		if err != nil || got.Records > 100 {
			r.Fatalf("%d records, %v", got.Records, err)
		}
		for _, g := range got.Groups {
			seen := map[uint64]bool{}
			for _, row := range g.Rows {
				if seen[row.Seq] {
					r.Fatalf("%s names record %d twice", g.Text, row.Seq)
				}
				seen[row.Seq] = true
			}
		}
	})
}
