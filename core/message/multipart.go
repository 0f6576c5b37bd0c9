package message

import (
	"bytes"
	"strconv"
	"strings"
)

// multipart packs pairs as multipart/form-data (RFC 7578), a part each, as
// browsers write them.
type multipart struct{ pairs packer }

func (m multipart) pack(records []Record, r *render) error {
	r.parts = &parts{}
	if err := m.pairs.pack(records, r); err != nil {
		return err
	}
	boundary := r.parts.boundary(r.scope.Delivery)
	r.kind = "multipart/form-data; boundary=" + boundary
	r.body = r.parts.write(r.body, boundary)
	return nil
}

// parts are names and values, kept until it is known what none of them holds.
type parts struct {
	list   []part
	values []byte // all values, one behind the other
	names  int    // bytes of all names
}

type part struct {
	name string // as it stands in its header line
	end  int    // of its value in values
}

func (p *parts) add(name string, text []byte) {
	p.values = append(p.values, text...)
	if strings.ContainsAny(name, "\r\n\"") {
		name = partName.Replace(name)
	}
	p.names += len(name)
	p.list = append(p.list, part{name, len(p.values)})
}

// partName writes a name as the HTML standard does ("escape" in its algorithm for
// multipart/form-data): nothing else can be read back by every receiver.
var partName = strings.NewReplacer("\r\n", "%0D%0A", "\n", "%0D%0A", "\r", "%0D%0A", `"`, "%22")

// boundary gives the line between parts. It is made of the message's id, so that
// the same message is the same bytes on every try, and stands nowhere in a value.
func (p *parts) boundary(id string) string {
	first := "hookbird-" + strings.TrimPrefix(id, "msg_")
	boundary := first
	for i := 1; bytes.Contains(p.values, []byte(boundary)); i++ {
		boundary = first + "-" + strconv.Itoa(i)
	}
	return boundary
}

// write appends the parts with their boundaries.
func (p *parts) write(dst []byte, boundary string) []byte {
	start := 0
	for _, part := range p.list {
		dst = append(append(append(dst, "--"...), boundary...), "\r\nContent-Disposition: form-data; name=\""...)
		dst = append(append(dst, part.name...), "\"\r\n\r\n"...)
		dst = append(append(dst, p.values[start:part.end]...), "\r\n"...)
		start = part.end
	}
	return append(append(append(dst, "--"...), boundary...), "--\r\n"...)
}
