package home

import (
	"fmt"
	"slices"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// banner is the one sentence on how everything stands.
type banner struct {
	status      widgets.Status
	title, text string
	resume      bool // with a button that resumes sending
}

// bannerOf chooses the sentence; ok is false while "What needs you" says it all.
func bannerOf(o control.Overview) (b banner, ok bool) {
	switch {
	case o.Resting:
		return banner{}, false
	case o.Paused:
		return banner{widgets.Paused, "Sending is paused", pausedText(o), true}, true
	case offline(o):
		return banner{widgets.Waiting, "No internet connection", waitingText(o), false}, true
	case len(needsOf(o)) > 0:
		return banner{}, false
	case !anyOn(o):
		return banner{widgets.Paused, "No webhook is on", "Records are kept. Turn a webhook on, and they go out.", false}, true
	case o.LastRecord.IsZero():
		return banner{widgets.Good, "Ready", "The first record goes out as soon as it comes in.", false}, true
	case o.Waiting > 0:
		return banner{widgets.Good, "Sending goes well", goingText(o), false}, true
	default:
		return banner{widgets.Good, "Everything is being delivered", "Last record " + words.Ago(o.LastRecord, o.Now) + ".", false}, true
	}
}

// goingText says how much waits and, if that can be told, how long.
func goingText(o control.Overview) string {
	text := words.About(o.Waiting, o.About) + " waiting"
	if done := doneText(o); done != "" {
		return text + ", " + done + ". They go out by themselves."
	}
	return text + ". They go out by themselves."
}

// doneText says when nothing waits any more: with the last of the webhooks, and
// only if that can be told of all; else "".
func doneText(o control.Overview) string {
	var last control.WebhookView
	for _, v := range o.Webhooks {
		if v.Waiting == 0 || v.Condition == control.Paused || v.Condition == control.Off {
			continue
		}
		if words.Backlog(v, o.Now) == "" {
			return ""
		}
		if v.Done.After(last.Done) {
			last = v
		}
	}
	if last.Done.IsZero() {
		return ""
	}
	return words.Done(last.Done, o.Now)
}

func pausedText(o control.Overview) string {
	if o.PausedUntil.IsZero() {
		return "New records are still collected. They go out when you resume."
	}
	return "New records are still collected. Sending resumes by itself: " + words.When(o.PausedUntil, o.Now) + "."
}

func waitingText(o control.Overview) string {
	if o.Waiting == 0 {
		return "New messages wait until it is back."
	}
	if o.Waiting == 1 && !o.About {
		return "1 message is waiting. It goes out by itself."
	}
	return words.About(o.Waiting, o.About) + " messages are waiting. They go out by themselves."
}

// offline tells whether the last tries found no network on this computer.
func offline(o control.Overview) bool { return slices.ContainsFunc(o.Webhooks, withoutNetwork) }

func anyOn(o control.Overview) bool {
	return slices.ContainsFunc(o.Webhooks, func(v control.WebhookView) bool { return v.Webhook.State == core.StateOn })
}

// tile is one of the four numbers.
type tile struct {
	number, word, sub string
}

// tilesOf gives delivered, waiting, failed and sources, in this order.
func tilesOf(o control.Overview) [4]tile {
	waiting := tile{words.Number(o.Waiting), "waiting", "Nothing to wait for"}
	if o.About {
		waiting.number = "~" + waiting.number
	}
	switch {
	case o.Waiting > 0 && o.Paused:
		waiting.sub = "Sending is paused"
	case o.Waiting > 0 && doneText(o) != "":
		waiting.sub = words.Sentence(doneText(o))
	case !o.NextTry.IsZero():
		waiting.sub = "Next try " + at(o.NextTry, o.Now)
	case o.Waiting > 0:
		waiting.sub = "Not sent yet"
	}
	failed := tile{words.Number(o.Failed), "failed", "None kept"}
	if o.Failed > 0 {
		failed.sub = "Since " + words.When(o.FailedSince, o.Now)
	}
	sources := tile{words.Number(uint64(o.Sources)), "sources", "No record yet"}
	if o.Sources == 1 {
		sources.word = "source"
	}
	if !o.LastRecord.IsZero() {
		sources.sub = "Last record " + words.Ago(o.LastRecord, o.Now)
	}
	return [4]tile{{words.Number(o.DeliveredToday), "delivered", "Today, so far"}, waiting, failed, sources}
}

func at(t, now time.Time) string {
	if !t.After(now) {
		return "now"
	}
	if words.Day(t, now) == "today" {
		return "at " + words.Clock(t)
	}
	return words.When(t, now)
}

// comingText says what of a webhook is tried next: "8 messages, third try".
func comingText(c control.Coming) string {
	text := words.Messages(uint64(c.Count))
	if c.Try > 1 {
		text += fmt.Sprintf(", try %d", c.Try)
	}
	return text
}

// busiest names the hour with most messages: "busiest at 09:00 (452)"; "" while
// there were none.
func busiest(hours []control.Hour) string {
	var best control.Hour
	for _, h := range hours {
		if h.Delivered+h.Failed > best.Delivered+best.Failed {
			best = h
		}
	}
	if best.Start.IsZero() {
		return ""
	}
	return fmt.Sprintf("busiest at %s (%s)", words.Clock(best.Start), words.Number(best.Delivered+best.Failed))
}

// inOrder gives the webhooks as lists show them: what needs somebody first.
func inOrder(all []control.WebhookView) []control.WebhookView {
	sorted := slices.Clone(all)
	slices.SortStableFunc(sorted, func(a, b control.WebhookView) int {
		return words.WebhookOrder(a) - words.WebhookOrder(b)
	})
	return sorted
}
