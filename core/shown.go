package core

// Shown is a message in a form to read: the same as what is sent, with dots
// where it holds a secret.
type Shown struct {
	Method  string
	Host    string   // of the address; the rest of an address counts as secret outside the editor
	URL     string   // whole, for the editor alone
	Pairs   []Pair   // names and values of a form or of the JSON object, in order
	Headers []string // "Name: value" lines, in order
	Body    string   // the exact text
	Notes   []Note   // what to know about it
}

// Pair is a name and its value; dots if it is a secret.
type Pair struct {
	Name, Value string
	Secret      bool
}

// Note is a remark about a message that could be made, such as a field that the
// record does not have.
type Note struct {
	Warn  bool
	Where string // place in the webhook: "address", "field:3" (from 0), "header:1", "template", "sign"; may be empty
	Text  string // a sentence
}
