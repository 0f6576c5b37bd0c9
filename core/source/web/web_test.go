package web

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"

	"hookbird/core"
	"hookbird/core/source"
)

func keyed() core.WebSource { return core.WebSource{Keys: []string{"id"}} }

func TestNewAndChanged(t *testing.T) {
	w := keyed()
	w.Changed = true
	b := newBench(t, w)
	b.service.set(orders(1, 2)...)
	b.mustLook()
	b.want("created 1 new", "created 2 new")
	b.service.set(order(3, "new"), order(1, "paid"), order(2, "new"))
	b.mustLook()
	b.want("created 3 new", "updated 1 paid")
	b.start()
	b.mustLook()
	b.want()
	if cause, found := b.host.Said(); cause != "" || found != "3 records, none of them new." {
		t.Errorf("%q, %q", cause, found)
	}
}

func TestChangesAreOnlyForThoseWhoAsk(t *testing.T) {
	b := newBench(t, keyed())
	b.service.set(orders(1, 1)...)
	b.mustLook()
	b.service.set(order(1, "paid"))
	b.mustLook()
	b.want("created 1 new")
	b.src.Web.Changed = true // it is not the change of before that is told now
	b.start()
	b.mustLook()
	b.want()
}

func TestRecordsWithoutKeysAreKnownByWhatTheyHold(t *testing.T) {
	b := newBench(t, core.WebSource{})
	b.service.set(`{"n":1}`, `7`, `{"n":1}`)
	b.mustLook()
	b.service.add(`{"n":1.0}`)
	b.mustLook()
	var got []string
	for _, e := range b.host.Events() {
		got = append(got, string(e.Data))
	}
	if strings.Join(got, " ") != `{"n":1} {"value":7} {"n":1.0}` {
		t.Error(got)
	}
}

func TestPaging(t *testing.T) {
	kinds := map[string]struct {
		paging core.Paging
		set    func(*service)
		asked  string
	}{
		"link":            {core.Paging{Kind: core.PagingLink}, func(s *service) { s.links = true }, "/orders /orders?offset=3 /orders?offset=6"},
		"link in answer":  {core.Paging{Kind: core.PagingLink, Path: "next"}, nil, "/orders /orders?offset=3 /orders?offset=6"},
		"page":            {core.Paging{Kind: core.PagingPage, Param: "page", First: 1}, nil, "/orders?page=1 /orders?page=2 /orders?page=3 /orders?page=4"},
		"page with size":  {core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 3}, nil, "/orders?page=1 /orders?page=2 /orders?page=3"},
		"page, clamped":   {core.Paging{Kind: core.PagingPage, Param: "page", First: 1}, func(s *service) { s.clamp = true }, "/orders?page=1 /orders?page=2 /orders?page=3 /orders?page=4"},
		"offset":          {core.Paging{Kind: core.PagingOffset, Param: "offset"}, nil, "/orders?offset=0 /orders?offset=3 /orders?offset=6 /orders?offset=8"},
		"offset and size": {core.Paging{Kind: core.PagingOffset, Param: "offset", Size: 3}, nil, "/orders?offset=0 /orders?offset=3 /orders?offset=6"},
		"cursor":          {core.Paging{Kind: core.PagingCursor, Param: "cursor", Path: "cursor"}, nil, "/orders /orders?cursor=3 /orders?cursor=6"},
	}
	for name, tt := range kinds {
		t.Run(name, func(t *testing.T) {
			w := keyed()
			w.Paging = tt.paging
			b := newBench(t, w)
			b.service.size = 3
			if tt.set != nil {
				tt.set(b.service)
			}
			b.service.set(orders(1, 8)...)
			b.mustLook()
			b.want(news(1, 8)...)
			if got := strings.Join(b.service.asked(), " "); got != tt.asked {
				t.Errorf("asked %s, want %s", got, tt.asked)
			}
			b.service.set(append(orders(1, 8), order(9, "new"))...)
			b.mustLook()
			b.want("created 9 new")
		})
	}
}

// A list that goes round is noticed, and what stood on its pages is there.
func TestPagesThatGoRound(t *testing.T) {
	tests := map[string]core.Paging{
		"no pages":    {Kind: core.PagingPage, Param: "page", First: 1},
		"same link":   {Kind: core.PagingLink, Path: "next"},
		"same cursor": {Kind: core.PagingCursor, Param: "cursor", Path: "cursor"},
	}
	for name, paging := range tests {
		w := keyed()
		w.Paging = paging
		b := newBench(t, w)
		b.service.size, b.service.deaf = 3, true
		b.service.set(orders(1, 8)...)
		err := b.look()
		if err == nil || !strings.Contains(core.Sentence(err), "its list has no end") {
			t.Errorf("%s: %v", name, err)
		}
		b.want(news(1, 3)...)
		if asked := b.service.asked(); len(asked) > 3 {
			t.Errorf("%s: %q", name, asked)
		}
	}
}

// Pages that go round in a longer circle, and pages of which something is another each
// time, are noticed too.
func TestPagesThatGoRoundFarther(t *testing.T) {
	for name, paging := range map[string]core.Paging{
		"link":   {Kind: core.PagingLink, Path: "next"},
		"cursor": {Kind: core.PagingCursor, Param: "cursor", Path: "next"},
		"page":   {Kind: core.PagingPage, Param: "page", First: 1},
		"offset": {Kind: core.PagingOffset, Param: "offset"},
	} {
		w := keyed()
		w.Paging = paging
		b := newBench(t, w)
		b.service.refuse = func(n int, w http.ResponseWriter, _ *http.Request) bool {
			at := (n-1)%3 + 1
			next := fmt.Sprintf("?to=%d", at%3+1)
			if kind := paging.Kind; kind == core.PagingLink || kind == core.PagingCursor {
				_, _ = fmt.Fprintf(w, `{"data":{"orders":[{"id":%d,"at":%d}]},"next":%q}`, at, n, next)
			} else {
				_, _ = fmt.Fprintf(w, `{"data":{"orders":[{"id":%d,"at":%d}]}}`, at, n)
			}
			return true
		}
		if err := b.look(); !strings.Contains(core.Sentence(err), "its list has no end") {
			t.Errorf("%s: %v", name, err)
		}
		b.want("created 1", "created 2", "created 3")
		if asked := b.service.asked(); len(asked) > 5 {
			t.Errorf("%s: %q", name, asked)
		}
	}
}

func TestLongLists(t *testing.T) {
	w := keyed()
	w.Paging = core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Most: 2}
	b := newBench(t, w)
	b.service.size = 3
	b.service.set(orders(1, 8)...)
	b.mustLook()
	b.want(news(1, 6)...)
	if _, found := b.host.Said(); !strings.Contains(found, "Only the first 2 pages") {
		t.Error(found)
	}
}

func TestNothingHasChanged(t *testing.T) {
	b := newBench(t, keyed())
	b.service.tagged = true
	b.service.set(orders(1, 2)...)
	b.mustLook()
	b.start() // the ETag is remembered
	commits := b.host.Commits()
	b.mustLook()
	if _, found := b.host.Said(); found != "Nothing has changed." || b.host.Commits() != commits {
		t.Errorf("%s, %d commits", found, b.host.Commits()-commits)
	}
	b.service.tagged = false
	b.mustLook() // without ETag it is read once,
	b.mustLook() // and known by what it holds
	if _, found := b.host.Said(); found != "Nothing has changed." {
		t.Error(found)
	}
	b.service.add(order(3, "new"))
	b.mustLook()
	b.want(news(1, 3)...)
}

// Of a list of several pages the first may stay as it is while the last grows.
func TestFirstPageSaysNothingOfOthers(t *testing.T) {
	for _, links := range []bool{true, false} {
		w := keyed()
		w.Paging = core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 3}
		if links {
			w.Paging = core.Paging{Kind: core.PagingLink}
		}
		b := newBench(t, w)
		b.service.tagged, b.service.size, b.service.links, b.service.unpacked = true, 3, links, true
		b.service.lazy = true
		b.src.Web.List = ""
		for n := range 8 {
			b.service.add(order(n, "new"))
			b.mustLook()
			b.want(news(n, n)...)
		}
	}
}

// What a page brings stays, also when the next one fails; nothing comes twice.
func TestBreakingOff(t *testing.T) {
	w := keyed()
	w.Paging = core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 3}
	b := newBench(t, w)
	b.service.size = 3
	b.service.set(orders(1, 8)...)
	b.service.refuse = func(n int, w http.ResponseWriter, _ *http.Request) bool {
		if n == 3 {
			w.WriteHeader(http.StatusBadGateway)
		}
		return n == 3
	}
	if err := b.look(); err == nil || !strings.Contains(err.Error(), "502") {
		t.Fatal(err)
	}
	b.want(news(1, 6)...)
	b.start()
	b.mustLook()
	b.want(news(7, 8)...)
}

// A commit that is refused at any point loses nothing and brings nothing twice.
func TestRefusedCommits(t *testing.T) {
	w := keyed()
	w.Changed = true
	w.Paging = core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 3}
	for at := 1; ; at++ {
		b := newBench(t, w)
		b.service.size = 3
		b.service.set(orders(1, 8)...)
		b.host.Refuse(func(n int) error {
			if n == at {
				return core.Errorf(core.CodeUnavailable, "The disk is full.")
			}
			return nil
		})
		failed := b.look() != nil
		b.start()
		b.mustLook()
		b.want(news(1, 8)...)
		b.service.set(append(orders(1, 7), order(8, "paid"))...)
		b.start()
		if err := b.look(); err != nil {
			failed = true
			b.mustLook()
		}
		b.want("updated 8 paid")
		if !failed {
			return
		}
	}
}

func TestExistingIsAskedFor(t *testing.T) {
	for _, answer := range []core.ExistingDo{core.ExistingSkip, core.ExistingSend} {
		b := newBench(t, keyed())
		b.src.Existing.Do = core.ExistingAsk
		b.service.set(orders(1, 1200)...)
		for range 2 { // it goes on asking
			b.start()
			if err := b.look(); !errors.Is(err, errWait) {
				t.Fatal(err)
			}
			b.want()
		}
		q := b.host.Asked()[0]
		if q.Text != "1,200 records are already there." || len(q.Choices) != 2 {
			t.Fatalf("%+v", q)
		}
		b.host.Answer(q.ID, string(answer))
		b.start()
		b.mustLook()
		if answer == core.ExistingSend {
			b.want(news(1, 1200)...)
			if len(b.host.Runs()) == 0 {
				t.Error("many records are no run")
			}
		}
		b.want()
		b.service.add(order(1201, "new"))
		b.start()
		b.mustLook()
		b.want("created 1201 new")
		b.src.Web.Keys = []string{"id", "state"} // another place is asked about anew
		b.start()
		if err := b.look(); !errors.Is(err, errWait) || len(b.host.Asked()) != 1 {
			t.Error(err)
		}
	}
}

func TestSkippingIsNotBrokenByARefusedCommit(t *testing.T) {
	for at := 1; at <= 6; at++ {
		b := newBench(t, keyed())
		b.src.Existing.Do = core.ExistingSkip
		b.service.set(orders(1, 2500)...)
		b.host.Refuse(func(n int) error {
			if n == at {
				return core.Errorf(core.CodeUnavailable, "The disk is full.")
			}
			return nil
		})
		_ = b.look()
		b.start()
		b.mustLook()
		b.service.add(order(2501, "new"))
		b.start()
		_ = b.look()
		b.mustLook()
		b.want("created 2501 new")
	}
}

// Many at once are a run, so that single records go first.
func TestManyAreARun(t *testing.T) {
	b := newBench(t, keyed())
	b.service.set(orders(1, 2)...)
	b.mustLook()
	if runs := b.host.Runs(); len(runs) != 0 {
		t.Errorf("%+v", runs)
	}
	b.service.set(orders(1, 2+core.BulkFrom)...)
	b.mustLook()
	if runs := b.host.Runs(); len(runs) != 1 || runs[0].Name != "127.0.0.1" || runs[0].ID == "" || runs[0].Source != "s1" {
		t.Errorf("%+v", runs)
	}
}

func TestNothingThereIsNotAskedAbout(t *testing.T) {
	b := newBench(t, keyed())
	b.src.Existing.Do = core.ExistingAsk
	b.mustLook()
	b.service.set(orders(1, 1)...)
	b.start()
	b.mustLook()
	b.want("created 1 new")
}

func TestOnlyWhatIsNewer(t *testing.T) {
	w := keyed()
	w.Ask.Address = "/orders?since=[last]"
	b := newBench(t, w)
	b.src.Existing.Do = core.ExistingAsk
	b.service.set(orders(1, 1)...)
	if err := b.look(); !errors.Is(err, errWait) {
		t.Fatal(err)
	}
	b.host.Answer(b.host.Asked()[0].ID, "since:2026-05-01")
	b.start()
	b.mustLook()
	b.want("created 1 new")
	b.mustLook()
	asked := b.service.asked()
	if len(asked) != 3 || asked[0] != "/orders?since=1970-01-01T00%3A00%3A00Z" || !strings.Contains(asked[1], "since=2026-0") || asked[2] <= asked[1] {
		t.Error(asked)
	}
	b.src.Web.Gone = true
	b.start()
	if err := b.look(); !errors.Is(err, errWait) {
		t.Error(err)
	}
}

// An answer that has changed its shape holds the source, and then all is there.
func TestOtherShapes(t *testing.T) {
	b := newBench(t, keyed())
	b.service.set(orders(1, 1)...)
	b.mustLook()
	for _, answer := range []string{`{"result":[]}`, `{"data":[{"id":2}]}`, `{"data":{"orders":7}}`, `[{"id":2}]`, `{"data":{"orders":[{"nr":2},{"nr":3}]}}`, `{"data":`, `<html>`, ``} {
		b.service.refuse = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
			_, _ = io.WriteString(w, answer)
			return true
		}
		if err := b.look(); err == nil || core.Sentence(err) == core.Sentence(errors.New("x")) {
			t.Errorf("%s: %v", answer, err)
		}
	}
	b.service.refuse = nil
	b.service.add(order(2, "new"))
	b.mustLook()
	b.want(news(1, 2)...)
}

// In the middle of a look the service changes what it gives. What came before stays,
// nothing else comes in, and all is there once it is as it was.
func TestOtherShapesInTheMiddle(t *testing.T) {
	w := keyed()
	w.Paging = core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 3}
	for answer, want := range map[string]string{
		`{"data":{"orders":{"id":4,"code":7}}}`:                     "where the list was there is one object, which is none of its records",
		`{"data":{"orders":{"error":"too many"}}}`:                  "where the list was there is one object",
		`{"data":{"orders":[{"nr":4,"state":"new"}]}}`:              "none of its records has id",
		`{"data":{"orders":[{"id":null,"state":"new"},{"id":""}]}}`: "none of its records has id",
		`{"data":{"orders":"none"}}`:                                "there is a single value and no list",
		`{"error":"too many"}`:                                      "there is no list at data.orders",
		`{"data":{"orders":[{"id":4`:                                "cannot be read",
		`<!doctype html><p>Log in`:                                  "a web page and not with data",
	} {
		b := newBench(t, w)
		b.service.size = 3
		b.service.set(orders(1, 8)...)
		b.service.refuse = func(n int, w http.ResponseWriter, _ *http.Request) bool {
			if n == 2 {
				_, _ = io.WriteString(w, answer)
			}
			return n == 2
		}
		if err := b.look(); !strings.Contains(core.Sentence(err), want) {
			t.Errorf("%s: %v", answer, err)
		}
		b.want(news(1, 3)...)
		b.mustLook()
		b.want(news(4, 8)...)
	}
}

// Without keys an object in place of a list is a record only if it looks like those
// that were there. So services give the only record there is, and also their trouble.
func TestAnObjectInPlaceOfAList(t *testing.T) {
	b := newBench(t, core.WebSource{})
	b.service.set(orders(1, 2)...)
	b.mustLook()
	b.want(news(1, 2)...)
	b.start()
	for answer, fails := range map[string]bool{`{"error":"too many"}`: true, order(3, "new"): false} {
		b.service.refuse = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
			_, _ = io.WriteString(w, `{"data":{"orders":`+answer+`}}`)
			return true
		}
		if err := b.look(); (err != nil) != fails {
			t.Errorf("%s: %v", answer, err)
		}
	}
	b.want("created 3 new")
}

func TestColumnsThatAreGone(t *testing.T) {
	b := newBench(t, keyed())
	b.service.set(orders(1, 3)...)
	b.mustLook()
	b.want(news(1, 3)...)
	b.host.Hold(func(names []string) error {
		if strings.Join(names, " ") == "id status" {
			return core.Errorf(core.CodeConflict, "The column state is gone.")
		}
		t.Errorf("columns %q", names)
		return nil
	})
	b.service.set(`{"id":4,"status":"new"}`)
	if err := b.look(); !errors.Is(err, errWait) {
		t.Error(err)
	}
	b.want()
	b.host.Hold(nil)
	b.start()
	b.mustLook()
	b.want("created 4")
}

func TestRecordsThatCannotComeIn(t *testing.T) {
	b := newBench(t, keyed())
	b.service.set(order(1, "new"), order(1, "paid"), `{"state":"x"}`, order(1, "new"))
	for range 2 {
		b.mustLook()
		b.web.print = ""
	}
	b.want("created 1 new")
	left := b.host.LeftOut()
	if len(left) != 2 || !strings.Contains(left[0].Why, "same id") || !strings.Contains(left[1].Why, "has no id") || !strings.HasSuffix(left[1].Origin, ", record 3") {
		t.Errorf("%+v", left)
	}
}

func TestGone(t *testing.T) {
	w := keyed()
	w.Gone = true
	w.Paging = core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 3}
	for at := 0; at <= 3; at++ {
		b := newBench(t, w)
		b.service.size = 3
		b.service.set(orders(1, 8)...)
		b.mustLook()
		b.want(news(1, 8)...)
		b.service.set(append(orders(2, 4), orders(6, 9)...)...)
		commits := b.host.Commits()
		b.host.Refuse(func(n int) error {
			if n == commits+at {
				return core.Errorf(core.CodeUnavailable, "The disk is full.")
			}
			return nil
		})
		for range 4 {
			if b.look() != nil {
				b.start()
			}
		}
		b.want("created 9 new", "removed 1", "removed 5")
		b.mustLook()
		b.want()
		b.service.set(orders(1, 9)...)
		b.mustLook()
		b.want("created 1 new", "created 5 new")
	}
}

// Of a record that was erased nobody is told once it is gone, and it is not remembered by
// its keys again.
func TestErasedRecordsAreNotToldOf(t *testing.T) {
	w := keyed()
	w.Keys, w.Gone = []string{"state"}, true // which is an address here
	b := newBench(t, w)
	ada, bo, cy := order(1, "ada@example.org"), order(2, "bo@example.org"), order(3, "cy@example.org")
	b.service.set(ada, bo, cy)
	b.mustLook()
	b.want("created 1 ada@example.org", "created 2 bo@example.org", "created 3 cy@example.org")
	erased := 0
	for key, value := range b.host.All() {
		if keys := source.Kept([]byte(value), func([]byte) {}); keys > 0 && strings.Contains(value, "ada@") {
			b.host.Keep([]core.Mark{{Key: key, Value: source.Nameless([]byte(value), keys)}})
			erased++
		}
	}
	b.service.set(cy, bo, ada)
	b.mustLook()
	b.want()
	for key, value := range b.host.All() {
		if erased != 1 || strings.Contains(value, "ada@") {
			t.Errorf("erased %d times; %s is %q", erased, key, value)
		}
	}
	b.service.set(cy)
	b.mustLook()
	b.want("removed  bo@example.org")
}

// While pages are read one after the other, a record that slips onto a page that was
// read already is not taken for one that is gone.
func TestSlippedRecordsAreNotGone(t *testing.T) {
	w := keyed()
	w.Gone = true
	w.Paging = core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 3}
	b := newBench(t, w)
	b.service.size = 3
	b.service.set(orders(1, 8)...)
	b.mustLook()
	b.want(news(1, 8)...)
	b.service.refuse = func(_ int, _ http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("page") == "2" && len(b.service.orders) == 8 {
			b.service.orders = b.service.orders[1:] // 4 slips onto the first page
		}
		return false
	}
	b.mustLook()
	b.want()
	b.mustLook()
	b.mustLook()
	b.want("removed 1")
}

// A look that breaks off, and one that stops before the end, tell of nothing gone.
func TestNotGone(t *testing.T) {
	w := keyed()
	w.Gone = true
	w.Paging = core.Paging{Kind: core.PagingPage, Param: "page", First: 1, Size: 3}
	b := newBench(t, w)
	b.service.size = 3
	b.service.set(orders(1, 8)...)
	b.mustLook()
	b.want(news(1, 8)...)
	b.service.refuse = func(n int, w http.ResponseWriter, r *http.Request) bool {
		if r.URL.Query().Get("page") != "1" {
			w.WriteHeader(http.StatusBadGateway)
			return true
		}
		return false
	}
	if b.look() == nil {
		t.Error("it did not break off")
	}
	b.service.refuse = nil
	b.src.Web.Paging.Most = 2
	b.start()
	b.mustLook()
	b.want()
}

// An empty list is believed only if a person says so.
func TestMuchIsGone(t *testing.T) {
	for _, answer := range []string{goneKeep, goneSend} {
		w := keyed()
		w.Gone = true
		b := newBench(t, w)
		b.service.set(orders(1, 12)...)
		b.mustLook()
		b.want(news(1, 12)...)
		b.service.set()
		if err := b.look(); !errors.Is(err, errWait) {
			t.Fatal(err)
		}
		b.want()
		q := b.host.Asked()[0]
		if q.Text != "12 of 12 records are no longer in the list of 127.0.0.1." {
			t.Error(q.Text)
		}
		b.host.Answer(q.ID, answer)
		b.start()
		b.mustLook()
		if got := len(b.host.Events()); got != map[string]int{goneKeep: 0, goneSend: 12}[answer] {
			t.Errorf("%s: %d are gone", answer, got)
		}
		b.service.set(orders(1, 12)...)
		b.mustLook()
		if got := len(b.host.Events()); got != map[string]int{goneKeep: 0, goneSend: 12}[answer] {
			t.Errorf("%s: %d are there again", answer, got)
		}
	}
}

// Records that were known before anybody wanted to be told of them once they are gone
// can be told of all the same.
func TestGoneIsSwitchedOn(t *testing.T) {
	b := newBench(t, keyed())
	b.service.tagged = true
	b.service.set(orders(1, 3)...)
	b.mustLook()
	b.src.Web.Gone = true
	b.start()
	b.mustLook()
	b.service.set(orders(1, 2)...)
	b.mustLook()
	b.mustLook() // which is the same
	b.want(append(news(1, 3), "removed 3")...)
}

// What is remembered of another place is forgotten.
func TestAnotherPlace(t *testing.T) {
	b := newBench(t, keyed())
	b.service.set(orders(1, 3)...)
	b.mustLook()
	b.want(news(1, 3)...)
	b.src.Web.Keys = []string{"state", "id"}
	b.start()
	b.mustLook()
	b.want(news(1, 3)...)
	if n := len(b.host.All()); n != 4 {
		t.Errorf("%d marks", n)
	}
}

func TestXMLList(t *testing.T) {
	b := newBench(t, core.WebSource{List: "order", Keys: []string{"id"}})
	for _, answer := range []string{`<orders/>`, `<orders><order id="1"/></orders>`, `<orders><order id="1"/><order id="2"/></orders>`} {
		b.service.refuse = func(_ int, w http.ResponseWriter, _ *http.Request) bool {
			_, _ = io.WriteString(w, answer)
			return true
		}
		b.mustLook()
	}
	b.want("created 1", "created 2")
}

func TestSettingsThatCannotBe(t *testing.T) {
	for name, change := range map[string]func(*core.WebSource){
		"address": func(w *core.WebSource) { w.Ask.Address = "ftp://x" },
		"list":    func(w *core.WebSource) { w.List = `a("` },
		"keys":    func(w *core.WebSource) { w.Keys = []string{""} },
		"paging":  func(w *core.WebSource) { w.Paging.Kind = "x" },
		"gone":    func(w *core.WebSource) { w.Gone, w.Keys = true, nil },
		"param":   func(w *core.WebSource) { w.Paging.Kind = core.PagingPage },
	} {
		b := newBench(t, keyed())
		change(b.src.Web)
		if err := b.look(); !errors.Is(err, errWait) {
			t.Errorf("%s: %v", name, err)
		}
		if cause, _ := b.host.Said(); cause == "" {
			t.Errorf("%s: nothing is said", name)
		}
	}
}
