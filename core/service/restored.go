package service

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"os"
	"slices"
	"strconv"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// backupNeeds say what backups need of a person.
func (s *Service) backupNeeds() (needs []control.Need) {
	if r, ok := s.store.Restored(); ok {
		needs = append(needs, restoredNeed(r))
	}
	if last, why := s.backup.worry(time.Now()); why != "" {
		n := control.Need{Kind: control.NeedBackup, Title: "There is no backup", Text: why}
		if !last.IsZero() {
			n.Title = "The last backup is of " + last.Local().Format("2 January")
		}
		needs = append(needs, n)
	}
	return needs
}

func restoredNeed(r core.Restored) control.Need {
	made := r.Made.Local().Format("2 January 2006, 15:04")
	if r.Moved {
		return control.Need{
			Kind: control.NeedRestored, Title: "Is the old computer off?", Step: "See what to do",
			Text: "What another computer had on " + made + " is here now. Nothing is read or sent before you have answered.",
		}
	}
	n := control.Need{
		Kind: control.NeedRestored, Title: "A backup was put back", Step: "See what to do",
		Text: "It is of " + made + ". Sending is paused until you have looked at it.",
	}
	if r.Waiting > 0 {
		n.Text += fmt.Sprintf(" %s waited then and may have been sent since.", count(r.Waiting, "message"))
	}
	return n
}

// Restored tells what is still to be done after a backup was put back.
func (s *Service) Restored(context.Context) (control.RestoredView, error) {
	r, ok := s.store.Restored()
	if !ok {
		return control.RestoredView{}, nil
	}
	return control.RestoredView{Restored: r, There: true, Lacks: s.lacks(r)}, nil
}

// AnswerRestored says that something of it was done.
func (s *Service) AnswerRestored(_ context.Context, a control.RestoredAnswer) error {
	r, ok := s.store.Restored()
	switch {
	case !ok:
		return nil
	case a.OldOff && r.Moved:
		r.Moved = false
		if err := s.store.SetRestored(&r); err != nil {
			return err
		}
		s.renew(false) // to read again
	case a.Done && r.Moved:
		return core.Errorf(core.CodeConflict, "Say first whether the old computer is off.")
	case a.Done:
		return s.store.SetRestored(nil)
	}
	return nil
}

// lacks lists what this computer has not of what the settings name.
func (s *Service) lacks(r core.Restored) []control.Lack {
	l := missing{s: s, moved: r.Moved}
	for _, info := range s.engine.Sources() {
		l.one = control.Lack{Source: info.Row.Source.ID, Name: info.Row.Source.Name}
		l.source(info.Row.Source)
	}
	for _, st := range s.engine.Webhooks() {
		l.one = control.Lack{Webhook: st.Webhook.ID, Name: st.Webhook.Name}
		l.files(st.Webhook.CAFile, st.Webhook.Network)
		st.Webhook.Clone().Secrets(l.secret)
	}
	l.port(s.engine.Settings().Port)
	slices.SortStableFunc(l.all, func(a, b control.Lack) int { return lackRank(a) - lackRank(b) })
	return l.all
}

// lackRank puts what may be there behind what is not.
func lackRank(l control.Lack) int {
	if l.Maybe {
		return 1
	}
	return 0
}

// missing collects what is lacking; one is whose that is.
type missing struct {
	s     *Service
	moved bool
	one   control.Lack
	all   []control.Lack
}

func (l *missing) add(maybe bool, format string, args ...any) {
	one := l.one
	one.Text, one.Maybe = fmt.Sprintf(format, args...), maybe
	if !slices.Contains(l.all, one) {
		l.all = append(l.all, one)
	}
}

func (l *missing) source(src *core.Source) {
	if f := src.Folder; f != nil {
		l.there("folder", f.Path)
	}
	if f := src.Sheet; f != nil {
		l.there("file", f.Path)
	}
	if d := src.Database; d != nil {
		l.database(d)
	}
	if w := src.Web; w != nil {
		l.files(w.Ask.CAFile, w.Ask.Network)
	}
	if u := src.LookUp; u != nil {
		l.files(u.Ask.CAFile, u.Ask.Network)
	}
	src.Clone().Secrets(l.secret)
}

func (l *missing) database(d *core.DatabaseSource) {
	l.there("file", d.CAFile)
	if d.Kind == core.SQLite {
		l.there("file", d.File)
		return
	}
	host := d.Host
	if host == "" {
		host = "this computer itself"
	}
	l.add(true, "It reads the database %s on %s. Make sure that this computer may reach it.", d.Name, host)
}

// files looks for the files that a request needs.
func (l *missing) files(authorities string, way core.Network) {
	for _, path := range []string{authorities, way.CertFile, way.KeyFile} {
		l.there("file", path)
	}
}

// there looks for a file or folder that a path names.
func (l *missing) there(what, path string) {
	if path == "" {
		return
	}
	_, err := os.Stat(path)
	switch {
	case err == nil:
	case errors.Is(err, fs.ErrNotExist):
		l.add(false, "The %s %s is not here.", what, path)
	default:
		l.add(false, "The %s %s cannot be looked at.", what, path)
	}
}

// secret tries to open a secret. A key that is not there is told once for each.
func (l *missing) secret(place string, secret *core.Secret) {
	switch _, err := l.s.store.Reveal(*secret); {
	case secret.IsZero():
	case secret.Missing():
		l.add(false, "A key or password has to be typed again.")
	case err != nil:
		l.add(false, "A key or password cannot be opened here. Type it again.")
	}
}

// port looks whether another program has the port of the local address. While it is
// open, nothing is the matter.
func (l *missing) port(port int) {
	if port <= 0 || l.s.engine.Address() != "" {
		return
	}
	l.one = control.Lack{Name: "Local address"}
	ln, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil {
		l.add(false, "Another program uses the port %d, which programs here post to.", port)
		return
	}
	_ = ln.Close()
	if l.moved {
		l.add(true, "Programs that post to the port %d have to run on this computer now.", port)
	}
}
