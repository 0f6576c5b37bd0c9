package testpage

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/core/control"
	"hookbird/gui/theme"
	"hookbird/gui/widgets"
)

// choose is the card on which somebody says what the test is about: a made-up
// person, whose values can be edited, or a record that really came in.
type choose struct {
	page    *Page
	object  fyne.CanvasObject
	kind    *widgets.Segmented
	form    *fyne.Container
	real    *fyne.Container
	records *widgets.Select
	stored  []control.Sample
	person  *person
	boxes   map[*member]*widgets.Entry
	button  *widgets.Button
}

func newChoose(p *Page) *choose {
	c := &choose{page: p, form: widgets.Grid(2, theme.CardGap), boxes: map[*member]*widgets.Entry{}}
	c.kind = widgets.NewSegmented([]string{"A made-up person", "A real record"}, func(int) { c.showKind() })
	c.records = widgets.NewSelect(nil, func(int) {})
	c.records.SetPlaceHolder("Choose a record")
	c.real = widgets.VBox(12,
		widgets.NewField("Record", c.records, ""),
		widgets.NewNote(widgets.Waiting, "This goes to the live system as a real person", "The other system cannot tell the test from the real thing. If it sends e-mails, this person may get one."))
	c.button = widgets.NewButton(widgets.Primary, "Send test", icons.Plane, p.send)
	c.button.SetEnabled(false)
	note := widgets.NewHint(widgets.Info, "One real message is sent, with your settings as they are now. Activity marks it as a test.")
	inner := widgets.VBox(14,
		widgets.HBox(0, widgets.MinWidth(320, c.kind)),
		c.form, c.real, note, widgets.HBox(8, widgets.Spacer(), c.button))
	c.object = widgets.NewTitledCard("Who is the test about?", "", nil, inner)
	c.showKind()
	return c
}

func (c *choose) showKind() {
	real := c.kind.Selected() == 1
	c.form.Hidden, c.real.Hidden = real, !real
	c.page.relayoutIfBuilt()
}

// set offers the records that were read. What somebody has typed stays.
func (c *choose) set(samples []control.Sample) {
	chosen := c.records.SelectedText()
	c.stored = nil
	var names []string
	for _, s := range samples {
		if s.Seq == 0 {
			c.setPerson(s)
			continue
		}
		c.stored = append(c.stored, s)
		names = append(names, s.Title+", "+s.Time.Local().Format("2 January, 15:04:05"))
	}
	c.records.SetOptions(names)
	if chosen == "" && len(names) > 0 {
		c.records.SetSelected(0)
	}
	if len(names) == 0 {
		c.records.SetPlaceHolder("No record came in yet")
	}
	c.button.SetEnabled(c.person != nil || len(names) > 0)
}

// setPerson makes a box for each value of the made-up record, once.
func (c *choose) setPerson(s control.Sample) {
	if c.person != nil {
		return
	}
	person, err := readPerson(s.Data)
	if err != nil {
		c.page.notice.Fail(err)
		return
	}
	c.person = person
	for _, m := range person.editable() {
		box := widgets.NewEntry()
		box.SetText(m.Text)
		box.OnChanged = func(text string) { m.Text = text }
		c.boxes[m] = box
		c.form.Add(widgets.NewField(m.Name, box, ""))
	}
}

// request is what to send, and what to call the record.
func (c *choose) request() (r control.TestRequest, about string, err error) {
	if c.kind.Selected() == 0 && c.person != nil {
		r.Data = c.person.data()
		return r, c.person.title() + " (made up)", nil
	}
	i := c.records.Selected()
	if i < 0 || i >= len(c.stored) {
		return r, "", errNoRecord
	}
	r.Seq = c.stored[i].Seq
	return r, c.stored[i].Title, nil
}
