package convert

import (
	"slices"
	"strconv"
	"strings"

	"hookbird/core/value"

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

// Country is a country whose phone numbers are known.
type Country struct {
	Code   string // two letters, as phone:FR names it
	Name   string // in English
	Prefix string // such as +33
}

// Countries lists every country that phone can take as its home, by name.
func Countries() []Country {
	var list []Country
	for code := range phonenumbers.GetSupportedRegions() {
		list = append(list, Country{code, countryName(code), "+" + strconv.Itoa(phonenumbers.GetCountryCodeForRegion(code))})
	}
	slices.SortFunc(list, func(a, b Country) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func countryName(code string) string {
	region, err := language.ParseRegion(code)
	if err != nil {
		return code
	}
	return display.English.Regions().Name(region)
}

// makePhone makes the step that writes a phone number with its country code:
// +33123456789. Its argument is the home country, whose numbers stand without
// theirs; without one, a number has to begin with +.
func makePhone(arg string) (work, error) {
	home := strings.ToUpper(trim(arg))
	if home != "" && !phonenumbers.GetSupportedRegions()[home] {
		return nil, wrong("%s is no country whose phone numbers are known. Write its two letters, such as phone:FR.", quote(arg))
	}
	return each(func(v value.Value) (value.Value, *fault) {
		text := trim(v.Text())
		if text == "" {
			return value.NewText(""), nil
		}
		number, ok := phone(text, home)
		switch {
		case ok:
			return value.NewText(number), nil
		case home == "" && !strings.HasPrefix(text, "+"):
			return refuse(v, "does not begin with a country code. Say which country such numbers are of, such as phone:FR.")
		case home == "" || strings.HasPrefix(text, "+"):
			return refuse(v, "is no phone number. Correct it in the record.")
		default:
			return refuse(v, "is no phone number of %s. Correct it in the record; numbers of other countries begin with +.", countryName(home))
		}
	}), nil
}

// phone reads a phone number and writes it in the form of E.164. An extension is
// left out: that form has none.
func phone(text, home string) (number string, ok bool) {
	n, err := phonenumbers.Parse(text, home)
	if err != nil || !phonenumbers.IsValidNumber(n) {
		return "", false
	}
	return phonenumbers.Format(n, phonenumbers.E164), true
}
