package control

import (
	"net/url"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func FuzzQueryActivity(f *testing.F) {
	f.Add("limit=5&webhook=crm&state=failed&text=Ada+%26+Co&since=2026-11-22T10:00:00.5%2B01:00")
	f.Add("before=AAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("limit=x")
	f.Add("states=failed&states=waiting&group=crm&group=key&group=401&until=2026-03-02T12:00:00Z&types=a*&tests=none")
	f.Fuzz(func(t *testing.T, text string) {
		v, err := url.ParseQuery(text)
		if err != nil {
			return
		}
		q, err := queryActivity(v)
		if err != nil {
			return
		}
		again, err := queryActivity(activityQuery(q))
		if err != nil || !cmp.Equal(q, again) {
			t.Errorf("%+v became %+v, %v", q, again, err)
		}
	})
}

func FuzzReadEndpoint(f *testing.F) {
	f.Add(`{"net":"unix","address":"/data/control.sock","token":"abc","pid":1,"version":"1","api":1}`)
	f.Add(`{"net":"tcp","address":"127.0.0.1:4000","token":"abc"}`)
	f.Add(`{"net":"tcp","address":"[::1]:4000","token":"abc"}`)
	f.Add(`{"net":"tcp","address":"192.0.2.1:80","token":"abc"}`)
	f.Fuzz(func(t *testing.T, text string) {
		dir := t.TempDir()
		write(t, dir, text)
		e, err := readEndpoint(dir)
		if err != nil {
			return
		}
		if err := writeEndpoint(dir, e); err != nil {
			t.Fatal(err)
		}
		if again, err := readEndpoint(dir); err != nil || again != e {
			t.Errorf("%+v became %+v, %v", e, again, err)
		}
	})
}
