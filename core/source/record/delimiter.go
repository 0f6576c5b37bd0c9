package record

import (
	"bytes"
	"iter"
)

const delimiters = ",;\t|"

func validDelimiter(c byte) bool {
	return c < 0x80 && c != '"' && c != '\r' && c != '\n' && c != 0
}

// delimiterRows is how many rows a guess looks at.
const delimiterRows = 20

// guessDelimiter takes, of the delimiters that are in the first row, the one that
// cuts most rows of the sample into as many cells as that; then the one that makes
// most cells. If none is in the first row, that may be a title above the table: then
// it takes the one that cuts all rows below it alike.
func guessDelimiter(sample []byte, quote byte) byte {
	best, bestScore := byte(','), [3]int{-1}
	for i := range len(delimiters) {
		if s := delimiterScore(sample, delimiters[i], quote); more(s, bestScore) {
			best, bestScore = delimiters[i], s
		}
	}
	if bestScore[0] > 0 {
		return best
	}
	for i := range len(delimiters) {
		if belowTitle(sample, delimiters[i], quote) {
			return delimiters[i]
		}
	}
	return best
}

func more(a, b [3]int) bool {
	for i := range a {
		if a[i] != b[i] {
			return a[i] > b[i]
		}
	}
	return false
}

func delimiterScore(sample []byte, delim, quote byte) (score [3]int) {
	columns, rows := 0, 0
	for row := range rowsOf(sample, delim, quote) {
		if rows++; rows > delimiterRows {
			break
		}
		if rows == 1 {
			columns = len(row)
		} else if len(row) == columns {
			score[1]++
		}
	}
	score[2] = columns
	if columns > 1 {
		score[0] = 1
	}
	return score
}

// belowTitle tells whether a delimiter cuts all rows, but for a few at the top in
// which it is not, into as many cells: at least three rows of at least three cells,
// none of which begins with a space as it would in sentences.
func belowTitle(sample []byte, delim, quote byte) bool {
	columns, rows, above := 0, 0, 0
	for row := range rowsOf(sample, delim, quote) {
		switch {
		case rows == 0 && len(row) == 1:
			if above++; above > delimiterRows/2 {
				return false
			}
			continue
		case rows == 0:
			columns = len(row)
		case rows == delimiterRows:
			return true
		}
		rows++
		if len(row) != columns || columns < 3 || len(row[1].text) > 0 && row[1].text[0] == ' ' {
			return false
		}
	}
	return rows >= 3
}

// rowsOf cuts a sample into the cells of its rows, without empty lines. The last row
// may be cut off.
func rowsOf(sample []byte, delim, quote byte) iter.Seq[[]cell] {
	return func(yield func([]cell) bool) {
		var cells []cell
		for len(sample) > 0 {
			scan := rowScan{delim: delim, quote: quote}
			n := scan.end(sample)
			if n < 0 {
				n = len(sample)
			}
			raw := bytes.TrimRight(sample[:n], "\r\n")
			sample = sample[n:]
			if len(raw) == 0 {
				continue
			}
			if cells = split(cells[:0], raw, delim, quote); !yield(cells) {
				return
			}
		}
	}
}
