package main

import (
	"context"
	"net/http"
	"sync/atomic"
	"time"

	"hookbird/core/receiver"
)

// working are the webhooks of the office, each with a receiver of its own.
var working = []string{
	"our-database", "supporter-crm", "sales-report", "newsletter", "members-south", "welcome",
	"check-in", "seat-plan", "ledger", "magazine", "archive", "loyalty", "raffle",
}

// startReceivers opens the other systems, which all accept what comes.
func (o *office) startReceivers() error {
	for _, id := range working {
		if err := o.receiver(id, accept); err != nil {
			return err
		}
	}
	o.receivers["archive"].SetAnswer(slowly)
	return nil
}

func (o *office) receiver(id string, answer receiver.Answer) error {
	r, err := receiver.Start(answer)
	o.receivers[id] = r
	return err
}

// worsen makes the other systems behave as they do on a bad day.
func (o *office) worsen() {
	o.receivers["sales-report"].Close() // nobody answers at its port
	o.receivers["supporter-crm"].SetAnswer(refuseKey)
	o.receivers["check-in"].SetAnswer(portal)
	o.receivers["ledger"].SetAnswer(hangUp)
	o.receivers["seat-plan"].SetAnswer(busyOnce())
}

func accept(context.Context, receiver.Request) (status int, body string) {
	return http.StatusOK, `{"ok": true}` + "\n"
}

func refuseKey(context.Context, receiver.Request) (status int, body string) {
	return http.StatusUnauthorized, `{"message": "The API key is not valid any more."}` + "\n"
}

// portal answers as the login page of a network does, in place of whoever was asked.
func portal(context.Context, receiver.Request) (status int, body string) {
	return http.StatusOK, "<!DOCTYPE html>\n<html><head><title>Guest network</title></head>\n" +
		"<body><h1>Welcome</h1><p>Accept the terms of use to go online.</p></body></html>\n"
}

// hangUp takes the message and breaks the connection off.
func hangUp(context.Context, receiver.Request) (status int, body string) {
	panic(http.ErrAbortHandler)
}

// busyOnce has trouble at the first message after now.
func busyOnce() receiver.Answer {
	var came atomic.Int32
	return func(ctx context.Context, r receiver.Request) (int, string) {
		if came.Add(1) == 1 {
			return http.StatusServiceUnavailable, "The seat plan is being computed.\n"
		}
		return accept(ctx, r)
	}
}

// slowness is how long the slow system takes for a message.
const slowness = 20 * time.Millisecond

func slowly(ctx context.Context, r receiver.Request) (status int, body string) {
	ctx, cancel := context.WithTimeout(ctx, slowness)
	defer cancel()
	<-ctx.Done()
	return accept(ctx, r)
}

// silent takes the message and never answers.
func silent(ctx context.Context, r receiver.Request) (status int, body string) {
	<-ctx.Done()
	return accept(ctx, r)
}

// sayNo answers well, and says in the answer that it did not work.
func sayNo(context.Context, receiver.Request) (status int, body string) {
	return http.StatusOK, `{"success": false, "reason": "The list is closed."}` + "\n"
}

// askWho and letNothing are what a proxy can say.
func askWho(context.Context, receiver.Request) (status int, body string) {
	return http.StatusProxyAuthRequired, "Who are you?\n"
}

func letNothing(context.Context, receiver.Request) (status int, body string) {
	return http.StatusForbidden, "Blocked by the rules of this office.\n"
}
