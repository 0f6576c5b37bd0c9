package answer_test

import (
	"testing"

	"hookbird/core/answer"
)

func TestPages(t *testing.T) {
	for _, tt := range []struct {
		kind, body string
		page       bool
	}{
		{"text/html", "", true}, // the body may be empty now and a page the next time
		{"text/html; charset=utf-8", "ok", true},
		{"Text/HTML ;charset=x", "ok", true},
		{"application/xhtml+xml", "ok", true},
		{"text/html-ish", "ok", false},
		{"", "ok", false},
		{"", "<!DOCTYPE html><title>x", true},
		{"text/plain", "<!doctype HTML>", true},
		{"", "\ufeff \r\n\t<HTML lang=de>", true},
		{"application/json", "<html>", true},
		{"", "<?xml version='1.0'?>\n<!-- hello --><!doctype html PUBLIC x>", true},
		{"", "<!-- <html> -->", false},
		{"", "<!-- <html>", false},
		{"text/xml", "<?xml version='1.0'?><reply/>", false},
		{"application/json", `{"page":"<html>"}`, false},
		{"", "<htm", false},
	} {
		if got := answer.IsPage(tt.kind, []byte(tt.body)); got != tt.page {
			t.Errorf("%q %q: %v", tt.kind, tt.body, got)
		}
	}
}

func FuzzPage(f *testing.F) {
	f.Add("text/html", "<!-- <!-- --> <?xml ?> <html")
	f.Fuzz(func(t *testing.T, kind, body string) {
		if answer.IsPage("", []byte(body)) && !answer.IsPage(kind, []byte("\n<!-- x -->"+body)) {
			t.Fatalf("%q is a page, and not behind a comment", body)
		}
	})
}
