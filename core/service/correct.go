package service

import (
	"context"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/message"
	"hookbird/core/value"
)

// Correction gives the values of a message that failed or waits.
func (s *Service) Correction(_ context.Context, key core.DeliveryKey) (control.CorrectionView, error) {
	d, err := s.correctable(key)
	if err != nil {
		return control.CorrectionView{}, err
	}
	v := control.CorrectionView{Key: key, Title: d.Event.Name(), Changed: d.Changed, Fields: []control.CorrectionField{}}
	v.Webhook = webhookNames(s.engine.Webhooks())[d.Webhook]
	logged := map[string]string{}
	if d.Logged != nil {
		for _, l := range value.Leaves(d.Logged.Data) {
			logged[l.Pointer] = l.Text
		}
	}
	for _, l := range value.Leaves(d.Event.Data) {
		f := control.CorrectionField{Pointer: l.Pointer, Name: l.Name, Kind: l.Kind.Word(), Value: l.Text, Logged: l.Text}
		if d.Logged != nil {
			f.Logged = logged[l.Pointer]
		}
		v.Fields = append(v.Fields, f)
	}
	return v, nil
}

// correctable gives a message that may be corrected.
func (s *Service) correctable(key core.DeliveryKey) (*core.Delivery, error) {
	d, err := s.store.Delivery(key)
	switch {
	case err != nil:
		return nil, err
	case d.Test || d.State != core.Failed && d.State != core.Waiting:
		return nil, core.Errorf(core.CodeInvalid, "Only a message that failed or waits can be corrected.")
	case d.Event == nil:
		return nil, core.Errorf(core.CodeNotFound, "The record of this message is no longer kept.")
	}
	return d, nil
}

// corrected gives a message's record with other values.
func (s *Service) corrected(c control.Correction) (d *core.Delivery, own *core.Event, err error) {
	if d, err = s.correctable(c.Key); err != nil {
		return nil, nil, err
	}
	e := *d.Event
	if e.Data, err = value.Replace(d.Event.Data, c.Values); err != nil {
		return nil, nil, err
	}
	if len(e.Data) > core.MaxEventData {
		return nil, nil, core.Errorf(core.CodeInvalid, "With these values the record is larger than %d MB.", core.MaxEventData>>20)
	}
	return d, &e, nil
}

// PreviewCorrection builds the message as it is and as it would be.
func (s *Service) PreviewCorrection(_ context.Context, r control.Correction) (control.Comparison, error) {
	d, own, err := s.corrected(r)
	if err != nil {
		return control.Comparison{}, err
	}
	st, err := s.engine.Webhook(d.Webhook)
	if err != nil {
		return control.Comparison{}, err
	}
	var c control.Comparison
	c.Before, c.BeforeWhy = s.built(st.Webhook, d.Event)
	c.After, c.AfterWhy = s.built(st.Webhook, own)
	return c, nil
}

// built shows what a webhook makes of a record, whether or not it wants it.
func (s *Service) built(w *core.Webhook, e *core.Event) (*core.Shown, string) {
	shown, err := message.Show(w, []*core.Event{e}, time.Now(), s.p.Version)
	if err != nil {
		return nil, core.Sentence(err)
	}
	shown.URL = ""
	return shown, ""
}

// Correct sends a message with other values.
func (s *Service) Correct(_ context.Context, r control.Correction) error {
	d, own, err := s.corrected(r)
	if err != nil {
		return err
	}
	if string(own.Data) == string(d.Event.Data) {
		return core.Errorf(core.CodeInvalid, "Nothing is changed yet. Change a value first.")
	}
	return s.engine.Correct(r.Key, d.Event.Data, own.Data)
}

// corrections are the values of a message that differ from those of its record.
func corrections(d *core.Delivery) (changed []control.CorrectionField) {
	if d.Logged == nil || d.Event == nil {
		return nil
	}
	logged := map[string]string{}
	for _, l := range value.Leaves(d.Logged.Data) {
		logged[l.Pointer] = l.Text
	}
	for _, l := range value.Leaves(d.Event.Data) {
		if was := logged[l.Pointer]; was != l.Text {
			changed = append(changed, control.CorrectionField{Pointer: l.Pointer, Name: l.Name, Kind: l.Kind.Word(), Value: l.Text, Logged: was})
		}
	}
	return changed
}
