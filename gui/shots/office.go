package main

import (
	"context"
	"os"
	"path/filepath"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/receiver"
	"hookbird/gui/e2e/desktop"
	"hookbird/gui/e2e/program"
)

// empty takes the pictures of a Hookbird that was just installed.
func (c *camera) empty(ctx context.Context) error {
	if len(c.wanted(firstScreens)) == 0 {
		return nil
	}
	p := program.New(c.desktop, c.binary, filepath.Join(c.dir, "new"))
	if err := p.Start(ctx, "--hidden"); err != nil {
		return err
	}
	defer p.Kill()
	return c.take(ctx, p, firstScreens)
}

// office takes the pictures of a Hookbird at work: on a good day, on which then much
// goes wrong, and on which large files come in at last. Those come last, since the
// newest records are what new webhooks and tests begin with.
func (c *camera) office(ctx context.Context) error {
	o, err := openOffice(ctx, c)
	if err != nil {
		return err
	}
	defer o.close()
	parts := []part{
		{o.goodDay, goodScreens},
		{o.badDay, append(officeScreens, o.deeperScreens()...)},
		{o.addTrials, append(testScreens, o.trialScreens()...)},
		{nothing, o.wizardScreens()},
		{o.flood, append(floodScreens, o.floodBelow()...)},
		{o.raffle, o.laterScreens()},
	}
	for len(parts) > 0 && len(c.wanted(parts[len(parts)-1].screens)) == 0 {
		parts = parts[:len(parts)-1]
	}
	for _, p := range parts {
		if err := p.begin(ctx); err != nil {
			return err
		}
		if err := c.take(ctx, o.program, p.screens); err != nil {
			return err
		}
	}
	return c.moved(ctx, o)
}

// part is what happens in the office, and the screens to take then.
type part struct {
	begin   func(context.Context) error
	screens []screen
}

func nothing(context.Context) error { return nil }

// office is an engine with webhooks that fare differently.
type office struct {
	desktop   *desktop.Desktop
	program   *program.Program
	receivers map[string]*receiver.Receiver // by the ids of webhooks
	close     func()
	dir       string
	exports   string // a folder for files of people
	contacts  string // a folder for a large file
	tickets   string // a folder for more than may be sent unasked
}

func openOffice(ctx context.Context, c *camera) (*office, error) {
	o := &office{
		desktop: c.desktop, dir: c.dir, receivers: map[string]*receiver.Receiver{},
		exports:  filepath.Join(c.desktop.Home, "Supporter exports"),
		contacts: filepath.Join(c.desktop.Home, "Season contacts"),
		tickets:  filepath.Join(c.desktop.Home, "Raffle tickets"),
	}
	for _, folder := range []string{o.exports, o.contacts, o.tickets} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			return nil, err
		}
	}
	o.program = program.New(c.desktop, c.binary, filepath.Join(c.dir, "office"))
	o.close = func() {
		o.program.Kill()
		for _, r := range o.receivers {
			r.Close()
		}
	}
	if err := o.open(ctx); err != nil {
		o.close()
		return nil, err
	}
	return o, nil
}

func (o *office) open(ctx context.Context) error {
	if err := o.startReceivers(); err != nil {
		return err
	}
	if err := o.take(o.settings()); err != nil {
		return err
	}
	return o.program.Start(ctx, "--hidden")
}

// goodDay lets records come in that are all delivered.
func (o *office) goodDay(ctx context.Context) error {
	if err := o.drop("Export 1.csv", exports[0]); err != nil {
		return err
	}
	if err := o.sell(ctx, 0, 2); err != nil {
		return err
	}
	if err := o.meet(ctx, guests[:2]); err != nil {
		return err
	}
	if err := o.give(ctx, donors[:1]); err != nil {
		return err
	}
	return o.settled(ctx, func(v map[string]control.WebhookView) bool {
		return v["our-database"].Delivered == 5 && v["supporter-crm"].Delivered == 5 && v["newsletter"].Delivered == 5 &&
			v["sales-report"].Delivered == 2 && v["welcome"].Delivered == 2 && v["check-in"].Delivered == 2 &&
			v["seat-plan"].Delivered == 2 && v["ledger"].Delivered == 1
	})
}

// badDay lets much go wrong, and more records come in.
func (o *office) badDay(ctx context.Context) error {
	if err := o.pause(ctx, "newsletter", 45*time.Minute); err != nil {
		return err
	}
	o.worsen()
	for i, people := range exports[1:] {
		if err := o.drop([]string{"Export 2.csv", "Export 3.csv"}[i], people); err != nil {
			return err
		}
	}
	if err := o.sell(ctx, 2, 8); err != nil {
		return err
	}
	if err := o.give(ctx, donors[1:]); err != nil {
		return err
	}
	if err := o.meet(ctx, guests[2:3]); err != nil { // the seat plan is busy at this
		return err
	}
	busy := func(v map[string]control.WebhookView) bool { return v["seat-plan"].Waiting == 1 }
	if err := o.settled(ctx, busy); err != nil {
		return err
	}
	if err := o.meet(ctx, guests[3:]); err != nil {
		return err
	}
	return o.settled(ctx, func(v map[string]control.WebhookView) bool {
		return v["our-database"].Delivered == 13 && v["supporter-crm"].Condition == control.Attention &&
			v["sales-report"].Condition == control.Down && v["check-in"].Condition == control.Down &&
			v["ledger"].Failed == 2 && v["newsletter"].Waiting == 8 && v["seat-plan"].Delivered == 5
	})
}

// flood lets a large file come in for a slow system, and many records at once for
// one that takes only so many a minute. What was only tried out is gone by then.
func (o *office) flood(ctx context.Context) error {
	if err := o.tidy(ctx); err != nil {
		return err
	}
	if err := o.dropLarge(); err != nil {
		return err
	}
	if err := o.order(ctx); err != nil {
		return err
	}
	return o.settled(ctx, func(v map[string]control.WebhookView) bool {
		return v["archive"].Delivered >= large*2/5 && v["loyalty"].Paced && !v["loyalty"].Done.IsZero()
	})
}

// addTrials adds webhooks that are there to be tested.
func (o *office) addTrials(context.Context) error {
	file, err := o.trials()
	if err != nil {
		return err
	}
	return o.take(file)
}

// tidy deletes the webhooks that are off.
func (o *office) tidy(ctx context.Context) error {
	client, err := control.Dial(o.program.Data)
	if err != nil {
		return err
	}
	defer client.Close()
	views, err := client.Webhooks(ctx)
	for _, v := range views {
		if err == nil && v.Webhook.State == core.StateOff {
			err = client.DeleteWebhook(ctx, v.Webhook.ID, v.Revision)
		}
	}
	return err
}

func (o *office) pause(ctx context.Context, id string, span time.Duration) error {
	client, err := control.Dial(o.program.Data)
	if err != nil {
		return err
	}
	defer client.Close()
	return client.PauseWebhook(ctx, id, time.Now().Add(span))
}

// settled waits until the webhooks stand as they are wanted to, by their ids.
func (o *office) settled(ctx context.Context, enough func(map[string]control.WebhookView) bool) error {
	return settled(ctx, o.program, func(views []control.WebhookView) bool {
		byID := map[string]control.WebhookView{}
		for _, v := range views {
			byID[v.Webhook.ID] = v
		}
		return enough(byID)
	})
}
