package assets

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hookbird/assets/icons"
)

func TestPresetsAreInOrder(t *testing.T) {
	all := presets(t)
	featured := slices.IndexFunc(all, func(p Preset) bool { return !p.Featured })
	if featured != 5 || all[len(all)-1].ID != Other || !slices.IsSortedFunc(all, comparePresets) {
		t.Errorf("%d have a tile, and the last is %s", featured, all[len(all)-1].ID)
	}
	seen := map[string]bool{}
	for _, p := range all {
		if seen[p.ID] || seen[p.Name] {
			t.Errorf("%s is there twice", p.ID)
		}
		seen[p.ID], seen[p.Name] = true, true
	}
}

func TestPresetsAreWhole(t *testing.T) {
	for _, p := range presets(t) {
		t.Run(p.ID, func(t *testing.T) {
			if p.ID == "" || p.Name == "" || p.Line == "" || len(p.Webhook) == 0 || len(p.Steps) == 0 {
				t.Error("something is missing")
			}
			if icons.Outline(icons.Name(p.Icon), "#000000") == nil {
				t.Errorf("there is no icon %q", p.Icon)
			}
			if (p.Accepted == "") != (p.Proof == "") {
				t.Error("it says that it was accepted, but not what that leaves open")
			}
			if utf8.RuneCountInString(p.Line) > 45 {
				t.Errorf("its line does not fit its tile: %q", p.Line)
			}
			for _, word := range p.Search {
				if word != strings.ToLower(word) {
					t.Errorf("it is searched by %q, which is not in lower case", word)
				}
			}
		})
	}
}

// writes are the ways in which Preset.Writes may begin.
var writes = regexp.MustCompile(`^(creates|updates|creates or updates|posts a message|starts a flow|adds a row|up to the receiver)(\. [A-Z].*\.)?$`)

// scary are words that nobody in an office wants to read.
var scary = regexp.MustCompile(`(?i)\b(errors?|invalid|please|failed to|payload)\b|%`)

func TestPresetsSpeakInSentences(t *testing.T) {
	for _, p := range presets(t) {
		t.Run(p.ID, func(t *testing.T) {
			if !writes.MatchString(p.Writes) {
				t.Errorf("nobody knows what happens over there: %q", p.Writes)
			}
			sentences := append([]string{p.Find}, p.Traps...)
			for _, step := range p.Steps {
				first, _, code := strings.Cut(step, "\n")
				if code && strings.HasSuffix(first, ":") {
					continue
				}
				sentences = append(sentences, step)
			}
			for _, f := range p.Fill {
				sentences = append(sentences, f.Help)
			}
			if p.Proof != "" {
				sentences = append(sentences, p.Proof)
			}
			for _, s := range sentences {
				if !strings.HasSuffix(s, ".") && !strings.HasSuffix(s, "}") || strings.TrimSpace(s) != s {
					t.Errorf("no sentence: %q", s)
				}
			}
			for _, s := range append(sentences, p.Line, p.Writes, p.Accepted) {
				if scary.MatchString(s) || strings.Contains(s, "  ") {
					t.Errorf("not in staff's words: %q", s)
				}
			}
		})
	}
}

func TestPresetsNameWhatIsToBeFilledIn(t *testing.T) {
	mark := regexp.MustCompile(`^‹[^‹›\n]+›$`)
	for _, p := range presets(t) {
		for _, f := range p.Fill {
			if (f.Mark == "") == (f.Place == "") || f.Mark != "" && !mark.MatchString(f.Mark) {
				t.Errorf("%s: it is not said where %q goes", p.ID, f.Label)
			}
			if f.Label == "" || f.Help == "" || f.Example == "" {
				t.Errorf("%s: %s%s is not explained", p.ID, f.Mark, f.Place)
			}
		}
	}
}

// A day and pages stand for that somebody has looked.
func TestPresetsWereCheckedAgainstSomething(t *testing.T) {
	checked := 0
	for _, p := range presets(t) {
		for _, page := range p.Sources {
			if !strings.HasPrefix(page, "https://") && !strings.HasPrefix(page, "http://") {
				t.Errorf("%s: %q is no address of a page", p.ID, page)
			}
		}
		if p.Checked == "" {
			continue
		}
		checked++
		day, err := time.Parse(time.DateOnly, p.Checked)
		if err != nil || day.After(time.Now()) || len(p.Sources) == 0 {
			t.Errorf("%s was checked on %s against %q", p.ID, p.Checked, p.Sources)
		}
	}
	if checked < 15 {
		t.Errorf("only %d were checked", checked)
	}
}

func presets(t *testing.T) []Preset {
	t.Helper()
	all, err := Presets()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestMatches(t *testing.T) {
	p := Preset{Hosts: []string{"hooks.zapier.com", "*.make.com"}}
	for host, want := range map[string]bool{
		"hooks.zapier.com":    true,
		"Hooks.Zapier.com":    true,
		"hook.eu1.make.com":   true,
		"make.com":            false,
		".make.com":           false,
		"evilmake.com":        false,
		"a.hooks.zapier.com":  false,
		"hooks.zapier.com.io": false,
		"":                    false,
	} {
		if got := p.Matches(host); got != want {
			t.Errorf("%q: %v", host, got)
		}
	}
}
