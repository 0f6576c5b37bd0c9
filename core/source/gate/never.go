package gate

import (
	"strings"
	"sync"

	"hookbird/core/source"
)

// Never is the list of those who asked not to be sent anywhere. It knows them by
// hashes of their e-mail addresses and of their numbers, and not by name. Any
// goroutine may use it; a nil list holds nobody.
type Never struct {
	hash func(parts ...string) [16]byte

	mu   sync.RWMutex
	list map[[16]byte]struct{}
}

// NewNever makes an empty list.
func NewNever(hash func(parts ...string) [16]byte) *Never {
	return &Never{hash: hash, list: map[[16]byte]struct{}{}}
}

// HashOf gives the hash of an address or number as somebody typed it; ok is false for
// what is neither.
func (n *Never) HashOf(text string) (sum [16]byte, ok bool) {
	plain := plainly(text)
	if plain == "" {
		return sum, false
	}
	return n.hash("never", plain), true
}

// Set adds or removes a hash.
func (n *Never) Set(sum [16]byte, in bool) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if in {
		n.list[sum] = struct{}{}
	} else {
		delete(n.list, sum)
	}
}

// Len is how many hashes are in the list.
func (n *Never) Len() int {
	n.mu.RLock()
	defer n.mu.RUnlock()
	return len(n.list)
}

// Holds tells whether a record is about somebody in the list: whether any of its
// texts and numbers is one of theirs.
func (n *Never) Holds(object []byte) (holds bool) {
	if n == nil || n.Len() == 0 {
		return false
	}
	source.Texts(object, func(text string) {
		if !holds {
			if sum, ok := n.HashOf(text); ok {
				n.mu.RLock()
				_, holds = n.list[sum]
				n.mu.RUnlock()
			}
		}
	})
	return holds
}

// minNumber is how many digits a number has at least by which somebody is known.
const minNumber = 5

// plainly gives an e-mail address in small letters, a number as its digits alone,
// and "" for anything else.
func plainly(text string) string {
	text = strings.ToLower(strings.TrimSpace(text))
	if len(text) > 254 {
		return "" // RFC 5321 allows no longer address
	}
	if at := strings.LastIndexByte(text, '@'); at > 0 && at < len(text)-1 && !strings.ContainsAny(text, " \t\r\n,;<>") {
		return text
	}
	digits := make([]byte, 0, len(text))
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits = append(digits, byte(c))
		case !strings.ContainsRune(" +-/.()", c):
			return ""
		}
	}
	if len(digits) < minNumber {
		return ""
	}
	return string(digits)
}
