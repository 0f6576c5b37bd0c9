package record

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"hookbird/core"
)

// odsContent is the part of a workbook of LibreOffice in which its sheets stand, one
// behind the other.
const odsContent = "content.xml"

// document is an open workbook of LibreOffice, up to where it has been read.
type document struct {
	*archive
	part   *part
	x      *xmlScan
	hidden map[string]bool // styles of sheets that are not shown
	style  string          // whose properties come next
	sheets []sheetPart     // that came so far
	limit  int
}

func openDocument(a *archive, limit int) (*document, error) {
	if err := withoutPassword(a); err != nil {
		return nil, err
	}
	p, err := a.open(odsContent)
	if err != nil {
		return nil, err
	}
	return &document{archive: a, part: p, x: p.xml, hidden: map[string]bool{}, limit: limit}, nil
}

// withoutPassword looks whether the list of the parts says that they are encrypted.
func withoutPassword(a *archive) error {
	const manifest = "META-INF/manifest.xml"
	if !a.has(manifest) {
		return nil
	}
	return a.each(manifest, func(s *xmlScan) error {
		if string(local(s.name)) == "encryption-data" {
			return locked()
		}
		return nil
	})
}

// table goes on to the beginning of the next sheet: io.EOF if there is none.
func (d *document) table() (sheetPart, error) {
	for {
		token, err := d.x.next()
		if err != nil {
			return sheetPart{}, err
		}
		if token != xmlStart {
			continue
		}
		switch string(d.x.name) {
		case "style:style":
			d.style, _ = d.x.attr("style:name")
		case "style:table-properties":
			if shown, ok := d.x.attr("table:display"); ok && shown == "false" && len(d.hidden) < maxSheets {
				d.hidden[d.style] = true
			}
		case "table:table":
			return d.begin()
		}
	}
}

func (d *document) begin() (sheetPart, error) {
	if len(d.sheets) == maxSheets {
		return sheetPart{}, tooManySheets()
	}
	name, _ := d.x.attr("table:name")
	style, _ := d.x.attr("table:style-name")
	s := sheetPart{name: name, hidden: d.hidden[style]}
	d.sheets = append(d.sheets, s)
	return s, nil
}

// skip passes over the rest of the element that has begun.
func skip(x *xmlScan) error {
	for until := x.depth() - 1; x.depth() > until; {
		if _, err := x.next(); err != nil {
			return err
		}
	}
	return nil
}

// all reads which sheets there are, those that can be seen first.
func (d *document) all() ([]sheetPart, error) {
	for {
		_, err := d.table()
		if err == io.EOF {
			break
		} else if err == nil {
			err = skip(d.x)
		}
		if err != nil {
			return nil, err
		}
	}
	if len(d.sheets) == 0 {
		return nil, noSheet()
	}
	visibleFirst(d.sheets)
	return d.sheets, nil
}

// find goes on to a sheet: the one with that name, or the first that can be seen. It
// is io.EOF if there is none.
func (d *document) find(wanted func(sheetPart) bool) error {
	for {
		s, err := d.table()
		if err != nil || wanted(s) {
			return err
		}
		if err := skip(d.x); err != nil {
			return err
		}
	}
}

// openODS finds a sheet of a workbook. Looking for one that is spelled otherwise, or
// for one that can be seen where there is none, takes a second reading.
func openODS(a *archive, o Options) (*odsRows, error) {
	d, err := openDocument(a, o.Limit)
	if err != nil {
		return nil, err
	}
	err = d.find(func(s sheetPart) bool { return o.Sheet == "" && !s.hidden || o.Sheet != "" && s.name == o.Sheet })
	if err == nil {
		return newODSRows(d), nil
	}
	d.part.close()
	if err != io.EOF {
		return nil, err
	}
	if len(d.sheets) == 0 {
		return nil, noSheet()
	}
	s, err := choose(d.sheets, o.Sheet)
	if err != nil {
		return nil, err
	}
	if d, err = openDocument(a, o.Limit); err != nil {
		return nil, err
	}
	if err := d.find(func(other sheetPart) bool { return other.name == s.name }); err != nil {
		d.part.close()
		return nil, err
	}
	return newODSRows(d), nil
}

func noSheet() error {
	return core.Errorf(core.CodeInvalid, "There is no sheet with rows in this workbook.")
}

func tooManySheets() error {
	return core.Errorf(core.CodeInvalid, "This workbook has more than %d sheets.", maxSheets)
}

func locked() error {
	return core.Errorf(core.CodeInvalid, "It is protected by a password, so it cannot be read. Open it, take the password off, and save it again.")
}

// odsClock makes 14:30:00 of PT14H30M00S, and PT26H30M0S of what is longer than a
// day. What is written otherwise stays as it is.
func odsClock(text string) string {
	rest, ok := strings.CutPrefix(text, "PT")
	hours, rest, okHours := cutNumber(rest, "H")
	minutes, rest, okMinutes := cutNumber(rest, "M")
	whole, fraction, _ := strings.Cut(strings.Replace(strings.TrimSuffix(rest, "S"), ",", ".", 1), ".")
	seconds, err := strconv.Atoi(whole)
	if !ok || !okHours || !okMinutes || err != nil || minutes > 59 || seconds < 0 || seconds > 59 || fraction != "" && !isDigits(fraction) {
		return text
	}
	if fraction = strings.TrimRight(fraction, "0"); fraction != "" {
		fraction = "." + fraction
	}
	if hours < 24 {
		return fmt.Sprintf("%02d:%02d:%02d%s", hours, minutes, seconds, fraction)
	}
	return fmt.Sprintf("PT%dH%dM%d%sS", hours, minutes, seconds, fraction)
}

// cutNumber cuts off a number with a letter behind it.
func cutNumber(text, letter string) (n int, rest string, ok bool) {
	digits, rest, ok := strings.Cut(text, letter)
	n, err := strconv.Atoi(digits)
	return n, rest, ok && err == nil && isDigits(digits)
}

func isDigits(text string) bool {
	for i := range len(text) {
		if text[i] < '0' || text[i] > '9' {
			return false
		}
	}
	return text != ""
}
