package settings

import (
	"path/filepath"
	"slices"
	"sync"

	"hookbird/assets"
	"hookbird/core"
	"hookbird/core/message"
)

// Limits of a settings file.
const (
	Version     = 1        // of the format
	MaxFile     = 16 << 20 // bytes
	MaxWebhooks = 10_000
	MaxSources  = 1_000
	MaxKeepDays = core.MaxKeptDays
)

// File is a settings file that was read and found good by itself. What it says,
// or does not say, of secrets that are kept elsewhere is for Apply to resolve.
type File struct {
	Sources  []*core.Source
	Webhooks []*core.Webhook
	Settings Settings

	present map[string]bool // JSON pointers of what of a source was not left out
	found   findings        // what is wrong with it by itself: nothing, if Parse gave it
}

// Settings are the program's own that a file may hold; nil is left out.
type Settings struct {
	Look           *string
	ContentDays    *int
	TraceDays      *int
	UnfinishedDays *int
	QuotaMB        *int
	Proxy          *core.Proxy
	Backup         *core.BackupPlan
}

// Set changes what of the program's settings the file holds.
func (s Settings) Set(to *core.Settings) {
	if s.Look != nil {
		to.Look = *s.Look
	}
	if s.ContentDays != nil {
		to.ContentDays = *s.ContentDays
	}
	if s.TraceDays != nil {
		to.TraceDays = *s.TraceDays
	}
	if s.UnfinishedDays != nil {
		to.UnfinishedDays = *s.UnfinishedDays
	}
	if s.QuotaMB != nil {
		to.QuotaMB = *s.QuotaMB
	}
	if s.Proxy != nil {
		to.Proxy = *s.Proxy
	}
	if s.Backup != nil {
		to.Backup = *s.Backup
	}
}

// IsZero tells whether the file says nothing of the program itself.
func (s Settings) IsZero() bool { return s == Settings{} }

// Parse reads a settings file. Paths in it that are not absolute start from dir.
// It reports everything that is wrong at once, as core.Errors with JSON
// pointers, or one core.Error if the file is no JSON. Whether a secret that the
// file leaves out is missing, Apply knows.
func Parse(data []byte, dir string) (*File, error) {
	f, err := parse(data, dir)
	if err == nil {
		err = f.found.result()
	}
	if err != nil {
		return nil, err
	}
	return f, nil
}

// parse reads a settings file as far as that can be done. It fails where there is
// nothing of a File; else what is wrong stands in the File.
func parse(data []byte, dir string) (*File, error) {
	if len(data) > MaxFile {
		return nil, core.Errorf(core.CodeInvalid, "The file is larger than %d MB, which no settings file is.", MaxFile>>20)
	}
	p := newParser(dir)
	root, err := p.tree(data)
	if err != nil {
		return nil, err
	}
	f := p.file(root)
	f.found = p.findings
	return f, nil
}

func (p *parser) file(root *node) *File {
	f := &File{present: map[string]bool{}}
	if !root.object {
		p.wrong("", "A settings file is an object in braces that starts with \"hookbird\": %d.", Version)
		return f
	}
	if !p.version(root) {
		return f
	}
	p.object(root, "file", fields{
		"$schema":  func(n *node) { p.text(n) }, // for editors
		"hookbird": func(*node) {},
		"settings": func(n *node) { f.Settings = p.settings(n) },
		"sources":  func(n *node) { p.sources(n, f) },
		"webhooks": func(n *node) { p.webhooks(n, f) },
	})
	return f
}

// version looks whether the file is one of ours; if not, nothing else that is
// wrong with it matters.
func (p *parser) version(root *node) bool {
	n := root.get("hookbird")
	if n == nil {
		p.wrong("", "This is no settings file of Hookbird: \"hookbird\": %d is missing.", Version)
		return false
	}
	known := len(p.errs)
	v := p.whole(n, 1, 1_000_000)
	if v > Version {
		p.wrong(n.at(), "This file is in format %d, of a newer Hookbird; this one reads format %d.", v, Version)
	}
	return len(p.errs) == known
}

func (p *parser) settings(n *node) Settings {
	var s Settings
	p.object(n, "settings", fields{
		"look": func(n *node) {
			look := p.choice(n, "automatic", "light", "dark")
			if look == "automatic" {
				look = ""
			}
			s.Look = &look
		},
		"keep_days": func(n *node) {
			days := p.whole(n, 1, MaxKeepDays)
			s.ContentDays = &days
		},
		"trace_days": func(n *node) {
			days := p.whole(n, 1, MaxKeepDays)
			s.TraceDays = &days
		},
		"unfinished_days": func(n *node) {
			days := p.daysOrEver(n)
			s.UnfinishedDays = &days
		},
		"quota_mb": func(n *node) {
			mb := p.whole(n, core.MinQuotaMB, core.MaxQuotaMB)
			s.QuotaMB = &mb
		},
		"proxy": func(n *node) {
			proxy := p.proxy(n)
			if proxy.Kind == core.ProxySystem {
				proxy.Kind = core.ProxyDefault
			}
			p.addAll(n.at(), message.ValidateProxy(proxy))
			s.Proxy = &proxy
		},
		"backup": func(n *node) {
			plan := p.backup(n)
			s.Backup = &plan
		},
	})
	p.longEnough(n, "trace_days", s.TraceDays, s.ContentDays)
	p.longEnough(n, "unfinished_days", s.UnfinishedDays, s.ContentDays)
	return s
}

// daysOrEver reads a number of days, or the word for "without end".
func (p *parser) daysOrEver(n *node) int {
	if text, isText := n.value.(string); isText {
		if text == forEver {
			return core.ForEver
		}
		p.wrong(n.at(), "This has to be a whole number from 1 to %d, or %q.", MaxKeepDays, forEver)
		return 1
	}
	return p.whole(n, 1, MaxKeepDays)
}

// forEver stands in a file for core.ForEver.
const forEver = "for ever"

// longEnough refuses days that are fewer than those of the content.
func (p *parser) longEnough(n *node, name string, days, content *int) {
	if days != nil && content != nil && *days != core.ForEver && *days < *content && !p.places[n.pointer(name)] {
		p.wrong(n.pointer(name), "This cannot be less than \"keep_days\", which is %d.", *content)
	}
}

func (p *parser) sources(n *node, f *File) {
	if len(n.children) > MaxSources {
		p.wrong(n.at(), "A file holds at most %d sources.", MaxSources)
		return
	}
	ids, keys := map[string]bool{}, map[string]bool{}
	p.list(n, func(n *node) {
		s := p.source(n)
		f.Sources = append(f.Sources, s)
		p.unique(n, s.ID, ids, "source")
		if s.Local != nil {
			if key, ok := s.Local.Key.Text(); ok && keys[key] {
				p.wrong(n.pointer("key"), "Another source in this file has the same key. Each needs its own.")
			} else if ok {
				keys[key] = true
			}
		}
		for _, m := range n.children {
			f.present[m.at()] = true
		}
	})
}

func (p *parser) webhooks(n *node, f *File) {
	if len(n.children) > MaxWebhooks {
		p.wrong(n.at(), "A file holds at most %d webhooks.", MaxWebhooks)
		return
	}
	ids := map[string]bool{}
	p.list(n, func(n *node) {
		w := p.webhook(n)
		f.Webhooks = append(f.Webhooks, w)
		p.unique(n, w.ID, ids, "webhook")
	})
}

// unique refuses an id that is missing or comes twice.
func (p *parser) unique(n *node, id string, ids map[string]bool, what string) {
	switch {
	case !n.object || p.places[n.pointer("id")]:
	case id == "":
		p.wrong(n.pointer("id"), "A %s in a file needs an \"id\", by which it is found again.", what)
	case ids[id]:
		p.wrong(n.pointer("id"), "Another %s in this file has the id %s too. Each needs its own.", what, quoted(id))
	}
	ids[id] = true
}

// path reads the path of a file or folder and makes it absolute.
func (p *parser) path(n *node) string {
	path := p.text(n)
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	if p.dir == "" {
		p.wrong(n.at(), "This has to be a whole path, from the root of the disk on.")
		return path
	}
	return filepath.Join(p.dir, path)
}

// presets are the known systems that a webhook may name: those with a preset,
// and those that files name and whose rules are checked all the same.
var presets = sync.OnceValue(func() []string {
	ids := []string{
		"engagement-rx", "intervengine", "ontraport", "ontraport-note", "rally-congress", "secutix-contact-v1", "secutix-contact-v2",
	}
	all, _ := assets.Presets() // embedded: a test reads them
	for _, p := range all {
		if p.ID != assets.Other {
			ids = append(ids, p.ID)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids)
})

// preset reads the name of a known system.
func (p *parser) preset(n *node) string {
	name := p.text(n)
	known := presets()
	if name == "" || slices.Contains(known, name) {
		return name
	}
	if near := nearest(name, known); near != "" {
		p.wrong(n.at(), "Hookbird knows no preset %s. Did you mean %q?", quoted(name), near)
	} else {
		p.wrong(n.at(), "Hookbird knows no preset %s. Remove \"preset\", or take one of %s.", quoted(name), joined(known))
	}
	return ""
}
