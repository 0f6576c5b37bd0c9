package xmljson

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"

	"hookbird/core"
	"hookbird/core/value"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// MaxDepth is how many elements may stand inside one another.
const MaxDepth = value.MaxDepth

// Options say how a document is read.
type Options struct {
	Charset string // that it is written in, as who sent it says; "": a byte order mark or the document says it, or it is UTF-8
	Most    int    // elements and attributes that it may have
}

// JSON makes an object of a document; "{}" of one that holds nothing. Its errors are
// CodeInvalid, sentences that tell the line but nothing of what stands there.
func JSON(body []byte, o Options) ([]byte, error) {
	root, err := parse(body, o)
	if err != nil {
		return nil, err
	}
	switch {
	case len(root.kids) == 0 && len(root.text) == 0:
		return []byte("{}"), nil
	case len(root.kids) == 0:
		root.kids, root.text = []*element{{name: textName, text: root.text}}, nil
	}
	return root.append(make([]byte, 0, len(body))), nil
}

// parse reads a whole document.
func parse(body []byte, o Options) (*element, error) {
	d, err := decoder(body, o.Charset)
	if err != nil {
		return nil, err
	}
	t := tree{most: o.Most, names: map[string]string{}}
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		line, _ := d.InputPos()
		if err != nil {
			return nil, wrong("Something in line %d is not as XML has to be.", line)
		}
		if why := t.take(token); why != "" {
			return nil, wrong("In line %d %s", line, why)
		}
	}
	if t.root == nil || len(t.open) > 0 {
		return nil, wrong("It does not come to its end.")
	}
	return t.root, nil
}

func wrong(text string, args ...any) error { return core.Errorf(core.CodeInvalid, text, args...) }

// decoder reads the character set that was named, or a byte order mark, or the
// document itself.
func decoder(body []byte, label string) (*xml.Decoder, error) {
	var in io.Reader = bytes.NewReader(body)
	said := label != ""
	switch {
	case bytes.HasPrefix(body, []byte("\xff\xfe")) || bytes.HasPrefix(body, []byte("\xfe\xff")):
		in, said = unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Reader(in), true
	case bytes.HasPrefix(body, []byte("\xef\xbb\xbf")):
		in, said = bytes.NewReader(body[3:]), true
	case said:
		var err error
		if in, err = charset.NewReaderLabel(label, in); err != nil {
			return nil, wrong("Its character set is not known here. UTF-8 is.")
		}
	}
	d := xml.NewDecoder(in)
	d.CharsetReader = func(label string, in io.Reader) (io.Reader, error) {
		if said {
			return in, nil // it is UTF-8 by now, whatever it says
		}
		return charset.NewReaderLabel(label, in)
	}
	return d, nil
}
