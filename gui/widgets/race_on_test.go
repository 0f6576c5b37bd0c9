//go:build race

package widgets_test

// racing says that the race detector watches, which makes drawing many times
// slower.
const racing = true
