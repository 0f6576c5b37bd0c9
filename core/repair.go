package core

import "time"

// Repair is what a damaged store was repaired to, as it is remembered until
// somebody has seen it.
type Repair struct {
	At      time.Time
	Damaged string // name of the file in the data folder that keeps the store as it was found

	Records  uint64 // that were saved
	Messages uint64 // likewise, of the history
	Webhooks int    // likewise
	Sources  int    // likewise

	Lost []string // what could not be read, a sentence each; none if all was saved

	// Paused says that sending was paused for the repair's sake, so that somebody
	// looks before anything goes out.
	Paused bool
	// Forgot says that what sources remember may be gone, so that they would take what
	// is there already for new: they have still to be told to ask first.
	Forgot bool
}
