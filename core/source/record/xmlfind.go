package record

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
)

// xmlPath is what was seen of the elements at one path, like "members/member".
type xmlPath struct {
	path       string
	name       string
	depth      int
	count      int
	repeats    bool // twice in one parent
	holds      bool // elements or attributes
	attributes bool
	order      int
}

// Bounds of the paths that are looked at.
const (
	maxPaths    = 1000
	longestName = 100 // bytes
)

// repeated gives the names of the elements that repeat, the likeliest first: those
// that are nearest to the top, then those that hold something, then those that come
// most often. If none repeats, the file holds one record: the only element with
// something in it below the first, or the first itself. A name that other elements
// have too comes with the names above it.
func repeated(sample []byte) []string {
	paths := pathsOf(sample)
	var list []*xmlPath
	for _, p := range paths {
		if p.repeats {
			list = append(list, p)
		}
	}
	slices.SortFunc(list, func(a, b *xmlPath) int {
		return cmp.Or(cmp.Compare(a.depth, b.depth), -cmp.Compare(asInt(a.holds), asInt(b.holds)), -cmp.Compare(a.count, b.count), cmp.Compare(a.order, b.order))
	})
	if len(list) == 0 {
		list = only(paths)
	}
	names := make([]string, len(list))
	for i, p := range list {
		names[i] = p.shortest(paths)
	}
	return names
}

// only is the element of a file with one record.
func only(paths []*xmlPath) []*xmlPath {
	var below []*xmlPath
	for _, p := range paths {
		if p.depth == 2 {
			below = append(below, p)
		}
	}
	switch {
	case len(paths) == 0:
		return nil
	case len(below) == 1 && below[0].holds && !paths[0].attributes:
		return below
	}
	return paths[:1]
}

// shortest is the name of the element, or its path if others are called the same.
func (p *xmlPath) shortest(paths []*xmlPath) string {
	for _, other := range paths {
		if other != p && other.name == p.name {
			return p.path
		}
	}
	return p.name
}

// pathsOf looks at the elements of the first part of a file, in the order in which
// they come, as far as it can be read.
func pathsOf(sample []byte) (list []*xmlPath) {
	x := newXMLScan(bytes.NewReader(sample))
	at := map[string]*xmlPath{}
	var open []map[*xmlPath]bool // what came in each open element
	var path []string
	for {
		token, err := x.next()
		if err != nil || len(list) == maxPaths {
			return list
		}
		switch token {
		case xmlEnd:
			open, path = open[:len(open)-1], path[:len(path)-1]
		case xmlStart:
			path = append(path, string(local(x.name[:min(len(x.name), longestName)])))
			whole := strings.Join(path, "/")
			p, ok := at[whole]
			if !ok {
				p = &xmlPath{path: whole, name: path[len(path)-1], depth: len(path), order: len(list)}
				at[whole], list = p, append(list, p)
			}
			p.count++
			p.attributes = p.attributes || hasAttributes(x.attrs)
			p.holds = p.holds || p.attributes
			if n := len(open); n > 0 {
				p.repeats = p.repeats || open[n-1][p]
				open[n-1][p] = true
				at[strings.Join(path[:n], "/")].holds = true
			}
			open = append(open, map[*xmlPath]bool{})
		}
	}
}

// hasAttributes tells whether there are attributes that are no declarations of prefixes.
func hasAttributes(attrs []byte) bool {
	for {
		name, _, rest, ok := attr(attrs)
		if !ok || !bytes.HasPrefix(name, []byte("xmlns")) && !bytes.HasPrefix(name, []byte("xsi:")) {
			return ok
		}
		attrs = rest
	}
}
