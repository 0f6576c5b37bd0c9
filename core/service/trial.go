package service

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

// Limits of a trial.
const (
	trialLimit  = 15 * time.Second
	trialAnswer = 4 << 10 // bytes of the answer that are shown
)

// trialRecord is what a trial posts: a made-up person.
var trialRecord = map[string]string{"first_name": "Ada", "last_name": "Test", "email": "ada.test@example.org"}

// SendTrial posts a made-up record to a local address, as a program on this computer
// would. Webhooks get it like any other record.
func (s *Service) SendTrial(ctx context.Context, id string) (control.Trial, error) {
	info, ok := s.engine.Source(id)
	if !ok || info.Row.Source.Kind != core.KindLocal {
		return control.Trial{}, core.Errorf(core.CodeNotFound, "There is no such local address any more.")
	}
	address := s.engine.Address()
	if address == "" {
		return control.Trial{}, core.Errorf(core.CodeUnavailable, "The local address is not open now, so nothing can be sent to it.")
	}
	src := info.Row.Source
	if src.Local.Verify.Style != core.VerifyNone {
		return control.Trial{}, core.Errorf(core.CodeInvalid, "This address asks for a signature, which only the program that sends can make. Send a trial from there.")
	}
	r, err := s.trialRequest(ctx, src, address)
	if err != nil {
		return control.Trial{}, err
	}
	ctx, cancel := context.WithTimeout(ctx, trialLimit)
	defer cancel()
	answer, err := http.DefaultClient.Do(r.WithContext(ctx))
	if err != nil {
		return control.Trial{}, core.Errorf(core.CodeUnavailable, "The local address did not answer.") // the error of before names the key
	}
	defer func() { _ = answer.Body.Close() }() // what was read of it counts
	text, err := io.ReadAll(io.LimitReader(answer.Body, trialAnswer))
	if err != nil {
		return control.Trial{}, core.Errorf(core.CodeUnavailable, "The local address did not answer.") // the error of before names the key
	}
	return control.Trial{Code: answer.StatusCode, Answer: string(text), Sentence: trialSentence(answer.StatusCode)}, nil
}

// trialRequest makes the request that a program would, with the source's own key and
// token.
func (s *Service) trialRequest(ctx context.Context, src *core.Source, address string) (*http.Request, error) {
	key, err := s.store.Reveal(src.Local.Key)
	if err != nil {
		return nil, err
	}
	body, err := json.Marshal(trialRecord)
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, address+"/in/"+key, bytes.NewReader(body))
	if err != nil {
		return nil, core.Errorf(core.CodeInternal, "The local address %s cannot be sent to.", address)
	}
	r.Header.Set("Content-Type", "application/json")
	if !src.Local.Token.IsZero() {
		token, err := s.store.Reveal(src.Local.Token)
		if err != nil {
			return nil, err
		}
		r.Header.Set("Authorization", "Bearer "+token)
	}
	return r, nil
}

func trialSentence(code int) string {
	if code/100 == 2 {
		return "The record was taken. It goes out like any other one."
	}
	return fmt.Sprintf("The record was refused (%d). The answer says why.", code)
}
