package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http/httptest"
	"os"
	"path/filepath"

	"hookbird/core/receiver"
)

// object is one of a settings file.
type object = map[string]any

// The keys of the local addresses in the pictures. They open nothing but this one
// engine, for the minutes that it runs.
const (
	tillKey = "till-3f9c2a7e51d84b06"
	boxKey  = "box-5b0e8d2c94f1a763"
	deskKey = "desk-91d7e4c0ab25f386"
	shopKey = "shop-c8a30f6d7be91245"
)

// settings is the file that sets the office up.
func (o *office) settings() object {
	return object{
		"hookbird": 1,
		"sources": []object{
			{"id": "supporters", "kind": "folder", "name": "Supporter exports", "path": o.exports, "event_type": "supporter.created"},
			{"id": "box-office", "kind": "local", "name": "Box office", "key": boxKey, "event_type": "contact.updated"},
			{"id": "till", "kind": "local", "name": "Till", "key": tillKey, "event_type": "sale.created"},
			{"id": "desk", "kind": "local", "name": "Donation desk", "key": deskKey, "event_type": "donation.created"},
			{"id": "shop", "kind": "local", "name": "Web shop", "key": shopKey, "event_type": "order.created"},
			{"id": "contacts", "kind": "folder", "name": "Season contacts", "path": o.contacts, "event_type": "contact.imported"},
			{"id": "tickets", "kind": "folder", "name": "Raffle tickets", "path": o.tickets, "event_type": "ticket.created", "existing": "send"},
		},
		"webhooks": append(o.everyday(), o.particular()...),
	}
}

func (o *office) at(id, path string) string { return o.receivers[id].URL() + path }

// fields are those that several webhooks send.
func fields() []object {
	return []object{
		{"name": "fname", "from": "firstname"},
		{"name": "lname", "from": "lastname"},
		{"name": "email", "from": "email", "convert": []string{"trim", "lower"}},
		{"name": "zip", "from": "zipcode", "omit_empty": true},
		{"name": "source", "value": "rally"},
		{"name": "token", "secret": "open sesame & more"},
	}
}

// everyday are the webhooks of an office that show how messages are made.
func (o *office) everyday() []object {
	return []object{
		{
			"id": "our-database", "name": "Our database", "address": o.at("our-database", "/hooks/supporters"),
			"sources": []string{"supporters"},
			"body":    object{"style": "form", "fields": fields()}, "retry": object{"plan": "90-minutes"},
		},
		{
			"id": "supporter-crm", "name": "Supporter CRM", "address": o.at("supporter-crm", "/api/contacts"),
			"sources": []string{"supporters"},
			"headers": []object{{"name": "X-Api-Key", "secret": "k-2093-old"}},
			"body": object{"style": "json", "fields": []object{
				{"name": "person.first_name", "from": "firstname"},
				{"name": "person.last_name", "from": "lastname"},
				{"name": "email", "from": "email"},
			}},
		},
		{
			"id": "newsletter", "name": "Newsletter sign-ups", "address": o.at("newsletter", "/subscribe"),
			"sources": []string{"supporters"},
			"body":    object{"style": "form", "fields": fields()[2:3]},
		},
		{
			"id": "members-south", "name": "Members of the south", "preset": "secutix-contact-v1",
			"address": o.at("members-south", "/contacts/${contactNumber}?update=true"), "method": "GET", "sources": []string{"box-office"},
			"filter": "role=MEMBER;addresses(isMain).zipCode=13.*", "send": object{"every": "15m", "batch": 60},
			"retry": object{"every": "15m", "times": 12},
		},
		{
			"id": "welcome", "name": "Welcome note", "address": o.at("welcome", "/note"), "sources": []string{"box-office"},
			"body": object{
				"style": "template", "content_type": "application/x-www-form-urlencoded",
				"template": "contact=[contactNumber]&text=Welcome, [First Name]!&city=[city|default:unknown]&key=[secret:key]",
				"secrets":  object{"key": "22222222222222"},
			},
			"sign": object{"style": "standard-webhooks", "secret": object{"generate": true}},
		},
	}
}

// particular are the webhooks that show how messages are delivered.
func (o *office) particular() []object {
	data := object{"style": "json"}
	return []object{
		{"id": "sales-report", "name": "Sales report", "address": o.at("sales-report", "/sales"), "sources": []string{"till"}, "body": data},
		{"id": "check-in", "name": "Event check-in", "address": o.at("check-in", "/people"), "sources": []string{"box-office"}, "body": data},
		{
			"id": "seat-plan", "name": "Seat plan", "address": o.at("seat-plan", "/guests"), "sources": []string{"box-office"}, "body": data,
			"order": object{"by": "contactNumber", "newest": true},
		},
		{
			"id": "ledger", "name": "Donation ledger", "address": o.at("ledger", "/book"), "sources": []string{"desk"}, "body": data,
			"answer": object{"unsure": "ask"},
		},
		{
			"id": "magazine", "name": "Members' magazine", "address": o.at("magazine", "/api/readers"), "sources": []string{"supporters"},
			"body": object{"style": "json-list", "fields": fields()[:3]},
			"send": object{"at": []string{"09:00", "17:30"}, "days": []string{"mon", "tue", "wed", "thu", "fri"}, "batch": 50},
			"pace": object{"second": 5, "hour": 1000}, "order": object{"by": "email", "newest": true},
			"answer": object{
				"need":    []object{{"field": "status", "value": "queued"}},
				"already": []object{{"code": 409, "text": "already a reader"}},
				"unsure":  "ask",
			},
			"auth": object{
				"kind": "oauth2", "token_url": "https://login.example.org/oauth2/token", "client_id": "hookbird-office",
				"client_secret": "c-71f0a9", "scopes": []string{"readers.write"}, "audience": "https://magazine.example.org",
			},
			"proxy": object{"address": "http://proxy.example.org:3128", "user": "office", "password": "p-40c2"},
		},
		{
			"id": "archive", "name": "Contact archive", "address": o.at("archive", "/in"), "sources": []string{"contacts"}, "body": data,
			"parallel": 2,
		},
		{
			"id": "loyalty", "name": "Loyalty programme", "address": o.at("loyalty", "/points"), "sources": []string{"shop"}, "body": data,
			"pace": object{"minute": 20},
		},
		{
			"id": "raffle", "name": "Raffle", "address": o.at("raffle", "/tickets"), "sources": []string{"tickets"}, "body": data,
			"brake": object{"factor": 5, "first": 500},
		},
	}
}

// trials is the file that adds webhooks that are off and only tested, each with
// what keeps its test from arriving.
func (o *office) trials() (object, error) {
	none := httptest.NewUnstartedServer(nil) // its certificate is its own, and nobody asks for more
	none.Config.ErrorLog = log.New(io.Discard, "", 0)
	none.StartTLS()
	stop := o.close
	o.close = func() { none.Close(); stop() }
	for id, answer := range map[string]receiver.Answer{"silent": silent, "no": sayNo, "asks": askWho, "blocks": letNothing} {
		if err := o.receiver(id, answer); err != nil {
			return nil, err
		}
	}
	trial := func(id, name, address string, more object) object {
		w := object{"id": id, "name": name, "address": address, "state": "off", "sources": []string{"supporters"}, "body": object{"style": "json"}}
		for key, value := range more {
			w[key] = value
		}
		return w
	}
	return object{
		"hookbird": 1,
		"settings": object{"proxy": object{"address": "http://proxy.example.org:3128", "user": "office", "password": "p-40c2"}},
		"webhooks": []object{
			trial("certificate", "Choir list", none.URL+"/choir", nil),
			trial("proxy-asks", "Volunteer portal", "https://volunteers.example.org/in", object{"proxy": object{"address": o.at("asks", "")}}),
			trial("proxy-blocks", "Volunteer portal", "https://volunteers.example.org/in", object{"proxy": object{"address": o.at("blocks", "")}}),
			trial("silent", "Printing house", o.at("silent", "/cards"), object{"timeout": "3s"}),
			trial("rule", "Mailing list", o.at("no", "/subscribe"), object{"answer": object{"need": []object{{"field": "success", "value": "true"}}}}),
		},
	}, nil
}

// take writes a settings file and takes it over.
func (o *office) take(settings object) error {
	data, err := json.MarshalIndent(settings, "", "  ")
	if err != nil {
		return err
	}
	file := filepath.Join(o.dir, "settings.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		return err
	}
	if said, err := o.program.Run("--import", file); err != nil {
		return fmt.Errorf("%w\n%s", err, said)
	}
	return nil
}
