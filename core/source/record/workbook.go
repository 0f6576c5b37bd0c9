package record

import (
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"hookbird/core"
)

// sheetPart is a sheet of a workbook, and where it is kept.
type sheetPart struct {
	name   string
	hidden bool
	part   string
}

// workbook is an open file of Excel.
type workbook struct {
	*archive
	sheets    []sheetPart
	since1904 bool
	formats   []dateKind // of the styles of cells
	strings   stringTable
	limit     int // bytes of a row

	stringsPart, stylesPart string
}

// maxSheets is how many sheets a workbook may have.
const maxSheets = 10_000

func openWorkbook(a *archive, limit int) (*workbook, error) {
	w := &workbook{archive: a, limit: limit}
	main, err := w.mainPart()
	if err != nil {
		return nil, err
	}
	if err := w.readSheets(main); err != nil {
		return nil, err
	}
	if len(w.sheets) == 0 {
		return nil, noSheet()
	}
	return w, nil
}

// mainPart tells which part the others hang on.
func (w *workbook) mainPart() (name string, err error) {
	if w.has("xl/workbook.xml") {
		return "xl/workbook.xml", nil
	}
	if w.has("xl/workbook.bin") {
		return "", core.Errorf(core.CodeInvalid, "It is a binary workbook (.xlsb), which Hookbird does not read. Open it and save it as .xlsx.")
	}
	if !w.has("_rels/.rels") {
		return "", core.Errorf(core.CodeInvalid, "It is a zip file, but no workbook. Take the files that are in it out of it first.")
	}
	err = w.relations("_rels/.rels", "", func(_, kind, target string) {
		if kind == "officeDocument" {
			name = target
		}
	})
	if err == nil && !w.has(name) {
		err = core.Errorf(core.CodeInvalid, "It is a zip file, but no workbook. Take the files that are in it out of it first.")
	}
	return name, err
}

// relations reads what a part refers to: the id, the kind, and the part's name.
func (w *workbook) relations(name, folder string, visit func(id, kind, target string)) error {
	return w.each(name, func(s *xmlScan) error {
		if string(local(s.name)) != "Relationship" {
			return nil
		}
		id, _ := s.attr("Id")
		kind, _ := s.attr("Type")
		target, _ := s.attr("Target")
		if strings.HasPrefix(target, "/") {
			target = target[1:]
		} else {
			target = path.Join(folder, target)
		}
		visit(id, path.Base(kind), target)
		return nil
	})
}

// readSheets reads which sheets there are, those that can be seen first.
func (w *workbook) readSheets(main string) error {
	folder := path.Dir(main)
	parts := map[string]string{}
	err := w.relations(path.Join(folder, "_rels", path.Base(main)+".rels"), folder, func(id, kind, target string) {
		switch kind {
		case "worksheet":
			parts[id] = target
		case "sharedStrings":
			w.stringsPart = target
		case "styles":
			w.stylesPart = target
		}
	})
	if err != nil {
		return err
	}
	err = w.each(main, func(s *xmlScan) error {
		switch string(local(s.name)) {
		case "workbookPr":
			w.since1904 = isTrue(s, "date1904")
		case "sheet":
			return w.addSheet(s, parts)
		}
		return nil
	})
	visibleFirst(w.sheets)
	return err
}

func visibleFirst(sheets []sheetPart) {
	slices.SortStableFunc(sheets, func(a, b sheetPart) int { return asInt(a.hidden) - asInt(b.hidden) })
}

func (w *workbook) addSheet(s *xmlScan, parts map[string]string) error {
	if len(w.sheets) == maxSheets {
		return tooManySheets()
	}
	name, _ := s.attr("name")
	state, _ := s.attr("state")
	if part, ok := parts[relationID(s)]; ok { // a sheet that is a chart has none
		w.sheets = append(w.sheets, sheetPart{name: name, hidden: state == "hidden" || state == "veryHidden", part: part})
	}
	return nil
}

// relationID is the attribute id that has a prefix; which one is up to the file.
func relationID(s *xmlScan) string {
	for attrs := s.attrs; ; {
		name, val, rest, ok := attr(attrs)
		if !ok {
			return ""
		}
		if string(local(name)) == "id" && len(name) > len("id") {
			return string(val)
		}
		attrs = rest
	}
}

func isTrue(s *xmlScan, name string) bool {
	val, _ := s.attr(name)
	return val == "1" || val == "true" || val == "on"
}

func asInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// names are the names of the sheets.
func names(sheets []sheetPart) []string {
	list := make([]string, len(sheets))
	for i, s := range sheets {
		list[i] = s.name
	}
	return list
}

// choose finds a sheet by its name; "" is the first that can be seen.
func choose(sheets []sheetPart, name string) (sheetPart, error) {
	if name == "" {
		visibleFirst(sheets)
		return sheets[0], nil
	}
	for _, exactly := range []bool{true, false} {
		for _, s := range sheets {
			if s.name == name || !exactly && strings.EqualFold(strings.TrimSpace(s.name), strings.TrimSpace(name)) {
				return s, nil
			}
		}
	}
	return sheetPart{}, core.Errorf(core.CodeInvalid, "There is no sheet %q in this workbook. It has %s.", name, listed(names(sheets)))
}

// listed names a few things.
func listed(names []string) string {
	const few = 8
	more := ""
	if len(names) > few {
		more, names = " and "+strconv.Itoa(len(names)-few)+" more", names[:few]
	}
	return strings.Join(names, ", ") + more
}

// maxStyles is how many styles of cells are known.
const maxStyles = 100_000

// readStyles finds out which styles make dates of numbers.
func (w *workbook) readStyles() error {
	if !w.has(w.stylesPart) {
		return nil
	}
	own := map[int]dateKind{}
	inCells := false
	return w.each(w.stylesPart, func(s *xmlScan) error {
		switch string(local(s.name)) {
		case "numFmt":
			id, code := number(s, "numFmtId"), ""
			code, _ = s.attr("formatCode")
			if len(own) < maxStyles {
				own[id] = formatKind(code)
			}
		case "cellXfs":
			inCells = true
		case "cellStyles", "cellStyleXfs", "dxfs":
			inCells = false
		case "xf":
			if inCells && len(w.formats) < maxStyles {
				id := number(s, "numFmtId")
				kind, ok := own[id]
				if !ok {
					kind = builtInFormat(id)
				}
				w.formats = append(w.formats, kind)
			}
		}
		return nil
	})
}

func number(s *xmlScan, name string) int {
	val, _ := s.attr(name)
	n, err := strconv.Atoi(val)
	if err != nil {
		return -1
	}
	return n
}

// readStrings reads the texts that cells refer to by their number.
func (w *workbook) readStrings() error {
	if !w.has(w.stringsPart) {
		return nil
	}
	p, err := w.open(w.stringsPart)
	if err != nil {
		return err
	}
	defer p.close()
	t := textOf{limit: w.limit}
	for {
		token, err := p.xml.next()
		switch {
		case err == io.EOF:
			return w.strings.done()
		case err != nil:
			return err
		case token == xmlStart && string(local(p.xml.name)) == "si":
			if t.text, err = t.read(p.xml, t.text[:0]); err != nil {
				return err
			}
			if err := w.strings.add(t.text); err != nil {
				return err
			}
		}
	}
}

// textOf reads a text with all its differently formatted stretches, without how it is
// pronounced.
type textOf struct {
	text  []byte
	limit int
}

// read reads up to the end of the element that has begun. What is longer than the
// limit is cut, so that whoever uses it sees that it is too long.
func (t *textOf) read(x *xmlScan, to []byte) ([]byte, error) {
	from, until, inText, spoken := len(to), x.depth()-1, false, 0
	for {
		token, err := x.next()
		if err != nil {
			return to, err
		}
		switch token {
		case xmlStart:
			switch string(local(x.name)) {
			case "t":
				inText = spoken == 0
			case "rPh":
				spoken = x.depth()
			}
		case xmlEnd:
			inText = false
			if x.depth() < spoken {
				spoken = 0
			}
			if x.depth() == until {
				return unescapeOffice(to, from), nil
			}
		case xmlText:
			if inText && len(to)-from <= t.limit {
				to = append(to, x.text...)
			}
		}
	}
}

// unescapeOffice puts the characters that Excel writes as _x000D_ in place.
func unescapeOffice(to []byte, from int) []byte {
	const length = len("_x000D_")
	for i := from; i+length <= len(to); i++ {
		if to[i] != '_' || to[i+1] != 'x' || to[i+length-1] != '_' {
			continue
		}
		n, err := strconv.ParseUint(string(to[i+2:i+length-1]), 16, 16)
		if err != nil || n >= 0xd800 && n < 0xe000 {
			continue
		}
		char := []byte(string(rune(n)))
		to = append(to[:i+copy(to[i:], char)], to[i+length:]...)
		i += len(char) - 1
	}
	return to
}
