package settings

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"hookbird/core"
)

// sameSecrets compares secrets by what they carry, which they hide from cmp.
var sameSecrets = cmp.Comparer(func(a, b core.Secret) bool { return a == b })

// anyOrder is for what an export sorts.
var anyOrder = cmp.Options{
	cmpopts.SortSlices(func(a, b *core.Webhook) bool { return a.ID < b.ID }),
	cmpopts.SortSlices(func(a, b *core.Source) bool { return a.ID < b.ID }),
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func parsed(t *testing.T, data []byte, dir string) *File {
	t.Helper()
	f, err := Parse(data, dir)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// What is exported imports again to the same, with secrets and, where they are
// stored, without.
func TestExportImportsToTheSame(t *testing.T) {
	for _, name := range append(systems, "everything.json") {
		t.Run(name, func(t *testing.T) {
			first, notes, err := Apply(parsed(t, read(t, name), "/data"), Current{})
			if err != nil || len(notes) > 0 {
				t.Fatal(err, notes)
			}
			vault, stored := seal(first)
			whole, err := Print(stored, vault)
			if err != nil {
				t.Fatal(err)
			}
			again, _, err := Apply(parsed(t, whole, "/elsewhere"), Current{})
			if err != nil {
				t.Fatal(err)
			}
			first.Settings = again.Settings // an export says all of them
			if d := cmp.Diff(first, again, sameSecrets, anyOrder); d != "" {
				t.Errorf("with secrets (-first +again):\n%s", d)
			}

			sealedOnes, err := Print(stored, nil)
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range vault {
				if strings.Contains(string(sealedOnes), text) {
					t.Errorf("an export without secrets holds %q", text)
				}
			}
			kept, notes, err := Apply(parsed(t, sealedOnes, ""), stored)
			if err != nil || len(notes) > 0 {
				t.Fatal(err, notes)
			}
			first.Settings.Proxy = &stored.Settings.Proxy
			want := Changes{stored.Sources, stored.Webhooks, first.Settings}
			if d := cmp.Diff(want, kept, sameSecrets, anyOrder); d != "" {
				t.Errorf("sealed (-stored +again):\n%s", d)
			}
		})
	}
}

// vault keeps secrets for a test, by id.
type vault map[string]string

func (v vault) Reveal(s core.Secret) (string, error) {
	text, ok := v[s.ID()]
	if !ok {
		return "", core.Errorf(core.CodeNotFound, "There is no such secret.")
	}
	return text, nil
}

// seal does with an import what a store does.
func seal(c Changes) (vault, Current) {
	v := vault{}
	put := func(_ string, s *core.Secret) {
		if text, ok := s.Text(); ok {
			id := fmt.Sprintf("s%d", len(v))
			v[id] = text
			*s = s.Sealed(id)
		}
	}
	var stored Current
	for _, s := range c.Sources {
		s = s.Clone()
		s.Secrets(put)
		stored.Sources = append(stored.Sources, s)
	}
	for _, w := range c.Webhooks {
		w = w.Clone()
		w.Secrets(put)
		stored.Webhooks = append(stored.Webhooks, w)
	}
	c.Settings.Set(&stored.Settings)
	if !stored.Settings.Proxy.Password.IsZero() {
		put("", &stored.Settings.Proxy.Password)
	}
	return v, stored
}

func TestPrintFailsWhereASecretCannotBeOpened(t *testing.T) {
	_, stored := seal(mustApply(t, read(t, "rally-congress.json")))
	if _, err := Print(stored, closedVault{}); core.CodeOf(err) != core.CodeUnavailable {
		t.Errorf("got %v", err)
	}
}

type closedVault struct{}

func (closedVault) Reveal(core.Secret) (string, error) {
	return "", core.Errorf(core.CodeUnavailable, "The key store is locked.")
}

func mustApply(t *testing.T, data []byte) Changes {
	t.Helper()
	c, _, err := Apply(parsed(t, data, "/data"), Current{})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestPrintIsPrettyAndStable(t *testing.T) {
	_, stored := seal(mustApply(t, read(t, "everything.json")))
	a, err := Print(stored, nil)
	if err != nil {
		t.Fatal(err)
	}
	stored.Webhooks[0], stored.Webhooks[1] = stored.Webhooks[1], stored.Webhooks[0]
	b, err := Print(stored, nil)
	if err != nil {
		t.Fatal(err)
	}
	if string(a) != string(b) {
		t.Error("the order of what is stored matters")
	}
	if *update {
		if err := os.WriteFile("testdata/everything.sealed.json", a, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if d := cmp.Diff(string(read(t, "everything.sealed.json")), string(a)); d != "" {
		t.Errorf("(-want +got):\n%s", d)
	}
}

func TestTooMuchIsRefused(t *testing.T) {
	for says, data := range map[string]string{
		"/webhooks: A file holds at most 10000 webhooks.": `{"hookbird": 1, "webhooks": [{}` + strings.Repeat(",{}", MaxWebhooks) + `]}`,
		"/sources: A file holds at most 1000 sources.":    `{"hookbird": 1, "sources": [{}` + strings.Repeat(",{}", MaxSources) + `]}`,
		"The file is larger than 16 MB":                   strings.Repeat(" ", MaxFile+1),
	} {
		if _, err := Parse([]byte(data), ""); core.CodeOf(err) != core.CodeInvalid || !strings.HasPrefix(err.Error(), says) {
			t.Errorf("instead of %q: %v", says, err)
		}
	}
}

func TestTooManyValuesAreRefused(t *testing.T) {
	p := newParser("")
	p.values = maxValues - 3
	if _, err := p.tree([]byte(`[1, 2]`)); err != nil {
		t.Error(err)
	}
	p.values = maxValues - 3
	if _, err := p.tree([]byte(`[1, {"a": 2}]`)); core.CodeOf(err) != core.CodeInvalid || !strings.HasPrefix(err.Error(), "The file holds more than 2000000 values") {
		t.Errorf("says %v", err)
	}
}

func BenchmarkParse(b *testing.B) {
	data := manyWebhooks(MaxWebhooks)
	for b.Loop() {
		if _, err := Parse(data, ""); err != nil {
			b.Fatal(err)
		}
	}
}
