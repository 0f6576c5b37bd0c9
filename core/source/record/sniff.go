package record

import (
	"bytes"
	"encoding/binary"
	"io"
	"strings"
	"unicode/utf16"

	"hookbird/core"
)

// content is what a file is by what is in it, whatever its name says.
type content int

const (
	someText content = iota
	zipped
	oldOffice // a compound file: a workbook of before 2007, or one with a password
	html
	xmlText2003
	xmlFile
	jsonFile
	pdf
	picture
	packed
	richText
	database
	program
)

// signatures are how files begin that are no text.
var signatures = []struct {
	begin string
	is    content
}{
	{"PK\x03\x04", zipped},
	{"PK\x05\x06", zipped},
	{"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", oldOffice},
	{"%PDF-", pdf},
	{"\x89PNG", picture},
	{"\xff\xd8\xff", picture},
	{"GIF8", picture},
	{"\x1f\x8b", packed},
	{"BZh", packed},
	{"\xfd7zXZ\x00", packed},
	{"7z\xbc\xaf\x27\x1c", packed},
	{"Rar!\x1a\x07", packed},
	{"{\\rtf", richText},
	{"SQLite format 3\x00", database},
	{"MZ", program},
	{"\x7fELF", program},
}

// sniffed is how much of a file tells what it is.
const sniffed = 4 << 10

// sniff looks at how a file begins.
func sniff(head []byte) content {
	for _, s := range signatures {
		if bytes.HasPrefix(head, []byte(s.begin)) && (s.is != program && s.begin != "BZh" || bytes.IndexByte(head, 0) >= 0) {
			return s.is
		}
	}
	text := strings.ToLower(strings.TrimSpace(narrow(head)))
	switch {
	case strings.HasPrefix(text, "<!doctype html"), strings.HasPrefix(text, "<html"), strings.HasPrefix(text, "<table"),
		strings.HasPrefix(text, "<?xml") && strings.Contains(text, "<html"):
		return html
	case strings.HasPrefix(text, "<?xml") && strings.Contains(text, "office:spreadsheet"):
		return xmlText2003
	case strings.HasPrefix(text, "<?xml"):
		return xmlFile
	case strings.HasPrefix(text, `{"`), strings.HasPrefix(text, `[{`), text == "[]", text == "{}":
		return jsonFile
	}
	return someText
}

// narrow gives the beginning of text as ASCII, that of 16-bit text as well, without
// white space between brackets.
func narrow(head []byte) string {
	head = bytes.TrimPrefix(head, []byte(utf8BOM))
	if bytes.HasPrefix(head, []byte{0xff, 0xfe}) || bytes.HasPrefix(head, []byte{0xfe, 0xff}) {
		head = bytes.ReplaceAll(head[2:], []byte{0}, nil)
	}
	text := string(bytes.TrimSpace(head))
	if len(text) > 1 && (text[0] == '{' || text[0] == '[') {
		return text[:1] + strings.TrimSpace(text[1:])
	}
	return text
}

// called is what to say of a file's content.
var called = map[content]string{
	html: "a web page (HTML)", xmlFile: "XML", jsonFile: "JSON", pdf: "a PDF", picture: "a picture",
	packed: "a packed file", richText: "a text document (RTF)", database: "a database (SQLite)", program: "a program",
	zipped: "a workbook or another zip file", xmlText2003: "an XML spreadsheet of Excel 2003",
}

// fits refuses a file whose content is not what its kind says.
func fits(f File, k Kind, c content) error {
	switch {
	case c == oldOffice:
		return compound(f)
	case k.Workbook() && c == zipped, k == XML && c == xmlFile, k == XML && c == xmlText2003:
		return nil
	case k.Workbook() && c == someText:
		return core.Errorf(core.CodeInvalid, "It is no workbook, whatever its name says, but perhaps a text file. Open it in your spreadsheet program and save it as .xlsx, or give it a name that ends in .csv.")
	case k.Workbook():
		return core.Errorf(core.CodeInvalid, "It is %s and no workbook, whatever its name says. Open it in your spreadsheet program and save it as .xlsx.", called[c])
	case c == someText, (k == JSON || k == NDJSON) && c == jsonFile:
		return nil
	case c == zipped:
		return core.Errorf(core.CodeInvalid, "It is a workbook or another zip file, whatever its name says. If it is a workbook, give it a name that ends in .xlsx or .ods.")
	case k == JSON || k == NDJSON:
		return core.Errorf(core.CodeInvalid, "It is %s and not JSON, whatever its name says.", called[c])
	case k == XML:
		return core.Errorf(core.CodeInvalid, "It is %s and not XML, whatever its name says.", called[c])
	}
	return core.Errorf(core.CodeInvalid, "It is %s and no table, whatever its name says. Save it as CSV, or give it the name that belongs to it.", called[c])
}

// compound tells a workbook with a password from an old one: the names of the streams
// in a compound file stand in its directory, in UTF-16.
func compound(f File) error {
	if strings.Contains(directory(f), "EncryptedPackage") {
		return locked()
	}
	return core.Errorf(core.CodeInvalid, "It was written by an old program, like Excel before 2007 (.xls). Open it and save it as .xlsx.")
}

// directory gives the names at the beginning of a compound file's directory.
func directory(f File) string {
	head := make([]byte, 512)
	if _, err := f.ReadAt(head, 0); err != nil {
		return ""
	}
	shift := binary.LittleEndian.Uint16(head[30:])
	if shift != 9 && shift != 12 {
		return ""
	}
	at := (int64(binary.LittleEndian.Uint32(head[48:])) + 1) << shift
	entries := make([]byte, 16<<10)
	n, err := f.ReadAt(entries, at)
	if err != nil && err != io.EOF {
		return ""
	}
	wide := make([]uint16, n/2)
	for i := range wide {
		wide[i] = binary.LittleEndian.Uint16(entries[2*i:])
	}
	return string(utf16.Decode(wide))
}

// kindOf takes a file for what is in it.
func (c content) kind(head []byte) Kind {
	switch c {
	case zipped, oldOffice:
		return XLSX
	case xmlFile, xmlText2003:
		return XML
	}
	var d Detector
	_, _ = d.Write(head) // never fails
	return d.Kind()
}
