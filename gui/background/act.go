package background

// Act runs f in a turn of its own: no done runs meanwhile, and those that come
// later see all that f did. Tests act on a page through it, because Fyne's test
// driver has no event loop. The program itself never needs it, since there f and
// done are both on the UI goroutine.
func Act(f func()) {
	turn.Lock()
	defer turn.Unlock()
	f()
}
