package exchange

import "testing"

func TestReason(t *testing.T) {
	tests := map[string]string{
		`{"error": "invalid_key", "message": "API key not recognised"}`: "API key not recognised",
		`{"error": {"message": "No such list", "code": 12}}`:            "No such list",
		`{"errors": ["Email is missing", "x"]}`:                         "Email is missing",
		`{"errors": [{"detail": "zip is too short"}]}`:                  "zip is too short",
		`[{"message": "one"}]`:                                          "one",
		`{"error": "invalid_grant"}`:                                    "invalid_grant",
		`{"ok": true}`:                                                  "",
		`{"message": 12}`:                                               "",
		`<html>`:                                                        "",
		``:                                                              "",
	}
	for answer, want := range tests {
		if got := Reason(answer); got != want {
			t.Errorf("Reason(%s) = %q, want %q", answer, got, want)
		}
	}
}

func FuzzReason(f *testing.F) {
	f.Add(`{"errors": [{"detail": "x"}]}`)
	f.Add(`{"a":`)
	f.Fuzz(func(t *testing.T, answer string) {
		_ = Reason(answer)
		_ = Pretty(answer)
	})
}
