package record

import (
	"io"

	"hookbird/core"
)

// Open makes a reader of a file. It sees to it that the file is what its kind says:
// a workbook that is a web page, or a CSV file that is a workbook, is refused with a
// sentence. Without an encoding, it reads text once from end to end to find it out.
//
// The error is a core.Error of CodeInvalid, or what the file's own ReadAt returns.
// The file has to stay open, and as it is, until the reader is closed.
func Open(f File, o Options) (Reader, error) {
	if o.Limit == 0 {
		o.Limit = DefaultLimit
	}
	if err := known(f, &o); err != nil {
		return nil, err
	}
	switch o.Kind {
	case XLSX, ODS:
		return openSheet(f, o)
	}
	if o.Encoding == "" && o.Kind != XML {
		if err := detect(f, &o); err != nil {
			return nil, err
		}
	}
	return New(io.NewSectionReader(f, 0, f.Size()), o)
}

// known finds out what a file is, and that it is what it should be.
func known(f File, o *Options) error {
	head := make([]byte, min(sniffed, f.Size()))
	if n, err := f.ReadAt(head, 0); err != nil && err != io.EOF {
		return err
	} else if n < len(head) {
		head = head[:n]
	}
	c := sniff(head)
	if o.Kind == 0 {
		o.Kind = c.kind(head)
	}
	if len(head) == 0 && !o.Kind.Workbook() {
		return nil
	}
	return fits(f, o.Kind, c)
}

// detect finds out the encoding of a text.
func detect(f File, o *Options) error {
	var d Detector
	if _, err := io.Copy(&d, io.NewSectionReader(f, 0, f.Size())); err != nil {
		return err
	}
	return d.tell(o)
}

// tell puts what was found out into o.
func (d *Detector) tell(o *Options) error {
	e, ok := d.Encoding()
	if !ok {
		return core.Errorf(core.CodeInvalid, "It is not a text file, whatever its name says: it holds bytes that no text has.")
	}
	o.Encoding = e
	return nil
}

// openSheet opens the sheet of a workbook, of whichever program: what is in it says
// which, not its name.
func openSheet(f File, o Options) (Reader, error) {
	a, err := openArchive(f)
	if err != nil {
		return nil, err
	}
	rows, err := a.rows(o)
	if err != nil {
		return nil, err
	}
	return newSheetTable(rows, o), nil
}

func (a *archive) rows(o Options) (sheetRows, error) {
	if a.has(odsContent) {
		return openODS(a, o)
	}
	w, err := openWorkbook(a, o.Limit)
	if err != nil {
		return nil, err
	}
	s, err := choose(w.sheets, o.Sheet)
	if err != nil {
		return nil, err
	}
	return w.rows(s)
}

// Sheets gives the names of the sheets of a workbook, those that can be seen first.
// Other files have none.
func Sheets(f File) ([]string, error) {
	o := Options{}
	if err := known(f, &o); err != nil || !o.Kind.Workbook() {
		return nil, err
	}
	a, err := openArchive(f)
	if err != nil {
		return nil, err
	}
	sheets, err := a.sheets()
	return names(sheets), err
}

func (a *archive) sheets() ([]sheetPart, error) {
	if !a.has(odsContent) {
		w, err := openWorkbook(a, DefaultLimit)
		if err != nil {
			return nil, err
		}
		return w.sheets, nil
	}
	d, err := openDocument(a, DefaultLimit)
	if err != nil {
		return nil, err
	}
	defer d.part.close()
	return d.all()
}
