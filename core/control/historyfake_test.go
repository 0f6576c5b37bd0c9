package control

import (
	"context"
	"net/url"
	"testing"
)

func (f *fake) Groups(context.Context) ([]Group, error) { return reply[[]Group](f, "Groups") }

func (f *fake) CountActivity(_ context.Context, q ActivityQuery) (ActivityCount, error) {
	return reply[ActivityCount](f, "CountActivity", q)
}

func (f *fake) ActivityHours(_ context.Context, r HoursRequest) ([]Hour, error) {
	return reply[[]Hour](f, "ActivityHours", r)
}

func (f *fake) Kept(context.Context) (KeptView, error) { return reply[KeptView](f, "Kept") }

func TestQueriesThatCannotBeRead(t *testing.T) {
	for _, query := range []string{
		"limit=ten", "look=x", "code=-", "since=today", "until=1", "before=zz", "group=a", "group=a&group=b&group=c",
	} {
		v, err := url.ParseQuery(query)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := queryActivity(v); err == nil {
			t.Errorf("%s was taken", query)
		}
	}
}
