package sources

import (
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"hookbird/core"
	"hookbird/gui/choices"
	"hookbird/gui/widgets"
)

var (
	databases     = []core.DatabaseKind{core.SQLite, core.SQLServer, core.MySQL, core.Postgres}
	databaseNames = []string{"A SQLite file", "Microsoft SQL Server", "MySQL or MariaDB", "PostgreSQL"}
	ports         = map[core.DatabaseKind]int{core.SQLServer: 1433, core.MySQL: 3306, core.Postgres: 5432}

	databaseTLS      = []core.DatabaseTLS{core.TLSPrefer, core.TLSVerify, core.TLSOff}
	databaseTLSNames = []string{"Where the server can (usual)", "Always, and the server proves its name", "No"}

	everies  = []time.Duration{10 * time.Second, 30 * time.Second, time.Minute, 5 * time.Minute, 15 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour}
	overlaps = []time.Duration{time.Minute, 10 * time.Minute, time.Hour, 6 * time.Hour, 24 * time.Hour}
	timeouts = []time.Duration{10 * time.Second, 15 * time.Second, 30 * time.Second, time.Minute, 2 * time.Minute, 5 * time.Minute}
)

// databaseCards are the cards of a database.
func (s *setup) databaseCards() []fyne.CanvasObject {
	d := s.draft.src.Database
	return []fyne.CanvasObject{
		s.connectionCard(d), s.rowsCard(d), s.lookCard("3. Try the connection"), s.newRowsCard(d), askedLater(),
	}
}

// connectionCard asks for the way to the database.
func (s *setup) connectionCard(d *core.DatabaseSource) fyne.CanvasObject {
	file := s.when(func() bool { return d.Kind == core.SQLite }, func() fyne.CanvasObject {
		return s.path("/file", "File", &d.File, "Choose the file, or type its path", s.page.AskFile)
	})
	server := s.when(func() bool { return d.Kind != core.SQLite }, func() fyne.CanvasObject {
		port := s.number("/port", "Port", &d.Port, "", "")
		if e, ok := port.Control().(*widgets.Entry); ok {
			s.follow = append(s.follow, func() { e.SetPlaceHolder(strconv.Itoa(ports[d.Kind])) })
		}
		return stack(
			widgets.Columns(12, []float32{3, 1}, s.text("/host", "Server", &d.Host, "This computer", ""), port),
			s.text("/database_name", "Database", &d.Name, "Its name", ""),
			widgets.Grid(2, 12,
				s.text("/user", "User", &d.User, "", "One that may only read is best."),
				s.secret("/password", "password", "Password", &d.Password, "")),
			s.fold("Connection in detail", d.TLS != core.TLSPrefer || d.CAFile != "", func() fyne.CanvasObject {
				return stack(
					choice(s, "/tls", "Protect the connection", &d.TLS, databaseTLS, databaseTLSNames, ""),
					s.path("/ca_file", "Certificate of their authority (PEM file)", &d.CAFile, "As this computer knows them", s.page.AskFile))
			}))
	})
	return card("1. Which database?", "Ask whoever looks after it for what to fill in here.",
		choice(s, "/database", "Kind", &d.Kind, databases, databaseNames, ""), file, server)
}

// rowsCard asks for a table or a query.
func (s *setup) rowsCard(d *core.DatabaseSource) fyne.CanvasObject {
	byQuery := d.Query != ""
	how := widgets.NewSegmented([]string{"A table or view", "A query"}, func(i int) {
		byQuery = i == 1
		if byQuery {
			d.Table = ""
		} else {
			d.Query = ""
		}
		s.changed()
	})
	if byQuery {
		how.Select(1)
	}
	table := s.when(func() bool { return !byQuery }, func() fyne.CanvasObject {
		return s.picked("/table", "Table", &d.Table, "Type its name, or look and choose", "", s.tableOffers)
	})
	query := s.when(func() bool { return byQuery }, func() fyne.CanvasObject {
		e := widgets.NewMultiEntry(4)
		e.TextStyle = fyne.TextStyle{Monospace: true}
		e.SetText(d.Query)
		e.SetPlaceHolder("SELECT * FROM members WHERE id > :last ORDER BY id")
		e.OnChanged = func(text string) {
			d.Query = text
			s.changed()
		}
		return s.spots.field("/query", "Query", e, "Write :last where the last number or time belongs that was read. Only reading is possible.")
	})
	return card("2. Which rows?", "", widgets.HBox(0, how), table, query)
}

func (s *setup) tableOffers() []choices.Choice {
	if v := s.survey(); v != nil {
		return textOffers(v.Survey.Tables)
	}
	return nil
}

// risingOffers are the columns that can say what is new.
func (s *setup) risingOffers() []choices.Choice {
	var all []choices.Choice
	if v := s.survey(); v != nil {
		for _, c := range v.Survey.Columns {
			if c.Rising {
				all = append(all, choices.Choice{Text: c.Name, Note: first(c.Samples)})
			}
		}
	}
	return all
}

// newRowsCard asks what says that a row is new.
func (s *setup) newRowsCard(d *core.DatabaseSource) fyne.CanvasObject {
	detail := d.Overlap != 0 || d.Timeout != 0 || len(filled(d.Keys)) > 0
	return card("4. What is new?", "",
		s.picked("/rising", "Column that rises with every new row", &d.Rising, "For example id, or created_at", "A number that counts up, or a time.", s.risingOffers),
		s.flag("/changed", "It rises when a row changes, too", &d.Changed, "Such as a time of the last change. The row is then sent again, as changed."),
		s.span("/every", "Ask every", &d.Every, core.DefaultDatabaseEvery, everies, ""),
		s.fold("In detail", detail, func() fyne.CanvasObject {
			return stack(
				s.columns("/keys", "Columns that tell rows apart", &d.Keys, "Only where the rising column does not, as with a time."),
				s.span("/overlap", "Rows that come in late are looked for so far back", &d.Overlap, core.DefaultOverlap, overlaps, ""),
				s.span("/timeout", "Give up waiting after", &d.Timeout, core.DefaultQueryTimeout, timeouts, ""))
		}))
}
