package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
)

// exports are the people in the files that are dropped, one after the other.
var exports = [][]string{
	{"Grace,Hopper,10017", "Katherine,Johnson,23669", "Alan,Turing,SK9 1FA", "Edsger,Dijkstra,5611", "Hedy,Lamarr,1010"},
	{"Dorothy,Vaughan,64101", "José,Núñez,08001", "Åse,Bjørnstad,0150", "Siân,O'Neill,CF10 1AA", "Margaret,Hamilton,47454"},
	{"Barbara,Liskov,02139", "Jürgen,Groß,01067", "Ada,Lovelace,SW1Y 4JH"},
}

// drop puts a file of people into the folder.
func (o *office) drop(name string, people []string) error {
	rows := [][]string{{"firstname", "lastname", "email", "zipcode"}}
	for _, p := range people {
		part := strings.SplitN(p, ",", 3)
		email := strings.ToLower(strings.Map(ascii, part[0])) + "@example.org"
		rows = append(rows, []string{part[0], part[1], email, part[2]})
	}
	return writeFile(filepath.Join(o.exports, name), rows)
}

// large is how many people are in the large file.
const large = 12_000

// dropLarge puts a file into the other folder that is sent as a large one.
func (o *office) dropLarge() error {
	rows := [][]string{{"number", "name", "email"}}
	for i := range large {
		rows = append(rows, []string{fmt.Sprintf("%05d", i+1), fmt.Sprintf("Contact %d", i+1), fmt.Sprintf("contact%d@example.org", i+1)})
	}
	return writeFile(filepath.Join(o.contacts, "Contacts of the season.csv"), rows)
}

// writeFile writes a file as a spreadsheet program in Europe does.
func writeFile(file string, lines [][]string) error {
	var text bytes.Buffer
	w := csv.NewWriter(&text)
	w.Comma = ';'
	if err := w.WriteAll(lines); err != nil {
		return err
	}
	return os.WriteFile(file, text.Bytes(), 0o600)
}

// ascii drops letters that an e-mail address cannot have.
func ascii(r rune) rune {
	if r > 127 {
		return -1
	}
	return r
}

// sell sends the receipts of a till, from one number up to another.
func (o *office) sell(ctx context.Context, from, to int) error {
	for i := from; i < to; i++ {
		body := fmt.Sprintf(`{"receipt": "B-%d", "total": %d.50, "items": [{"sku": "TEA", "count": %d}]}`, 1041+i, 12+i*3, i+1)
		if err := o.post(ctx, tillKey, "application/json", body); err != nil {
			return err
		}
	}
	return nil
}

// guest is somebody whom the box office knows.
type guest struct{ number, first, last, role, zip, city string }

var guests = []guest{
	{"0417311", "Émilie", "du Châtelet", "MEMBER", "13001", "Marseille"},
	{"0417312", "Sophie", "Germain", "GUEST", "75005", "Paris"},
	{"0417313", "Henri", "Poincaré", "MEMBER", "54000", "Nancy"},
	{"0417313", "Henri", "Poincaré", "MEMBER", "13002", "Marseille"}, // he moves
	{"0417314", "Marie", "Lavoisier", "MEMBER", "13100", "Aix-en-Provence"},
	{"0417315", "Évariste", "Galois", "GUEST", "13002", ""},
}

// meet sends what a box office would.
func (o *office) meet(ctx context.Context, guests []guest) error {
	for i, g := range guests {
		body := fmt.Sprintf(`{"contactNumber": %q, "First Name": %q, "Last Name": %q, "role": %q, "city": %q, `+
			`"addresses": [{"isMain": true, "zipCode": %q}], "indicators": [{"code": "NEWS", "value": %t}]}`,
			g.number, g.first, g.last, g.role, g.city, g.zip, i%2 == 0)
		if err := o.post(ctx, boxKey, "application/json", body); err != nil {
			return err
		}
	}
	return nil
}

// donors are those who give something at the desk.
var donors = []string{"Maria Mitchell", "Emmy Noether", "Lise Meitner"}

func (o *office) give(ctx context.Context, donors []string) error {
	for i, name := range donors {
		first, _, _ := strings.Cut(name, " ")
		body := fmt.Sprintf(`{"name": %q, "email": "%s@example.org", "amount": %d.00}`, name, strings.ToLower(first), 20+15*i)
		if err := o.post(ctx, deskKey, "application/json", body); err != nil {
			return err
		}
	}
	return nil
}

// order sends what a shop collected since yesterday, all at once.
func (o *office) order(ctx context.Context) error {
	var lines strings.Builder
	for i := range 450 {
		fmt.Fprintf(&lines, `{"order": "W-%d", "total": %d.90}`+"\n", 70211+i, 9+i%40)
	}
	return o.post(ctx, shopKey, "application/x-ndjson", lines.String())
}

// post sends what a program on this computer would.
func (o *office) post(ctx context.Context, key, contentType, body string) error {
	st, err := o.program.Status(ctx)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, st.Address+"/in/"+key, strings.NewReader(body))
	if err != nil {
		return err
	}
	req.Header.Set("Content-Type", contentType)
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
