package record

import (
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core"
)

// Bounds of a survey, so that it takes seconds at most.
const (
	surveyRecords = 100_000  // that are looked at
	surveyBytes   = 64 << 20 // of them
	surveyText    = 16 << 20 // bytes of a text by which its encoding is found out
	surveyNotes   = 20       // that are told of one by one
)

// Survey says what is in a file whose name is name, without sending or remembering
// anything: how many records, the first of them, the columns, how the file was read,
// and what is odd about its values. A file that is longer than can be looked at in a
// few seconds is looked at as far as that: Records is -1 then, and findings count what
// was seen.
//
// The error is a core.Error of CodeInvalid that says why nothing of the file can be
// read, or what the file's own ReadAt returns.
func Survey(f File, name string, l core.Layout) (core.Survey, error) {
	kind, ok := KindOf(name)
	if !ok {
		kind = 0
	}
	o := Options{Kind: kind, Limit: DefaultLimit}.With(l)
	s := surveyor{f: f, name: filepath.Base(name), layout: l}
	if err := s.open(o); err != nil {
		return core.Survey{}, err
	}
	defer s.reader.Close() // frees what it holds
	if err := s.look(); err != nil {
		return core.Survey{}, err
	}
	return s.survey(), nil
}

// surveyor looks at a file.
type surveyor struct {
	f       File
	name    string
	layout  core.Layout
	o       Options
	reader  Reader
	sheets  []string
	records int64
	bytes   int
	bad     int
	more    bool // there is more than was looked at
	samples [][]byte
	notes   []core.SourceNote
	columns columnBook
}

// open finds out what the file is and begins to read it.
func (s *surveyor) open(o Options) error {
	if err := known(s.f, &o); err != nil {
		return err
	}
	if !o.Kind.Workbook() && o.Kind != XML && o.Encoding == "" {
		if err := detectFirst(s.f, &o); err != nil {
			return err
		}
	}
	r, err := Open(s.f, o)
	if err != nil {
		return err
	}
	s.o, s.reader = o, r
	if o.Kind.Workbook() {
		s.sheets, err = Sheets(s.f)
	}
	if err != nil {
		_ = r.Close() // nothing was written
	}
	return err
}

// detectFirst finds out the encoding by the first part of a text.
func detectFirst(f File, o *Options) error {
	var d Detector
	if _, err := io.Copy(&d, io.NewSectionReader(f, 0, min(f.Size(), surveyText))); err != nil {
		return err
	}
	if f.Size() > surveyText {
		d.tail = nil // a character that only this look has cut off
	}
	return d.tell(o)
}

// look reads records as far as a survey goes.
func (s *surveyor) look() error {
	s.columns.begin(s.reader.Columns())
	for s.records+int64(s.bad) < surveyRecords && s.bytes < surveyBytes {
		rec, err := s.reader.Next()
		bad, isBad := errors.AsType[*Bad](err)
		switch {
		case err == io.EOF:
			return nil
		case isBad:
			s.leftOut(bad)
		case err != nil && s.records > 0 && core.CodeOf(err) == core.CodeInvalid:
			s.note("", core.Sentence(err))
			return nil
		case err != nil:
			return err
		default:
			s.take(rec)
		}
	}
	_, err := s.reader.Next()
	s.more = err != io.EOF
	return nil
}

func (s *surveyor) take(rec Record) {
	s.records++
	s.bytes += len(rec.Data)
	if len(s.samples) < core.MaxSurveySamples {
		s.samples = append(s.samples, rec.Data)
	}
	for _, text := range rec.Notes {
		s.note(rec.Place, text)
	}
	s.columns.add(rec.Data)
}

func (s *surveyor) leftOut(b *Bad) {
	if !b.Fine {
		s.bad++
	}
	s.note(fmt.Sprintf("line %d", b.Line), b.Text)
}

// note tells something about a place in the file.
func (s *surveyor) note(place, text string) {
	if len(s.notes) == surveyNotes {
		return
	}
	where := s.name
	if place != "" {
		where += ", " + place
	}
	s.notes = append(s.notes, core.SourceNote{Time: time.Now(), Where: where, Text: text})
}

func (s *surveyor) survey() core.Survey {
	v := core.Survey{
		Text: s.text(), Records: s.records, Columns: s.columns.columns(s.records, s.more), Samples: s.samples,
		Layout: s.found(), Sheets: s.sheets, Notes: s.notes, Doctor: s.columns.findings(),
	}
	if s.more {
		v.Records = -1
	}
	return v
}

// text is one sentence: "312 rows on the sheet Members, with 8 columns."
func (s *surveyor) text() string {
	what := "record"
	if s.o.Kind.Table() {
		what = "row"
	}
	text := plural(int(s.records), what)
	if s.more {
		text = "More than " + text
	}
	if sheet := s.sheet(); sheet != "" {
		text += " on the sheet " + sheet
	}
	if n := len(s.reader.Columns()); n > 0 {
		text += ", with " + plural(n, "column")
	}
	if s.bad > 0 {
		text += "; " + plural(s.bad, what) + " could not be read"
	}
	return text + "."
}

// sheet is the name of the sheet that was read.
func (s *surveyor) sheet() string {
	if s.layout.Sheet != "" || len(s.sheets) == 0 {
		return s.layout.Sheet
	}
	return s.sheets[0]
}

// found is the layout of the file, with what was found out in it.
func (s *surveyor) found() core.Layout {
	l := s.layout
	l.Sheet = s.sheet()
	if !s.o.Kind.Workbook() && l.Encoding == "" {
		l.Encoding = settled(s.o.Encoding)
	}
	switch t := tableOf(s.reader).(type) {
	case *csvReader:
		if l.Delimiter == "" && t.delim != 0 {
			l.Delimiter = string(t.delim)
		}
		l.HeaderRow = t.header
	case *sheetTable:
		l.HeaderRow = t.header
	}
	return l
}

// settled is the name of an encoding that settings know.
func settled(e Encoding) string {
	if strings.HasPrefix(string(e), string(UTF16)) {
		return string(UTF16)
	}
	return string(e)
}

func tableOf(r Reader) tableRows {
	if t, ok := r.(*withoutTotals); ok {
		return t.tableRows
	}
	return nil
}
