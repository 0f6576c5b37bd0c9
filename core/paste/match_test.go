package paste_test

import (
	"fmt"
	"testing"

	"hookbird/core/paste"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestMatch(t *testing.T) {
	for _, tt := range []struct {
		name        string
		their, ours []string
		want        map[string]string
	}{
		{
			"as written",
			[]string{"email", "E-mail"},
			[]string{"E-mail", "email"},
			map[string]string{"email": "email", "E-mail": "E-mail"},
		},
		{
			"case and marks",
			[]string{"first_name", "E-MAIL", "zipCode"},
			[]string{"First Name", "email", "zip code"},
			map[string]string{"first_name": "First Name", "E-MAIL": "email", "zipCode": "zip code"},
		},
		{
			"English for a newsletter",
			[]string{"EMAIL", "FNAME", "LNAME", "PHONE", "BIRTHDAY"},
			[]string{"Last Name", "First name", "Mail", "Date of birth", "Mobile", "Tel."},
			map[string]string{"EMAIL": "Mail", "FNAME": "First name", "LNAME": "Last Name", "PHONE": "Tel.", "BIRTHDAY": "Date of birth"},
		},
		{
			"French",
			[]string{"firstname", "lastname", "email", "zipcode", "city", "mobile"},
			[]string{"Prénom", "Nom", "Courriel", "Code postal", "Ville", "Téléphone portable"},
			map[string]string{
				"firstname": "Prénom", "lastname": "Nom", "email": "Courriel", "zipcode": "Code postal", "city": "Ville",
				"mobile": "Téléphone portable",
			},
		},
		{
			"German, with a name that is the last name",
			[]string{"first_name", "last_name", "street", "postcode", "country"},
			[]string{"Vorname", "Name", "Straße", "PLZ", "Land"},
			map[string]string{"first_name": "Vorname", "last_name": "Name", "street": "Straße", "postcode": "PLZ", "country": "Land"},
		},
		{
			"Spanish",
			[]string{"fname", "surname", "email", "zip"},
			[]string{"Nombre", "Apellidos", "Correo electrónico", "Código postal"},
			map[string]string{"fname": "Nombre", "surname": "Apellidos", "email": "Correo electrónico", "zip": "Código postal"},
		},
		{
			"Italian",
			[]string{"first", "last", "city", "zip"},
			[]string{"Nome", "Cognome", "Città", "CAP"},
			map[string]string{"first": "Nome", "last": "Cognome", "city": "Città", "zip": "CAP"},
		},
		{
			"inside others",
			[]string{"contact[email]", "contact.firstName", "customer_last_name", "billing_postcode"},
			[]string{"individualContact.email", "individualContact.firstname", "addresses(isMain).zipCode", "surname"},
			map[string]string{
				"contact[email]": "individualContact.email", "contact.firstName": "individualContact.firstname",
				"customer_last_name": "surname", "billing_postcode": "addresses(isMain).zipCode",
			},
		},
		{
			"each of ours once",
			[]string{"email", "mail", "e_mail"},
			[]string{"Email"},
			map[string]string{"email": "Email"},
		},
		{
			"a whole name is not a first name",
			[]string{"name", "first name"},
			[]string{"Full Name", "email"},
			map[string]string{},
		},
		{
			"a whole name beside its parts",
			[]string{"first", "last", "name"},
			[]string{"Full name", "Vorname", "Nachname"},
			map[string]string{"first": "Vorname", "last": "Nachname", "name": "Full name"},
		},
		{"a whole name", []string{"name"}, []string{"Full Name"}, map[string]string{"name": "Full Name"}},
		{"nothing", nil, []string{"email"}, map[string]string{}},
		{"names of marks", []string{"--", "_"}, []string{"__", "."}, map[string]string{}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, paste.Match(tt.their, tt.ours)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestMatchPairsEachOnce(t *testing.T) {
	words := []string{"email", "E-Mail", "mail", "first", "First Name", "vorname", "name", "Nom", "zip", "PLZ", "contact.email", "user_name", "x", "X", ""}
	rapid.Check(t, func(t *rapid.T) {
		their := rapid.SliceOf(rapid.SampledFrom(words)).Draw(t, "their")
		ours := rapid.SliceOf(rapid.SampledFrom(words)).Draw(t, "ours")
		used := map[string]string{}
		for name, our := range paste.Match(their, ours) {
			if other, twice := used[our]; twice {
				t.Fatalf("%s and %s are both %s", name, other, our)
			}
			used[our] = name
			if !contains(their, name) || !contains(ours, our) {
				t.Fatalf("%s is %s, which is in no list", name, our)
			}
		}
		for _, name := range their {
			if name != "" && contains(ours, name) && used[name] != name {
				t.Fatalf("%s is in both lists and paired with %q", name, used[name])
			}
		}
	})
}

func TestMatchDoesNotDependOnChance(t *testing.T) {
	their, ours := []string{"mail", "email", "name", "first"}, []string{"Courriel", "E-Mail", "Vorname", "Name"}
	want := fmt.Sprint(paste.Match(their, ours))
	for range 50 {
		if got := fmt.Sprint(paste.Match(their, ours)); got != want {
			t.Fatalf("%s, then %s", want, got)
		}
	}
}

func contains(list []string, name string) bool {
	for _, s := range list {
		if s == name {
			return true
		}
	}
	return false
}
