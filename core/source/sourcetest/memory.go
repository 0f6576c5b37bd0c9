// Package sourcetest holds what the hosts in tests of sources have alike. It must
// not be used outside of tests.
package sourcetest

import (
	"maps"
	"slices"
	"strings"
	"sync"

	"hookbird/core"
)

// Memory is what one source remembers, in memory. Any goroutine may use it.
type Memory struct {
	mu    sync.Mutex
	marks map[string]string
}

// Keep does what a commit does with marks. events are those of the same commit, of which
// no mark may tell anything.
func (m *Memory) Keep(marks []core.Mark, events ...*core.Event) {
	mustTellNothing(events, marks)
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.marks == nil {
		m.marks = map[string]string{}
	}
	for _, mark := range marks {
		if mark.Value == nil {
			delete(m.marks, mark.Key)
		} else {
			m.marks[mark.Key] = string(mark.Value)
		}
	}
}

// Mark is that of source.Host.
func (m *Memory) Mark(_, key string) (value []byte, ok bool, err error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	v, ok := m.marks[key]
	return []byte(v), ok, nil
}

// Marks is that of source.Host.
func (m *Memory) Marks(_, prefix string, visit func(key string, value []byte) error) error {
	all := m.All()
	for _, key := range slices.Sorted(maps.Keys(all)) {
		if strings.HasPrefix(key, prefix) {
			if err := visit(key, []byte(all[key])); err != nil {
				return err
			}
		}
	}
	return nil
}

// All gives a copy of everything remembered.
func (m *Memory) All() map[string]string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return maps.Clone(m.marks)
}
