// Package widgets is what the pages of the window are built of: drawn widgets in
// the colours of gui/theme, and layouts in whole pixels. It must not know
// records, webhooks or the engine, hold words of a page, or import
// fyne.io/fyne/v2/app.
//
// Setters change what is on screen at once and tell nobody; callbacks are told
// only what a person did. Everything here belongs to the UI goroutine. Names of
// icons come from assets/icons, names of colours from gui/theme.
//
// # Words
//
//	NewText(text, style)                  one line, never shortened
//	NewLine(text, style)                  one line, shortened with "…"
//	NewParagraph(text, style)             wraps
//	styles: Display Headline Heading Name Title Strong Body Subtitle Label Small
//	        Quiet13 Caption Section Code; Style.In(colour), Style.Aligned(align)
//
// # Status
//
//	Neutral Good Waiting Bad Paused Sending Info: Status, with Icon, Color, Soft
//	NewChip(status, word)                 soft pill with silhouette and word
//	NewFilterChip(status, word, tapped)   pill to choose, with SetCount
//	NewCountPill(n)                       how many failed; hides at 0
//	NewHint(status, text)                 small line, as under a field
//	NewNote(status, title, text)          explanation in a tinted box
//	NewBanner(status, title, body, buttons...)
//	NewEmptyState(status, title, body, button)
//
// # To press
//
//	NewButton(kind, text, icon, tapped)   Primary, Secondary, Quiet, Danger
//	NewIconButton(icon, label, tapped)    30 x 34, label for screen readers
//	OpenMenu(anchor, items...)            list of things to do, by what was pressed
//	NewSwitch(on, changed)                38 x 22
//	NewTabs(titles, changed)              words over a line, with SetProblems
//	NewSegmented(options, changed)        a few words in one box
//	NewTile(icon, status, tapped)         number, word, second line
//	NewChoiceCard(name, note, sample, tapped)
//	NewPresetTile(icon, name, line, tapped)   large, drawing above
//	NewActionTile(icon, name, line, tapped)   flat, drawing before
//	NewRow(label, content, tapped)        line of a list
//	NewNavItem(icon, word, tapped)        wide and narrow
//
// # To fill in
//
//	NewEntry(), NewMultiEntry(rows)       text; Esc and window shortcuts work
//	NewSearchEntry(placeholder, changed)
//	NewSecretEntry()                      dots, eye for 20 s, copy
//	NewSelect(options, changed)           one of a list
//	NewField(label, control, help)        with SetProblem, SetNote
//	SettingRow(name, help, control)
//	AddShortcut(canvas, shortcut, act), RemoveShortcut: combinations
//	AddKey(canvas, key, act), RemoveKeys: single keys, as F1
//
// # To look at
//
//	NewIcon(name, colour, size), NewStatusIcon(status, size), NewLogo(size)
//	NewIconTile(name), NewTintedTile(name, status, size)
//	NewCard(content), NewCardPadded(padding, content)
//	NewTitledCard(title, help, right, content)
//	NewSurface(ground, content), NewDivider(), NewVerticalDivider()
//	NewBars(), Legend(), NewMiniBars()    hours as columns
//	NewStrip(label)                       hours or days, one of which can be chosen
//	NewCodeBlock()                        SetPairs or SetText
//
// # Over the window
//
//	NewToaster(content)                   Say(text, action, act)
//	NewDialog(canvas, title, body, buttons...), Confirm(canvas, question)
//
// # Room
//
//	VBox HBox HBoxTop Columns Grid Padded Column MinWidth MinSize Fixed Centered
//	Grow Spacer Spread Stack NewHeader NewScroll Page
package widgets
