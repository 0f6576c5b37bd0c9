package ask

import (
	"bytes"
	"io"
	"mime"
	"strings"

	"hookbird/core"
	"hookbird/core/answer"
	"hookbird/core/value"

	"golang.org/x/net/html/charset"
)

// understand reads what an answer holds: JSON, XML, or nothing.
func (c *Client) understand(a *Answer, contentType string, body []byte) (err error) {
	body = bytes.TrimPrefix(body, []byte("\ufeff"))
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
		if a.JSON, err = fromXML(body); err != nil {
			return c.strange(core.Sentence(err))
		}
	default:
		if a.JSON, err = inUTF8(contentType, body); err != nil {
			return c.strange(core.Sentence(err))
		}
	}
	if a.Value, err = value.Parse(a.JSON); err != nil {
		a.JSON = nil
		return c.strange("Its answer cannot be read. " + core.Sentence(err))
	}
	return nil
}

// inUTF8 gives JSON in the one encoding that it may have, also where an old service
// says that it wrote it in another.
func inUTF8(contentType string, body []byte) ([]byte, error) {
	_, params, _ := mime.ParseMediaType(contentType)
	label := params["charset"]
	if label == "" || strings.EqualFold(label, "utf-8") || strings.EqualFold(label, "utf8") {
		return body, nil
	}
	from, err := charset.NewReaderLabel(label, bytes.NewReader(body))
	if err != nil {
		return nil, core.Errorf(core.CodeInvalid, "Its answer is written in an encoding that Hookbird does not know.")
	}
	return readBounded(from)
}

func readBounded(from io.Reader) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(from, 2*MaxAnswer+1))
	if err != nil || len(body) > 2*MaxAnswer {
		return nil, core.Errorf(core.CodeInvalid, "Its answer cannot be read in the encoding that it says it has.")
	}
	return bytes.TrimPrefix(body, []byte("\ufeff")), nil
}
