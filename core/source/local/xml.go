package local

import (
	"hookbird/core"
	"hookbird/core/xmljson"
)

// maxElements is how many elements and attributes together a record in XML may have.
const maxElements = 100_000

// xml makes one record of an XML document.
func (b *batch) xml(body []byte, label string) *refusal {
	record, err := xmljson.JSON(body, xmljson.Options{Charset: label, Most: maxElements})
	if err != nil {
		return invalid("The body cannot be read as XML. " + core.Sentence(err))
	}
	if string(record) == "{}" {
		return invalid("The XML holds nothing: its outermost element is empty.")
	}
	return b.add(record, "")
}
