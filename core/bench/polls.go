package main

import (
	"database/sql"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the database that is looked at

	"hookbird/core/bench/bird"
)

// measurePolls looks at what it costs to look where nothing has changed: at a table, a
// spreadsheet, a page of the web, and at twenty sources that have nothing to do. A table
// counts as unchanged once its overlap is over, after which no row can come late any
// more; until then up to 10,000 rows are looked at again.
func measurePolls(s settings, r *report) error {
	dir, err := os.MkdirTemp("", "hookbird-bench-")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	idle, err := s.idleCost(nil)
	if err != nil {
		return err
	}
	page, stop, err := startPage(1000)
	if err != nil {
		return err
	}
	defer stop()
	db, sheet := filepath.Join(dir, "shop.db"), filepath.Join(dir, "members.xlsx")
	if err := writeShop(db, s.rows/10); err != nil {
		return err
	}
	if err := writeWorkbook(sheet, 1000); err != nil {
		return err
	}
	for _, p := range []struct {
		what  string
		every time.Duration
		part  bird.Part
	}{
		{fmt.Sprintf("an unchanged table of %d rows", s.rows/10), 5 * time.Second, bird.Part{"kind": "database", "database": "sqlite", "file": db, "table": "orders", "rising": "id", "every": "5s", "overlap": "1s"}},
		{"an unchanged spreadsheet of 1000 rows", 2 * time.Second, bird.Part{"kind": "spreadsheet", "path": sheet, "keys": []string{"Number"}}},
		{"an unchanged page of 1000 records", 5 * time.Second, bird.Part{"kind": "web", "address": page, "every": "5s", "list": "items", "keys": []string{"n"}}},
	} {
		p.part["id"], p.part["name"], p.part["existing"] = "source", "source", "skip"
		used, err := s.idleCost([]bird.Part{p.part})
		if err != nil {
			return err
		}
		looks := max(1, float64(s.watched())/float64(p.every))
		cost := max(0, used-idle).Seconds() * 1000 / looks
		r.atMost("a look at "+p.what+": CPU", cost, 10, " ms")
	}
	twenty, err := twentySources(dir, db, page)
	if err != nil {
		return err
	}
	used, err := s.idleCost(twenty)
	if err != nil {
		return err
	}
	r.atMost(fmt.Sprintf("20 sources with nothing to do, %s: share of a core", s.watched()), 100*used.Seconds()/s.watched().Seconds(), 0.2, " %")
	return nil
}

// watched is for how long an engine with nothing to do is watched.
func (s settings) watched() time.Duration {
	return max(4*time.Second, time.Duration(s.idle)*time.Second)
}

// idleCost is the CPU time that an engine with some sources uses while nothing happens.
func (s settings) idleCost(sources []bird.Part) (used time.Duration, err error) {
	err = s.withBird(bird.Settings{Sources: sources}, func(b *bird.Bird) error {
		time.Sleep(6 * time.Second) // until the start is over, and everything was looked at once
		before := b.CPU()
		time.Sleep(s.watched())
		used = b.CPU() - before
		return nil
	})
	return used, err
}

// twentySources are some of every kind, as an office has them.
func twentySources(dir, db, page string) (all []bird.Part, err error) {
	for i := range 20 {
		part := bird.Part{"id": fmt.Sprintf("s%d", i), "name": fmt.Sprintf("s%d", i), "existing": "skip"}
		var more bird.Part
		switch i % 7 {
		case 0, 1:
			path := filepath.Join(dir, fmt.Sprintf("in%d", i))
			if err := os.Mkdir(path, 0o700); err != nil {
				return nil, err
			}
			more = bird.Part{"kind": "folder", "path": path}
		case 2:
			path := filepath.Join(dir, fmt.Sprintf("sheet%d.xlsx", i))
			if err := writeWorkbook(path, 1000); err != nil {
				return nil, err
			}
			more = bird.Part{"kind": "spreadsheet", "path": path, "keys": []string{"Number"}}
		case 3:
			more = bird.Part{"kind": "database", "database": "sqlite", "file": db, "table": "orders", "rising": "id", "every": "1m"}
		case 4:
			more = bird.Part{"kind": "web", "address": page, "every": "5m", "list": "items", "keys": []string{"n"}}
		case 5:
			delete(part, "existing")
			more = bird.Part{"kind": "timer", "at": []string{"07:00"}, "days": []string{"mon"}}
		default:
			delete(part, "existing")
			more = bird.Part{"kind": "local", "key": bird.Key(part["id"].(string))}
		}
		for name, value := range more {
			part[name] = value
		}
		all = append(all, part)
	}
	return all, nil
}

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

// startPage serves a list of so many records, with an ETag.
func startPage(records int) (address string, stop func(), err error) {
	var list []map[string]any
	for i := range records {
		list = append(list, map[string]any{"n": i, "name": "Ada", "email": fmt.Sprintf("ada.%d@example.org", i)})
	}
	text, err := json.Marshal(map[string]any{"items": list})
	if err != nil {
		return "", nil, err
	}
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", nil, err
	}
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"1"`)
		if r.Header.Get("If-None-Match") == `"1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/json")
		_, _ = w.Write(text)
	})}
	go func() { _ = server.Serve(ln) }()
	return "http://" + ln.Addr().String() + "/list", func() { _ = server.Close() }, nil
}
