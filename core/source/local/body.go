package local

import (
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"os"
	"strings"

	"hookbird/core"
)

// format is how a body writes its events.
type format int

const (
	formatJSON format = iota + 1
	formatLines
	formatForm
	formatCloud     // one CloudEvent with everything in it
	formatCloudList // several
	formatParts     // a form in parts
	formatXML
	formatQuery // a form in the query of the address
)

// content is what a request says of its body.
type content struct {
	format
	charset  string // of XML, "" if it is not said
	boundary string // of formatParts
}

// types are the content types that are taken. XML is, where the source says so.
var types = map[string]format{
	"application/json":                   formatJSON,
	"application/x-ndjson":               formatLines,
	"application/ndjson":                 formatLines,
	"application/jsonl":                  formatLines,
	"application/x-jsonlines":            formatLines,
	"application/x-www-form-urlencoded":  formatForm,
	"multipart/form-data":                formatParts,
	"application/cloudevents+json":       formatCloud,
	"application/cloudevents-batch+json": formatCloudList,
	"application/xml":                    formatXML,
	"text/xml":                           formatXML,
}

// contentOf reads the content type, which must be one that is taken: what a plain
// web form or a page without leave can send is not guessed at.
func contentOf(h http.Header, local *core.LocalSource) (content, *refusal) {
	if e := h.Get("Content-Encoding"); e != "" && !strings.EqualFold(e, "identity") {
		return content{}, refuse(http.StatusUnsupportedMediaType, "unsupported_encoding", "The body must not be compressed.")
	}
	text := h.Get("Content-Type")
	if text == "application/json" && len(h["Content-Type"]) == 1 {
		return content{format: formatJSON}, nil
	}
	name, params, err := mime.ParseMediaType(text)
	c := content{format: types[name], charset: strings.ToLower(params["charset"]), boundary: params["boundary"]}
	switch {
	case err != nil, len(h["Content-Type"]) != 1, c.format == 0,
		c.format == formatXML && !local.XML,
		c.format != formatXML && c.charset != "" && c.charset != "utf-8",
		c.format == formatParts && c.boundary == "":
		return content{}, unsupported(local)
	}
	return c, nil
}

func unsupported(local *core.LocalSource) *refusal {
	more := ""
	if local.XML {
		more = ", or XML as application/xml"
	}
	return refuse(http.StatusUnsupportedMediaType, "unsupported_type", "The content type must be application/json, application/x-ndjson, "+
		"application/x-www-form-urlencoded, multipart/form-data, application/cloudevents+json or application/cloudevents-batch+json, in UTF-8"+more+".")
}

// smallBody is how large bodies may be without being counted.
const smallBody = 1 << 20

// read reads the body into one piece of memory. release must be called when the
// body has been dealt with.
func (s *Server) read(r *http.Request) (body []byte, release func(), no *refusal) {
	release = func() {}
	n := r.ContentLength
	if n > s.o.MaxRequest {
		return nil, release, s.tooLarge()
	}
	if n > smallBody {
		if release, no = s.reserve(n); no != nil {
			return nil, release, no
		}
	}
	if n >= 0 {
		body = make([]byte, n)
		_, err := io.ReadFull(r.Body, body)
		return body, release, broken(err)
	}
	return s.readUnsized(r.Body)
}

// readUnsized reads a body whose sender did not say how long it is.
func (s *Server) readUnsized(r io.Reader) (body []byte, release func(), no *refusal) {
	release = func() {}
	body, err := io.ReadAll(io.LimitReader(r, smallBody))
	if err == nil && len(body) == smallBody {
		if release, no = s.reserve(s.o.MaxRequest); no != nil {
			return nil, release, no
		}
		var rest []byte
		rest, err = io.ReadAll(io.LimitReader(r, s.o.MaxRequest-smallBody+1))
		body = append(body, rest...)
	}
	if int64(len(body)) > s.o.MaxRequest {
		return nil, release, s.tooLarge()
	}
	return body, release, broken(err)
}

// reserve counts a large body, or refuses it while there are too many.
func (s *Server) reserve(n int64) (release func(), no *refusal) {
	if s.bodies.Add(n) > s.o.MaxBodies {
		s.bodies.Add(-n)
		return func() {}, unavailable("Too many large requests are under way. Send the same again in a moment.", "5")
	}
	return func() { s.bodies.Add(-n) }, nil
}

func (s *Server) tooLarge() *refusal {
	return refuse(http.StatusRequestEntityTooLarge, "too_large", fmt.Sprintf("A request may have at most %s. Send the records in several requests.", size(s.o.MaxRequest)))
}

// size puts a number of bytes in words.
func size(n int64) string {
	if n >= 1<<20 && n%(1<<20) == 0 {
		return fmt.Sprintf("%d MiB", n>>20)
	}
	return fmt.Sprintf("%d bytes", n)
}

// broken says why a body did not come to its end.
func broken(err error) *refusal {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, os.ErrDeadlineExceeded):
		return refuse(http.StatusRequestTimeout, "timeout", "The body did not arrive in time.")
	}
	return refuse(http.StatusBadRequest, "invalid", "The body could not be read to its end.")
}
