package prefs

import (
	"slices"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/parts"
	"hookbird/gui/widgets"
	"hookbird/gui/words"
)

// keepRow is one setting of how long something is kept.
type keepRow struct {
	choose *widgets.Select
	usual  []int // choices, in days
	days   []int // behind the choices that are shown
}

// The usual choices.
var (
	usualContent    = []int{7, 30, 90, 180, 365}
	usualTrace      = []int{90, 180, 365, 730, 1095}
	usualUnfinished = []int{30, 90, 180, 365, core.ForEver}
)

func newKeepRow(usual []int, chosen func(days int)) *keepRow {
	k := &keepRow{usual: usual}
	k.choose = widgets.NewSelect(nil, func(i int) { chosen(k.days[i]) })
	return k
}

// fill offers the usual choices that are not less than the least, and what is set
// where that is another.
func (k *keepRow) fill(days, least int) {
	k.days = slices.DeleteFunc(slices.Clone(k.usual), func(d int) bool { return d != core.ForEver && d < least })
	if !slices.Contains(k.days, days) {
		k.days = append(k.days, days)
	}
	slices.SortFunc(k.days, func(a, b int) int { return orEnd(a) - orEnd(b) })
	options := make([]string, len(k.days))
	for i, d := range k.days {
		if options[i] = words.Count(uint64(max(d, 0)), "day", "days"); d == core.ForEver {
			options[i] = "For ever"
		}
	}
	k.choose.SetOptions(options)
	k.choose.SetSelected(slices.Index(k.days, days))
}

// orEnd puts "for ever" behind all days.
func orEnd(days int) int {
	if days == core.ForEver {
		return core.MaxKeptDays + 1
	}
	return days
}

// keepRows are the settings of how long things are kept.
func (p *Page) keepRows() []fyne.CanvasObject {
	p.keep = newKeepRow(usualContent, p.setContent)
	p.trace = newKeepRow(usualTrace, func(days int) { p.save(func(d *control.SettingsDraft) { d.TraceDays = days }) })
	p.unfinished = newKeepRow(usualUnfinished, func(days int) { p.save(func(d *control.SettingsDraft) { d.UnfinishedDays = days }) })
	return []fyne.CanvasObject{
		parts.Setting("Keep records for", parts.Help("Once they are delivered, with what was sent and what came back."), parts.Wide(p.keep.choose)),
		parts.Setting("Keep the list of messages for", parts.Help("When there was one, for which webhook, and how it ended."), parts.Wide(p.trace.choose)),
		parts.Setting("Keep what was not delivered for", parts.Help("What failed, is held or was wanted by no webhook. You are told before it goes."), parts.Wide(p.unfinished.choose)),
	}
}

// setContent changes for how long content is kept, and has nothing else be kept for
// less.
func (p *Page) setContent(days int) {
	p.save(func(d *control.SettingsDraft) {
		d.ContentDays = days
		if d.TraceDays != 0 {
			d.TraceDays = max(d.TraceDays, days)
		}
		if d.UnfinishedDays > 0 {
			d.UnfinishedDays = max(d.UnfinishedDays, days)
		}
	})
}

func (p *Page) fillKeep(s core.Settings) {
	content, trace, unfinished := s.Days()
	p.keep.fill(content, 1)
	p.trace.fill(trace, content)
	p.unfinished.fill(unfinished, content)
}
