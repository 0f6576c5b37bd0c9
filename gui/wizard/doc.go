// Package wizard leads somebody from a system to a webhook that sends there, one
// question a page: its address, its key, which data, which fields, and a test. It
// saves the webhook, turned off, before the test.
//
// It must not know the editor or the list of webhooks: where it leads to is given
// to it as functions. It builds and judges no message itself.
package wizard
