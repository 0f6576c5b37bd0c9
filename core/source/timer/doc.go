// Package timer makes a record at times: every so often, or at set times of the
// day by the clock on the wall, each of them once, also on the days when clocks
// change.
//
//	{"at": "2026-03-02T07:00:00+01:00", "report": "daily"}
//
// The times that a record was made for are stored in the commit of the record, so
// that neither a restart nor a clock that is put back makes one twice. A time that
// passed while the computer was off or asleep is left out, or, if the source says
// so, the latest of those is made up for. Times that pass while the source is
// paused are nobody's.
//
// The package must not know what a record is good for, nor how it is stored.
package timer
