package service

import (
	"context"
	"strings"

	"hookbird/core"
	"hookbird/core/control"
)

// exampleBody is what programs send in the examples.
const exampleBody = `{"first_name": "Ada", "email": "ada@example.org"}`

// examples are short programs that post to a local address: {address} stands for it,
// {token} for the lines that send the token, where one is asked for.
var examples = []struct{ language, code, token string }{
	{"curl", "curl -H \"Content-Type: application/json\" {token}-d '" + exampleBody + "' \"{address}\"", "-H \"Authorization: Bearer TOKEN\" "},
	{"PowerShell", "Invoke-RestMethod -Method Post -Uri \"{address}\" `\n  -ContentType \"application/json\" {token}`\n  -Body '" + exampleBody + "'", "-Headers @{ Authorization = \"Bearer TOKEN\" } "},
	{"Python", "import json, urllib.request\n\nrequest = urllib.request.Request(\n    \"{address}\",\n    json.dumps(" + exampleBody + ").encode(),\n    {\"Content-Type\": \"application/json\"{token}})\nprint(urllib.request.urlopen(request).read().decode())", ", \"Authorization\": \"Bearer TOKEN\""},
}

// LocalExamples shows how programs send to a local address, its key as dots.
func (s *Service) LocalExamples(_ context.Context, id string) (control.Examples, error) {
	info, ok := s.engine.Source(id)
	if !ok || info.Row.Source.Kind != core.KindLocal {
		return control.Examples{}, core.Errorf(core.CodeNotFound, "There is no such local address any more.")
	}
	src, address := info.Row.Source, s.engine.Address()
	if address == "" {
		return control.Examples{}, core.Errorf(core.CodeUnavailable, "The local address is not open now.")
	}
	e := control.Examples{Other: "Only programs on this computer can send here. Another computer would need a program on this one that passes its records on; whoever can reach that can send records in your name."}
	for _, ex := range examples {
		token, note := "", ""
		if !src.Local.Token.IsZero() {
			token, note = ex.token, "Put the token in the place of TOKEN."
		}
		code := strings.NewReplacer("{address}", address+"/in/"+core.Dots, "{token}", token).Replace(ex.code)
		e.List = append(e.List, control.Example{Language: ex.language, Title: ex.language, Code: code, Note: note})
	}
	return e, nil
}
