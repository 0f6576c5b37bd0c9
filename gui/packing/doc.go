// Package packing knows the ways to pack a message as they are offered on screen,
// each with a sample made of the user's own records.
//
// It must not pack anything: what is really sent is made by the engine.
package packing
