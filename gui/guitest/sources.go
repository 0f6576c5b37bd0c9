package guitest

import (
	"context"
	"slices"

	"hookbird/core"
	"hookbird/core/control"
)

// Sources implements control.Service.
func (s *Service) Sources(ctx context.Context) ([]control.SourceView, error) {
	return read(ctx, s, "Sources", func(d *Data) ([]control.SourceView, error) {
		out := slices.Clone(d.Sources)
		for i := range out {
			out[i].Source = *out[i].Source.Clone()
		}
		return out, nil
	})
}

// SaveSource implements control.Service: it chooses an id and a local source's
// key where they are missing, and refuses an old revision and a missing path.
func (s *Service) SaveSource(ctx context.Context, r control.SourceDraft) (control.SourceView, error) {
	return write(ctx, s, "SaveSource", func(d *Data) (control.SourceView, error) {
		src := r.Source.Clone()
		if src.Folder != nil && src.Folder.Path == "" {
			return control.SourceView{}, core.Errorf(core.CodeInvalid, "The source has no folder yet. Choose the one to look in.").At("/path")
		}
		v, err := d.placeSource(src, r.Revision)
		if err != nil {
			return control.SourceView{}, err
		}
		if src.Local != nil && src.Local.Key.IsZero() {
			src.Local.Key = core.NewSecret(core.NewKey(24))
		}
		src.Secrets(func(place string, secret *core.Secret) {
			if text, ok := secret.Text(); ok {
				d.Secrets[secretKey(control.SecretRef{Source: src.ID, Place: place})] = text
				*secret = secret.Sealed(src.ID + "/" + place)
			}
		})
		v.Source = *src
		v.Revision++
		if src.Local != nil {
			v.Address = d.Settings.Address + "/in/" + core.Dots
		}
		return *v, nil
	})
}

func (d *Data) placeSource(src *core.Source, revision uint64) (*control.SourceView, error) {
	if revision == 0 {
		if src.ID == "" {
			src.ID = "source-" + core.NewKey(6)
		}
		d.Sources = append(d.Sources, control.SourceView{State: core.SourceState{SourceID: src.ID, Working: true, Since: d.Now}})
		return &d.Sources[len(d.Sources)-1], nil
	}
	v, err := d.source(src.ID)
	if err != nil {
		return nil, err
	}
	if v.Revision != revision {
		return nil, conflict(v.Source.Name)
	}
	return v, nil
}

// DeleteSource implements control.Service.
func (s *Service) DeleteSource(ctx context.Context, id string, revision uint64) error {
	_, err := write(ctx, s, "DeleteSource", func(d *Data) (none, error) {
		v, err := d.source(id)
		if err != nil {
			return none{}, err
		}
		if v.Revision != revision {
			return none{}, conflict(v.Source.Name)
		}
		gone := *v
		d.remove(core.PastSource, id, v.Source.Name, func() { d.Sources = append(d.Sources, gone) })
		d.Sources = slices.DeleteFunc(d.Sources, func(v control.SourceView) bool { return v.Source.ID == id })
		return none{}, nil
	})
	return err
}

// SetSourcePaused implements control.Service.
func (s *Service) SetSourcePaused(ctx context.Context, id string, paused bool) error {
	_, err := write(ctx, s, "SetSourcePaused", func(d *Data) (none, error) {
		v, err := d.source(id)
		if err != nil {
			return none{}, err
		}
		v.Source.Paused = paused
		v.Revision++
		return none{}, nil
	})
	return err
}

func (d *Data) source(id string) (*control.SourceView, error) {
	for i := range d.Sources {
		if d.Sources[i].Source.ID == id {
			return &d.Sources[i], nil
		}
	}
	return nil, core.Errorf(core.CodeNotFound, "There is no such source any more.")
}
