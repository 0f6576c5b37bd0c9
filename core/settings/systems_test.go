package settings

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hookbird/core"
)

// systems are files as the five systems of the presets need them.
var systems = []string{"rally-congress.json", "engagement-rx.json", "ontraport.json", "secutix.json", "intervengine.json"}

const formType = "application/x-www-form-urlencoded"

func TestFilesOfTheFiveSystems(t *testing.T) {
	dir := t.TempDir()
	for name, want := range map[string]struct {
		source   core.Source
		webhooks []*core.Webhook
	}{
		"rally-congress.json": {
			core.Source{
				ID: "signups", Kind: core.KindFolder, Existing: core.Existing{Do: core.ExistingSend}, Name: "Petition sign-ups", EventType: "supporter.signed",
				Folder: &core.FolderSource{Path: filepath.Join(dir, "signups"), Match: "*.csv"},
			},
			[]*core.Webhook{{
				ID: "mailing-list", Name: "Mailing list", Preset: "rally-congress",
				Address: "http://127.0.0.1:8201/lists/new", Method: "POST", Events: []string{"supporter.signed"},
				Body: core.Body{Style: core.BodyForm, Fields: []core.Field{
					{Name: "first", From: "firstname"},
					{Name: "last", From: "lastname"},
					{Name: "mail", From: "email"},
					{Name: "postcode", From: "zipcode"},
					{Name: "origin", Value: "petition"},
					{Name: "key", Secret: core.NewSecret("open sesame & more")},
				}},
				Timeout: 20 * time.Second, Retry: core.RetryPlan{Name: "90-minutes"},
			}},
		},
		"engagement-rx.json": {
			local("clinic", "Clinic", "", "clinic-00112233445566778899aabbccddeeff"),
			[]*core.Webhook{{
				ID: "portal-list", Name: "Portal list", Preset: "engagement-rx",
				Address: "https://127.0.0.1:8202/lists", HTTPSOnly: true, CAFile: filepath.Join(dir, "authority.pem"),
				Body: core.Body{Style: core.BodyList}, Send: core.Send{Batch: 25},
				Accept:  core.Accept{{From: 204, To: 204}},
				Timeout: 7 * time.Second, Retry: core.RetryPlan{Name: "24-hours"},
			}},
		},
		"ontraport.json": {
			local("desk", "Front desk", "visitor.registered", "desk-00112233445566778899aabbccddeeff"),
			[]*core.Webhook{
				{
					ID: "visitor", Name: "Visitor", Preset: "ontraport",
					Address: "http://127.0.0.1:8203/visit?via=[Door|default:main]", Method: "POST", Events: []string{"visitor.registered"},
					Body: core.Body{
						Style: core.BodyTemplate, ContentType: formType,
						Template: "Given_Name=[First Name]&Mail=[Email]&street=12 Long Lane",
					},
				},
				{
					ID: "visitor-note", Name: "Note of the visit", Preset: "ontraport",
					Address: "http://127.0.0.1:8203/notes", Method: "POST", Events: []string{"visitor.registered"},
					Body: core.Body{
						Style: core.BodyTemplate, ContentType: formType,
						Template: "App=9_8_7&Key=[secret:desk key]&id=0&data=Was here.&person=[Person ID]",
						Keys:     []core.NamedSecret{{Name: "desk key", Secret: core.NewSecret("88888888")}},
					},
				},
			},
		},
		"secutix.json": {
			local("theatre", "Theatre", "contact.updated", "theatre-00112233445566778899aabbccddeeff"),
			[]*core.Webhook{
				{
					ID: "subscribers", Name: "Subscribers of the north", Preset: "secutix-contact-v1",
					Address: "http://127.0.0.1:8204/contact/${contactNumber}?refresh=1", Method: "GET",
					Filter: "role=SUBSCRIBER;addresses(isMain).zipCode=59.*", Send: core.Send{Every: 3 * time.Second, Batch: 40},
				},
				{
					ID: "any-indicator", Name: "Any indicator", Preset: "secutix-contact-v1",
					Address: "http://127.0.0.1:8204/flags", Method: "POST", Filter: "Indicators(*).value=true",
					Body: core.Body{
						Style: core.BodyTemplate, ContentType: "application/json",
						Template: `{"number": "${contactNumber}", "what": "refresh"}`,
					},
					Send: core.Send{Every: 3 * time.Second, Batch: 40}, Retry: core.RetryPlan{Every: 2 * time.Minute, Times: 6},
				},
			},
		},
		"intervengine.json": {
			local("members", "Members", "", "members-00112233445566778899aabbccddeeff"),
			[]*core.Webhook{{
				ID: "office-sync", Name: "Office sync", Preset: "intervengine",
				Address: "http://127.0.0.1:8205/sync", Events: []string{"member.joined", "member.moved"},
				Headers: []core.Header{{Name: "X-Office-Key", Secret: core.NewSecret("compared as it is")}},
				Body:    core.Body{Style: core.BodyJSON},
				Sign:    core.Sign{Style: core.SignStandard, Secret: core.NewSecret("whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")},
				Retry:   core.RetryPlan{Name: "standard-webhooks"},
			}},
		},
	} {
		t.Run(name, func(t *testing.T) {
			f := parsed(t, read(t, name), dir)
			if d := cmp.Diff(want.webhooks, f.Webhooks, sameSecrets); d != "" {
				t.Errorf("webhooks (-want +got):\n%s", d)
			}
			if d := cmp.Diff([]*core.Source{&want.source}, f.Sources, sameSecrets); d != "" {
				t.Errorf("sources (-want +got):\n%s", d)
			}
			if !f.Settings.IsZero() {
				t.Errorf("it also says %+v", f.Settings)
			}
		})
	}
}

func local(id, name, event, key string) core.Source {
	return core.Source{ID: id, Kind: core.KindLocal, Name: name, EventType: event, Local: &core.LocalSource{Key: core.NewSecret(key)}}
}
