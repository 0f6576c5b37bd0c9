package record

import "bytes"

const delimiters = ",;\t|"

func validDelimiter(c byte) bool {
	return c < 0x80 && c != '"' && c != '\r' && c != '\n' && c != 0
}

// delimiterRows is how many rows a guess looks at.
const delimiterRows = 20

// guessDelimiter takes, of the delimiters that are in the headings, the one that
// cuts most rows of the sample into as many cells as those; then the one that
// makes most cells. If none is in the headings, it takes one that is rare below.
func guessDelimiter(sample []byte) byte {
	best, bestScore := byte(','), [3]int{-1}
	for i := range len(delimiters) {
		if s := delimiterScore(sample, delimiters[i]); more(s, bestScore) {
			best, bestScore = delimiters[i], s
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

func delimiterScore(sample []byte, delim byte) (score [3]int) {
	columns, rows := 0, 0
	for len(sample) > 0 && rows < delimiterRows {
		scan := rowScan{delim: delim}
		n := scan.end(sample)
		if n < 0 {
			n = len(sample)
		}
		raw := bytes.TrimRight(sample[:n], "\r\n")
		sample = sample[n:]
		if len(raw) == 0 {
			continue
		}
		cells := len(split(nil, raw, delim))
		if rows++; rows == 1 {
			columns = cells
		} else if cells == columns {
			score[1]++
		}
	}
	score[2] = columns
	if columns > 1 {
		score[0] = 1
	}
	return score
}
