package engine

import (
	"sync"
	"sync/atomic"

	"hookbird/core"
	"hookbird/core/filter"
	"hookbird/core/message"
)

// config is a webhook's settings as its workers use them. It is replaced whole.
type config struct {
	webhook  *core.Webhook
	revision uint64
	host     string // of the address, "" if that cannot be read
	match    *filter.Matcher
	person   func(data []byte) string // whom a record is about, where the order matters
	fault    string                   // why nothing can be sent until they are saved again; usually ""
	line     line                     // made by the first worker that needs it
	lineErr  error
	live     atomic.Pointer[line] // line, once it is there
	once     sync.Once
}

// newConfig compiles what is stored. No filter is saved that cannot be read; if
// one is stored all the same, nothing is sent and everything waits.
func newConfig(row core.WebhookRow) *config {
	c := &config{webhook: row.Webhook, revision: row.Revision, person: whoOf(row.Webhook.Order)}
	if u, err := message.ParseAddress(row.Webhook.Address); err == nil {
		c.host = u.Host
	}
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
	return &config{webhook: c.webhook, revision: c.revision, host: c.host, match: c.match, person: c.person, fault: c.fault}
}

// looksInside tells whether it takes reading a record to know if it is wanted:
// then that is done in the lane's own time and never in the committer's.
func (c *config) looksInside() bool {
	return c.webhook.Filter != "" || c.webhook.Order.Kind == core.OrderField
}

// workers is how many requests may be on their way at once.
func (c *config) workers() int {
	if c.webhook.Order.Kind == core.OrderAll {
		return 1
	}
	return c.webhook.Workers()
}

// asks tells whether a message that may have arrived is not tried again unasked.
func (c *config) asks() bool { return c.webhook.Answer.Unsure == core.UnsureAsk }
