package main

import (
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the database that is looked at

	"hookbird/core/bench/bird"
)

// places are what sources look at, and what does not change.
type places struct {
	dir     string
	db      string // a SQLite file
	sheet   string // an XLSX file
	web     string // address of a server
	server  *http.Server
	folders int // that were made
}

// newPlaces makes them in a folder: a table of so many rows, and a spreadsheet and a
// list in the web of 1,000.
func newPlaces(dir string, rows int) (*places, error) {
	p := &places{dir: dir, db: filepath.Join(dir, "shop.db"), sheet: filepath.Join(dir, "members.xlsx")}
	err := errors.Join(writeShop(p.db, rows), writeWorkbook(p.sheet, 1000))
	if err != nil {
		return nil, err
	}
	return p, p.serve(1000)
}

func (p *places) close() { _ = p.server.Close() }

// writeShop makes a SQLite database with a table of so many rows.
func writeShop(path string, rows int) error {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // everything is committed
	_, err = db.Exec(`CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT, email TEXT);
		WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
		INSERT INTO orders SELECT i, 'Ada ' || i, 'ada.' || i || '@example.org' FROM n`, rows)
	return err
}

// serve serves a list of so many records: /tagged with an ETag, so that who has it
// already is told so, /plain without, and /dated with the time beside the list.
func (p *places) serve(records int) error {
	var list []map[string]any
	for i := range records {
		list = append(list, map[string]any{"n": i, "name": "Ada", "email": fmt.Sprintf("ada.%d@example.org", i)})
	}
	text, err := json.Marshal(list)
	if err != nil {
		return err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	p.web = "http://" + ln.Addr().String()
	p.server = &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/tagged" {
			w.Header().Set("ETag", `"1"`)
			if r.Header.Get("If-None-Match") == `"1"` {
				w.WriteHeader(http.StatusNotModified)
				return
			}
		}
		w.Header().Set("Content-Type", "application/json")
		if r.URL.Path == "/dated" {
			_, _ = fmt.Fprintf(w, `{"at":"%s","items":%s}`, time.Now().Format(time.RFC3339Nano), text)
			return
		}
		_, _ = fmt.Fprintf(w, `{"items":%s}`, text)
	})}
	go func() { _ = p.server.Serve(ln) }()
	return nil
}

// table is a source that looks at the table; an empty text means what is usual.
func (p *places) table(every, overlap string) bird.Part {
	part := bird.Part{"kind": "database", "database": "sqlite", "file": p.db, "table": "orders", "rising": "id", "existing": "skip"}
	maps.Copy(part, given(bird.Part{"every": every, "overlap": overlap}))
	return part
}

func (p *places) spreadsheet() bird.Part {
	return bird.Part{"kind": "spreadsheet", "path": p.sheet, "keys": []string{"Number"}, "existing": "skip"}
}

func (p *places) page(path, every string) bird.Part {
	return bird.Part{"kind": "web", "address": p.web + path, "every": every, "list": "items", "keys": []string{"n"}, "existing": "skip"}
}

func (p *places) folder() bird.Part {
	p.folders++
	path := filepath.Join(p.dir, fmt.Sprintf("in%d", p.folders))
	_ = os.Mkdir(path, 0o700) // a source whose folder is missing does not work, which shows
	return bird.Part{"kind": "folder", "path": path}
}

// twenty are sources of every kind, with what is usual.
func (p *places) twenty() (all []bird.Part) {
	for n := range 20 {
		all = append(all, [...]func() bird.Part{
			p.folder,
			p.spreadsheet,
			func() bird.Part { return p.table("", "") },
			func() bird.Part { return p.page("/tagged", "1m") },
			func() bird.Part { return bird.Part{"kind": "timer", "at": []string{"03:30"}, "days": []string{"sun"}} },
			func() bird.Part { return bird.Part{"kind": "local", "key": bird.Key(fmt.Sprint("s", n))} },
			func() bird.Part {
				return bird.Part{"kind": "form", "fields": []bird.Part{{"name": "email", "kind": "email"}}}
			},
		}[n%7]())
	}
	return all
}

// named gives parts their ids and names.
func named(parts []bird.Part) []bird.Part {
	for n, part := range parts {
		part["id"], part["name"] = fmt.Sprint("s", n), fmt.Sprint("s", n)
	}
	return parts
}

// given is a part without its empty texts.
func given(part bird.Part) bird.Part {
	maps.DeleteFunc(part, func(_ string, v any) bool { return v == "" })
	return part
}
