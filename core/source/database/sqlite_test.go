package database

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"hookbird/core"
)

func TestNewRows(t *testing.T) {
	b := orders(t, 2)
	b.mustLook()
	b.want(came(1, 2)...)
	b.mustLook()
	b.want()
	b.insert(3, 3)
	b.mustLook()
	b.want(came(3)...)
	if _, found := b.host.Said(); found != "1 row new." {
		t.Error(found)
	}
	b.start()
	b.mustLook()
	b.want()
	if got := b.host.Table(); !slices.Equal(got, []string{"id", "name"}) {
		t.Error(got)
	}
}

// A row that becomes visible after one with a greater number comes too, and no row
// that was there comes again, however its number lies. After an overlap the window is
// closed.
func TestLateRows(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := orders(t, 1)
		b.insert(5, 5)
		b.mustLook()
		b.want(came(1, 5)...)
		time.Sleep(9 * time.Minute)
		b.insert(4, 4)
		b.exec("UPDATE orders SET name = 'Grace' WHERE id = 5")
		b.start()
		b.mustLook()
		b.want(came(4)...)
		time.Sleep(2 * time.Minute)
		b.mustLook() // from now on 5 is the floor
		b.insert(3, 3)
		b.mustLook()
		b.insert(6, 6)
		b.mustLook()
		b.want(came(6)...)
		time.Sleep(time.Hour)
		b.mustLook()
		if marks := b.host.All(); len(marks) != 2 {
			t.Errorf("%d marks: %q", len(marks), marks)
		}
	})
}

// The computer slept while a row came late: it is not lost.
func TestLateRowsAfterSleep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := orders(t, 0)
		b.insert(5, 5)
		b.mustLook()
		b.insert(4, 4)
		time.Sleep(8 * time.Hour)
		b.mustLook()
		b.want(came(5, 4)...)
	})
}

func TestExistingRows(t *testing.T) {
	b := orders(t, 4812)
	b.src.Existing = core.Existing{}
	b.start()
	if err := b.look(); !errors.Is(err, errWait) {
		t.Fatal(err)
	}
	asked := b.host.Asked()
	if len(asked) != 1 || asked[0].Text != "4,812 rows are already there." || len(asked[0].Choices) != 2 {
		t.Fatalf("%+v", asked)
	}
	b.want()
	b.host.Answer(asked[0].ID, "skip")
	b.start()
	b.mustLook()
	b.insert(4813, 4813)
	b.mustLook()
	b.want(came(4813)...)
	b.src.Database.Table = "ORDERS" // another place
	b.start()
	if err := b.look(); !errors.Is(err, errWait) || len(b.host.Asked()) != 1 {
		t.Error(err)
	}
}

func TestExistingSince(t *testing.T) {
	for _, query := range []string{"", "SELECT * FROM orders WHERE at > :last"} {
		d, db := sqliteFile(t, "")
		d.Table, d.Query, d.Rising = "orders", query, "at"
		if query != "" {
			d.Table = ""
		}
		b := newBench(t, d, db)
		b.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, at DATETIME)")
		b.exec("INSERT INTO orders VALUES (1, '2026-01-30 23:59:59'), (2, '2026-01-31 00:00:00'), (3, '2026-02-01 08:00:00.25'), (4, '2026-01-01')")
		b.src.Existing = core.Existing{Do: core.ExistingSince, Since: time.Date(2026, 1, 31, 0, 0, 0, 0, time.Local)}
		b.mustLook()
		b.exec("INSERT INTO orders VALUES (5, '2026-02-01 08:00:01')")
		b.mustLook()
		var got []string
		for _, e := range b.host.Events() {
			got = append(got, string(e.Data))
		}
		want := []string{`{"id":2,"at":"2026-01-31T00:00:00"}`, `{"id":3,"at":"2026-02-01T08:00:00.25"}`, `{"id":5,"at":"2026-02-01T08:00:01"}`}
		if !slices.Equal(got, want) {
			t.Errorf("%q: %q", query, got)
		}
	}
}

func TestSinceNeedsTimes(t *testing.T) {
	b := orders(t, 1)
	b.src.Existing = core.Existing{Do: core.ExistingSince, Since: time.Now()}
	if err := b.look(); !errors.Is(err, errWait) {
		t.Error(err)
	}
	if cause, _ := b.host.Said(); !strings.Contains(cause, "id holds no time") {
		t.Error(cause)
	}
}

func TestChangedRows(t *testing.T) {
	d, db := sqliteFile(t, "")
	d.Table, d.Rising, d.Changed = "orders", "version", true
	b := newBench(t, d, db)
	b.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, version INTEGER, name TEXT)")
	b.exec("INSERT INTO orders VALUES (1, 1, 'Ada'), (2, 2, 'Grace')")
	b.src.Existing.Do = core.ExistingSkip
	b.mustLook()
	b.want()
	b.exec("UPDATE orders SET version = 3, name = 'Augusta' WHERE id = 1")
	b.exec("INSERT INTO orders VALUES (3, 4, 'Mary')")
	b.mustLook()
	b.want(
		`record.updated orders, id 1: {"id":1,"version":3,"name":"Augusta"}`,
		`orders, id 3: {"id":3,"version":4,"name":"Mary"}`)
	b.start()
	b.mustLook()
	b.want()
}

// Many rows are read in slices; each commit is refused once, and the program starts
// anew each time: all rows come, and each comes once.
func TestNothingIsLostOrDoubled(t *testing.T) {
	for name, change := range map[string]func(*core.DatabaseSource){
		"table":   func(*core.DatabaseSource) {},
		"query":   func(d *core.DatabaseSource) { d.Table, d.Query = "", "SELECT * FROM orders WHERE id > :last" },
		"changed": func(d *core.DatabaseSource) { d.Changed = true },
		"same": func(d *core.DatabaseSource) {
			d.Table, d.Rising = "days", "day"
		},
	} {
		t.Run(name, func(t *testing.T) {
			const n = 12_345
			b := orders(t, n)
			b.exec("CREATE VIEW days AS SELECT id, name, '2026-01-0' || (1 + id / 6000) AS day FROM orders")
			change(b.src.Database)
			b.start()
			b.host.Refuse(func(commit int) error {
				if commit%2 == 1 {
					return core.Errorf(core.CodeUnavailable, "The disk is full.")
				}
				return nil
			})
			for looks := 0; ; looks++ {
				err := b.look()
				if err == nil {
					break
				}
				if looks > 100 {
					t.Fatal(err)
				}
				b.start()
			}
			seen := map[string]bool{}
			for _, e := range b.host.Events() {
				if seen[string(e.Data)] {
					t.Fatalf("%s came twice", e.Data)
				}
				seen[string(e.Data)] = true
			}
			if len(seen) != n {
				t.Errorf("%d rows of %d came", len(seen), n)
			}
			if len(b.host.Runs()) == 0 {
				t.Error("so many are a run")
			}
		})
	}
}

// The position is good after many rows, though few of them have marks.
func TestMarksAreBounded(t *testing.T) {
	b := orders(t, 25_000)
	b.mustLook()
	if n := len(b.host.All()); n > maxWindow+10 {
		t.Errorf("%d marks", n)
	}
	if n := len(b.host.Events()); n != 25_000 {
		t.Error(n)
	}
	b.insert(25_001, 25_001)
	b.start()
	b.mustLook()
	b.want(came(25_001)...)
}

// Files are read while another program has them open and writes, and nothing is
// written beside them.
func TestOpenedByOthers(t *testing.T) {
	for _, journal := range []string{"DELETE", "WAL", "TRUNCATE"} {
		t.Run(journal, func(t *testing.T) {
			d, db := sqliteFile(t, "&_journal_mode="+journal)
			d.Table, d.Rising = "orders", "id"
			b := newBench(t, d, db)
			b.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT)")
			b.insert(1, 1)
			b.mustLook()
			tx, err := db.Begin()
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec("INSERT INTO orders VALUES (2, 'Ada 2')"); err != nil {
				t.Fatal(err)
			}
			b.mustLook() // not yet there
			b.want(came(1)...)
			if err := tx.Commit(); err != nil {
				t.Fatal(err)
			}
			b.mustLook()
			b.want(came(2)...)
			if err := db.Close(); err != nil {
				t.Fatal(err)
			}
			before := files(t, d.File)
			b.mustLook()
			b.start()
			b.mustLook()
			if after := files(t, d.File); after != before {
				t.Errorf("before %s, after %s", before, after)
			}
		})
	}
}

// The log of a program that was killed lies beside its file: what is in it is read.
func TestLogWithoutItsProgram(t *testing.T) {
	d, db := sqliteFile(t, "&_journal_mode=WAL")
	d.Table, d.Rising = "orders", "id"
	b := newBench(t, d, db)
	b.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT)")
	b.insert(1, 3)
	left := filepath.Join(t.TempDir(), "till.db")
	for _, end := range []string{"", "-wal", "-shm"} {
		text, err := os.ReadFile(d.File + end)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(left+end, text, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	b.src.Database.File = left
	before := files(t, left)
	b.mustLook()
	b.want(came(1, 2, 3)...)
	if after := files(t, left); after != before {
		t.Errorf("before %s, after %s", before, after)
	}
}

// files lists what lies beside a file, with times.
func files(t *testing.T, file string) string {
	t.Helper()
	list, err := os.ReadDir(filepath.Dir(file))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, f := range list {
		info, err := f.Info()
		if err != nil {
			t.Fatal(err)
		}
		all = append(all, f.Name()+" "+info.ModTime().Format(time.RFC3339Nano))
	}
	return strings.Join(all, ", ")
}

func TestValuesOfSQLite(t *testing.T) {
	d, db := sqliteFile(t, "")
	d.Table, d.Rising = "t", "id"
	b := newBench(t, d, db)
	b.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, big INT, r REAL, n NUMERIC, txt TEXT, yes BOOLEAN, at DATETIME, day DATE, odd DATETIME, doc JSON, bad JSON, bin BLOB, none TEXT)`)
	b.exec(`INSERT INTO t VALUES (1, 9223372036854775807, 0.1, '12.50', 'Ä "x"', 1, '2026-01-31 12:00:00', '2026-01-31', 1769860800, '{"a": [1.10]}', '{', x'00ff', NULL)`)
	b.mustLook()
	b.want(`t, id 1: {"id":1,"big":9223372036854775807,"r":0.1,"n":12.5,"txt":"Ä \"x\"","yes":true,"at":"2026-01-31T12:00:00","day":"2026-01-31","odd":1769860800,"doc":{"a":[1.10]},"bad":"{","bin":"AP8=","none":null}`)
}

func TestWhatIsWrongWithFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	noisy := make([]byte, 4096)
	for i, x := 0, uint32(7); i < len(noisy); i++ {
		x = x*1664525 + 1013904223
		noisy[i] = byte(x >> 24)
	}
	good := orders(t, 1).src.Database.File
	whole, err := os.ReadFile(good)
	if err != nil {
		t.Fatal(err)
	}
	for want, d := range map[string]core.DatabaseSource{
		"is not there. Choose it again.":     {File: filepath.Join(dir, "none.db")},
		"is a folder":                        {File: dir},
		"is no SQLite database.":             {File: write("a.db", "name;email\nAda;a@example.org\n")},
		"is encrypted, or no SQLite":         {File: write("b.db", string(noisy))},
		"Microsoft Access":                   {File: write("c.mdb", "\x00\x01\x00\x00Standard Jet DB\x00")},
		"is damaged":                         {File: write("d.db", string(whole[:4096])+strings.Repeat("x", len(whole)-4096))},
		"There is no table guests":           {File: good, Table: "guests"},
		"There is no column nr in orders.":   {File: good, Rising: "nr"},
		"Choose the file of the database.":   {},
		"Give the whole path":                {File: "till.db"},
		"Two columns of the query are calle": {File: good, Table: "-", Query: "SELECT 1 AS a, 2 AS a WHERE :last"},
	} {
		d.Kind = core.SQLite
		if d.Table == "" {
			d.Table = "orders"
		} else if d.Query != "" {
			d.Table = ""
		}
		if d.Rising == "" {
			d.Rising = "id"
		}
		b := newBench(t, d, nil)
		err := b.look()
		said := core.Sentence(err)
		if errors.Is(err, errWait) {
			said, _ = b.host.Said()
		}
		if !strings.Contains(said, want) {
			t.Errorf("want %q, got %q", want, said)
		}
	}
}

func TestSurveyOfSQLite(t *testing.T) {
	d, db := sqliteFile(t, "")
	b := newBench(t, d, db)
	b.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, age INTEGER, at TEXT, name TEXT, bin BLOB)")
	b.exec("CREATE VIEW paid AS SELECT * FROM orders")
	b.exec("INSERT INTO orders VALUES (1, 40, '2026-01-01', 'Ada', NULL), (2, 40, '2026-01-02', 'Grace', NULL), (3, NULL, NULL, 'Ada', NULL)")
	v, err := Survey(t.Context(), b.src, b.env)
	if err != nil || v.Text != "The connection works. 2 tables and views can be read." || !slices.Equal(v.Tables, []string{"orders", "paid"}) {
		t.Errorf("%+v, %v", v, err)
	}
	b.src.Database.Table, b.src.Database.Rising = "orders", "at"
	v, err = Survey(t.Context(), b.src, b.env)
	if err != nil || v.Text != "2 rows in orders, with 5 columns." || v.Records != 2 || len(v.Samples) != 2 {
		t.Errorf("%+v, %v", v, err)
	}
	if len(v.Notes) != 1 || v.Notes[0].Text != "1 row has nothing in at, and will not come in." {
		t.Errorf("%+v", v.Notes)
	}
	b.src.Database.Rising = ""
	if v, err = Survey(t.Context(), b.src, b.env); err != nil {
		t.Fatal(err)
	}
	var rising, keys []string
	for _, c := range v.Columns {
		if c.Rising {
			rising = append(rising, c.Name)
		}
		if c.Key {
			keys = append(keys, c.Name)
		}
	}
	if strings.Join(rising, " ") != "id at" || strings.Join(keys, " ") != "id" || !slices.Equal(v.Columns[3].Samples, []string{"Ada", "Grace"}) {
		t.Errorf("rising %q, keys %q, %+v", rising, keys, v.Columns)
	}
	if len(b.host.All()) != 0 {
		t.Error("something is remembered")
	}
}

// A table that gets another column has the same rows as before, and late ones still
// come.
func TestAnotherColumn(t *testing.T) {
	for name, change := range map[string]func(*core.DatabaseSource){
		"number":  func(d *core.DatabaseSource) { d.Rising = "id" },
		"changed": func(d *core.DatabaseSource) { d.Rising, d.Changed, d.Keys = "at", true, []string{"id"} },
		"nothing": func(d *core.DatabaseSource) {
			d.Table, d.Query, d.Rising = "", "SELECT * FROM orders WHERE at >= :last", "at"
		},
	} {
		d, db := sqliteFile(t, "")
		d.Table = "orders"
		change(&d)
		b := newBench(t, d, db)
		b.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, at TEXT)")
		b.exec("INSERT INTO orders VALUES (1, '2026-01-31 12:00'), (3, '2026-01-31 14:00')")
		b.mustLook()
		b.exec("ALTER TABLE orders ADD COLUMN town TEXT")
		b.mustLook()
		b.exec("INSERT INTO orders VALUES (2, '2026-01-31 13:00', 'Bern')")
		b.start()
		b.mustLook()
		var got []string
		for _, e := range b.host.Events() {
			got = append(got, e.Type+string(e.Data[:7]))
		}
		if strings.Join(got, " ") != `record.created{"id":1 record.created{"id":3 record.created{"id":2` {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// A column that somebody uses is gone: the source is held, and nothing is accepted.
func TestColumnGone(t *testing.T) {
	b := orders(t, 1)
	b.src.Database.Keys = []string{"name"}
	b.start()
	b.mustLook()
	b.want(`orders, name Ada 1: {"id":1,"name":"Ada 1"}`)
	b.host.Hold(func(names []string) error {
		if !slices.Contains(names, "name") {
			return core.Errorf(core.CodeConflict, "The column name is gone.")
		}
		return nil
	})
	b.exec("ALTER TABLE orders RENAME COLUMN name TO full_name")
	b.exec("INSERT INTO orders VALUES (2, 'Grace')")
	if err := b.look(); !errors.Is(err, errWait) {
		t.Error(err)
	}
	b.want()
}

// Rows that cannot be told apart, or have no place, are shown and not sent.
func TestRowsThatAreLeftOut(t *testing.T) {
	d, db := sqliteFile(t, "")
	d.Query, d.Rising = "SELECT nr, line FROM lines WHERE nr > :last OR nr IS NULL", "nr"
	b := newBench(t, d, db)
	b.exec("CREATE TABLE lines (nr INTEGER, line TEXT)")
	b.exec("INSERT INTO lines VALUES (1, 'a'), (1, 'b'), (1, 'a'), (NULL, 'c')")
	b.mustLook()
	b.want(`till.db, nr 1: {"nr":1,"line":"a"}`)
	var got []string
	for _, l := range b.host.LeftOut() {
		got = append(got, l.Why+" "+string(l.Data))
	}
	want := []string{
		`Another row has the same nr. Choose the columns that tell rows apart. {"nr":1,"line":"b"}`,
		`It has nothing in nr, by which this source tells what is new. {"nr":null,"line":"c"}`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q", got)
	}
	b.mustLook()
	if len(b.host.LeftOut()) != 0 {
		t.Error("it is said again")
	}
	b.src.Database.Keys = []string{"nr", "line"}
	b.start()
	b.mustLook()
	b.want(`till.db, nr 1, line a: {"nr":1,"line":"a"}`, `till.db, nr 1, line b: {"nr":1,"line":"b"}`)
	for key := range b.host.All() {
		if !strings.HasPrefix(key, b.db.prefix()) && key != stateKey {
			t.Errorf("%s is of another place", key)
		}
	}
}

// A table that was filled anew from 1 on is noticed.
func TestNumbersThatBeginAgain(t *testing.T) {
	b := orders(t, 100)
	b.src.Existing.Do = core.ExistingSkip
	b.mustLook()
	b.db.state = b.db.state.settled(time.Now().Add(time.Hour), 0)
	b.exec("DELETE FROM orders")
	b.insert(1, 3)
	b.mustLook()
	b.mustLook()
	b.want()
	if noted := b.host.Noted(); len(noted) != 1 || !strings.Contains(noted[0], "The greatest id is 3, and was 100 before.") {
		t.Errorf("%q", noted)
	}
}

// Values that are too long are left out with a note, and rows by themselves.
func TestLongValues(t *testing.T) {
	b := orders(t, 1)
	b.exec("INSERT INTO orders VALUES (2, zeroblob(300000)), (3, printf('%.*c', 9000000, 'x')), (4, 'Ada 4')")
	b.mustLook()
	b.want(came(1)[0], `orders, id 2: {"id":2,"name":null}`, came(4)[0])
	if noted := b.host.Noted(); len(noted) != 1 || noted[0] != "orders: Values of name that are longer than 256 KB are left out." {
		t.Errorf("%q", noted)
	}
	if left := b.host.LeftOut(); len(left) != 1 || left[0].Why != "It is longer than 8 MB." || left[0].Data != nil {
		t.Errorf("%+v", left)
	}
}

// The log appears beside a file while it is read without locks: what was read does
// not count.
func TestFileMovesWhileItIsRead(t *testing.T) {
	d, db := sqliteFile(t, "&_journal_mode=WAL")
	d.Table, d.Rising = "orders", "id"
	b := newBench(t, d, db)
	b.exec("CREATE TABLE orders (id INTEGER PRIMARY KEY, name TEXT)")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	if err := b.db.prepare(); err != nil {
		t.Fatal(err)
	}
	err := b.db.session.read(t.Context(), "SELECT 1", nil, func(row) error {
		return os.WriteFile(d.File+"-wal", nil, 0o600)
	})
	if !errors.Is(err, errMoved) {
		t.Error(err)
	}
}

// Run looks at its times, waits longer after each trouble, and reports it.
func TestRun(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		b := orders(t, 1)
		b.src.Database.Every = 10 * time.Minute
		hidden := b.src.Database.File + ".hidden"
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error)
		go func() { done <- b.db.Run(ctx) }()
		synctest.Wait()
		b.want(came(1)...)
		if err := os.Rename(b.src.Database.File, hidden); err != nil {
			t.Fatal(err)
		}
		time.Sleep(10 * time.Minute)
		synctest.Wait()
		if cause, _ := b.host.Said(); !strings.Contains(cause, "is not there. Choose it again.") {
			t.Error(cause)
		}
		if err := os.Rename(hidden, b.src.Database.File); err != nil {
			t.Fatal(err)
		}
		time.Sleep(firstRetry)
		synctest.Wait()
		if cause, _ := b.host.Said(); cause != "" {
			t.Error(cause)
		}
		cancel()
		if err := <-done; err != nil {
			t.Error(err)
		}
	})
}

// Whatever is asked of a file, it is not written to.
func TestFilesAreOnlyRead(t *testing.T) {
	b := orders(t, 1)
	for _, each := range []string{"INSERT INTO orders (name) VALUES ('x') RETURNING id", "DELETE FROM orders", "CREATE TABLE made (id)", "DROP TABLE orders", "PRAGMA user_version = 7"} {
		if err := b.try(each); core.CodeOf(err) != core.CodeInvalid || !strings.HasPrefix(core.Sentence(err), "The query would change something in the database.") {
			t.Errorf("%s: %v", each, err)
		}
	}
	b.mustLook()
	b.want(came(1)...)
	d := b.src.Database
	db, err := openSQLite(d.File, "")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }() // nothing was written
	if _, err := db.Exec("DELETE FROM orders"); err == nil {
		t.Error("a row was deleted")
	}
	if _, err := db.Exec("PRAGMA query_only = 0; DELETE FROM orders"); err == nil {
		t.Error("a row was deleted by other means")
	}
}
