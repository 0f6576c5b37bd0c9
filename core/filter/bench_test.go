package filter_test

import (
	"testing"

	"hookbird/core"
	"hookbird/core/filter"
)

// member is an event of 500 bytes.
const member = `{"contactNumber":"1002345","contactId":9007199254740993,"role":"MEMBER","state":"ACTIVE","type":"INDIVIDUAL",` +
	`"creationDate":"2026-11-22T19:30:00Z","individualContact":{"firstName":"Ada","lastName":"Lovelace","birthDate":"1984-05-01"},` +
	`"addresses":[{"isMain":false,"zipCode":"75001","town":"Paris"},{"isMain":true,"zipCode":"13001","town":"Marseille"}],` +
	`"indicators":[{"code":"NEWS","value":false},{"code":"VIP","value":true}],"note":"A note of the kind that people write about others."}`

var threeConditions = map[string]string{
	"documented": "role=MEMBER;addresses(isMain).zipCode=13.*;indicators(*).value=true",
	"words":      `individualContact.firstName is ADA;note contains people;state is one of new, active`,
	"order":      "creationDate>2026-01-01;individualContact.birthDate<1990-01-01;contactId>=9007199254740993",
}

func BenchmarkMatch(b *testing.B) {
	v := record(b, member)
	for name, text := range threeConditions {
		b.Run(name, func(b *testing.B) {
			f := parse(b, text)
			b.ReportAllocs()
			for b.Loop() {
				if !f.Match(v) {
					b.Fatal("not taken")
				}
			}
		})
	}
}

func BenchmarkWants(b *testing.B) {
	m, err := filter.For(&core.Webhook{Filter: threeConditions["documented"]})
	if err != nil {
		b.Fatal(err)
	}
	e := &core.Event{Type: "contact.updated", Data: []byte(member)}
	b.ReportAllocs()
	for b.Loop() {
		if !m.Wants(e) {
			b.Fatal("not taken")
		}
	}
}

func BenchmarkParse(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		parse(b, threeConditions["documented"])
	}
}

// Matching costs no memory.
func TestMatchAllocatesNothing(t *testing.T) {
	v := record(t, member)
	for name, text := range threeConditions {
		f := parse(t, text)
		if n := testing.AllocsPerRun(20, func() { f.Match(v) }); n != 0 || !f.Match(v) {
			t.Errorf("%s: %v allocations", name, n)
		}
	}
}
