package source

import (
	"encoding/base64"
	"encoding/json"
)

// What sources remember says nothing of anybody, but for two kinds of marks. A record
// that is still on its way stands as bytes in a JSON document, which encoding/json
// writes in base64. And where a row is to be told of once it is gone, what is in its key
// fields stands as a JSON object behind its fingerprint. Other forms would not be found
// when a person is looked for and erased.

// fingerprints are the lengths of what can stand before key fields, in bytes.
var fingerprints = []int{12, 16}

// Kept visits the records that a mark holds, and tells where in it the key fields of a
// row begin, 0 if it holds none.
func Kept(value []byte, visit func(record []byte)) (keys int) {
	if len(value) > 0 && value[0] == '{' && json.Valid(value) {
		Texts(value, func(text string) {
			if record, ok := inBase64(text); ok {
				visit(record)
			}
		})
		return 0
	}
	for _, n := range fingerprints {
		if len(value) > n && value[n] == '{' && json.Valid(value[n:]) {
			visit(value[n:])
			return n
		}
	}
	return 0
}

// inBase64 reads a JSON object that was written as bytes.
func inBase64(text string) (record []byte, ok bool) {
	if len(text) < 4 || text[0] != 'e' { // as every such object begins
		return nil, false
	}
	record, err := base64.StdEncoding.DecodeString(text)
	return record, err == nil && record[0] == '{' && json.Valid(record)
}

// Nameless is what is left of a mark without the key fields of its row: the row is known
// as before, and is not told of once it is gone.
func Nameless(value []byte, keys int) []byte { return append(value[:keys:keys], 0) }

// KeyFields gives the key fields in what stands behind a row's fingerprint, nil if they
// were not kept or are not to be told any more.
func KeyFields(behind []byte) []byte {
	if len(behind) == 0 || behind[0] != '{' {
		return nil
	}
	return behind
}
