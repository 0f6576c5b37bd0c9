package sheet

import (
	"strconv"
	"strings"
)

// summary is what there is to say of a reading: "3 rows still being typed."
func (r *reading) summary() string {
	waiting := r.keyless
	for i := range r.list {
		if c := &r.list[i]; c.do == wait && !c.twice {
			waiting++
		}
	}
	var said []string
	if waiting > 0 {
		said = append(said, number(waiting, "row")+" still being typed.")
	}
	switch {
	case r.formulas == 1:
		said = append(said, "1 row waits for a formula whose result is not in the file. Open the file, save it, and it goes on.")
	case r.formulas > 1:
		said = append(said, grouped(r.formulas)+" rows wait for formulas whose results are not in the file. Open the file, save it, and they go on.")
	}
	if r.bad > 0 {
		said = append(said, number(r.bad, "row")+" could not be read.")
	}
	return strings.Join(said, " ")
}

// rows begins a sentence: "4,812 rows are".
func rows(n int) string {
	if n == 1 {
		return "1 row is"
	}
	return grouped(n) + " rows are"
}

func number(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}

// grouped writes a number with a comma between thousands.
func grouped(n int) string {
	digits := strconv.Itoa(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// list joins names: "First Name, Last Name and Email".
func list(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return strings.Join(names, "")
}
