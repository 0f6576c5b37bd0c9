package control

import (
	"context"

	"hookbird/core"
	"hookbird/core/job"
)

// FindPerson looks for what is kept about a person.
func (c *Client) FindPerson(ctx context.Context, values string) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/people/find", values)
}

// Person asks for what was found.
func (c *Client) Person(ctx context.Context, jobID string) (PersonView, error) {
	return fetch[PersonView](ctx, c, "GET", "/v1/people/"+pathID(jobID), nil)
}

// ExportPerson has what was found written into a file.
func (c *Client) ExportPerson(ctx context.Context, r PersonExport) error {
	_, err := fetch[struct{}](ctx, c, "POST", "/v1/people/export", r)
	return err
}

// ErasePerson has what was found removed.
func (c *Client) ErasePerson(ctx context.Context, jobID string) (job.View, error) {
	return fetch[job.View](ctx, c, "POST", "/v1/people/"+pathID(jobID)+"/erase", nil)
}

// Erased asks for the receipts.
func (c *Client) Erased(ctx context.Context) ([]core.Erased, error) {
	return fetch[[]core.Erased](ctx, c, "GET", "/v1/erased", nil)
}

// Copies asks for the files that hold what the store held.
func (c *Client) Copies(ctx context.Context) ([]core.Backup, error) {
	return fetch[[]core.Backup](ctx, c, "GET", "/v1/copies", nil)
}

// DropCopy has one of them deleted.
func (c *Client) DropCopy(ctx context.Context, path string) error {
	_, err := fetch[struct{}](ctx, c, "POST", "/v1/copies/drop", path)
	return err
}
