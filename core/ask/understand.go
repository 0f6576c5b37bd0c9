package ask

import (
	"bytes"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"hookbird/core"
	"hookbird/core/answer"
	"hookbird/core/value"
	"hookbird/core/xmljson"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/unicode"
)

// understand reads what an answer holds: JSON, XML, or nothing.
func (c *Client) understand(a *Answer, contentType string, body []byte) error {
	body, label, err := plainly(contentType, body)
	if err != nil {
		return c.strange(core.Sentence(err))
	}
	start := bytes.TrimLeft(body, " \t\r\n")
	switch {
	case len(start) == 0 && a.Code == 204:
		return nil
	case len(start) == 0:
		return c.strange("Its answer is empty.")
	case answer.IsPage(contentType, start):
		return c.strange("It answered with a web page and not with data. Perhaps the address is that of a page for people, or the network that this computer is in wants somebody to log in.")
	case start[0] == '<':
		a.XML = true
		if a.JSON, err = xmljson.JSON(body, xmljson.Options{Charset: label, Most: maxElements}); err != nil {
			return c.strange("Its answer looks like XML, but cannot be read. " + core.Sentence(err))
		}
	default:
		a.JSON = body
	}
	if a.Value, err = value.Parse(a.JSON); err != nil {
		a.JSON = nil
		return c.strange("Its answer cannot be read. " + core.Sentence(err))
	}
	return nil
}

// maxElements is how many elements and attributes together an answer in XML may have.
const maxElements = 500_000

// utf8Label is the usual name of the one encoding that JSON may have.
const utf8Label = "utf-8"

// plainly gives an answer in UTF-8 and without a byte order mark, also where an old
// service wrote it in another encoding and says so. XML without such a mark stays as
// it is, and label tells how it is written; "" for as it says itself.
func plainly(contentType string, body []byte) (plain []byte, label string, err error) {
	_, params, _ := mime.ParseMediaType(contentType)
	label = strings.ToLower(params["charset"])
	switch {
	case bytes.HasPrefix(body, []byte("\ufeff")):
		return body[3:], utf8Label, nil
	case bytes.HasPrefix(body, []byte("\xff\xfe")), bytes.HasPrefix(body, []byte("\xfe\xff")):
		marked := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
		plain, err = readBounded(marked.Reader(bytes.NewReader(body)))
		return plain, utf8Label, err
	case bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("<")):
		if (label == utf8Label || label == "utf8") && !utf8.Valid(body) {
			label = "" // who says that of everything is not believed
		}
		return body, label, nil
	case label == "" || label == utf8Label || label == "utf8":
		return body, label, nil
	}
	from, err := charset.NewReaderLabel(label, bytes.NewReader(body))
	if err != nil {
		return nil, "", core.Errorf(core.CodeInvalid, "Its answer is written in an encoding that Hookbird does not know.")
	}
	plain, err = readBounded(from)
	return plain, utf8Label, err
}

func readBounded(from io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(from, 2*MaxAnswer+1))
	if err != nil || len(body) > 2*MaxAnswer {
		return nil, core.Errorf(core.CodeInvalid, "Its answer cannot be read in the encoding that it says it has.")
	}
	return bytes.TrimPrefix(body, []byte("\ufeff")), nil
}
