//go:build !race

package widgets_test

const racing = false
