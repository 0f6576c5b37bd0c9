// Package sources is the page of where records come from: the list with what
// sources ask, a page to set up each kind, and a page of each source's own.
//
// It must not know the shell or other pages: what reaches beyond the page is given
// to it as functions. It reads no source itself: what is there is what the engine
// finds.
package sources
