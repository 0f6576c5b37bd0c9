package service

import (
	"context"
	"fmt"
	"strings"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/job"
)

// Safety says how full the store is, and whether it was damaged.
func (s *Service) Safety(context.Context) (control.SafetyView, error) {
	r := s.engine.Room()
	v := control.SafetyView{Room: r.Room, Quota: r.Quota, Full: r.Full, Near: r.Near, Tidy: r.WorthTidying()}
	if r.Holder != nil {
		v.HolderID, v.Holder, v.Waiting = r.Holder.ID, r.Holder.Name, r.Waiting
	}
	if repair, ok := s.store.Repaired(); ok {
		v.Repair = &repair
	}
	return v, nil
}

// TidyUp makes the store's file as small as it can be.
func (s *Service) TidyUp(context.Context) (job.View, error) {
	spec := job.Spec{Kind: control.JobTidy, Title: "Tidying up the store", Alone: true}
	return s.jobs.Start(spec, func(ctx context.Context, p *job.Progress) (string, error) {
		before := s.store.Room().File
		p.Step("Megabytes copied")
		if err := s.store.Compact(ctx, func(done, total uint64) { p.Set(done/core.MB, total/core.MB) }); err != nil {
			return "", err
		}
		after := s.store.Room().File
		return fmt.Sprintf("The store takes %d MB now; it took %d MB.", megabytes(after), megabytes(before)), nil
	})
}

func megabytes(n int64) int64 { return (n + core.MB - 1) / core.MB }

// SeenRepair notes that somebody has seen a repair.
func (s *Service) SeenRepair(context.Context) error {
	if err := s.store.ForgetRepair(); err != nil {
		return err
	}
	if s.p.OnChange != nil {
		s.p.OnChange()
	}
	return nil
}

// safetyNeeds says what of the store wants a person. That it is full, the engine's
// own problems say.
func (s *Service) safetyNeeds() (needs []control.Need) {
	if repair, ok := s.store.Repaired(); ok {
		n := control.Need{Kind: control.NeedProgram, Title: "The records were damaged and are repaired"}
		n.Text = "Nothing was lost. The file as it was found is kept as " + repair.Damaged + "."
		if len(repair.Lost) > 0 {
			n.Text = strings.Join(repair.Lost, " ")
			if repair.Paused {
				n.Text += " Sending is paused until you have looked."
			}
		}
		needs = append(needs, n)
	}
	if r := s.engine.Room(); r.Near && !r.Full {
		n := control.Need{Kind: control.NeedProgram, Title: "Hookbird holds nearly as much as it may"}
		n.Text = fmt.Sprintf("It holds %d MB of %d MB. When it is full, no new records are taken.", megabytes(r.Used()), r.Quota/core.MB)
		if r.Holder != nil {
			n.Text += fmt.Sprintf(" Most of it waits for %s: %s.", r.Holder.Name, count(r.Waiting, "message"))
		}
		needs = append(needs, n)
	}
	return needs
}
