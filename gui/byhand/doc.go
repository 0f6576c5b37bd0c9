// Package byhand is the card in which somebody fills in a form, or pastes a table, to
// send records by hand. It must not know where on a page it stands.
package byhand
