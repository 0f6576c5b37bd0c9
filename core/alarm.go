package core

import "strings"

// AlarmSource is what events about Hookbird itself have as their source.
const AlarmSource = "hookbird"

// Types of events about Hookbird itself.
const (
	AlarmSilent  = "hookbird.source.silent"  // what was expected of a source has not come
	AlarmHeard   = "hookbird.source.heard"   // it has come after all
	AlarmStopped = "hookbird.source.stopped" // a source cannot be read
	AlarmHeld    = "hookbird.webhook.held"   // a webhook is held: its target is down, or its settings need a look
	AlarmFailed  = "hookbird.message.failed" // a message was given up; none for those of these types
)

// IsAlarm tells whether a type is one of an event about Hookbird itself.
func IsAlarm(eventType string) bool { return strings.HasPrefix(eventType, OwnEvents) }
