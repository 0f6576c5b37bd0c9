package service_test

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/past"
)

func (o *office) pasts(t *testing.T) []control.PastView {
	t.Helper()
	list, err := o.Pasts(t.Context(), core.PastQuery{})
	if err != nil {
		t.Fatal(err)
	}
	return list
}

func TestWhoChangedWhatAndTheWayBack(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	d := control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision}
	d.Webhook.Name = "Our CRM"
	d.Webhook.Body.Fields[2].Secret = core.NewSecret("another key")
	v = o.save(t, d)
	list := o.pasts(t)
	if len(list) != 2 || !list[1].Made || list[0].Made || list[0].Removed || list[0].By.Via != core.ViaWindow {
		t.Fatalf("remembered %+v", list)
	}
	want := []past.Change{{Field: "Name", Before: "Supporter CRM", After: "Our CRM"}, {Field: "Field: token", Before: core.Dots, After: "changed"}}
	if d := cmp.Diff(want, list[0].Changes); d != "" {
		t.Errorf("changes (-want +got):\n%s", d)
	}
	if now, err := o.ComparePast(t.Context(), control.PastPair{From: control.PastRef{Change: list[1].ID}}); err != nil || len(now) != 2 {
		t.Errorf("compared with now: %+v, %v", now, err)
	}

	// Back comes the name; the key is the one of now, because the old one is gone.
	if err := o.BringBack(t.Context(), control.PastRef{Change: list[0].ID, Before: true}); err != nil {
		t.Fatal(err)
	}
	v = o.webhook(t, v.Webhook.ID)
	key, err := o.RevealSecret(t.Context(), control.SecretRef{Webhook: v.Webhook.ID, Place: "field:token"})
	if err != nil || key != "another key" || v.Webhook.Name != "Supporter CRM" || v.Revision != 3 {
		t.Errorf("came back as %q with the key %q, revision %d, %v", v.Webhook.Name, key, v.Revision, err)
	}
	if by := o.pasts(t)[0].By; by.Via != core.ViaPast {
		t.Errorf("that was done by %+v", by)
	}
}

func TestBringBackAsksForSecretsThatAreGone(t *testing.T) {
	o := newOffice(t)
	v := o.save(t, o.draft())
	d := control.WebhookDraft{Webhook: v.Webhook, Revision: v.Revision}
	d.Webhook.Body.Fields = d.Webhook.Body.Fields[:2]
	o.save(t, d)
	err := o.BringBack(t.Context(), control.PastRef{Change: o.pasts(t)[0].ID, Before: true})
	if core.CodeOf(err) != core.CodeInvalid || err.Error() == "" {
		t.Errorf("BringBack: %v", err)
	}
	if n := len(o.webhook(t, v.Webhook.ID).Webhook.Body.Fields); n != 2 {
		t.Errorf("%d fields: something was saved", n)
	}
}

// A webhook that was deleted by mistake goes on as if nothing had happened, with what
// came in meanwhile.
func TestUndoOfARemovalAtOnce(t *testing.T) {
	o := newOffice(t)
	o.answer(http.StatusServiceUnavailable)
	v := o.save(t, o.draft())
	o.accept(t, `{"firstname":"Ada"}`)
	o.until(t, "a try", func() bool { return o.tries(t) == 1 })
	o.until(t, "it waits on disk", func() bool { st, _ := o.engine.Webhook(v.Webhook.ID); return st.Retries == 1 })
	if err := o.DeleteWebhook(t.Context(), v.Webhook.ID, v.Revision); err != nil {
		t.Fatal(err)
	}
	o.accept(t, `{"firstname":"Bob"}`)
	removal := o.pasts(t)[0]
	if !removal.Removed || removal.Undo.Before(time.Now().Add(29*24*time.Hour)) {
		t.Fatalf("the removal is remembered as %+v", removal)
	}
	o.answer(http.StatusOK)
	if err := o.UndoRemoval(t.Context(), removal.ID); err != nil {
		t.Fatal(err)
	}
	if back := o.webhook(t, v.Webhook.ID); back.Condition != control.On {
		t.Errorf("came back %s", back.Condition)
	}
	if err := o.TryNow(t.Context(), v.Webhook.ID); err != nil {
		t.Fatal(err)
	}
	o.until(t, "both were delivered", func() bool { st, _ := o.Status(t.Context()); return st.Delivered == 2 && st.Waiting == 0 })
	if err := o.UndoRemoval(t.Context(), removal.ID); core.CodeOf(err) != core.CodeNotFound {
		t.Errorf("undone twice: %v", err)
	}
}

func TestUndoOfARemovedSource(t *testing.T) {
	o := newOffice(t)
	v := o.saveSource(t, core.Source{Name: "Till", Kind: core.KindLocal, Local: &core.LocalSource{}})
	key, err := o.RevealSecret(t.Context(), control.SecretRef{Source: v.Source.ID, Place: "key"})
	if err != nil {
		t.Fatal(err)
	}
	if err := o.DeleteSource(t.Context(), v.Source.ID, v.Revision); err != nil {
		t.Fatal(err)
	}
	if err := o.UndoRemoval(t.Context(), o.pasts(t)[0].ID); err != nil {
		t.Fatal(err)
	}
	again, err := o.RevealSecret(t.Context(), control.SecretRef{Source: v.Source.ID, Place: "key"})
	if err != nil || again != key {
		t.Errorf("its address has another key: %v", err)
	}
}
