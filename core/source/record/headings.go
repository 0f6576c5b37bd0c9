package record

import (
	"fmt"
	"net/mail"
	"strings"
	"unicode/utf8"

	"hookbird/core"
)

// maxColumns is how many columns a spreadsheet can have.
const maxColumns = 16384

// headings makes the names of the columns: each heading without the blanks
// around it, "Email (2)" for one that was there before, "Column 3" for an empty
// one.
func headings(cells []string) []string {
	names := make([]string, len(cells))
	taken := make(map[string]bool, len(cells))
	for _, text := range cells {
		taken[strings.TrimSpace(text)] = false // there, but no column has it yet
	}
	for i, text := range cells {
		name := strings.TrimSpace(text)
		used := taken[name]
		if name == "" {
			name = fmt.Sprintf("Column %d", i+1)
			_, used = taken[name]
		}
		if used {
			name = another(name, taken)
		}
		taken[name] = true
		names[i] = name
	}
	return names
}

// another numbers a name that is taken, passing over numbers that are headings
// themselves.
func another(name string, taken map[string]bool) string {
	for n := 2; ; n++ {
		numbered := fmt.Sprintf("%s (%d)", name, n)
		if _, there := taken[numbered]; !there {
			return numbered
		}
	}
}

// checkHeadings refuses a first row that is no row of headings. A file without
// headings cannot be told from one with odd headings for certain; what gives it
// away is a cell that nobody would choose as a heading.
func checkHeadings(cells []string) error {
	if len(cells) > maxColumns {
		return core.Errorf(core.CodeInvalid, "It has more than %d columns.", maxColumns)
	}
	filled, numbers := 0, 0
	for i, text := range cells {
		text = strings.TrimSpace(text)
		switch {
		case !utf8.ValidString(text):
			return core.Errorf(core.CodeInvalid, "Its row of headings is not written in UTF-8.")
		case text == "":
			continue
		case telling(text) != "":
			return noHeadings(fmt.Sprintf("cell %d holds %s", i+1, telling(text)))
		case isNumber(text):
			numbers++
		}
		filled++
	}
	switch filled {
	case 0:
		return noHeadings("it is empty")
	case numbers:
		return noHeadings("it holds only numbers")
	}
	return nil
}

func noHeadings(why string) error {
	return core.Errorf(core.CodeInvalid, "Its first row looks like a record and not like headings: %s. "+
		"Put a row with the name of each column at the top and save the file again.", why)
}

// telling says what a cell holds that no heading is: "" if it may be one.
func telling(text string) string {
	switch {
	case strings.Contains(text, "@") && isAddress(text):
		return "an e-mail address"
	case isNumber(text) && len(text) > 4: // 2024 can be a heading
		return "a number or a date"
	case text[0] == '+' && isNumber(text[1:]):
		return "a phone number"
	}
	return ""
}

func isAddress(text string) bool {
	a, err := mail.ParseAddress(text)
	return err == nil && a.Name == "" && strings.Contains(a.Address[strings.LastIndexByte(a.Address, '@'):], ".")
}

// isNumber tells whether text is made of digits and of what stands between the
// digits of numbers, dates and phone numbers.
func isNumber(text string) bool {
	digits := 0
	for _, c := range text {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case !strings.ContainsRune(" .,-/:()", c):
			return false
		}
	}
	return digits > 0
}
