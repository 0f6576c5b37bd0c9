package guitest

import (
	"context"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/past"
)

// Pasts implements control.Service.
func (s *Service) Pasts(ctx context.Context, q core.PastQuery) ([]control.PastView, error) {
	return read(ctx, s, "Pasts", func(d *Data) ([]control.PastView, error) {
		list := []control.PastView{}
		for _, p := range d.Pasts {
			if (q.Kind == "" || q.Kind == p.Kind) && (q.Target == "" || q.Target == p.Target) && (q.Before == 0 || p.ID < q.Before) {
				list = append(list, p)
			}
		}
		if q.Limit > 0 && len(list) > q.Limit {
			list = list[:q.Limit]
		}
		return list, nil
	})
}

// ComparePast implements control.Service.
func (s *Service) ComparePast(ctx context.Context, r control.PastPair) ([]past.Change, error) {
	return read(ctx, s, "ComparePast", func(d *Data) ([]past.Change, error) {
		p, err := d.past(r.From.Change)
		if err != nil {
			return nil, err
		}
		return slices.Clone(p.Changes), nil
	})
}

// BringBack implements control.Service.
func (s *Service) BringBack(ctx context.Context, r control.PastRef) error {
	_, err := write(ctx, s, "BringBack", func(d *Data) (none, error) {
		_, err := d.past(r.Change)
		return none{}, err
	})
	return err
}

// UndoRemoval implements control.Service.
func (s *Service) UndoRemoval(ctx context.Context, id uint64) error {
	_, err := write(ctx, s, "UndoRemoval", func(d *Data) (none, error) {
		p, err := d.past(id)
		if err != nil {
			return none{}, err
		}
		p.Undo = time.Time{}
		if back := d.removed[id]; back != nil {
			back()
		}
		return none{}, nil
	})
	return err
}

func (d *Data) past(id uint64) (*control.PastView, error) {
	for i := range d.Pasts {
		if d.Pasts[i].ID == id {
			return &d.Pasts[i], nil
		}
	}
	return nil, core.Errorf(core.CodeNotFound, "Hookbird does not remember this change any more.")
}

// remove notes that something was removed, and how it comes back.
func (d *Data) remove(kind core.PastKind, id, name string, back func()) {
	if d.removed == nil {
		d.removed = map[uint64]func(){}
	}
	n := uint64(len(d.Pasts) + 1)
	d.removed[n] = back
	d.Pasts = slices.Insert(d.Pasts, 0, control.PastView{
		ID: n, At: Now(), By: core.Author{User: "ada", Via: core.ViaWindow}, Kind: kind, Target: id, Name: name,
		Removed: true, Undo: Now().Add(core.UndoFor),
	})
}

// Changes are some changes of the settings, the newest first.
func Changes() []control.PastView {
	at := func(d time.Duration) time.Time { return Now().Add(-d) }
	ada, bob := core.Author{User: "ada", Via: core.ViaWindow}, core.Author{User: "grace", Via: core.ViaFile, File: "office.json"}
	return []control.PastView{
		{ID: 6, At: at(12 * time.Minute), By: ada, Kind: core.PastWebhook, Target: "supporter-crm", Name: "Supporter CRM", Changes: []past.Change{
			{Field: "Web address", Before: "https://crm.example.org/…", After: "changed"},
			{Field: "Field: email", Before: "from E-mail", After: "from Work e-mail"},
			{Field: "Field: zip", Before: "", After: "from Postcode, converted: trim"},
			{Field: "Field: token", Before: core.Dots, After: "changed"},
			{Field: "Give up waiting after", Before: "15 s", After: "1 min"},
		}},
		{ID: 5, At: at(3 * time.Hour), By: ada, Kind: core.PastSource, Target: "archive", Name: "Archive", Removed: true, Undo: Now().Add(core.UndoFor), Changes: []past.Change{
			{Field: "Name", Before: "Archive", After: ""}, {Field: "Where it is", Before: "/home/ada/Shared/Archive", After: ""},
		}},
		{ID: 4, At: at(26 * time.Hour), By: bob, Kind: core.PastSettings, Changes: []past.Change{{Field: "Keep what was sent for days", Before: "90", After: "30"}}},
		{ID: 3, At: at(50 * time.Hour), By: core.Author{}, Kind: core.PastWebhook, Target: "newsletter", Name: "Newsletter sign-ups", Changes: []past.Change{{Field: "On, paused or off", Before: "on", After: "off"}}},
		{ID: 2, At: at(70 * time.Hour), By: bob, Kind: core.PastWebhook, Target: "supporter-crm", Name: "Supporter CRM", Made: true, Changes: []past.Change{{Field: "Name", Before: "", After: "Supporter CRM"}}},
	}
}
