package main

import (
	"context"
	"image"
	"strconv"

	"hookbird/gui/e2e/desktop"
)

// act is what is done in a window before a picture.
type act = func(ctx context.Context, w *desktop.Window, s size) error

// wizardScreens are the steps that make a new webhook. They come after the tests,
// since each way through them leaves a webhook that is off.
func (o *office) wizardScreens() []screen {
	return []screen{o.wizardKnown(), o.wizardOther()}
}

// wizardKnown goes the whole way with a system of the list.
func (o *office) wizardKnown() screen {
	return screen{
		name: "wizard-address", page: "new", sees: "Where should records go?",
		then: all(search("rally"), click("Rally Congress style"), o.address("/supporters/new", "Advocacy list"), see("This works.")),
		on: []screen{
			{name: "wizard-address-below", sees: "Web address (URL)", then: o.down(far)},
			{name: "wizard-key", sees: "Continue", then: onward("Did they give you a key?")},
			{name: "wizard-data", sees: "Continue", then: all(onward("Which records go there?"), click("Supporter exports"))},
			{name: "wizard-fields", sees: "Continue", then: onward("Match the fields")},
			{name: "wizard-fields-below", sees: "Match the fields", then: o.down(far)},
			{name: "wizard-test", sees: "Continue", then: all(click("Remove the 5 without a field of ours"), onward("Send a test"))},
			{name: "wizard-test-good", sees: "Save, leave off", then: all(o.down(far), click("Send test"), see("It works"))},
			{name: "wizard-test-good-below", sees: "It works", then: o.down(far)},
		},
	}
}

// wizardOther goes as far as the fields of a system that nobody knows.
func (o *office) wizardOther() screen {
	return screen{
		asks: true, name: "wizard-paste", page: "new", sees: "Where should records go?",
		then: all(click("Paste what they gave you"), typed(pasted), see("Use it")),
		on: []screen{
			{name: "wizard-pasted", sees: "Use it", then: all(press("Escape"), click("Not in the list"), o.address("/api/people", "Membership portal"), see("This works."))},
			{name: "wizard-signature", sees: "Continue", then: all(onward("Did they give you a key?"), click("They check a signature"))},
			{name: "wizard-token", sees: "Continue", then: all(click("A key or a token"), typed("k-2093-7fd1"))},
			{name: "wizard-packing", sees: "Continue", then: all(onward("Which records go there?"), click("Supporter exports"), onward("What is sent"))},
			{name: "wizard-text", sees: "Continue", then: click("My own text")},
		},
	}
}

// pasted is what a help page would give.
const pasted = "curl https://crm.example.org/api/people -d firstname=Ada -d lastname=Test -d mail=ada@example.org"

// all does one thing after the other.
func all(acts ...act) act {
	return func(ctx context.Context, w *desktop.Window, s size) error {
		for _, do := range acts {
			if err := do(ctx, w, s); err != nil {
				return err
			}
		}
		return nil
	}
}

func click(words string) act {
	return func(ctx context.Context, w *desktop.Window, _ size) error { return w.ClickOn(ctx, words) }
}

func see(words string) act {
	return func(ctx context.Context, w *desktop.Window, _ size) error {
		_, err := w.See(ctx, words)
		return err
	}
}

// onward presses Continue and waits for the next step.
func onward(heading string) act { return all(click("Continue"), see(heading)) }

// address fills in where to send to, and what to call it.
func (o *office) address(path, name string) act {
	return func(ctx context.Context, w *desktop.Window, _ size) error {
		if err := w.FillIn(ctx, "Web address (URL)", o.at("our-database", path)); err != nil {
			return err
		}
		return w.FillIn(ctx, "Name", name)
	}
}

// search looks for a system by its name.
func search(words string) act {
	return func(ctx context.Context, w *desktop.Window, _ size) error {
		box, err := w.SeeStill(ctx, "Search by the name of the system")
		if err != nil {
			return err
		}
		return w.Enter(ctx, func() (image.Point, error) { return box.Center(), nil }, words)
	}
}

// typed types into what has the keyboard. It is not looked for, since it may be
// hidden.
func typed(text string) act {
	return func(ctx context.Context, w *desktop.Window, _ size) error {
		if err := still(ctx, w); err != nil {
			return err
		}
		return w.Type(text)
	}
}

// far is as many notches of the wheel as reach the end of every page.
const far = 40

// some is as many as turn a page.
const some = 10

// few is as many as bring the second card of a tab into view.
const few = 5

// press presses keys.
func press(keys ...string) act {
	return func(_ context.Context, w *desktop.Window, _ size) error { return w.Key(keys...) }
}

// down turns the wheel, with the pointer over the page, by so many notches.
func (o *office) down(notches int) act {
	return func(_ context.Context, w *desktop.Window, s size) error { return o.turn(w, s, wheelDown, notches) }
}

// The buttons that the turns of a wheel are.
const (
	wheelUp   = "4"
	wheelDown = "5"
)

// turn turns the wheel, with the pointer over the page.
func (o *office) turn(w *desktop.Window, s size, wheel string, notches int) error {
	if err := w.Point(image.Pt(s.width/2, s.height/2)); err != nil {
		return err
	}
	return o.desktop.Command("xdotool", "click", "--repeat", strconv.Itoa(notches), "--delay", "20", wheel).Run()
}
