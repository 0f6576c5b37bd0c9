package service

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/engine"
	"hookbird/core/job"
	"hookbird/core/people"
)

// persons is the person that was looked for last.
type persons struct {
	mu    sync.Mutex
	job   string // id of the FindPerson
	typed string
	who   *people.Person
	found *engine.OfPerson // nil until the job is done
}

// FindPerson looks for all that is kept about a person.
func (s *Service) FindPerson(_ context.Context, values string) (job.View, error) {
	who, err := people.New(values)
	if err != nil {
		return job.View{}, err
	}
	s.persons.mu.Lock() // so that the job is known before it is done
	defer s.persons.mu.Unlock()
	spec := job.Spec{Kind: control.JobFind, Title: "Looking for a person", Alone: true}
	v, err := s.jobs.Start(spec, func(ctx context.Context, p *job.Progress) (string, error) {
		p.Step("Records and messages looked at")
		found, err := s.engine.FindPerson(ctx, who, p.Set)
		if err != nil {
			return "", err
		}
		s.persons.mu.Lock()
		defer s.persons.mu.Unlock()
		s.persons.found = found
		return foundText(found), nil
	})
	if err == nil {
		s.persons.job, s.persons.typed, s.persons.who, s.persons.found = v.ID, values, who, nil
	}
	return v, err
}

func foundText(f *engine.OfPerson) string {
	if f.IsEmpty() {
		return "Nothing is kept about this person."
	}
	return count(f.Records(), "record") + " and " + count(f.Messages(), "message") + " are about this person."
}

// person gives what was found, if it is what a job of that id found.
func (s *Service) person(id string) (typed string, who *people.Person, found *engine.OfPerson, err error) {
	s.persons.mu.Lock()
	defer s.persons.mu.Unlock()
	p := &s.persons
	if p.job != id || p.found == nil {
		return "", nil, nil, core.Errorf(core.CodeNotFound, "Look for this person again: what was found is not known any more.")
	}
	return p.typed, p.who, p.found, nil
}

// Person gives what was found about a person.
func (s *Service) Person(_ context.Context, jobID string) (control.PersonView, error) {
	_, who, found, err := s.person(jobID)
	if err != nil {
		return control.PersonView{}, err
	}
	v := control.PersonView{
		Values: who.Values(), Records: found.Records(), Messages: found.Messages(), Waiting: found.Waiting,
		LeftOut: uint64(len(found.LeftOut)), Answers: uint64(len(found.Others)), Remembered: uint64(len(found.Remembered)),
	}
	names := webhookNames(s.engine.Webhooks())
	for _, seq := range newest(found.Events) {
		if e, err := s.store.Event(seq); err == nil {
			v.Trail = append(v.Trail, control.TrailLine{At: e.Time, Title: e.Name(), What: "came in", Detail: e.Origin})
		}
	}
	for _, key := range newest(found.Rows) {
		if d, err := s.store.Delivery(key); err == nil {
			v.Trail = append(v.Trail, trailLine(d, names[d.Webhook]))
		}
	}
	s.ahead(newest(found.Ahead), func(webhook string, e *core.Event) {
		v.Trail = append(v.Trail, control.TrailLine{At: e.Time, Title: e.Name(), Webhook: webhook, What: string(core.Waiting)})
	})
	for _, l := range newest(found.LeftOut) {
		v.Trail = append(v.Trail, control.TrailLine{At: l.At, Title: l.Origin, What: "left out", Detail: l.Why})
	}
	for _, c := range newest(found.Coming) {
		v.Trail = append(v.Trail, control.TrailLine{At: c.At, Title: cmp.Or(c.Title, c.Origin), What: "on its way in", Detail: c.Why})
	}
	slices.SortStableFunc(v.Trail, func(a, b control.TrailLine) int { return a.At.Compare(b.At) })
	v.Trail = newest(v.Trail)
	v.More = uint64(len(v.Trail)) < v.Records+v.Messages+v.LeftOut
	return v, nil
}

// ahead tells the names of webhooks and the records of messages that no try was made of.
func (s *Service) ahead(list []engine.Ahead, tell func(webhook string, e *core.Event)) {
	names := map[uint32]string{}
	for _, w := range s.engine.Webhooks() {
		names[w.Num] = w.Webhook.Name
	}
	for _, a := range list {
		if e, err := s.store.Event(a.Seq); err == nil && names[a.Webhook] != "" {
			tell(names[a.Webhook], e)
		}
	}
}

// newest gives the end of a list, as much of it as a trail shows.
func newest[T any](list []T) []T { return list[max(0, len(list)-control.TrailMost):] }

func trailLine(d *core.Delivery, webhook string) control.TrailLine {
	l := control.TrailLine{At: time.UnixMilli(d.Key.Last), Key: d.Key, Webhook: webhook, What: string(d.State)}
	if webhook == "" {
		l.Webhook = "a webhook that is deleted"
	}
	if d.Event != nil {
		l.Title = d.Event.Name()
	}
	if n := len(d.Attempts); n > 0 {
		l.Detail = d.Attempts[n-1].Detail
	}
	return l
}

// ErasePerson removes all that was found about a person.
func (s *Service) ErasePerson(_ context.Context, jobID string) (job.View, error) {
	typed, _, _, err := s.person(jobID)
	if err != nil {
		return job.View{}, err
	}
	wish, err := s.engine.BeginForget(engine.ToForget{Values: typed, By: s.byWindow()})
	if err != nil {
		return job.View{}, err
	}
	return s.erase(wish)
}

// goOnErasing does what was begun before the start.
func (s *Service) goOnErasing() {
	wishes, err := s.engine.ToForget()
	if err != nil {
		s.p.Logger.Error("not everybody is erased that was to be", "error", err)
	}
	for _, w := range wishes {
		if _, err := s.erase(w); err != nil {
			s.p.Logger.Error("somebody is not erased that was to be", "error", err)
		}
	}
}

// erase erases somebody as a job, or does what is left of that after a start.
func (s *Service) erase(wish engine.ToForget) (job.View, error) {
	var who *people.Person
	if wish.Done == nil {
		var err error
		if who, err = people.New(wish.Values); err != nil {
			return job.View{}, err
		}
	}
	return s.jobs.Start(job.Spec{Kind: control.JobErase, Title: "Erasing a person"}, func(ctx context.Context, p *job.Progress) (string, error) {
		if wish.Done == nil {
			done, err := s.remove(ctx, who, wish, p)
			if err != nil {
				return "", err
			}
			wish.Values, wish.Done = "", &done // before the store is made anew: nothing of them is in it then
			if err := s.engine.KeepForget(wish); err != nil {
				return "", err
			}
			s.forgetFound()
		}
		p.Step("Making the store anew: megabytes")
		err := s.store.Compact(ctx, func(done, total uint64) { p.Set(done/core.MB, total/core.MB) })
		if err != nil && stopping(ctx) {
			return "", err // it goes on after the start
		}
		if err := s.engine.EndForget(wish); err != nil {
			return "", err
		}
		if err != nil {
			return "", core.Wrap(core.CodeOf(err), err, erasedText(*wish.Done)+" The store could not be made anew, so traces are left on the disk: use “Tidy up now” in Settings. "+core.Sentence(err))
		}
		return erasedText(*wish.Done), nil
	})
}

// remove removes what is kept about somebody, and writes the receipt.
func (s *Service) remove(ctx context.Context, who *people.Person, wish engine.ToForget, p *job.Progress) (core.Erased, error) {
	p.Step("Records and messages looked at")
	done, err := s.engine.Forget(ctx, who, p.Set)
	switch {
	case err != nil && stopping(ctx):
		return done, err // it goes on after the start
	case err != nil:
		return done, firstOf(err, s.engine.EndForget(wish))
	}
	done.ID, done.At, done.By, done.Backups = wish.Receipt(), time.Now(), wish.By, s.copies()
	all, err := s.store.Erased()
	if err != nil {
		return done, err
	}
	if i := slices.IndexFunc(all, func(was core.Erased) bool { return was.ID == done.ID }); i >= 0 {
		return all[i], nil // it was written before the program ended in the middle
	}
	return done, s.store.NoteErased(done, who.Values())
}

func stopping(ctx context.Context) bool {
	return ctx.Err() != nil && context.Cause(ctx) == job.ErrStopping
}

func firstOf(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

func erasedText(e core.Erased) string {
	text := count(e.Records, "record") + " and " + count(e.Messages, "message") + " were erased."
	if n := uint64(len(e.Backups)); n > 0 {
		text += " " + count(n, "backup") + " may hold them still."
	}
	return text
}

// forgetFound forgets the person that was looked for last.
func (s *Service) forgetFound() {
	s.persons.mu.Lock()
	defer s.persons.mu.Unlock()
	s.persons.job, s.persons.typed, s.persons.who, s.persons.found = "", "", nil, nil
}

// Erased gives the receipts.
func (s *Service) Erased(context.Context) ([]core.Erased, error) { return s.store.Erased() }

// Copies gives the files that hold what the store held at some time.
func (s *Service) Copies(context.Context) ([]core.Backup, error) { return s.copies(), nil }

func (s *Service) copies() []core.Backup { return s.store.Copies(s.copyFolders()...) }

// DropCopy deletes one of them.
func (s *Service) DropCopy(_ context.Context, path string) error {
	return s.store.DropCopy(path, s.copyFolders()...)
}

// copyFolders are the folders that backups lie in.
func (s *Service) copyFolders() []string { return []string{s.backupPlan().Folder} }
