package service

import (
	"context"

	"hookbird/core/job"
)

// Jobs gives the long work that runs and the last that ended, the newest first.
func (s *Service) Jobs(context.Context) ([]job.View, error) { return s.jobs.Jobs(), nil }

// Job gives one of them.
func (s *Service) Job(_ context.Context, id string) (job.View, error) { return s.jobs.Job(id) }

// CancelJob asks a job to end.
func (s *Service) CancelJob(_ context.Context, id string) error { return s.jobs.Cancel(id) }

// ForgetJob takes a job that has ended off the list.
func (s *Service) ForgetJob(_ context.Context, id string) error { return s.jobs.Forget(id) }
