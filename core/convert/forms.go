package convert

// DateForms gives the forms of dates that read every one of the examples, best
// first; empty examples are passed over.
func DateForms(examples []string) []string { return nil }

// NumberForms gives the forms of numbers that read every one of the examples, best
// first; empty examples are passed over.
func NumberForms(examples []string) []string { return nil }
