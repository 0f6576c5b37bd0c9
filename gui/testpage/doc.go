// Package testpage sends one message for real, about a made-up person or a
// record of the user's choice, and shows what came of it: what to do next, what
// was sent and what came back.
//
// It must not build or judge messages itself: the engine sends, and package
// attempt finds the words.
package testpage
