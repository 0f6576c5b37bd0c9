package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"strconv"
	"sync/atomic"
	"time"

	_ "modernc.org/sqlite" // the database that is read

	"hookbird/core/bench/bird"
	"hookbird/core/control"
)

func local(*world) (bird.Part, error) { return bird.Local("source", nil), nil }

// post sends records until each is accepted, or the engine is killed: what was on its
// way is sent again under the same key then.
func post(w *world, n int) error {
	for range n {
		if err := postOne(w, w.next); err != nil {
			return nil //nolint:nilerr // the engine is dead: the same record comes next time
		}
		w.next++
	}
	return nil
}

func postOne(w *world, n int) error {
	r, err := http.NewRequest("POST", w.bird.Address("source"), bytes.NewReader(fmt.Appendf(nil, `{"n":%d}`, n)))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", "record-"+strconv.Itoa(n))
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer func() { _ = resp.Body.Close() }()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		return err
	}
	if resp.StatusCode >= 300 {
		return fmt.Errorf("status %d", resp.StatusCode)
	}
	return nil
}

func database(w *world) (bird.Part, error) {
	path := filepath.Join(w.dir, "shop.db")
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return nil, err
	}
	w.state = db
	_, err = db.Exec("PRAGMA journal_mode = WAL; CREATE TABLE orders (id INTEGER PRIMARY KEY, n INTEGER, name TEXT)")
	return bird.Part{
		"kind": "database", "database": "sqlite", "file": path, "table": "orders", "rising": "id", "every": "5s", "existing": "send",
	}, err
}

// insert adds rows to the table.
func insert(w *world, n int) error {
	tx, err := w.state.(*sql.DB).Begin()
	if err != nil {
		return err
	}
	for i := w.next; i < w.next+n; i++ {
		if _, err := tx.Exec("INSERT INTO orders (n, name) VALUES (?, 'Ada')", i); err != nil {
			return err
		}
	}
	w.next += n
	return tx.Commit()
}

// shop is a web service with a list in pages.
type shop struct {
	server *http.Server
	count  atomic.Int64
}

const perPage = 500

func (s *shop) Close() error { return s.server.Close() }

// ServeHTTP gives a page of the list.
func (s *shop) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	first := (page - 1) * perPage
	list := []map[string]int{}
	for i := first; i < min(first+perPage, int(s.count.Load())); i++ {
		list = append(list, map[string]int{"n": i})
	}
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(map[string]any{"items": list})
}

func web(w *world) (bird.Part, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	s := &shop{}
	s.server = &http.Server{Handler: s}
	go func() { _ = s.server.Serve(ln) }()
	w.state = s
	return bird.Part{
		"kind": "web", "method": "GET", "address": "http://" + ln.Addr().String() + "/orders", "every": "5s", "list": "items", "keys": []string{"n"},
		"existing": "send", "paging": bird.Part{"kind": "page", "param": "page", "first": 1, "size": perPage},
	}, nil
}

func list(w *world, n int) error {
	w.next += n
	w.state.(*shop).count.Store(int64(w.next))
	return nil
}

func form(*world) (bird.Part, error) {
	return bird.Part{"kind": "form", "grace": "1s", "fields": []bird.Part{{"name": "n", "kind": "number", "required": true}}}, nil
}

// fill fills the form in. Of what the engine was killed over, nobody knows whether it
// was taken; it is not filled in once more.
func fill(w *world, n int) error {
	rows := make([]map[string]string, n)
	for i := range rows {
		rows[i] = map[string]string{"n": strconv.Itoa(w.next + i)}
	}
	err := w.bird.Ask(func(c *control.Client) error {
		ctx, cancel := context.WithTimeout(context.Background(), 10*time.Second)
		defer cancel()
		_, err := c.FillForm(ctx, control.FormEntry{Source: "source", Rows: rows})
		return err
	})
	for i := range rows {
		if err != nil {
			w.to.unknown(w.next + i)
		}
	}
	w.next += n
	return nil //nolint:nilerr // the engine is dead
}
