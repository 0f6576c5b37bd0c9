// Package paste reads what somebody copied out of another system's help page or
// out of a browser and fills in as much of a new webhook as it tells:
//
//	a curl line      address, method, header lines, packing, names of fields
//	sample JSON      packing and names, nested ones with dots
//	a form's data    packing and names
//	a list of names  the names, and the values of a line below them
//	a web address    the address
//
// It guesses, and says in sentences what it guessed. What looks like a key becomes
// a secret and appears in no sentence. The values of a sample are examples: from
// which of the user's own fields they come is for the user to say, with Match as a
// start.
//
// It must not know of the window, nor read anything but the text it is given.
package paste
