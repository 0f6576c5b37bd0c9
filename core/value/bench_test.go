package value_test

import (
	"testing"

	"hookbird/core/value"
)

const supporter = `{"firstname":"Ada","lastname":"Lovelace","email":"ada@example.org","zipcode":"01067","street":"Some Street 12","city":"Dresden","country":"DE","phone":"+49 351 123456","birthday":"1815-12-10","newsletter":"yes","source":"web","note":"A longer note, \"quoted\", of the kind that people write."}`

func BenchmarkParse(b *testing.B) {
	data := []byte(supporter)
	p, _ := value.ParsePath("zipcode")
	b.ReportAllocs()
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		v, err := value.Parse(data)
		if err != nil {
			b.Fatal(err)
		}
		if _, ok := p.Find(v); !ok {
			b.Fatal("not found")
		}
	}
}

func BenchmarkFind(b *testing.B) {
	for _, path := range []string{"zipcode", "Zipcode", "addresses(isMain).zipCode", "items(code=A1).price", "a_name_that_is_not_in_the_record_at_all.zipCode"} {
		b.Run(path, func(b *testing.B) {
			v := parse(b, supporter)
			if path[0] == 'a' || path[0] == 'i' {
				v = parse(b, order)
			}
			p, err := value.ParsePath(path)
			if err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			for b.Loop() {
				p.Find(v)
			}
		})
	}
}

// Finding a field costs no memory, nor does looking at every value of a list.
func TestFindAllocatesNothing(t *testing.T) {
	v := parse(t, order)
	for _, path := range []string{"text", "one.zipCode", "addresses(isMain).zipCode", "items(code=A1).price", "tags(2)", "not.there"} {
		p, err := value.ParsePath(path)
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(20, func() { p.Find(v) }); n != 0 {
			t.Errorf("Find of %s allocates %v times", path, n)
		}
	}
	p, _ := value.ParsePath("nested.lists(*).in(*)")
	count := 0
	if n := testing.AllocsPerRun(20, func() {
		p.Each(v, func(value.Value) bool {
			count++
			return true
		})
	}); n != 0 || count == 0 {
		t.Errorf("Each allocates %v times", n)
	}
}
