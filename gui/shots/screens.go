package main

import (
	"context"

	"hookbird/gui/e2e/desktop"
)

// firstScreens are those of an empty Hookbird.
var firstScreens = []screen{
	{name: "first-run", page: "home", sees: "Where should records go?", best: "light"},
	{name: "webhooks-none", page: "webhooks", sees: "Webhooks"},
	{name: "activity-none", page: "activity", sees: "Activity"},
	{name: "sources-none", page: "sources", sees: "Sources"},
	{name: "new-webhook", page: "new", sees: "Where should records go?", then: beginNew},
}

// goodScreens are those of an office on a good day.
var goodScreens = []screen{
	{name: "home-good", page: "home", sees: "Your webhooks"},
}

// officeScreens are those of an office at work.
var officeScreens = []screen{
	{name: "webhooks", page: "webhooks", sees: "Supporter CRM"},
	{name: "editor-where", page: "webhook:our-database", sees: "Where to"},
	{name: "editor", page: "webhook:our-database", sees: "Where to", then: click("What to send"), best: "dark"},
	{name: "editor-when", page: "webhook:members-south", sees: "Where to", then: click("When")},
	{name: "editor-text", page: "webhook:welcome", sees: "Where to", then: click("What to send")},
	{name: "editor-security", page: "webhook:welcome", sees: "Where to", then: click("Security")},
	{name: "editor-fails", page: "webhook:members-south", sees: "Where to", then: click("If it fails")},
	{name: "activity", page: "activity:delivered", sees: "Activity", then: all(click("Ada Lovelace"), see("What we sent")), best: "light"},
	{name: "activity-waiting", page: "activity:waiting", sees: "Activity"},
	{name: "activity-unsure", page: "activity:failed", sees: "Activity", then: click("Lise Meitner")},
	{name: "activity-replaced", page: "fix:seat-plan:copy", sees: "Activity", then: click("Replaced")},
	{name: "sources", page: "sources", sees: "Supporter exports"},
	{name: "settings", page: "settings", sees: "Settings"},
}

// deeperScreens are parts of the editor that only show once somebody goes there.
func (o *office) deeperScreens() []screen {
	return []screen{
		{name: "editor-conditions", page: "webhook:members-south", sees: "Where to", then: all(click("When"), see("Which records"), o.down(few))},
		{name: "editor-signature", page: "webhook:welcome", sees: "Where to", then: all(click("Security"), see("Add a signature"), o.down(few), click("See which key they need"))},
		{name: "editor-convert", page: "webhook:our-database", sees: "Where to", then: all(click("What to send"), click("lname"), press(toConvertNext...), see("Convert email"))},
		{name: "editor-answer", page: "webhook:magazine", sees: "Where to", then: o.down(some), on: []screen{
			{name: "editor-connection", sees: "Where to", then: o.down(far)},
			{name: "editor-times", sees: "Where to", then: click("When")},
			{name: "editor-times-middle", sees: "When", then: o.down(some)},
			{name: "editor-times-below", sees: "When", then: o.down(far)},
			{name: "editor-sign-in", sees: "Security", then: click("Security")},
			{name: "editor-asks", sees: "If it fails", then: click("If it fails")},
			{name: "editor-asks-below", sees: "If it fails", then: o.down(far)},
		}},
	}
}

// toConvertNext leads from the name of a field to how the next one is converted: past
// its three buttons, and past the three stops of the next.
var toConvertNext = []string{"Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "space"}

// floodScreens are those of a day on which much is on its way.
var floodScreens = []screen{
	{name: "home", page: "home", sees: "What needs you", best: "light"},
	{name: "webhooks-busy", page: "webhooks", sees: "Supporter CRM"},
}

func (o *office) floodBelow() []screen {
	return []screen{
		{name: "home-middle", page: "home", sees: "What needs you", then: o.down(some), on: []screen{
			{name: "home-below", sees: "Your webhooks", then: o.down(far)},
		}},
	}
}

// testScreens come after the others, since each test is one more row in Activity.
var testScreens = []screen{
	{name: "test", page: "test:our-database", sees: "Our database"},
	{name: "test-good", page: "test:our-database", sees: "Our database", then: sendTest},
	{name: "test-failed", page: "test:supporter-crm", sees: "Supporter CRM", then: sendTest, best: "light"},
}

// trialScreens are tests that do not arrive, each for another reason.
func (o *office) trialScreens() []screen {
	return []screen{
		{name: "test-certificate", page: "test:certificate", sees: "Choir list", then: sendTest},
		{name: "test-proxy-asks", page: "test:proxy-asks", sees: "Volunteer portal", then: sendTest},
		{name: "test-proxy-blocks", page: "test:proxy-blocks", sees: "Volunteer portal", then: sendTest, on: []screen{
			{name: "note", sees: "Test result", then: click("Copy a note for IT")},
		}},
		{name: "test-silent", page: "test:silent", sees: "Printing house", then: sendTest},
		{name: "test-portal", page: "test:check-in", sees: "Event check-in", then: sendTest},
		{name: "test-rule", page: "test:rule", sees: "Mailing list", then: sendTest},
		{name: "settings-proxy", page: "settings", sees: "Settings", then: o.down(some)},
	}
}

// sendTest presses the button and waits for what came back.
func sendTest(ctx context.Context, w *desktop.Window, _ size) error {
	if err := w.ClickOn(ctx, "Send test"); err != nil {
		return err
	}
	_, err := w.See(ctx, "Test result")
	return err
}

// beginNew goes from the choice of a system into an empty editor.
func beginNew(ctx context.Context, w *desktop.Window, _ size) error {
	if err := w.ClickOn(ctx, "Not in the list"); err != nil {
		return err
	}
	_, err := w.See(ctx, "Web address (URL)")
	return err
}
