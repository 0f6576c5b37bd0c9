// Package conditions is the card that says which records a webhook sends: its
// filter as conditions to choose, or as text, and how many of the last records
// it takes.
//
// What somebody filled in is plain Go, in draft.go. The Card shows it; it knows
// the page that it stands on only by the Page interface, and asks the engine
// only through Service. It does not read or save a webhook.
package conditions
