package service

import (
	"context"
	"os/user"
	"slices"
	"strings"
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/past"
)

// undoAtOnce is how long after its removal a webhook comes back as it was: whoever
// pressed Undo wants nothing to have happened. Later it comes back turned off.
const undoAtOnce = time.Minute

// userName is who works at this computer, by the name of the login.
var userName = sync.OnceValue(func() string {
	u, err := user.Current()
	if err != nil {
		return ""
	}
	_, name, found := strings.Cut(u.Username, `\`)
	if !found {
		name = u.Username
	}
	return name
})

// byWindow says that somebody changed something in the window.
func (s *Service) byWindow() core.Author {
	return core.Author{User: userName(), Via: core.ViaWindow}
}

// byFile says that somebody imported a settings file.
func (s *Service) byFile(name string) core.Author {
	return core.Author{User: userName(), Via: core.ViaFile, File: name}
}

// Pasts gives changes of the settings.
func (s *Service) Pasts(_ context.Context, q core.PastQuery) ([]control.PastView, error) {
	list, err := s.store.Pasts(q)
	if err != nil && len(list) == 0 {
		return nil, err
	}
	views := make([]control.PastView, len(list))
	for i, p := range list {
		views[i] = control.PastView{
			ID: p.ID, At: p.At, By: p.By, Kind: p.Kind, Target: p.Target, Name: p.Name,
			Made: p.Before.IsZero(), Removed: p.After.IsZero(), Changes: past.Diff(p.Before, p.After),
		}
		if p.Undo != nil {
			views[i].Undo = p.Undo.Until
		}
	}
	return views, nil
}

// ComparePast tells what differs between two states.
func (s *Service) ComparePast(_ context.Context, r control.PastPair) ([]past.Change, error) {
	from, change, err := s.stateOf(r.From)
	if err != nil {
		return nil, err
	}
	to := s.present(change)
	if r.To.Change != 0 {
		if to, _, err = s.stateOf(r.To); err != nil {
			return nil, err
		}
	}
	return past.Diff(from, to), nil
}

// stateOf gives the state before or after a change, and the change.
func (s *Service) stateOf(r control.PastRef) (core.PastState, core.Past, error) {
	p, err := s.store.Past(r.Change)
	if err != nil {
		return core.PastState{}, p, err
	}
	if r.Before {
		return p.Before, p, nil
	}
	return p.After, p, nil
}

// present is what is set now of what a change was about; zero if it is not there.
func (s *Service) present(p core.Past) core.PastState {
	switch p.Kind {
	case core.PastWebhook:
		if st, err := s.engine.Webhook(p.Target); err == nil {
			return core.PastState{Webhook: st.Webhook}
		}
	case core.PastSource:
		if info, ok := s.engine.Source(p.Target); ok {
			return core.PastState{Source: info.Row.Source}
		}
	case core.PastSettings:
		set := s.engine.Settings()
		return core.PastState{Settings: &set}
	}
	return core.PastState{}
}

// BringBack saves an earlier state anew.
func (s *Service) BringBack(_ context.Context, r control.PastRef) error {
	state, p, err := s.stateOf(r)
	if err != nil {
		return err
	}
	now := s.present(p)
	switch {
	case state.IsZero():
		return core.Errorf(core.CodeInvalid, "There was nothing before this change, so nothing can be brought back.")
	case now.IsZero() && p.Kind != core.PastSettings:
		return core.Errorf(core.CodeInvalid, "%q was removed. Undo its removal first.", p.Name)
	}
	by := core.Author{User: userName(), Via: core.ViaPast}
	switch {
	case state.Webhook != nil:
		w := state.Webhook.Clone()
		w.State, w.Until = now.Webhook.State, now.Webhook.Until
		if err := s.secretsBack(w.Secrets, now.Webhook.Clone().Secrets); err != nil {
			return err
		}
		return s.engine.Apply(engine.Edit{Webhook: w, Any: true, By: by})
	case state.Source != nil:
		src := state.Source.Clone()
		src.Paused = now.Source.Paused
		if err := s.secretsBack(src.Secrets, now.Source.Clone().Secrets); err != nil {
			return err
		}
		return s.engine.Apply(engine.Edit{Source: src, Any: true, By: by})
	}
	set := *state.Settings
	if err := s.secretsBack(proxyPassword(&set), proxyPassword(now.Settings)); err != nil {
		return err
	}
	return s.engine.Apply(engine.Edit{By: by, Settings: func(c *core.Settings) {
		set.Port, set.Saves, set.Paused, set.PausedUntil = c.Port, c.Saves, c.Paused, c.PausedUntil
		*c = set
	}})
}

// visitor visits the secrets of something by their places.
type visitor func(visit func(place string, secret *core.Secret))

func proxyPassword(set *core.Settings) visitor {
	return func(visit func(string, *core.Secret)) {
		if !set.Proxy.Password.IsZero() {
			visit("proxy", &set.Proxy.Password)
		}
	}
}

// secretsBack gives an earlier state secrets that are kept: its own or, where those
// were replaced, the ones that stand in their places now.
func (s *Service) secretsBack(then, now visitor) error {
	present := map[string]core.Secret{}
	now(func(place string, secret *core.Secret) { present[place] = *secret })
	var missing []string
	then(func(place string, secret *core.Secret) {
		if _, err := s.store.Reveal(*secret); err == nil {
			return
		}
		if today, ok := present[place]; ok {
			*secret = today
			return
		}
		_, name, found := strings.Cut(place, ":")
		if !found {
			name = place
		}
		missing = append(missing, name)
	})
	if len(missing) == 0 {
		return nil
	}
	slices.Sort(missing)
	return core.Errorf(core.CodeInvalid, "The secret values of then are not kept any more: %s. Put them in first, then bring this state back.", strings.Join(missing, ", "))
}

// UndoRemoval puts back what a change removed.
func (s *Service) UndoRemoval(_ context.Context, id uint64) error {
	p, err := s.store.Past(id)
	if err != nil {
		return err
	}
	by := core.Author{User: userName(), Via: core.ViaPast}
	if err := s.engine.Apply(engine.Edit{Undo: id, By: by}); err != nil {
		return err
	}
	was := p.Before.Webhook
	if was == nil || was.State == core.StateOff || time.Since(p.At) > undoAtOnce {
		return nil
	}
	st, err := s.engine.Webhook(p.Target)
	if err != nil {
		return err
	}
	w := st.Webhook.Clone()
	w.State, w.Until = was.State, was.Until
	return s.engine.Apply(engine.Edit{Webhook: w, Revision: st.Revision, Meanwhile: true, By: by})
}
