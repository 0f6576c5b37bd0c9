// Package attempt makes one HTTP exchange with a webhook's target and says what
// came of it: for the engine as a cause and its class, for a person in words and
// next steps.
//
// It must not decide whether and when to try again, and keeps nothing.
package attempt
