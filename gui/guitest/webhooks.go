package guitest

import (
	"context"
	"net/url"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// Webhooks implements control.Service.
func (s *Service) Webhooks(ctx context.Context) ([]control.WebhookView, error) {
	return read(ctx, s, "Webhooks", func(d *Data) ([]control.WebhookView, error) { return cloneViews(d.Webhooks), nil })
}

// Webhook implements control.Service.
func (s *Service) Webhook(ctx context.Context, id string) (control.WebhookView, error) {
	return read(ctx, s, "Webhook", func(d *Data) (control.WebhookView, error) {
		v, err := d.webhook(id)
		if err != nil {
			return control.WebhookView{}, err
		}
		return cloneView(*v), nil
	})
}

// SaveWebhook implements control.Service: it seals what was typed and refuses an
// old revision and a name or address that is missing.
func (s *Service) SaveWebhook(ctx context.Context, r control.WebhookDraft) (control.WebhookView, error) {
	return write(ctx, s, "SaveWebhook", func(d *Data) (control.WebhookView, error) {
		w := r.Webhook.Clone()
		if err := missing(w); err != nil {
			return control.WebhookView{}, err
		}
		v, err := d.place(w, r.Revision)
		if err != nil {
			return control.WebhookView{}, err
		}
		w.Secrets(func(place string, secret *core.Secret) {
			ref := control.SecretRef{Webhook: w.ID, Place: place}
			if text, ok := secret.Text(); ok {
				d.Secrets[secretKey(ref)] = text
				*secret = secret.Sealed(w.ID + "/" + place)
			}
		})
		v.Webhook, v.Changed, v.Host = *w, d.Now, hostOf(w.Address)
		v.Revision++
		v.Condition = conditionOf(w.State)
		return cloneView(*v), nil
	})
}

func missing(w *core.Webhook) error {
	var errs core.Errors
	if w.Name == "" {
		errs = append(errs, core.Errorf(core.CodeInvalid, "The webhook has no name yet.").At("/name"))
	}
	if hostOf(w.Address) == "" {
		errs = append(errs, core.Errorf(core.CodeInvalid, "This address is missing https:// at the start.").At("/address"))
	}
	return errs.OrNil()
}

// place finds the view of a webhook that is saved, or makes one.
func (d *Data) place(w *core.Webhook, revision uint64) (*control.WebhookView, error) {
	if revision == 0 {
		if w.ID == "" {
			w.ID = "webhook-" + core.NewKey(6)
		}
		d.Webhooks = append(d.Webhooks, control.WebhookView{Since: d.Now, Hours: make([]control.Hour, 12)})
		return &d.Webhooks[len(d.Webhooks)-1], nil
	}
	v, err := d.webhook(w.ID)
	if err != nil {
		return nil, err
	}
	if v.Revision != revision {
		return nil, conflict(v.Webhook.Name)
	}
	return v, nil
}

// DeleteWebhook implements control.Service.
func (s *Service) DeleteWebhook(ctx context.Context, id string, revision uint64) error {
	_, err := write(ctx, s, "DeleteWebhook", func(d *Data) (none, error) {
		v, err := d.webhook(id)
		if err != nil {
			return none{}, err
		}
		if v.Revision != revision {
			return none{}, conflict(v.Webhook.Name)
		}
		gone := *v
		d.remove(core.PastWebhook, id, v.Webhook.Name, func() { d.Webhooks = append(d.Webhooks, gone) })
		d.Webhooks = slices.DeleteFunc(d.Webhooks, func(v control.WebhookView) bool { return v.Webhook.ID == id })
		return none{}, nil
	})
	return err
}

// SetState implements control.Service.
func (s *Service) SetState(ctx context.Context, id string, state core.State, meanwhile bool) error {
	_, err := write(ctx, s, "SetState", func(d *Data) (none, error) {
		v, err := d.webhook(id)
		if err != nil {
			return none{}, err
		}
		if v.Webhook.State == core.StateOff && state == core.StateOn {
			if meanwhile {
				v.Waiting += v.Meanwhile
			}
			v.Meanwhile = 0
		}
		v.Webhook.State, v.Webhook.Until, v.Condition, v.Since = state, time.Time{}, conditionOf(state), d.Now
		return none{}, nil
	})
	return err
}

// TryNow implements control.Service: all that waits is delivered, also where the
// target was down.
func (s *Service) TryNow(ctx context.Context, id string) error {
	_, err := write(ctx, s, "TryNow", func(d *Data) (none, error) {
		v, err := d.webhook(id)
		if err != nil {
			return none{}, err
		}
		v.Delivered += v.Waiting
		v.Today += v.Waiting
		v.Waiting = 0
		if v.Condition == control.Down {
			v.Condition, v.Last = control.On, nil
			d.Needs = slices.DeleteFunc(d.Needs, func(n control.Need) bool { return n.ID == id })
		}
		d.Coming = slices.DeleteFunc(d.Coming, func(c control.Coming) bool { return c.WebhookID == id })
		return none{}, nil
	})
	return err
}

// PauseWebhook implements control.Service.
func (s *Service) PauseWebhook(ctx context.Context, id string, until time.Time) error {
	_, err := write(ctx, s, "PauseWebhook", func(d *Data) (none, error) {
		v, err := d.webhook(id)
		if err != nil {
			return none{}, err
		}
		v.Webhook.State, v.Webhook.Until = core.StatePaused, until
		v.Condition, v.Since = control.Paused, d.Now
		return none{}, nil
	})
	return err
}

// CheckAddress implements control.Service.
func (s *Service) CheckAddress(ctx context.Context, _ control.WebhookDraft) (control.AddressCheck, error) {
	return read(ctx, s, "CheckAddress", func(d *Data) (control.AddressCheck, error) { return d.Check, nil })
}

func (d *Data) webhook(id string) (*control.WebhookView, error) {
	for i := range d.Webhooks {
		if d.Webhooks[i].Webhook.ID == id {
			return &d.Webhooks[i], nil
		}
	}
	return nil, core.Errorf(core.CodeNotFound, "There is no such webhook any more.")
}

func conditionOf(s core.State) control.Condition {
	switch s {
	case core.StatePaused:
		return control.Paused
	case core.StateOff:
		return control.Off
	default:
		return control.On
	}
}

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Scheme == "" {
		return ""
	}
	return u.Host
}

func cloneViews(vs []control.WebhookView) []control.WebhookView {
	out := make([]control.WebhookView, len(vs))
	for i, v := range vs {
		out[i] = cloneView(v)
	}
	return out
}

func cloneView(v control.WebhookView) control.WebhookView {
	v.Webhook = *v.Webhook.Clone()
	v.Hours = slices.Clone(v.Hours)
	return v
}
