package main

import (
	"context"
	"fmt"
	"image"
	"os"
	"path/filepath"

	"hookbird/core/control"
	"hookbird/gui/e2e/desktop"
	"hookbird/gui/e2e/program"
)

// tickets is how many records the raffle has at once, which is more than its brake
// lets through by itself.
const tickets = 640

// raffle lets more records come in at once than its webhook may send unasked, and has
// backups to look at.
func (o *office) raffle(ctx context.Context) error {
	rows := [][]string{{"ticket", "name", "email"}}
	for i := range tickets {
		rows = append(rows, []string{fmt.Sprintf("%04d", i+1), fmt.Sprintf("Guest %d", i+1), fmt.Sprintf("guest%d@example.org", i+1)})
	}
	if err := writeFile(filepath.Join(o.tickets, "Raffle.csv"), rows); err != nil {
		return err
	}
	client, err := control.Dial(o.program.Data)
	if err != nil {
		return err
	}
	defer client.Close()
	if _, err := client.MakeBackup(ctx, control.BackupOrder{}); err != nil {
		return err
	}
	return o.settled(ctx, func(v map[string]control.WebhookView) bool {
		return v["raffle"].Waiting == tickets && v["raffle"].Condition == control.Attention
	})
}

// laterScreens are what somebody looks at when something is to be put right.
func (o *office) laterScreens() []screen {
	return []screen{
		{name: "home-brake", page: "home", sees: "What needs you", best: "light"},
		{name: "brake", page: "webhook:raffle", sees: "Where to", then: all(click("When"), o.down(far))},
		{name: "rehearsal", page: "webhooks", sees: "Where your records go.", then: all(o.menu("Newsletter", "See what would be sent"), see("Start without these"))},
		{name: "replay", page: "webhooks", sees: "Where your records go.", then: all(o.menu("Our database", "Send earlier records"), click("Count and show"), see("would be sent to"))},
		{name: "leave", page: "webhooks", sees: "Where your records go.", then: all(o.menu("Newsletter", "Turn off"), see("Throw it away"))},
		{name: "past-webhook", page: "webhooks", sees: "Where your records go.", then: all(o.menu("Newsletter", "What was changed"), see("Compared with now"))},
		{name: "activity-groups", page: "activity:failed", sees: "Activity"},
		{name: "correct", page: "activity:failed", sees: "Activity", then: all(click("Lise Meitner"), click("Correct and send"), see("As it would go out"))},
		{name: "differ", page: "webhook:our-database", sees: "Where to", asks: true, then: all(click("What to send"), click("lname"), typed("x"), click("Save"), see("Save these changes?"))},
		{name: "people", page: "people:ada@example.org", sees: "1 record and", on: []screen{
			{name: "people-erase", sees: "Erase", then: all(click("Erase…"), see("Erase 1 record"))},
		}},
		{name: "settings-safety", page: "settings", sees: "Settings", then: o.down(24), on: []screen{
			{name: "backups", sees: "Backups and restoring", then: all(click("Backups and restoring"), see("For another computer"))},
		}},
		{name: "settings-people", page: "settings", sees: "Settings", then: o.down(far)},
		{name: "past", page: "settings", sees: "Settings", then: all(o.down(2*far), o.reach("Show what was changed"), see("Compared with now"))},
		{name: "diagnosis", page: "settings", sees: "Settings", then: all(o.down(2*far), o.reach("Show the diagnosis"), see("Save as one file"))},
	}
}

// menu opens the menu of a webhook in the list and presses an entry.
func (o *office) menu(webhook, entry string) act {
	return func(ctx context.Context, w *desktop.Window, s size) error {
		if err := o.bring(ctx, w, s, wheelDown, webhook); err != nil {
			return err
		}
		row, err := w.SeeStill(ctx, webhook)
		if err != nil {
			return err
		}
		if err := w.Click(image.Pt(s.width-menuFromRight, row.Center().Y)); err != nil {
			return err
		}
		return w.ClickOn(ctx, entry)
	}
}

// menuFromRight is how far the button of a row's menu is from the window's edge.
const menuFromRight = 59

// reach turns the wheel back until words can be seen, and clicks on them.
func (o *office) reach(words string) act {
	return func(ctx context.Context, w *desktop.Window, s size) error {
		if err := o.bring(ctx, w, s, wheelUp, words); err != nil {
			return err
		}
		return w.ClickOn(ctx, words)
	}
}

// bring turns the wheel until words can be seen.
func (o *office) bring(ctx context.Context, w *desktop.Window, s size, wheel, words string) error {
	for !w.Shows(words) {
		if err := o.turn(w, s, wheel, few); err != nil {
			return err
		}
		if err := still(ctx, w); err != nil {
			return err
		}
	}
	return nil
}

// moved takes the pictures of a new computer on which the office was restored.
func (c *camera) moved(ctx context.Context, o *office) error {
	screens := []screen{
		{name: "restored-home", page: "home", sees: "Is the old computer off?", on: []screen{
			{name: "restored", sees: "See what to do", then: all(click("See what to do"), see("What this computer lacks"))},
		}},
	}
	if len(c.wanted(screens)) == 0 {
		return nil
	}
	pass, file := filepath.Join(o.dir, "passphrase.txt"), filepath.Join(o.dir, "office.hookbird-portable")
	if err := os.WriteFile(pass, []byte("correct horse battery\n"), 0o600); err != nil {
		return err
	}
	if _, err := o.program.Run("--backup", file, "--passphrase-file", pass); err != nil {
		return err
	}
	if err := os.RemoveAll(o.contacts); err != nil { // a drive that only the old computer has
		return err
	}
	p := program.New(c.desktop, c.binary, filepath.Join(c.dir, "moved"))
	if _, err := p.Run("--restore", file, "--passphrase-file", pass); err != nil {
		return err
	}
	if err := p.Start(ctx, "--hidden"); err != nil {
		return err
	}
	defer p.Kill()
	return c.take(ctx, p, screens)
}
