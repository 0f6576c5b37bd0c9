package merge

import "time"

// BuiltIn is a merge field that is not of the record.
type BuiltIn struct {
	Name    string // with its @
	Meaning string
	Example string
	value   func(s *Scope) string
}

// timeForm writes a moment with its offset: what a person here calls the day is
// then the date in it.
const timeForm = "2006-01-02T15:04:05.000Z07:00"

var builtIns = []BuiltIn{
	{"@id", "The number of the record, never given twice.", "0190b2d3-7c4e-7a51-9f0e-3b8d5c6a1e42", func(s *Scope) string {
		if s.Event == nil {
			return ""
		}
		return s.Event.ID
	}},
	{"@type", "What kind of event the record came as.", "contact.created", func(s *Scope) string {
		if s.Event == nil {
			return ""
		}
		return s.Event.Type
	}},
	{"@time", "When the record came in.", "2026-05-01T09:30:00.000+02:00", func(s *Scope) string {
		if s.Event == nil {
			return ""
		}
		return local(s.Event.Time, timeForm)
	}},
	{"@source", "The id of the source it came from.", "box-office", func(s *Scope) string {
		if s.Event == nil {
			return ""
		}
		return s.Event.Source
	}},
	{"@delivery", "The number of the message, the same on every try.", "msg_gq4dcnbvg44tmmrtgm2tknrxha", func(s *Scope) string {
		return s.Delivery
	}},
	{"@today", "The day on which the message is sent.", "2026-05-01", func(s *Scope) string {
		return local(s.At, time.DateOnly)
	}},
}

// local writes a moment by the clock of this computer, and nothing for none.
func local(t time.Time, form string) string {
	if t.IsZero() {
		return ""
	}
	return t.Local().Format(form)
}

// BuiltIns lists the merge fields that are not of the record.
func BuiltIns() []BuiltIn { return append([]BuiltIn(nil), builtIns...) }

// builtIn finds one by its name.
func builtIn(name string) *BuiltIn {
	for i := range builtIns {
		if builtIns[i].Name == name {
			return &builtIns[i]
		}
	}
	return nil
}

func builtInNames() []string {
	names := make([]string, len(builtIns))
	for i, b := range builtIns {
		names[i] = b.Name
	}
	return names
}
