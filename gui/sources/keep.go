package sources

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"hookbird/core/merge"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// keeper asks which fields of a record are kept.
type keeper struct {
	setup   *setup
	only    *widgets.Switch
	ticks   *fyne.Container
	says    *widgets.Hint
	touched bool   // somebody chose: nothing is ticked by itself any more
	listed  string // the fields that there are ticks for
}

func (s *setup) keepField() fyne.CanvasObject {
	k := &keeper{setup: s, ticks: flow(4), says: widgets.NewHint(widgets.Info, "")}
	k.only = widgets.NewSwitch(len(s.draft.src.Keep) > 0, k.flip)
	k.only.SetLabel("Keep only the ticked fields")
	s.renew = append(s.renew, k.found)
	s.follow = append(s.follow, k.show)
	problem := widgets.NewHint(widgets.Bad, "")
	s.spots.add("/keep", func(text string) { problem.Set(widgets.Bad, text) }, k.only)
	k.show()
	head := widgets.Spread(widgets.VBox(1, widgets.NewParagraph("Keep only the ticked fields", widgets.Label),
		widgets.NewParagraph("What is not ticked is taken out before anything is stored.", widgets.Caption)), k.only)
	return widgets.VBox(8, head, widgets.Padded(0, 0, 0, -7, k.ticks), k.says, problem)
}

// names are the fields that can be ticked: those that were found, and those that
// are kept already.
func (k *keeper) names() []string {
	all := slices.Clone(k.setup.fieldNames())
	for _, name := range k.setup.draft.src.Keep {
		if !slices.Contains(all, name) {
			all = append(all, name)
		}
	}
	return all
}

func (s *setup) fieldNames() []string {
	var all []string
	if v := s.survey(); v != nil {
		for _, f := range fieldsOf(v.Survey) {
			all = append(all, f.Name)
		}
	} else if f := s.draft.src.Form; f != nil {
		for _, in := range f.Inputs {
			all = append(all, in.Name)
		}
	}
	return all
}

// found is told that a look has found something.
func (k *keeper) found() {
	k.listed = "" // what is used may be other fields now
	k.show()
}

// tickNeeded ticks what is used, as long as nobody has chosen.
func (k *keeper) tickNeeded() {
	if d := k.setup.draft; d.isNew() && !k.touched && len(k.used()) > 0 {
		d.src.Keep = k.needed()
		k.only.SetOn(true)
	}
}

// used are the fields that webhooks use.
func (k *keeper) used() []string {
	if v := k.setup.survey(); v != nil {
		return v.Used
	}
	return nil
}

// needed are the fields that something uses, in their order.
func (k *keeper) needed() []string {
	s := &k.setup.draft.src
	uses := slices.Clone(k.used())
	for _, list := range nameLists(s)[1:] {
		uses = append(uses, *list...)
	}
	if t, err := merge.Parse(s.Title, merge.Plain); err == nil {
		for _, use := range t.Paths() {
			uses = append(uses, use.Path)
		}
	}
	var some []string
	for _, name := range k.setup.fieldNames() {
		if slices.ContainsFunc(uses, func(use string) bool { return topOf(use) == name || use == name }) {
			some = append(some, name)
		}
	}
	return some
}

// topOf is the field of a record that a path begins with.
func topOf(path string) string {
	if i := strings.IndexAny(path, ".("); i > 0 {
		return path[:i]
	}
	return path
}

func (k *keeper) flip(on bool) {
	k.touched = true
	keep := &k.setup.draft.src.Keep
	*keep = nil
	if on {
		if *keep = k.needed(); len(*keep) == 0 {
			*keep = k.names()
		}
	}
	k.setup.changed()
}

func (k *keeper) tick(name string, on bool) {
	k.touched = true
	keep := &k.setup.draft.src.Keep
	*keep = slices.DeleteFunc(slices.Clone(*keep), func(n string) bool { return n == name })
	if on {
		*keep = append(*keep, name)
	}
	k.setup.changed()
}

// show lists the fields while only some are kept, and says what that means.
func (k *keeper) show() {
	k.tickNeeded()
	names, keep := k.names(), k.setup.draft.src.Keep
	on := k.only.On()
	if listed := strings.Join(names, "\n") + "\n\n" + strings.Join(keep, "\n"); listed != k.listed {
		k.listed = listed
		k.fill(names, keep)
	}
	setVisible(k.ticks, on && len(names) > 0)
	if lost := k.lost(names, keep); on && len(keep) > 0 && len(lost) > 0 {
		k.says.Set(widgets.Bad, missed(lost))
		return
	}
	k.says.Set(widgets.Info, k.text(on, names, keep))
}

// isUsed tells whether webhooks use a field.
func (k *keeper) isUsed(name string) bool {
	return slices.ContainsFunc(k.used(), func(use string) bool { return use == name || topOf(use) == name })
}

// lost are the fields that webhooks use and that are not kept.
func (k *keeper) lost(names, keep []string) (lost []string) {
	for _, name := range names {
		if k.isUsed(name) && !slices.Contains(keep, name) {
			lost = append(lost, name)
		}
	}
	return lost
}

// missed says what becomes of webhooks that use fields that are not kept.
func missed(lost []string) string {
	if len(lost) == 1 {
		return lost[0] + " is used: the webhooks that send it would find nothing there in new records."
	}
	return words.List(lost) + " are used: the webhooks that send them would find nothing there in new records."
}

func (k *keeper) fill(names, keep []string) {
	k.ticks.Objects = nil
	for _, name := range names {
		text := name
		if k.isUsed(name) {
			text += " (used)"
		}
		t := newTick(text, slices.Contains(keep, name), func(on bool) { k.tick(name, on) })
		k.ticks.Add(t)
	}
	k.ticks.Refresh()
}

func (k *keeper) text(on bool, names, keep []string) string {
	switch {
	case on && len(names) == 0 && k.setup.look != nil:
		return "Look what is there first: then the fields can be ticked."
	case on && len(keep) == 0:
		return "Nothing is ticked, so everything is kept."
	case on && !k.touched && k.setup.draft.isNew() && len(k.used()) > 0:
		return "Ticked is what your webhooks use. " + words.Count(uint64(len(names)-len(keep)), "field is", "fields are") + " left out."
	case !on && k.setup.survey() != nil && len(k.used()) == 0:
		return "No webhook uses a field of it yet, so everything is kept."
	}
	return ""
}
