// Package activity is the page of all messages: the list with its filters, one
// message in full, and sending again.
//
// It must not keep messages beyond what is on screen: it reads pages of the
// history as somebody scrolls, and reads them anew when something changed.
package activity
