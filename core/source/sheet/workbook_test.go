package sheet

import (
	"archive/zip"
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"hookbird/core"
)

// Workbooks that LibreOffice has written: a row was put in, one was changed, they were
// sorted, and totals were added.
func TestWorkbooks(t *testing.T) {
	for _, ext := range []string{"xlsx", "ods"} {
		t.Run(ext, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := newDesk(t, members)
				d.src.Existing.Do = core.ExistingSkip
				d.path = filepath.Join(filepath.Dir(d.path), "members."+ext)
				d.src.Sheet.Path = d.path
				d.lay("before." + ext)
				d.run(time.Minute)
				d.lay("after." + ext)
				d.run(time.Hour)
				d.got(`members.`+ext+`, row 2: {"No":3,"Name":"Alan","Town":"Graz","Joined":"2026-03-01"}`,
					`record.updated members.`+ext+`, row 3: {"No":2,"Name":"Grace","Town":"Basel","Joined":"2026-02-01"}`)
				d.said("", "")
			})
		})
	}
}

// lay puts a file of testdata in the place of the spreadsheet.
func (d *desk) lay(name string) {
	d.t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", name))
	if err == nil {
		err = os.WriteFile(d.path, b, 0o600)
	}
	if err != nil {
		d.t.Fatal(err)
	}
}

// workbook makes an XLSX file of rows; a cell that begins with = is a formula that no
// program has calculated yet.
func workbook(t *testing.T, rows ...string) []byte {
	t.Helper()
	var sheet strings.Builder
	for i, row := range rows {
		fmt.Fprintf(&sheet, `<row r="%d">`, i+1)
		for j, cell := range strings.Split(row, ",") {
			at := fmt.Sprintf("%c%d", 'A'+j, i+1)
			if formula, ok := strings.CutPrefix(cell, "="); ok {
				fmt.Fprintf(&sheet, `<c r="%s"><f>%s</f></c>`, at, formula)
			} else if cell != "" {
				fmt.Fprintf(&sheet, `<c r="%s" t="inlineStr"><is><t>%s</t></is></c>`, at, cell)
			}
		}
		sheet.WriteString("</row>")
	}
	const main, rel = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	const rels = "http://schemas.openxmlformats.org/package/2006/relationships"
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, part := range [][2]string{
		{"[Content_Types].xml", `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>`},
		{"_rels/.rels", `<Relationships xmlns="` + rels + `"><Relationship Id="r1" Type="` + rel + `/officeDocument" Target="xl/workbook.xml"/></Relationships>`},
		{"xl/workbook.xml", `<workbook xmlns="` + main + `" xmlns:r="` + rel + `"><sheets><sheet name="Members" sheetId="1" r:id="r1"/></sheets></workbook>`},
		{"xl/_rels/workbook.xml.rels", `<Relationships xmlns="` + rels + `"><Relationship Id="r1" Type="` + rel + `/worksheet" Target="worksheets/sheet1.xml"/></Relationships>`},
		{"xl/worksheets/sheet1.xml", `<worksheet xmlns="` + main + `"><sheetData>` + sheet.String() + `</sheetData></worksheet>`},
	} {
		w, err := z.Create(part[0])
		if err == nil {
			_, err = w.Write([]byte(part[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func (d *desk) laid(b []byte) {
	d.t.Helper()
	if err := os.WriteFile(d.path, b, 0o600); err != nil {
		d.t.Fatal(err)
	}
}

func TestFormulasThatAreNotCalculated(t *testing.T) {
	for name, tt := range map[string]struct {
		cfg   core.SheetSource
		waits bool
	}{
		"any cell":         {core.SheetSource{}, true},
		"a key":            {core.SheetSource{Keys: []string{"Sum"}}, true},
		"one required":     {core.SheetSource{Required: []string{"Sum"}}, true},
		"one not required": {core.SheetSource{Required: []string{"Name"}}, false},
	} {
		t.Run(name, func(t *testing.T) {
			inBubble(t, func(t *testing.T) {
				d := newDesk(t, tt.cfg)
				d.src.Existing.Do = core.ExistingSend
				d.path = strings.TrimSuffix(d.path, ".csv") + ".xlsx"
				d.src.Sheet.Path = d.path
				d.laid(workbook(t, "No,Name,Sum", "1,Ada,=1+1", "2,Grace,4"))
				d.run(time.Hour)
				if !tt.waits {
					d.said("", "")
					if notes := d.host.Noted(); len(notes) != 1 || !strings.HasPrefix(notes[0], "members.xlsx, row 2: Cell C2 holds a formula") {
						t.Errorf("notes: %q", notes)
					}
					return
				}
				d.got(`members.xlsx, row 3: {"No":"2","Name":"Grace","Sum":"4"}`)
				d.said("", "1 row waits for a formula whose result is not in the file. Open the file, save it, and it goes on.")
				d.laid(workbook(t, "No,Name,Sum", "1,Ada,2", "2,Grace,4"))
				d.run(time.Hour)
				d.got(`members.xlsx, row 2: {"No":"1","Name":"Ada","Sum":"2"}`)
				d.said("", "")
			})
		})
	}
}

// What cannot be read is told after a while, for it may be because it is just being
// saved; then it is read as soon as it can be.
func TestWorkbookThatIsHalfSaved(t *testing.T) {
	inBubble(t, func(t *testing.T) {
		d := newDesk(t, core.SheetSource{})
		d.src.Existing.Do = core.ExistingSend
		d.path = strings.TrimSuffix(d.path, ".csv") + ".xlsx"
		d.src.Sheet.Path = d.path
		whole := workbook(t, "No,Name", "1,Ada")
		d.watch()
		d.laid(whole[:len(whole)/2])
		time.Sleep(patience / 2)
		d.said("", "")
		time.Sleep(time.Hour)
		if cause, _ := d.host.Said(); cause == "" {
			t.Error("nothing was told")
		}
		d.laid(whole)
		time.Sleep(time.Hour)
		d.said("", "")
		d.got(`members.xlsx, row 2: {"No":"1","Name":"Ada"}`)
		d.stop()
	})
}
