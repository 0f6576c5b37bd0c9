package local

import (
	"bytes"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"strings"
)

// parts makes one JSON object of a form in parts (multipart/form-data, RFC 7578), as
// form does of another. Files have no place in a record.
func (b *batch) parts(body []byte, boundary string) *refusal {
	root := &node{root: true}
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	for i := 0; ; i++ {
		part, err := r.NextPart()
		switch {
		case errors.Is(err, io.EOF):
			return b.addForm(root)
		case err != nil:
			return badParts()
		case i >= maxFormFields:
			return tooManyFields()
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return badParts()
		}
		why := wrongPart(part)
		if why == "" {
			why = root.put(part.FormName(), string(value))
		}
		if why != "" {
			return wrongField(i, why)
		}
	}
}

func badParts() *refusal {
	return invalid("The body is not a form in parts that ends as it should: each part stands behind the boundary that the content type names.")
}

// wrongPart says in a sentence why a part cannot be a field.
func wrongPart(p *multipart.Part) string {
	_, params, err := mime.ParseMediaType(p.Header.Get("Content-Type"))
	switch encoding := strings.ToLower(p.Header.Get("Content-Transfer-Encoding")); {
	case p.FormName() == "":
		return "it has no name."
	case p.FileName() != "":
		return "it is a file, and a record holds none. Send the other fields without it."
	case encoding != "" && encoding != "7bit" && encoding != "8bit" && encoding != "binary":
		return "its text is encoded. Send it as it is."
	case err == nil && params["charset"] != "" && !strings.EqualFold(params["charset"], "utf-8"):
		return "it is not written in UTF-8."
	}
	return ""
}
