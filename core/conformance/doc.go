// Package conformance holds Hookbird against the outside: the settings files of
// five known systems, imported into the built program and checked byte for byte
// at the receiver, and receivers that nobody here wrote, each in its own
// language, that say what they understood.
//
// It has tests only. What is needed from outside and is not there (PHP, Node and
// its registry, Python) is skipped by name.
package conformance
