package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"hookbird/core/receiver"
)

// stage is where the demo plays: a folder, an engine and a receiver.
type stage struct {
	out      io.Writer
	folder   string // that the engine watches
	settings string // the settings file
	engine   *engine
	receiver *receiver.Receiver
	people   []person // everybody who was written into a file

	mu        sync.Mutex
	came      int           // messages so far
	holdAfter int           // from so many messages on, answers are held back; 0: never
	held      int           // how many are
	released  chan struct{} // closed when they may go
}

func newStage(dir, binary string, out io.Writer) (*stage, error) {
	binary, err := filepath.Abs(binary)
	if err != nil {
		return nil, err
	}
	s := &stage{
		out:      out,
		folder:   filepath.Join(dir, "supporters"),
		settings: filepath.Join(dir, "settings.json"),
		engine:   &engine{binary: binary, data: filepath.Join(dir, "data"), log: filepath.Join(dir, "engine.log")},
	}
	if err := os.Mkdir(s.folder, 0o700); err != nil {
		return nil, err
	}
	if s.receiver, err = receiver.Start(s.answer); err != nil {
		return nil, err
	}
	return s, s.writeSettings()
}

func (s *stage) close() {
	s.release()
	s.engine.kill()
	s.receiver.Close()
}

// writeSettings writes what a person could have written: one folder, one webhook.
func (s *stage) writeSettings() error {
	type object = map[string]any
	data, err := json.MarshalIndent(object{
		"hookbird": 1,
		"sources": []object{{
			"id": "supporters", "kind": "folder", "name": "Supporter exports",
			"path": "supporters", "event_type": "supporter.created",
		}},
		"webhooks": []object{{
			"id": "our-database", "name": "Our database", "address": s.receiver.URL() + path,
			"events": []string{"supporter.*"},
			"body": object{"style": "form", "fields": []object{
				{"name": "fname", "from": "firstname"},
				{"name": "lname", "from": "lastname"},
				{"name": "email", "from": "email"},
				{"name": "zip", "from": "zipcode"},
				{"name": "remarks", "from": "Remarks, if any"},
				{"name": "source", "value": "demo"},
				{"name": "token", "secret": secretText},
			}},
			"retry": object{"delays": []string{"100ms", "1s", "5s"}},
		}},
	}, "", "  ")
	if err != nil {
		return err
	}
	return os.WriteFile(s.settings, data, 0o600)
}

// play runs the whole demo.
func (s *stage) play(ctx context.Context) error {
	s.say("Importing %s, starting the engine", filepath.Base(s.settings))
	if err := s.engine.load(ctx, s.settings); err != nil {
		return err
	}
	if err := s.engine.start(ctx); err != nil {
		return err
	}
	acts := []func(context.Context) error{s.killWhileSending, s.killWhileReading, s.waitUntilDone}
	for _, act := range acts {
		if err := act(ctx); err != nil {
			return err
		}
	}
	return s.verdict(ctx)
}

// killWhileSending drops several files and kills the engine while messages are
// on their way: they have reached the receiver, and its answer has not left.
func (s *stage) killWhileSending(ctx context.Context) error {
	sample, err := sampleFile()
	if err != nil {
		return err
	}
	// Before the others: a source whose next file lacks a column that is used asks
	// somebody, and here is nobody.
	if err := s.drop(sample); err != nil {
		return err
	}
	if err := s.waitFor(ctx, len(sample.people)); err != nil {
		return err
	}
	s.hold(s.cameSoFar() + 20)
	err = s.drop(
		newFile("Plain.csv", asCSV(',', utf8), known, more),
		newFile("Excel.csv", asCSV(';', windows), known),
		newFile("Unicode.csv", asCSV('\t', utf16), known, more),
		newFile("Marked.csv", asCSV('|', utf8BOM), known, more),
		newFile("Crowd.csv", asCSV(',', utf8), crowd(60)),
	)
	if err != nil {
		return err
	}
	if err := s.receiver.Wait(ctx, func([]receiver.Request) bool { return s.heldNow() > 0 }); err != nil {
		return err
	}
	s.engine.kill()
	s.say("Killed the engine (SIGKILL) with %d messages on their way", s.heldNow())
	s.release()
	return nil
}

// killWhileReading drops a file that the stopped engine cannot see, starts it,
// drops another one and kills it before that can be through.
func (s *stage) killWhileReading(ctx context.Context) error {
	if err := s.drop(newFile("Meanwhile.csv", asCSV(';', windows), known)); err != nil {
		return err
	}
	s.say("Starting the engine again")
	if err := s.engine.start(ctx); err != nil {
		return err
	}
	if err := s.drop(newFile("Lines.ndjson", asNDJSON, known, more)); err != nil {
		return err
	}
	if err := s.waitFor(ctx, s.cameSoFar()+5); err != nil {
		return err
	}
	s.engine.kill()
	s.say("Killed it once more, and starting it again")
	if err := s.engine.start(ctx); err != nil {
		return err
	}
	return s.drop(newFile("Last.csv", asCSV(',', utf8), known, more))
}

// waitUntilDone waits until everybody came and the engine knows of it.
func (s *stage) waitUntilDone(ctx context.Context) error {
	every := time.NewTicker(100 * time.Millisecond)
	defer every.Stop()
	for {
		st, err := s.engine.status(ctx)
		if err != nil {
			return s.missing(err)
		}
		if asks := st.asked(); asks != "" {
			return fmt.Errorf("the folder waits for somebody to answer: %s", asks)
		}
		if st.Waiting == 0 && st.Delivered+st.Failed >= uint64(len(s.people)) {
			return nil
		}
		select {
		case <-every.C:
		case <-ctx.Done():
			return s.missing(ctx.Err())
		}
	}
}

// missing tells, beside an error, who has not come.
func (s *stage) missing(err error) error {
	if problems := check(s.people, s.receiver.Requests()).problems; len(problems) > 0 {
		return fmt.Errorf("%w; %s", err, summary(problems))
	}
	return err
}

// verdict stops the engine and compares what came with what was written.
func (s *stage) verdict(ctx context.Context) error {
	st, err := s.engine.status(ctx)
	if err != nil {
		return err
	}
	if err := s.engine.stop(ctx); err != nil {
		return err
	}
	r := check(s.people, s.receiver.Requests())
	if len(r.problems) > 0 {
		return fmt.Errorf("not everything came as it should: %s", summary(r.problems))
	}
	if st.Delivered != uint64(len(s.people)) || st.Failed != 0 {
		return fmt.Errorf("--status counts %d delivered and %d failed, and %d were written", st.Delivered, st.Failed, len(s.people))
	}
	s.say("Each record came as it was written: every field, the fixed value, the secret, one id each.")
	if r.again > 0 {
		s.say("%d came once more: what the engine was told just before a kill was not on its disk yet.", r.again)
		s.say("They came under the same webhook-id, by which a receiver knows them, and count once.")
	}
	_, _ = fmt.Fprintf(s.out, "%d delivered, %d waiting, %d failed\n", st.Delivered, st.Waiting, st.Failed)
	return nil
}

func summary(problems []string) string {
	const most = 10
	if len(problems) > most {
		problems = append(problems[:most:most], fmt.Sprintf("and %d more", len(problems)-most))
	}
	return "\n  " + strings.Join(problems, "\n  ")
}

// drop writes files into the watched folder.
func (s *stage) drop(files ...file) error {
	for _, f := range files {
		s.people = append(s.people, f.people...)
		if err := f.drop(s.folder); err != nil {
			return err
		}
		s.say("Dropped %s: %d records", f.name, len(f.people))
	}
	return nil
}

// waitFor waits until n messages have come in all.
func (s *stage) waitFor(ctx context.Context, n int) error {
	return s.receiver.Wait(ctx, func(got []receiver.Request) bool { return len(got) >= n })
}

// answer shows each message as it arrives, and keeps its answer back while the
// stage holds.
func (s *stage) answer(ctx context.Context, r receiver.Request) (status int, body string) {
	s.mu.Lock()
	s.came++
	_, _ = fmt.Fprintf(s.out, "%s  %4d  %s %s  %s\n", r.At.Format("15:04:05.000"), s.came,
		r.Form.Get("fname"), r.Form.Get("lname"), r.ID())
	holding, released := s.holdAfter > 0 && s.came > s.holdAfter, s.released
	if holding {
		s.held++
	}
	s.mu.Unlock()
	if !holding {
		return http.StatusOK, "ok\n"
	}
	select {
	case <-released:
	case <-ctx.Done():
	}
	return http.StatusServiceUnavailable, "too late\n"
}

// hold keeps the answers back once so many messages have come.
func (s *stage) hold(after int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.holdAfter, s.held, s.released = after, 0, make(chan struct{})
}

// release lets the answers go that were held back, and those to come.
func (s *stage) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.holdAfter > 0 {
		s.holdAfter = 0
		close(s.released)
	}
}

func (s *stage) heldNow() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held
}

func (s *stage) cameSoFar() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.came
}

// say tells what happens, between the lines of what arrives.
func (s *stage) say(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, _ = fmt.Fprintf(s.out, "%s        %s\n", time.Now().Format("15:04:05.000"), fmt.Sprintf("-- "+format, args...))
}
