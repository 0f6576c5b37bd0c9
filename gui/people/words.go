package people

import (
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/gui/past"
	"hookbird/gui/words"
)

// date is how the day of something is written where it has to stay clear for years.
const date = "2 January 2006"

func dateAndTime(t time.Time) string { return t.Local().Format(date + " at 15:04") }

// isNothing tells whether nothing is kept.
func isNothing(v control.PersonView) bool {
	return v.Records+v.Messages+v.LeftOut+v.Answers+v.Remembered == 0
}

// Kept says how many records are kept and from when.
func Kept(v control.KeptView) string {
	if v.Records == 0 {
		return "No records are kept."
	}
	text := words.Count(v.Records, "record is", "records are") + " kept"
	if !v.RecordsSince.IsZero() {
		text += ", from " + v.RecordsSince.Local().Format(date)
	}
	return text + "."
}

// found says how much is kept about a person.
func found(v control.PersonView) string {
	text := words.Records(v.Records) + " and " + words.Messages(v.Messages)
	if v.Waiting > 0 {
		text += ", " + words.Number(v.Waiting) + " of them still to be sent"
	}
	return text + "."
}

// also says what else there is; "" if there is nothing else.
func also(v control.PersonView) string {
	var lines []string
	if v.LeftOut > 0 {
		lines = append(lines, words.Count(v.LeftOut, "record was", "records were")+" left out by a source.")
	}
	if v.Answers > 0 {
		lines = append(lines, words.Count(v.Answers, "answer to a message", "answers to messages")+" of others "+verb(v.Answers, "names", "name")+" the person.")
	}
	if v.Remembered > 0 {
		lines = append(lines, words.Count(v.Remembered, "row is", "rows are")+" remembered by a source, to tell once "+verb(v.Remembered, "it is", "they are")+" gone.")
	}
	return strings.Join(lines, " ")
}

func verb(n uint64, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// question asks whether somebody is to be erased, with all that goes.
func question(v control.PersonView) (title, body, yes string) {
	goes := strings.TrimSpace(found(v) + " " + also(v))
	if v.Waiting > 0 {
		goes += " What is still to be sent is not sent any more."
	}
	if v.Answers > 0 {
		goes += " Messages of others stay, without these answers."
	}
	yes = "Erase"
	if v.Records+v.Messages > 0 {
		yes = "Erase " + words.Records(v.Records) + " and " + words.Messages(v.Messages)
	}
	return "Erase this person?", goes + "\n\nThis cannot be undone, and changes nothing in the systems that have the records already. " +
		"Backups from before are shown to you afterwards.", yes
}

// receiptLines are what a receipt says, by name. Nothing of them is about the person.
func receiptLines(e core.Erased) [][2]string {
	messages := words.Number(e.Messages)
	if e.Waiting > 0 {
		messages += ", " + words.Number(e.Waiting) + " of them before they were sent"
	}
	lines := [][2]string{
		{"Number", e.ID},
		{"Erased", dateAndTime(e.At) + ", " + past.By(e.By)},
		{"Records", words.Number(e.Records)},
		{"Messages", messages},
	}
	if e.LeftOut > 0 {
		lines = append(lines, [2]string{"Left out by sources", words.Number(e.LeftOut)})
	}
	if e.Answers > 0 {
		lines = append(lines, [2]string{"Answers of others", words.Number(e.Answers) + " that named the person were emptied"})
	}
	if e.Remembered > 0 {
		lines = append(lines, [2]string{"Remembered by sources", words.Number(e.Remembered) + " known by the person's values"})
	}
	return lines
}

// receiptText is a receipt to be given to somebody. left are the backups that were
// made before and are still there.
func receiptText(e core.Erased, left []core.Backup) string {
	var b strings.Builder
	b.WriteString("What Hookbird held about one person was erased.\n\n")
	for _, l := range receiptLines(e) {
		fmt.Fprintf(&b, "%-22s %s\n", l[0], l[1])
	}
	if len(left) == 0 {
		b.WriteString("\nNo backup that was made before is left.\n")
		return b.String()
	}
	b.WriteString("\nThese backups were made before and may hold the person still:\n")
	for _, f := range left {
		fmt.Fprintf(&b, "%s, made %s\n", filepath.Base(f.Path), dateAndTime(f.Made))
	}
	return b.String()
}

// Receipts says how many people were erased, and when the last was.
func Receipts(list []core.Erased) string {
	if len(list) == 0 {
		return "Nobody was erased yet. What is erased does not come back, also not from a backup that is put back."
	}
	return words.Count(uint64(len(list)), "person was", "people were") + " erased, the last on " + list[0].At.Local().Format(date) +
		". What was erased does not come back, also not from a backup that is put back."
}
