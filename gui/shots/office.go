package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"hookbird/core/control"
	"hookbird/core/receiver"
	"hookbird/gui/e2e/desktop"
	"hookbird/gui/e2e/program"
)

// empty takes the pictures of a Hookbird that was just installed.
func (c *camera) empty(ctx context.Context) error {
	if len(c.wanted(firstScreens)) == 0 {
		return nil
	}
	p := program.New(c.desktop, c.binary, filepath.Join(c.dir, "new"))
	if err := p.Start(ctx, "--hidden"); err != nil {
		return err
	}
	defer p.Kill()
	return c.take(ctx, p, firstScreens)
}

// office takes the pictures of a Hookbird at work.
func (c *camera) office(ctx context.Context) error {
	o, err := openOffice(ctx, c)
	if err != nil {
		return err
	}
	defer o.close()
	if err := c.take(ctx, o.program, append(officeScreens, o.deeperScreens()...)); err != nil {
		return err
	}
	if err := c.take(ctx, o.program, testScreens); err != nil {
		return err
	}
	return c.take(ctx, o.program, o.wizardScreens())
}

// office is an engine with webhooks that fare differently.
type office struct {
	desktop   *desktop.Desktop
	program   *program.Program
	receivers []*receiver.Receiver
	folder    string
}

func openOffice(ctx context.Context, c *camera) (*office, error) {
	o := &office{desktop: c.desktop, folder: filepath.Join(c.desktop.Home, "Supporter exports")}
	if err := os.MkdirAll(o.folder, 0o700); err != nil {
		return nil, err
	}
	file, err := o.settings(c.dir)
	if err != nil {
		return nil, err
	}
	o.program = program.New(c.desktop, c.binary, filepath.Join(c.dir, "office"))
	if _, err := o.program.Run("--import", file); err != nil {
		return nil, err
	}
	if err := o.program.Start(ctx, "--hidden"); err != nil {
		return nil, err
	}
	return o, o.work(ctx)
}

func (o *office) close() {
	o.program.Kill()
	for _, r := range o.receivers {
		r.Close()
	}
}

// The keys of the local addresses in the pictures. They open nothing but this one
// engine, for the minutes that it runs.
const (
	localKey = "till-3f9c2a7e51d84b06"
	boxKey   = "box-5b0e8d2c94f1a763"
)

// settings writes the file that sets the office up, and opens its receivers.
func (o *office) settings(dir string) (string, error) {
	good, err := o.receiver(receiver.OK)
	if err != nil {
		return "", err
	}
	refusing, err := o.receiver(refuseKey)
	if err != nil {
		return "", err
	}
	silent, err := closedAddress()
	if err != nil {
		return "", err
	}
	type object = map[string]any
	fields := []object{
		{"name": "fname", "from": "firstname"},
		{"name": "lname", "from": "lastname"},
		{"name": "email", "from": "email", "convert": []string{"trim", "lower"}},
		{"name": "zip", "from": "zipcode", "omit_empty": true},
		{"name": "source", "value": "rally"},
		{"name": "token", "secret": "open sesame & more"},
	}
	data, err := json.MarshalIndent(object{
		"hookbird": 1,
		"sources": []object{
			{"id": "supporters", "kind": "folder", "name": "Supporter exports", "path": o.folder, "event_type": "supporter.created"},
			{"id": "box-office", "kind": "local", "name": "Box office", "key": boxKey, "event_type": "contact.updated"},
			{"id": "till", "kind": "local", "name": "Till", "key": localKey, "event_type": "sale.created"},
		},
		"webhooks": []object{
			{
				"id": "our-database", "name": "Our database", "address": good + "/hooks/supporters",
				"sources": []string{"supporters"},
				"body":    object{"style": "form", "fields": fields}, "retry": object{"plan": "90-minutes"},
			},
			{
				"id": "supporter-crm", "name": "Supporter CRM", "address": refusing + "/api/contacts",
				"sources": []string{"supporters"},
				"headers": []object{{"name": "X-Api-Key", "secret": "k-2093-old"}},
				"body": object{"style": "json", "fields": []object{
					{"name": "person.first_name", "from": "firstname"},
					{"name": "person.last_name", "from": "lastname"},
					{"name": "email", "from": "email"},
				}},
			},
			{
				"id": "sales-report", "name": "Sales report", "address": silent + "/sales",
				"sources": []string{"till"}, "body": object{"style": "json"},
			},
			{
				"id": "newsletter", "name": "Newsletter sign-ups", "address": good + "/subscribe", "state": "paused",
				"sources": []string{"supporters"},
				"body":    object{"style": "form", "fields": fields[2:3]},
			},
			{
				"id": "members-south", "name": "Members of the south", "preset": "secutix-contact-v1",
				"address": good + "/contacts/${contactNumber}?update=true", "method": "GET", "sources": []string{"box-office"},
				"filter": "role=MEMBER;addresses(isMain).zipCode=13.*", "send": object{"every": "15m", "batch": 60},
				"retry": object{"every": "15m", "times": 12},
			},
			{
				"id": "welcome", "name": "Welcome note", "address": good + "/note", "sources": []string{"box-office"},
				"body": object{
					"style": "template", "content_type": "application/x-www-form-urlencoded",
					"template": "contact=[contactNumber]&text=Welcome, [First Name]!&city=[city|default:unknown]&key=[secret:key]",
					"secrets":  object{"key": "22222222222222"},
				},
				"sign": object{"style": "standard-webhooks", "secret": object{"generate": true}},
			},
		},
	}, "", "  ")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "office.json")
	return file, os.WriteFile(file, data, 0o600)
}

func (o *office) receiver(answer receiver.Answer) (string, error) {
	r, err := receiver.Start(answer)
	if err != nil {
		return "", err
	}
	o.receivers = append(o.receivers, r)
	return r.URL(), nil
}

func refuseKey(context.Context, receiver.Request) (status int, body string) {
	return http.StatusUnauthorized, `{"message": "The API key is not valid any more."}` + "\n"
}

// closedAddress is one of this computer that nobody answers at.
func closedAddress() (string, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return "http://" + l.Addr().String(), l.Close()
}

// work lets records come in until every webhook shows how it fares.
func (o *office) work(ctx context.Context) error {
	for i, people := range [][]string{
		{"Grace,Hopper,10017", "Katherine,Johnson,23669", "Alan,Turing,SK9 1FA", "Edsger,Dijkstra,5611", "Hedy,Lamarr,1010"},
		{"Dorothy,Vaughan,64101", "José,Núñez,08001", "Åse,Bjørnstad,0150", "Siân,O'Neill,CF10 1AA", "Margaret,Hamilton,47454"},
		{"Barbara,Liskov,02139", "Jürgen,Groß,01067", "Ada,Lovelace,SW1Y 4JH"},
	} {
		if err := o.drop(fmt.Sprintf("Export %d.csv", i+1), people); err != nil {
			return err
		}
	}
	if err := o.post(ctx); err != nil {
		return err
	}
	if err := o.postContacts(ctx); err != nil {
		return err
	}
	return settled(ctx, o.program, func(views []control.WebhookView) bool {
		state := map[string]control.WebhookView{}
		for _, v := range views {
			state[v.Webhook.ID] = v
		}
		return state["our-database"].Delivered == 13 && state["supporter-crm"].Condition == control.Attention &&
			state["sales-report"].Waiting > 0 && state["newsletter"].Waiting == 13
	})
}

func (o *office) drop(name string, people []string) error {
	var text bytes.Buffer
	rows := csv.NewWriter(&text)
	rows.Comma = ';'
	_ = rows.Write([]string{"firstname", "lastname", "email", "zipcode"})
	for _, p := range people {
		part := strings.SplitN(p, ",", 3)
		email := strings.ToLower(strings.Map(ascii, part[0])) + "@example.org"
		_ = rows.Write([]string{part[0], part[1], email, part[2]})
	}
	rows.Flush()
	return os.WriteFile(filepath.Join(o.folder, name), text.Bytes(), 0o600)
}

// ascii drops letters that an e-mail address cannot have.
func ascii(r rune) rune {
	if r > 127 {
		return -1
	}
	return r
}

// post sends what a till would.
func (o *office) post(ctx context.Context) error {
	for i := range 4 {
		body := fmt.Sprintf(`{"receipt": "B-%d", "total": %d.50, "items": [{"sku": "TEA", "count": %d}]}`, 1041+i, 12+i*3, i+1)
		if err := o.postTo(ctx, localKey, body); err != nil {
			return err
		}
	}
	return nil
}

// postContacts sends what a box office would, of members and of guests.
func (o *office) postContacts(ctx context.Context) error {
	for i, c := range [][]string{
		{"Émilie", "du Châtelet", "MEMBER", "13001", "Marseille"},
		{"Sophie", "Germain", "GUEST", "75005", "Paris"},
		{"Henri", "Poincaré", "MEMBER", "54000", "Nancy"},
		{"Marie", "Lavoisier", "MEMBER", "13100", "Aix-en-Provence"},
		{"Évariste", "Galois", "GUEST", "13002", ""},
	} {
		body := fmt.Sprintf(`{"contactNumber": "%07d", "First Name": %q, "Last Name": %q, "role": %q, "city": %q, `+
			`"addresses": [{"isMain": true, "zipCode": %q}], "indicators": [{"code": "NEWS", "value": %t}]}`,
			417311+i, c[0], c[1], c[2], c[4], c[3], i%2 == 0)
		if err := o.postTo(ctx, boxKey, body); err != nil {
			return err
		}
	}
	return nil
}

func (o *office) postTo(ctx context.Context, key, body string) error {
	st, err := o.program.Status(ctx)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, st.Address+"/in/"+key, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", "application/json")
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusAccepted {
		return fmt.Errorf("the local address answered %s", answer.Status)
	}
	return nil
}

// firstScreens are those of an empty Hookbird.
var firstScreens = []screen{
	{name: "first-run", page: "home", sees: "Where should records go?", best: "light"},
	{name: "webhooks-none", page: "webhooks", sees: "Webhooks"},
	{name: "activity-none", page: "activity", sees: "Activity"},
	{name: "sources-none", page: "sources", sees: "Sources"},
	{name: "new-webhook", page: "new", sees: "Where should records go?", then: beginNew},
}

// officeScreens are those of an office at work.
var officeScreens = []screen{
	{name: "home", page: "home", sees: "What needs you", best: "light"},
	{name: "webhooks", page: "webhooks", sees: "Supporter CRM"},
	{name: "editor-where", page: "webhook:our-database", sees: "Where to"},
	{name: "editor", page: "webhook:our-database", sees: "Where to", then: openTab("What to send"), best: "dark"},
	{name: "editor-when", page: "webhook:members-south", sees: "Where to", then: openTab("When")},
	{name: "editor-text", page: "webhook:welcome", sees: "Where to", then: openTab("What to send")},
	{name: "editor-security", page: "webhook:welcome", sees: "Where to", then: openTab("Security")},
	{name: "editor-fails", page: "webhook:members-south", sees: "Where to", then: openTab("If it fails")},
	{name: "activity", page: "activity", sees: "Activity", then: openFirst, best: "light"},
	{name: "activity-waiting", page: "activity:waiting", sees: "Activity"},
	{name: "sources", page: "sources", sees: "Supporter exports"},
	{name: "settings", page: "settings", sees: "Settings"},
}

// testScreens come last, since each test is one more row in Activity.
var testScreens = []screen{
	{name: "test", page: "test:our-database", sees: "Our database"},
	{name: "test-good", page: "test:our-database", sees: "Our database", then: sendTest},
	{name: "test-failed", page: "test:supporter-crm", sees: "Supporter CRM", then: sendTest, best: "light"},
}

// deeperScreens are parts of the editor that only show once somebody goes there.
func (o *office) deeperScreens() []screen {
	return []screen{
		{name: "editor-conditions", page: "webhook:members-south", sees: "Where to", then: all(click("When"), see("Which records"), o.down(few))},
		{name: "editor-signature", page: "webhook:welcome", sees: "Where to", then: all(click("Security"), click("See which key they need"))},
		{name: "editor-convert", page: "webhook:our-database", sees: "Where to", then: all(click("What to send"), click("lname"), press(toConvertNext...), see("Convert email"))},
	}
}

// toConvertNext leads from the name of a field to how the next one is converted: past
// its three buttons, and past the three stops of the next.
var toConvertNext = []string{"Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "space"}

func openTab(label string) func(context.Context, *desktop.Window, size) error {
	return func(ctx context.Context, w *desktop.Window, _ size) error { return w.ClickOn(ctx, label) }
}

// sendTest presses the button and waits for what came back.
func sendTest(ctx context.Context, w *desktop.Window, _ size) error {
	if err := w.ClickOn(ctx, "Send test"); err != nil {
		return err
	}
	_, err := w.See(ctx, "Test result")
	return err
}

// beginNew goes from the choice of a system into an empty editor.
func beginNew(ctx context.Context, w *desktop.Window, _ size) error {
	if err := w.ClickOn(ctx, "Not in the list"); err != nil {
		return err
	}
	_, err := w.See(ctx, "Web address (URL)")
	return err
}

// openFirst opens the message at the top of the list.
func openFirst(ctx context.Context, w *desktop.Window, _ size) error {
	if err := w.ClickOn(ctx, "Ada Lovelace"); err != nil {
		return err
	}
	_, err := w.See(ctx, "What we sent")
	return err
}
