package merge

import "bytes"

// plainGuide is of a place without rules.
type plainGuide struct{}

func (plainGuide) take(string) (int, error)                   { return 0, nil }
func (plainGuide) spot() (spot, error)                        { return spotPlain, nil }
func (plainGuide) literal(dst, text []byte, _, _ bool) []byte { return append(dst, text...) }
func (plainGuide) check(*Text, string) (int, string)          { return 0, "" }

// headerGuide is of the value of a header line.
type headerGuide struct{ plainGuide }

func (headerGuide) spot() (spot, error) { return spotHeader, nil }

// check finds what no header line can hold.
func (headerGuide) check(_ *Text, mask string) (at int, problem string) {
	if at = bytes.IndexFunc([]byte(mask), isControl); at < 0 {
		return 0, ""
	}
	return at, "A header line cannot hold a line break or another character that cannot be seen. Remove the one at {at}."
}
