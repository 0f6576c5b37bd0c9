package engine

import (
	"sync"

	"hookbird/core"
	"hookbird/core/filter"
)

// config is a webhook's settings as its workers use them. It is replaced whole.
type config struct {
	webhook  *core.Webhook
	revision uint64
	match    *filter.Matcher
	fault    string // why nothing can be sent until they are saved again; usually ""
	line     line   // made by the first worker that needs it
	lineErr  error
	once     sync.Once
}

// newConfig compiles what is stored. No filter is saved that cannot be read; if
// one is stored all the same, nothing is sent and everything waits.
func newConfig(row core.WebhookRow) *config {
	c := &config{webhook: row.Webhook, revision: row.Revision}
	match, err := filter.For(row.Webhook)
	if err != nil {
		c.fault = core.Sentence(err)
		all := row.Webhook.Clone()
		all.Filter = ""
		match, _ = filter.For(all) // without a filter there is nothing to read
	}
	c.match = match
	return c
}

// again is the same with a line that is still to be opened.
func (c *config) again() *config {
	return &config{webhook: c.webhook, revision: c.revision, match: c.match, fault: c.fault}
}

// looksInside tells whether it takes reading a record to know if it is wanted:
// then that is done in the lane's own time and never in the committer's.
func (c *config) looksInside() bool { return c.webhook.Filter != "" }
