package convert_test

import (
	"slices"
	"testing"

	"hookbird/core/convert"
)

func TestPhone(t *testing.T) {
	for _, tt := range []good{
		{"phone:FR", `"01 23 45 67 89"`, `"+33123456789"`},
		{"phone:FR", `"06.12.34.56.78"`, `"+33612345678"`},
		{"phone:fr", `"+33 (0)1 23 45 67 89"`, `"+33123456789"`},
		{"phone:FR", `"0033 1 23 45 67 89"`, `"+33123456789"`},
		{"phone:FR", `"+49 30 123456"`, `"+4930123456"`},
		{"phone:DE", `"(030) 12 34 56"`, `"+4930123456"`},
		{"phone:DE", `"0151/23456789"`, `"+4915123456789"`},
		{"phone:CH", `"044 668 18 00"`, `"+41446681800"`},
		{"phone:IT", `"06 6982"`, `"+39066982"`},
		{"phone:US", `"(202) 555-0123"`, `"+12025550123"`},
		{"phone:US", `"202-555-0123 ext. 45"`, `"+12025550123"`},
		{"phone:GB", `"020 7946 0000"`, `"+442079460000"`},
		{"phone:FR", `123456789`, `"+33123456789"`}, // a spreadsheet took the 0 away
		{"phone", `"+33 1 23 45 67 89"`, `"+33123456789"`},
		{"phone:FR", `""`, `""`},
		{"phone:FR", `" "`, `""`},
		{"phone:FR", `null`, `null`},
		{"phone:FR", `["01 23 45 67 89",null]`, `["+33123456789",null]`},
	} {
		tt.check(t)
	}
	const france = ` is no phone number of France. Correct it in the record; numbers of other countries begin with +.`
	for _, tt := range []bad{
		{"phone:FR", `"0123"`, `"0123"` + france},
		{"phone:FR", `"01 23 45 67 89 10"`, `"01 23 45 67 89 10"` + france},
		{"phone:FR", `"01 23 45 67 89 / 06 12 34 56 78"`, `"01 23 45 67 89 / 06 …"` + france},
		{"phone:FR", `"06 12 34 56 7O"`, `"06 12 34 56 7O"` + france},
		{"phone:FR", `"none"`, `"none"` + france},
		{"phone:FR", `true`, `"true"` + france},
		{"phone:FR", `"+33 1"`, `"+33 1" is no phone number. Correct it in the record.`},
		{"phone", `"+999 123456789"`, `"+999 123456789" is no phone number. Correct it in the record.`},
		{"phone", `"01 23 45 67 89"`, `"01 23 45 67 89" does not begin with a country code. Say which country such numbers are of, such as phone:FR.`},
	} {
		tt.check(t)
	}
}

func TestCountries(t *testing.T) {
	list := convert.Countries()
	if i := slices.Index(list, convert.Country{Code: "FR", Name: "France", Prefix: "+33"}); i < 0 || len(list) < 200 {
		t.Errorf("%d countries, France at %d", len(list), i)
	}
	for _, c := range list {
		if c.Name == "" || c.Name == "Unknown Region" {
			t.Errorf("%s has no name", c.Code)
		}
		chain(t, "phone:"+c.Code)
	}
}
