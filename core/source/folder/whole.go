package folder

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"hookbird/core"
	"hookbird/core/source/record"
)

// maxText is how many bytes a text may have that goes into the record of its file.
const maxText = record.DefaultLimit

// wholeFile is a file as one record.
type wholeFile struct {
	Name     string `json:"name"`
	Folder   string `json:"folder,omitempty"` // the subfolders that it lies in
	Size     int64  `json:"size"`
	Modified string `json:"modified"`
	Text     string `json:"text,omitempty"` // what it holds, if that is text and not too long
}

// whole hands on a file as one record. text tells that it is a text.
func (f *Folder) whole(ctx context.Context, j *job, w way, text bool) (again time.Duration, finished bool, err error) {
	data, err := f.wholeData(j, text)
	if errors.Is(err, errChanged) {
		return f.changed(j.file), false, nil
	} else if err != nil {
		return f.broken(ctx, j, err), false, nil
	}
	j.add(f.event(j, f.src.Type(), record.Record{Data: data}))
	return f.finish(ctx, j, w)
}

func (f *Folder) wholeData(j *job, text bool) ([]byte, error) {
	w := wholeFile{Name: path.Base(j.name), Size: j.stamp.Size, Modified: time.Unix(0, j.stamp.Mtime).Format(time.RFC3339)}
	if folder := path.Dir(j.name); folder != "." {
		w.Folder = folder
	}
	if text && w.Size <= maxText {
		b := make([]byte, w.Size)
		if _, err := j.f.ReadAt(b, 0); err == io.EOF {
			return nil, errChanged
		} else if err != nil {
			return nil, err
		}
		w.Text = decoded(b, j.encodingOf(f.src.Folder.Layout))
	}
	return json.Marshal(w)
}

// encodingOf is the encoding of a file as its settings say, or as it was found out.
func (j *job) encodingOf(l core.Layout) record.Encoding {
	if l.Encoding != "" {
		return record.Encoding(l.Encoding)
	}
	return j.encoding
}

// encodings are those that are not UTF-8.
var encodings = map[record.Encoding]encoding.Encoding{
	record.UTF16:   unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	record.UTF16LE: unicode.UTF16(unicode.LittleEndian, unicode.UseBOM),
	record.UTF16BE: unicode.UTF16(unicode.BigEndian, unicode.UseBOM),
	record.Windows: charmap.Windows1252,
	record.Latin9:  charmap.ISO8859_15,
}

// decoded gives a text; "" for what turns out to be none.
func decoded(b []byte, e record.Encoding) string {
	if from, ok := encodings[e]; ok {
		text, _, err := transform.Bytes(from.NewDecoder(), b)
		if err != nil {
			return ""
		}
		b = text
	}
	if !utf8.Valid(b) || bytes.ContainsFunc(b, odd) {
		return ""
	}
	return strings.TrimPrefix(string(b), "\ufeff")
}

// odd tells whether no text holds a character.
func odd(r rune) bool {
	return r == utf8.RuneError || r < ' ' && !strings.ContainsRune("\t\n\r\f", r)
}
