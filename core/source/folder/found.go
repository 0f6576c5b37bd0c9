package folder

import "strconv"

// summary says what a look has found.
func (f *Folder) summary(files []file) string {
	refused := 0
	for _, file := range files {
		if k := f.known[file.name]; k.refused && k.stamp == file.stamp {
			refused++
		}
	}
	waiting := len(f.found)
	switch {
	case len(files) == 0:
		return "There is no file to read."
	case waiting > 0:
		return counted(len(files), "file") + ", " + grouped(waiting) + " of them still to be read."
	case refused > 0:
		return counted(len(files), "file") + ", " + grouped(refused) + " of them cannot be read."
	}
	return counted(len(files), "file") + ", none of them new."
}

// counted is a number of things in words.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return grouped(n) + " " + what + "s"
}

// grouped writes a number as people do.
func grouped(n int) string {
	text := strconv.Itoa(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}
