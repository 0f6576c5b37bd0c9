package settings

import (
	"fmt"
	"time"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/sign"
)

func drawSource(t *rapid.T, id string) *core.Source {
	s := &core.Source{ID: id, Name: word(t, "name"), Paused: rapid.Bool().Draw(t, "paused")}
	s.EventType = rapid.SampledFrom([]string{"", "sale", "a.b:c_d-e"}).Draw(t, "type")
	s.Title = rapid.SampledFrom([]string{"", "[First Name] ${last}", "€ [@today]"}).Draw(t, "title")
	s.Keep = drawNames(t, "keep")
	s.Cards = rapid.Bool().Draw(t, "cards")
	if s.Once.Keys = drawNames(t, "once"); s.Once.Keys != nil {
		s.Once.Days = rapid.SampledFrom([]int{0, 1, maxDays}).Draw(t, "once days")
	}
	s.Expect = drawExpect(t)
	if rapid.Bool().Draw(t, "lookup") {
		s.LookUp = drawLookUp(t)
	}
	s.Kind = core.SourceKind(rapid.SampledFrom(kinds).Draw(t, "kind"))
	s.Existing = drawExisting(t, s.Kind)
	drawPart(t, s)
	return s
}

func drawPart(t *rapid.T, s *core.Source) {
	switch s.Kind {
	case core.KindFolder:
		s.Folder = drawFolder(t)
	case core.KindSheet:
		s.Sheet = drawSheet(t)
	case core.KindLocal:
		s.Local = drawLocal(t)
	case core.KindDatabase:
		s.Database = drawDatabase(t)
	case core.KindWeb:
		s.Web = drawWeb(t)
	case core.KindTimer:
		s.Timer = drawTimer(t)
	default:
		s.Form = drawForm(t)
	}
}

// drawExisting draws what a kind can say of records that are there already. A web
// service of drawWeb is not asked for those of a time.
func drawExisting(t *rapid.T, kind core.SourceKind) core.Existing {
	does := []core.ExistingDo{core.ExistingAsk, core.ExistingSend, core.ExistingSkip}
	if kind != core.KindSheet && kind != core.KindWeb {
		does = append(does, core.ExistingSince)
	}
	e := core.Existing{Do: rapid.SampledFrom(does).Draw(t, "existing")}
	if e.Do == core.ExistingSince {
		day := time.Date(rapid.IntRange(firstDay, 2400).Draw(t, "year"), 1, rapid.IntRange(2, 365).Draw(t, "day"), 0, 0, 0, 0, time.Local)
		e.Since = rapid.SampledFrom([]time.Time{day, day.Add(time.Nanosecond), day.Add(13 * time.Hour)}).Draw(t, "since").UTC()
	}
	return e
}

// drawNames draws names of columns or fields, or none.
func drawNames(t *rapid.T, label string) []string {
	return rapid.SampledFrom([][]string{nil, {"E-Mail"}, {"Number", "Straße, Nr.", "a\"b", "[x]"}}).Draw(t, label)
}

func drawDuration(t *rapid.T, label string, least, most time.Duration) time.Duration {
	return rapid.SampledFrom([]time.Duration{0, least, least + time.Millisecond, most}).Draw(t, label)
}

func drawExpect(t *rapid.T) core.Expect {
	if rapid.Bool().Draw(t, "nothing expected") {
		return core.Expect{}
	}
	e := core.Expect{
		By:   rapid.SampledFrom([]int{0, 7 * 60, 1439}).Draw(t, "by"),
		Days: rapid.SampledFrom([][]time.Weekday{everyDay, {time.Sunday}, {time.Friday, time.Monday}}).Draw(t, "expected on"),
	}
	if rapid.Bool().Draw(t, "heartbeat") {
		e.Heartbeat = core.NewSecret("https://beat.example.org/" + rapid.StringMatching(`[a-z0-9]{1,9}`).Draw(t, "beat"))
	}
	return e
}

func drawLookUp(t *rapid.T) *core.LookUp {
	l := &core.LookUp{
		Ask:  drawAsk(t, "https://example.org/${number}", "for [E-Mail]"),
		Into: rapid.SampledFrom([]string{"", "crm", "a.b"}).Draw(t, "into"),
		Path: rapid.SampledFrom([]string{"", "data", "contacts(1).person"}).Draw(t, "path"),
		Keep: drawDuration(t, "kept", time.Millisecond, core.MaxEvery),
		Need: rapid.Bool().Draw(t, "need"),
	}
	return l
}

// drawAsk draws a request to an address, with a text in header line and body.
func drawAsk(t *rapid.T, address, text string) core.Ask {
	a := core.Ask{
		Method: rapid.SampledFrom([]string{"", "GET", "POST"}).Draw(t, "method"), Address: address,
		Auth: drawAuth(t), Network: drawNetwork(t), CAFile: rapid.SampledFrom([]string{"", "/etc/ca.pem"}).Draw(t, "ca"),
		Timeout: drawDuration(t, "timeout", time.Second, core.MaxTimeout),
	}
	if rapid.Bool().Draw(t, "headers") {
		a.Headers = []core.Header{{Name: "X-A", Value: text}, {Name: "x-b", Secret: core.NewSecret("s e c r e t")}, {Name: "X-Empty"}}
	}
	if a.Keys = drawKeys(t); len(a.Keys) > 0 {
		a.Headers = append(a.Headers, core.Header{Name: "X-Keys", Value: reading(a.Keys)})
	}
	if a.Method != "GET" && rapid.Bool().Draw(t, "body") {
		a.Body = `{"a": "` + text + `"}`
		a.Type = rapid.SampledFrom([]string{"", "application/json"}).Draw(t, "content type")
	}
	return a
}

func drawFolder(t *rapid.T) *core.FolderSource {
	f := &core.FolderSource{
		Path: "/" + word(t, "path"), Match: rapid.SampledFrom([]string{"", "*.csv", "[a-z]*; *.xlsx"}).Draw(t, "match"),
		Subfolders: rapid.Bool().Draw(t, "subfolders"), After: rapid.SampledFrom([]core.After{"", core.AfterRemember}).Draw(t, "after"),
		Holds: rapid.SampledFrom([]core.FilesHold{core.HoldNew, core.HoldAll, core.Growing}).Draw(t, "holds"), Layout: drawLayout(t),
	}
	f.Layout.Element = rapid.SampledFrom([]string{"", "person", "ns:person"}).Draw(t, "element")
	f.Layout.List = rapid.SampledFrom([]string{"", "data", "a(b=c).d"}).Draw(t, "list")
	switch f.Holds {
	case core.Growing:
		return f
	case core.HoldAll:
		f.Keys, f.Gone = []string{"Number", word(t, "key")}, rapid.Bool().Draw(t, "gone")
	default:
		f.WholeFile = rapid.Bool().Draw(t, "whole")
	}
	f.Receipt = rapid.Bool().Draw(t, "receipt")
	f.After = rapid.SampledFrom([]core.After{f.After, core.AfterMove, core.AfterDelete}).Draw(t, "put away")
	return f
}

func drawLayout(t *rapid.T) core.Layout {
	l := core.Layout{
		Encoding:  rapid.SampledFrom(append(encodings, "")).Draw(t, "encoding"),
		Delimiter: rapid.SampledFrom([]string{"", ",", ";", "\t", "|", " "}).Draw(t, "delimiter"),
		Quote:     rapid.SampledFrom([]string{"", "'", `"`, "none"}).Draw(t, "quote"),
		NoHeader:  rapid.Bool().Draw(t, "no header"),
		Columns:   rapid.SampledFrom([][]string{nil, {"Number", "", "", "E-Mail"}}).Draw(t, "columns"),
		Sheet:     rapid.SampledFrom([]string{"", "Members 2026", "<&>"}).Draw(t, "sheet"),
	}
	if !l.NoHeader {
		l.HeaderRow = rapid.SampledFrom([]int{0, 1, maxRow}).Draw(t, "header row")
	}
	return l
}

func drawSheet(t *rapid.T) *core.SheetSource {
	s := &core.SheetSource{
		Path: "/" + word(t, "path") + ".xlsx", Keys: drawNames(t, "keys"), Settle: drawDuration(t, "settle", minSettle, maxSettle), Layout: drawLayout(t),
	}
	s.Changed = s.Keys != nil && rapid.Bool().Draw(t, "changed")
	if s.Required = drawNames(t, "required"); s.Required == nil {
		s.Ready = rapid.SampledFrom([]string{"", "Done", "fertig?"}).Draw(t, "ready")
	}
	if s.Ready != "" {
		s.ReadyIs = rapid.SampledFrom([]string{"", "x", " "}).Draw(t, "ready is")
	}
	return s
}

func drawLocal(t *rapid.T) *core.LocalSource {
	l := &core.LocalSource{
		Key:           core.NewSecret(rapid.StringMatching(`[A-Za-z0-9_-]{100}`).Draw(t, "key")),
		MaxEventBytes: rapid.SampledFrom([]int{0, minMaxEvent, core.MaxEventData}).Draw(t, "max"),
		XML:           rapid.Bool().Draw(t, "xml"), Query: rapid.Bool().Draw(t, "query"),
		JSONField: rapid.SampledFrom([]string{"", "rawRequest"}).Draw(t, "json field"), Verify: drawVerify(t),
	}
	if rapid.Bool().Draw(t, "token") {
		l.Token = core.NewSecret(rapid.StringMatching(`[!-~]{1,20}`).Draw(t, "token text"))
	}
	if rapid.Bool().Draw(t, "origins") {
		l.AllowedOrigins = []string{"https://a.example.org", "http://[::1]:80"}
	}
	return l
}

func drawVerify(t *rapid.T) core.Verify {
	private, public := sign.NewPair()
	switch rapid.IntRange(0, 2).Draw(t, "verify") {
	case 0:
		return core.Verify{}
	case 1:
		secret := rapid.SampledFrom([]string{sign.NewSecret(), private, public}).Draw(t, "sender's")
		return core.Verify{Style: core.VerifyStandard, Secret: core.NewSecret(secret)}
	default:
		return core.Verify{
			Style: core.VerifyHMAC, Secret: core.NewSecret(word(t, "sender's")),
			Header:    rapid.SampledFrom([]string{"", "X-Signature"}).Draw(t, "header"),
			Algorithm: rapid.SampledFrom([]string{"", "sha256", "sha512", "sha1"}).Draw(t, "algorithm"),
			Encoding:  rapid.SampledFrom([]string{"", "hex", "base64"}).Draw(t, "encoding"),
			Prefix:    rapid.SampledFrom([]string{"", "sha256="}).Draw(t, "prefix"),
		}
	}
}

func drawDatabase(t *rapid.T) *core.DatabaseSource {
	d := &core.DatabaseSource{
		Kind: rapid.SampledFrom([]core.DatabaseKind{core.SQLite, core.Postgres, core.MySQL, core.SQLServer}).Draw(t, "database"),
		Keys: drawNames(t, "keys"), Rising: word(t, "rising"), Overlap: drawDuration(t, "overlap", time.Second, maxOverlap),
		Every: drawDuration(t, "every", core.MinAskEvery, core.MaxEvery), Timeout: drawDuration(t, "timeout", minTimeout, core.MaxTimeout),
	}
	d.Changed = rapid.Bool().Draw(t, "changed")
	if d.Changed && d.Keys == nil || rapid.Bool().Draw(t, "table") {
		d.Table = rapid.SampledFrom([]string{"members", "public.members", `"odd table"`}).Draw(t, "table name")
	} else {
		d.Query = rapid.SampledFrom([]string{"select * from t where id>:last", "SELECT a::text FROM t\nWHERE :last < a;"}).Draw(t, "query")
	}
	if d.Kind == core.SQLite {
		d.File = "/" + word(t, "file")
		return d
	}
	d.Host = rapid.SampledFrom([]string{"", "db.example.org", "::1", "10.0.0.1", `PC\SQLEXPRESS`}).Draw(t, "host")
	d.Port = rapid.SampledFrom([]int{0, 1, maxPort}).Draw(t, "port")
	d.Name = word(t, "database name")
	if d.User = rapid.SampledFrom([]string{"", "reader", `OFFICE\ada`}).Draw(t, "user"); d.User != "" {
		d.Password = drawPassword(t)
	}
	if d.TLS = rapid.SampledFrom([]core.DatabaseTLS{core.TLSPrefer, core.TLSVerify, core.TLSOff}).Draw(t, "tls"); d.TLS != core.TLSOff {
		d.CAFile = rapid.SampledFrom([]string{"", "/etc/db.pem"}).Draw(t, "ca")
	}
	return d
}

func drawWeb(t *rapid.T) *core.WebSource {
	w := &core.WebSource{
		Ask:  drawAsk(t, "https://example.org/members?day=[@today]", "[@id]"),
		List: rapid.SampledFrom([]string{"", "data.members"}).Draw(t, "list"), Paging: drawPaging(t),
		Keys: rapid.SampledFrom([][]string{nil, {"id"}, {"who.id", `"a.b"`}}).Draw(t, "keys"),
	}
	if w.Keys != nil {
		w.Changed, w.Gone = rapid.Bool().Draw(t, "changed"), rapid.Bool().Draw(t, "gone")
	}
	if rapid.Bool().Draw(t, "set times") {
		w.At, w.Days = drawTurns(t)
	} else {
		w.Every = drawDuration(t, "every", core.MinAskEvery, core.MaxEvery)
	}
	return w
}

func drawPaging(t *rapid.T) core.Paging {
	g := core.Paging{Kind: rapid.SampledFrom([]core.PagingKind{
		core.PagingNone, core.PagingLink, core.PagingPage, core.PagingOffset, core.PagingCursor,
	}).Draw(t, "paging")}
	if g.Kind == core.PagingNone {
		return g
	}
	if g.Kind != core.PagingLink {
		g.Param = "page[number]"
	}
	if g.Kind == core.PagingLink && rapid.Bool().Draw(t, "link in answer") || g.Kind == core.PagingCursor {
		g.Path = "meta.next"
	}
	g.First = rapid.SampledFrom([]int{0, 1, maxPage}).Draw(t, "first")
	g.Size = rapid.SampledFrom([]int{0, 1, maxPage}).Draw(t, "size")
	g.Most = rapid.SampledFrom([]int{0, 1, maxPages}).Draw(t, "most")
	return g
}

func drawTurns(t *rapid.T) (at []int, days []time.Weekday) {
	at = rapid.SampledFrom([][]int{{0}, {540, 1050}, {1, 59, 60, 1439}}).Draw(t, "at")
	days = rapid.SampledFrom([][]time.Weekday{nil, {time.Monday}, {time.Sunday, time.Saturday, time.Wednesday}}).Draw(t, "days")
	return at, days
}

func drawTimer(t *rapid.T) *core.TimerSource {
	s := &core.TimerSource{Missed: rapid.Bool().Draw(t, "missed")}
	if rapid.Bool().Draw(t, "set times") {
		s.At, s.Days = drawTurns(t)
	} else {
		s.Every = rapid.SampledFrom([]time.Duration{core.MinEvery, time.Hour, core.MaxEvery}).Draw(t, "every")
	}
	for i := range rapid.IntRange(0, 3).Draw(t, "data") {
		value := rapid.SampledFrom([]string{"", "of [@today]", "[@id] ${@time}", `"<é>`}).Draw(t, "value")
		s.Data = append(s.Data, core.Fixed{Name: fmt.Sprintf("%c/~ %d", 'z'-i, i), Value: value})
	}
	return s
}

func drawForm(t *rapid.T) *core.FormSource {
	f := &core.FormSource{Grace: rapid.SampledFrom([]time.Duration{noGrace, 0, time.Millisecond, maxGrace}).Draw(t, "grace")}
	for i := range rapid.IntRange(1, 4).Draw(t, "fields") {
		in := core.Input{
			Name: fmt.Sprintf("%s %d", word(t, "name"), i), Label: rapid.SampledFrom([]string{"", "Who?"}).Draw(t, "label"),
			Kind:     core.InputKind(rapid.SampledFrom(append([]string{""}, inputs[1:]...)).Draw(t, "kind")),
			Required: rapid.Bool().Draw(t, "required"),
		}
		if in.Kind == core.InputChoice {
			in.Choices = []string{"yes, please", "no"}
		}
		if rapid.Bool().Draw(t, "default") {
			in.Default = map[core.InputKind]string{
				core.InputText: "Ada", core.InputEmail: "ada@example.org", core.InputNumber: "-1.50", core.InputDate: "2024-02-29",
				core.InputChoice: "no", core.InputYesNo: "true",
			}[in.Kind]
		}
		f.Inputs = append(f.Inputs, in)
	}
	return f
}
