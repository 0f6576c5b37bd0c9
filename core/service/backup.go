package service

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// backupFolder is the usual folder for backups, in the data folder.
const backupFolder = "backups"

// backupPlan is the plan with the usual where it is silent, the folder too.
func (s *Service) backupPlan() core.BackupPlan {
	plan := s.engine.Settings().Backup.Filled()
	if plan.Folder == "" {
		plan.Folder = filepath.Join(s.p.DataDir, backupFolder)
	}
	return plan
}

// listBackups lists what there is. The usual folder is made where it is not there
// yet; another that is not there may be on a drive that is not connected.
func (s *Service) listBackups() (core.BackupPlan, []core.BackupInfo, error) {
	plan := s.backupPlan()
	if s.engine.Settings().Backup.Folder == "" {
		if err := os.MkdirAll(plan.Folder, 0o700); err != nil {
			return plan, nil, core.Wrap(core.CodeUnavailable, err, "The folder for backups, "+plan.Folder+", cannot be made.")
		}
	}
	list, err := s.store.Backups(plan.Folder)
	return plan, list, err
}

// Backups lists the backups in the plan's folder and what was kept aside.
func (s *Service) Backups(context.Context) (control.BackupsView, error) {
	plan, list, err := s.listBackups()
	v := control.BackupsView{Plan: plan, List: []control.BackupView{}}
	if err != nil {
		v.Problem = core.Sentence(err)
	}
	for _, b := range list {
		v.List = append(v.List, s.backupView(b))
	}
	v.Last = s.lastBackup(list)
	v.Next, v.Failed = s.backup.outlook(time.Now())
	return v, nil
}

func (s *Service) backupView(b core.BackupInfo) control.BackupView {
	v := control.BackupView{
		Path: b.Path, Kind: b.Kind, Bytes: b.Bytes, Made: b.Made, Version: b.Version,
		Records: b.Records, Messages: b.Messages, Waiting: b.Waiting, Webhooks: b.Webhooks, Sources: b.Sources,
		Own: b.StoreID != "" && b.StoreID == s.store.Info().ID, Problem: b.Problem,
	}
	if head := s.engine.Head(); v.Own && head > b.Head {
		v.Since = head - b.Head
	}
	return v
}

// lastBackup is when the newest backup of this store was made that can be used.
func (s *Service) lastBackup(list []core.BackupInfo) (last time.Time) {
	for _, b := range list {
		if b.Kind == core.BackupUsual && b.Problem == "" && b.StoreID == s.store.Info().ID && b.Made.After(last) {
			last = b.Made
		}
	}
	return last.Local()
}

// MakeBackup makes a backup: one for this computer, or with a passphrase for another.
func (s *Service) MakeBackup(_ context.Context, o control.BackupOrder) (job.View, error) {
	w := core.BackupWish{Path: o.Path, Passphrase: o.Passphrase, Version: s.p.Version}
	title := "Making a backup"
	switch {
	case o.Path != "" && !filepath.IsAbs(o.Path):
		return job.View{}, core.Errorf(core.CodeInvalid, "Say in full where the backup goes: %s does not begin at the top of a drive.", o.Path)
	case o.Passphrase == "":
	case o.Path == "":
		return job.View{}, core.Errorf(core.CodeInvalid, "Choose where the backup for another computer goes.")
	case len([]rune(o.Passphrase)) < core.MinPassphrase:
		return job.View{}, core.Errorf(core.CodeInvalid, "The passphrase needs at least %d characters.", core.MinPassphrase).At("/passphrase")
	default:
		title = "Making a backup for another computer"
	}
	return s.startBackup(w, title, func() {})
}

// startBackup begins the job. ended is called once it is over.
func (s *Service) startBackup(w core.BackupWish, title string, ended func()) (job.View, error) {
	return s.jobs.Start(job.Spec{Kind: control.JobBackup, Title: title, Alone: true}, func(ctx context.Context, p *job.Progress) (string, error) {
		defer ended()
		w.Progress, w.Waiting = told(p), s.waiting()
		if w.Path == "" {
			return s.usualBackup(ctx, w)
		}
		info, err := s.store.Backup(ctx, w)
		if err != nil {
			return "", err
		}
		return "The backup is in " + info.Path + ".", nil
	})
}

// waiting counts the messages that are still to be sent.
func (s *Service) waiting() (n uint64) {
	for _, st := range s.engine.Webhooks() {
		n += st.Waiting
	}
	return n
}

// usualBackup makes one in the plan's folder, and removes those that are too many.
func (s *Service) usualBackup(ctx context.Context, w core.BackupWish) (string, error) {
	plan, _, err := s.listBackups()
	w.Folder = plan.Folder
	var info core.BackupInfo
	if err == nil {
		info, err = s.store.Backup(ctx, w)
	}
	s.backup.ended(info.Made, err)
	if err != nil {
		return "", err
	}
	if plan.Keep > 0 {
		if err := s.store.ThinBackups(plan.Folder, plan.Keep); err != nil {
			s.p.Logger.Error("old backups not removed", "folder", plan.Folder, "error", err)
		}
	}
	return "The backup is in " + info.Path + ".", nil
}

// told has a job tell how far the store is, in megabytes.
func told(p *job.Progress) func(step string, done, total uint64) {
	was := ""
	return func(step string, done, total uint64) {
		if step != was {
			p.Step(step + ", in MB")
			was = step
		}
		p.Set(uint64(megabytes(int64(done))), uint64(megabytes(int64(total))))
	}
}

// DeleteBackup removes one of the list.
func (s *Service) DeleteBackup(_ context.Context, path string) error {
	_, list, err := s.listBackups()
	if !slices.ContainsFunc(list, func(b core.BackupInfo) bool { return b.Path == path }) {
		if err != nil {
			return err
		}
		return core.Errorf(core.CodeNotFound, "This backup is not there any more.")
	}
	if err := os.Remove(path); err != nil {
		return core.Wrap(core.CodeUnavailable, err, "The backup "+filepath.Base(path)+" could not be deleted. Make sure that its folder can be written to.")
	}
	s.look()
	return nil
}

// LookAtBackup tells what is in a backup.
func (s *Service) LookAtBackup(_ context.Context, r control.BackupRef) (control.BackupView, error) {
	info, err := s.store.LookAtBackup(r.Path, r.Passphrase)
	if err != nil {
		return control.BackupView{}, err
	}
	return s.backupView(info), nil
}

// Restore makes a store of a backup, and then has Hookbird begin anew with it.
func (s *Service) Restore(_ context.Context, r control.BackupRef) (job.View, error) {
	spec := job.Spec{Kind: control.JobRestore, Title: "Putting back the backup " + filepath.Base(r.Path), Alone: true}
	return s.jobs.Start(spec, func(ctx context.Context, p *job.Progress) (string, error) {
		info, err := s.store.PrepareRestore(ctx, core.RestoreWish{Path: r.Path, Passphrase: r.Passphrase, Progress: told(p)})
		if err != nil {
			return "", err
		}
		s.renew(true)
		return fmt.Sprintf("Hookbird begins anew with what it had at %s.", info.Made.Local().Format("15:04 on 2 January 2006")), nil
	})
}

// renew has engine and store begin anew.
func (s *Service) renew(restore bool) {
	if s.p.Renew != nil {
		s.p.Renew(restore)
	}
}
