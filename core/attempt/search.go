package attempt

import "slices"

// search looks for secrets in one text, with a bound to its work: at each place
// it tries the forms that may begin there, character by character.
type search struct {
	text         []byte
	open         int // a secret that goes on until here may go on in what was cut off
	work         int // steps that are left; below 0 the search has no result
	places, next []int
}

// end gives where a form ends whose first character ends at place: the furthest
// if it can be read in several ways, and 0 if it is not there.
func (s *search) end(f *form, place int) int {
	s.places = append(s.places[:0], place)
	for i := 1; i < len(f.chars); i++ {
		s.next = s.next[:0]
		for _, place := range s.places {
			if place >= s.open {
				return len(s.text)
			}
			s.step(f, i, place)
		}
		s.places, s.next = s.next, s.places
		if len(s.places) == 0 || s.work < 0 {
			return 0
		}
	}
	return slices.Max(s.places)
}

// step adds the places to which the i-th character of a form leads.
func (s *search) step(f *form, i, place int) {
	s.work--
	if place == len(s.text) {
		return
	}
	if escapes(rune(s.text[place])) {
		s.work -= escapeWork
	}
	list, n := readings(s.text[place:], f.layers)
	for _, r := range list[:n] {
		if !f.is(i, r.char) {
			continue
		}
		s.work -= len(s.next)
		if !slices.Contains(s.next, place+r.size) {
			s.next = append(s.next, place+r.size)
		}
	}
}

// escapeWork is how many steps it costs about to undo an escape.
const escapeWork = 16
