package pagecheck

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"io"
	"os"
	"slices"
)

// Found is told what Salvage finds. What its functions are given is valid during
// the call only; an error ends the search.
type Found struct {
	// Bucket is a bucket of the root and its sequence, before its entries.
	Bucket func(name []byte, sequence uint64) error
	// Entry is one that a tree leads to.
	Entry func(bucket, key, value []byte) error
	// Stray is one that no tree leads to any more and that may be of a bucket, by what
	// was lost of that. Nobody knows whether it was replaced since. Strays come after
	// all entries, and the later ones of a key are the less likely ones.
	Stray func(bucket, key, value []byte) error
}

// Loss is a part of a bucket that could not be followed. What was in it may be
// among the strays.
type Loss struct {
	Bucket    string
	From, End []byte // the keys that belong there: from included, end not; nil is no bound
}

// Holds tells whether a key belongs to what was lost.
func (l Loss) Holds(key []byte) bool {
	return bytes.Compare(key, l.From) >= 0 && (l.End == nil || bytes.Compare(key, l.End) < 0)
}

// Salvage reads what can still be read of a bbolt file, however damaged. known
// tells the names of the buckets that the root may have, and progress is told how
// far the search is, in percent; it may be nil. Nothing in what it finds is certain
// but that its bytes stand in the file: values need a checksum of their own.
func Salvage(ctx context.Context, f io.ReaderAt, size int64, known []string, to Found, progress func(percent int)) ([]Loss, error) {
	s := &salvager{ctx: ctx, f: f, known: known, to: to, progress: progress}
	metas := s.metas(size)
	s.reached = make([]uint64, s.pages/64+1)
	if err := s.roots(metas); err != nil {
		return nil, err
	}
	for _, name := range known {
		b, ok := s.buckets[name]
		if !ok {
			s.lose(name, nil, nil)
			continue
		}
		if err := s.bucket(name, b); err != nil {
			return nil, err
		}
	}
	if len(s.losses) == 0 {
		return nil, nil
	}
	return s.losses, s.strays(metas)
}

// salvager goes through a damaged file.
type salvager struct {
	ctx      context.Context
	f        io.ReaderAt
	pageSize int64
	pages    uint64
	known    []string
	to       Found
	progress func(percent int)

	buckets map[string]rooted // of the root, by name
	reached []uint64          // a bit a page that a tree led to
	losses  []Loss
	looked  uint64
}

// rooted is a bucket as its parent has it.
type rooted struct {
	root     uint64 // 0 if its only page is inline
	sequence uint64
	inline   []byte
}

// metas gives the meta pages that can be read, the newer first, and finds out how
// large the pages are.
func (s *salvager) metas(size int64) []meta {
	s.pageSize = int64(os.Getpagesize())
	var found []meta
	first, ok := metaAt(s.f, 0)
	if ok {
		found = append(found, first)
		s.pageSize = int64(first.pageSize)
	}
	for at := int64(minPageSize); at <= maxPageSize && at < size; at *= 2 {
		if m, isMeta := metaAt(s.f, at); isMeta && int64(m.pageSize) == at && (!ok || at == s.pageSize) {
			found = append(found, m)
			s.pageSize = at
			break
		}
	}
	if len(found) == 2 && found[1].tx > found[0].tx {
		found[0], found[1] = found[1], found[0]
	}
	s.pages = uint64(size / s.pageSize)
	return found
}

// page reads a page with its overflow, whatever it calls itself; ok is false if
// there is none.
func (s *salvager) page(id uint64) (p page, ok bool, err error) {
	if err := s.ctx.Err(); err != nil {
		return p, false, err
	}
	if s.looked++; s.progress != nil && s.looked%256 == 0 {
		s.progress(int(min(99, s.looked*100/(2*s.pages+1))))
	}
	if id < 2 || id >= s.pages {
		return p, false, nil
	}
	b := make([]byte, s.pageSize)
	if _, err := s.f.ReadAt(b, int64(id)*s.pageSize); err != nil {
		return p, false, unlessBad(err)
	}
	p = parseHeader(b)
	if p.id != id || p.overflow == 0 || uint64(p.overflow) >= s.pages-id {
		return p, true, nil
	}
	long := make([]byte, (int64(p.overflow)+1)*s.pageSize)
	if _, err := s.f.ReadAt(long, int64(id)*s.pageSize); err != nil {
		return p, true, unlessBad(err)
	}
	p.b = long
	return p, true, nil
}

// unlessBad takes what the disk cannot read for damage of the file.
func unlessBad(err error) error {
	var bad *os.PathError
	if errors.As(err, &bad) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return nil
	}
	return err
}

// loosely reads the elements of a page that can be read; whole tells whether those
// are all.
func (p page) loosely() (good []element, whole bool) {
	n := min(int(p.count), (len(p.b)-headerSize)/elementSize)
	if fitting, ok := p.fitting(); ok { // else the first is damaged
		n = fitting
	}
	whole = n == int(p.count)
	for i := range n {
		e, ok := p.element(headerSize + elementSize*i)
		if !ok {
			whole = false
			continue
		}
		good = append(good, e)
	}
	ordered := inOrder(good)
	return ordered, whole && len(ordered) == len(good)
}

// inOrder leaves out the elements whose keys cannot be right, because they do not
// rise.
func inOrder(all []element) []element {
	var good []element
	for i, e := range all {
		if n := len(good); n > 0 && bytes.Compare(good[n-1].key, e.key) >= 0 {
			fits := i+1 < len(all) && bytes.Compare(good[n-1].key, all[i+1].key) < 0
			below := n < 2 || bytes.Compare(good[n-2].key, e.key) < 0
			if fits || !below {
				continue // it is this one
			}
			good = good[:n-1] // it is the one before
		}
		good = append(good, e)
	}
	return good
}

func (s *salvager) lose(bucket string, from, end []byte) {
	s.losses = append(s.losses, Loss{Bucket: bucket, From: bytes.Clone(from), End: bytes.Clone(end)})
}

// roots finds the buckets of the root: as the newest start of the file has them, as
// the one before has those that are missing, else wherever they stand.
func (s *salvager) roots(metas []meta) error {
	s.buckets = map[string]rooted{}
	for _, m := range metas {
		if s.complete() {
			return nil
		}
		t := tree{s: s, root: true, leaf: func(e element) error { s.root(e, false); return nil }}
		if err := t.walk(m.root); err != nil {
			return err
		}
	}
	for id := uint64(2); id < s.pages && !s.complete(); id++ {
		p, ok, err := s.page(id)
		if err != nil {
			return err
		}
		if !ok || p.flags != leafFlag {
			continue
		}
		elements, _ := p.loosely()
		for _, e := range elements {
			s.root(e, true)
		}
	}
	return nil
}

// complete tells whether every bucket that may be there was found by a tree.
func (s *salvager) complete() bool {
	for _, name := range s.known {
		if _, ok := s.buckets[name]; !ok {
			return false
		}
	}
	return true
}

// root takes an element of the root. One that was found anywhere counts if nothing
// better is known; the newer has the higher sequence.
func (s *salvager) root(e element, anywhere bool) {
	if !e.bucket || len(e.value) < bucketSize {
		return
	}
	name := string(e.key)
	b := rooted{root: binary.NativeEndian.Uint64(e.value), sequence: binary.NativeEndian.Uint64(e.value[8:])}
	if b.root >= s.pages {
		return
	}
	if b.root == 0 {
		b.inline = bytes.Clone(e.value[bucketSize:])
	}
	old, ok := s.buckets[name]
	if !slices.Contains(s.known, name) || ok && (!anywhere || old.sequence >= b.sequence) {
		return
	}
	s.buckets[name] = b
}

// bucket tells of a bucket and of all that its tree leads to.
func (s *salvager) bucket(name string, b rooted) error {
	if err := s.to.Bucket([]byte(name), b.sequence); err != nil {
		return err
	}
	t := tree{s: s, name: name, leaf: func(e element) error { return s.to.Entry([]byte(name), e.key, e.value) }}
	if b.root != 0 {
		return t.walk(b.root)
	}
	if len(b.inline) < headerSize {
		s.lose(name, nil, nil)
		return nil
	}
	return t.entries(parseHeader(b.inline), span{})
}

// tree follows one tree as far as it can be followed.
type tree struct {
	s      *salvager
	name   string
	root   bool // of buckets: what is lost is looked for elsewhere
	strays bool // nothing is certain in it
	seen   map[uint64]bool
	leaf   func(e element) error
}

func (t *tree) lose(at span) {
	if !t.root && !t.strays {
		t.s.lose(t.name, at.from, at.end)
	}
}

func (t *tree) walk(id uint64) error {
	t.seen = map[uint64]bool{}
	waiting := []span{{id: id}}
	for len(waiting) > 0 {
		last := waiting[len(waiting)-1]
		waiting = waiting[:len(waiting)-1]
		below, err := t.page(last)
		if err != nil {
			return err
		}
		waiting = append(waiting, below...)
	}
	return nil
}

// page looks at one page and gives those that hang from it.
func (t *tree) page(at span) ([]span, error) {
	p, ok, err := t.s.page(at.id)
	if err != nil {
		return nil, err
	}
	if t.strays && t.s.hasReached(at.id) {
		return nil, nil // the newer tree has it too
	}
	if !ok || t.seen[at.id] || p.flags != branchFlag && p.flags != leafFlag {
		t.lose(at)
		return nil, nil
	}
	t.seen[at.id] = true
	if p.flags == branchFlag {
		t.s.reach(at.id, p)
		return t.branch(p, at), nil
	}
	return nil, t.entries(p, at)
}

func (s *salvager) reach(id uint64, p page) {
	n := uint64(len(p.b)) / uint64(s.pageSize)
	for i := id; i < id+n && i < s.pages; i++ {
		s.reached[i/64] |= 1 << (i % 64)
	}
}

func (s *salvager) hasReached(id uint64) bool {
	return id < s.pages && s.reached[id/64]&(1<<(id%64)) != 0
}

// branch gives what hangs from a branch page, and loses what hung from entries
// that cannot be read.
func (t *tree) branch(p page, at span) []span {
	elements, whole := p.loosely()
	if !whole || len(elements) == 0 || p.id != at.id {
		t.lose(at)
	}
	return branches(elements, at.end)
}

// entries tells of the entries of a leaf page.
func (t *tree) entries(p page, at span) error {
	elements, whole := p.loosely()
	if !whole || p.id != at.id && at.id != 0 {
		t.lose(at)
	}
	if n := len(elements); n > 0 && !t.root && !t.strays {
		first, last := elements[0].key, elements[n-1].key
		if bytes.Compare(first, at.from) < 0 || at.end != nil && bytes.Compare(last, at.end) >= 0 {
			t.elsewhere(first, last, at)
			return nil // among the strays it is told of
		}
	}
	if at.id != 0 {
		t.s.reach(at.id, p)
	}
	for _, e := range elements {
		if err := t.leaf(e); err != nil {
			return err
		}
	}
	return nil
}

// elsewhere loses all that a page with keys of another place may stand for.
func (t *tree) elsewhere(first, last []byte, at span) {
	from, end := at.from, at.end
	if bytes.Compare(first, from) < 0 {
		from = first
	}
	if end != nil && bytes.Compare(last, end) >= 0 {
		end = append(bytes.Clone(last), 0)
	}
	t.s.lose(t.name, from, end)
}

// strays tells of what no tree leads to: first of what the start of the file before
// the newest leads to, then of every other page.
func (s *salvager) strays(metas []meta) error {
	for _, m := range metas[min(1, len(metas)):] {
		if err := s.older(m); err != nil {
			return err
		}
	}
	for id := uint64(2); id < s.pages; id++ {
		if s.hasReached(id) {
			continue
		}
		p, ok, err := s.page(id)
		if err != nil {
			return err
		}
		if !ok || p.flags == branchFlag {
			continue
		}
		elements, _ := p.loosely()
		if err := s.stray(elements); err != nil {
			return err
		}
	}
	return nil
}

func (s *salvager) stray(elements []element) error {
	for _, e := range elements {
		if e.bucket {
			continue
		}
		for i, l := range s.losses {
			again := slices.ContainsFunc(s.losses[:i], func(o Loss) bool { return o.Bucket == l.Bucket && o.Holds(e.key) })
			if again || !l.Holds(e.key) {
				continue
			}
			if err := s.to.Stray([]byte(l.Bucket), e.key, e.value); err != nil {
				return err
			}
		}
	}
	return nil
}

// older tells of the parts of an older tree that the newer does not share.
func (s *salvager) older(m meta) error {
	var buckets []rooted
	roots := tree{s: s, root: true, leaf: func(e element) error {
		if e.bucket && len(e.value) >= bucketSize {
			buckets = append(buckets, rooted{root: binary.NativeEndian.Uint64(e.value), inline: bytes.Clone(e.value[bucketSize:])})
		}
		return nil
	}}
	if err := roots.walk(m.root); err != nil {
		return err
	}
	for _, b := range buckets {
		if b.root == 0 && len(b.inline) >= headerSize {
			elements, _ := parseHeader(b.inline).loosely()
			if err := s.stray(elements); err != nil {
				return err
			}
			continue
		}
		t := tree{s: s, strays: true, leaf: func(e element) error { return s.stray([]element{e}) }}
		if err := t.walk(b.root); err != nil {
			return err
		}
	}
	return nil
}
