package convert_test

import (
	"testing"
)

func TestDatesAreReadInAStatedForm(t *testing.T) {
	for _, tt := range []good{
		{"from:DD.MM.YYYY", `"22.12.2026"`, `"2026-12-22"`},
		{"from:DD.MM.YYYY", `"5.1.2026"`, `"2026-01-05"`},
		{"from:dd.MM.yyyy", `"5.1.2026"`, `"2026-01-05"`},
		{"from:DD/MM/YYYY", `"05/12/2026"`, `"2026-12-05"`},
		{"from:MM/DD/YYYY", `"05/12/2026"`, `"2026-05-12"`},
		{"from:DD/MM/YYYY HH:mm", `"05/12/2026 9:05"`, `"2026-12-05T09:05:00"`},
		{"from:DD/MM/YYYY HH:mm", `"05/12/2026\u00a0 09:05"`, `"2026-12-05T09:05:00"`},
		{"from:MM/DD/YYYY hh:mm A", `"12/22/2026 12:00 am"`, `"2026-12-22T00:00:00"`},
		{"from:MM/DD/YYYY hh:mm A", `"12/22/2026 12:30\u202fPM"`, `"2026-12-22T12:30:00"`},
		{"from:MM/DD/YYYY hh:mm:ss a", `"1/2/2026 3:04:05 p.m."`, `"2026-01-02T15:04:05"`},
		{"from:YYYYMMDD", `20261222`, `"2026-12-22"`},
		{"from:DDMMYY", `"221226"`, `"2026-12-22"`},
		{"from:DD.MM.YY", `"22.12.69"`, `"1969-12-22"`},
		{"from:DD.MM.YY", `"22.12.68"`, `"2068-12-22"`},
		{"from:D MMMM YYYY", `"1 mar. 2026"`, `"2026-03-01"`},
		{"from:D MMM YYYY", `"1 September 2026"`, `"2026-09-01"`},
		{"from:MMM D, YYYY", `"Sept 1, 2026"`, `"2026-09-01"`},
		{"from:dddd, D MMMM YYYY", `"Tuesday, 22 December 2026"`, `"2026-12-22"`},
		{"from:'le' DD/MM/YYYY 'à' HH'h'mm", `"le 22/12/2026 à 14h05"`, `"2026-12-22T14:05:00"`},
		{"from:YYYY-MM-DDTHH:mm:ss.SSSZ", `"2026-12-22T10:00:00.1234567+05:30"`, `"2026-12-22T10:00:00.1234567+05:30"`},
		{"from:YYYY-MM-DDTHH:mmZ", `"2026-12-22T10:00+0000"`, `"2026-12-22T10:00:00Z"`},
		{"from:MM/YYYY", `"12/2026"`, `"2026-12"`},
		{"from:DD.MM.", `"29.2."`, `"--02-29"`},
		{"from:HH:mm", `"7:05"`, `"07:05:00"`},
		{"from:HH", `"7"`, `"07:00:00"`},
		{"from:unix", `1766397600`, `"2025-12-22T10:00:00Z"`},
		{"from:unix", `"-1"`, `"1969-12-31T23:59:59Z"`},
		{"from:Unix-MS", `1766397600123`, `"2025-12-22T10:00:00.123Z"`},
		{"from:unix-ms", `-1`, `"1969-12-31T23:59:59.999Z"`},
		{"from:iso", `"22 Dec 2026"`, `"2026-12-22"`},
		{"from:DD.MM.YYYY", `["22.12.2026", null, ""]`, `["2026-12-22",null,""]`},
		{"from:DD.MM.YYYY", `" "`, `""`},
		{"from:DD.MM.YYYY", `null`, `null`},
	} {
		tt.check(t)
	}
	const fix = "Correct it in the record, or choose how the dates are written."
	for _, tt := range []bad{
		{"from:DD.MM.YYYY", `"12/22/2026"`, `"12/22/2026" is no date written like DD.MM.YYYY. ` + fix},
		{"from:DD/MM/YYYY", `"12/22/2026"`, `"12/22/2026" is no date written like DD/MM/YYYY. ` + fix},
		{"from:DD/MM/YYYY", `"31/02/2026"`, `"31/02/2026" is no date written like DD/MM/YYYY. ` + fix},
		{"from:DD/MM/YYYY", `"29/02/2026"`, `"29/02/2026" is no date written like DD/MM/YYYY. ` + fix},
		{"from:DD/MM/YYYY", `"29/02/26"`, `"29/02/26" is no date written like DD/MM/YYYY. ` + fix},
		{"from:DD/MM/YYYY", `"01/01/0000"`, `"01/01/0000" is no date written like DD/MM/YYYY. ` + fix},
		{"from:DD/MM/YYYY", `"01/01/2026 10:00"`, `"01/01/2026 10:00" is no date written like DD/MM/YYYY. ` + fix},
		{"from:DD/MM/YYYY HH:mm", `"01/01/202610:00"`, `"01/01/202610:00" is no date written like DD/MM/YYYY HH:mm. ` + fix},
		{"from:ss.SSS HH", `"01.1234567890 10"`, `"01.1234567890 10" is no date written like ss.SSS HH. ` + fix},
		{"from:DD/MM/YYYY", `"٠١/01/2026"`, `"٠١/01/2026" is no date written like DD/MM/YYYY. ` + fix},
		{"from:YYYYMMDD", `"2026121"`, `"2026121" is no date written like YYYYMMDD. ` + fix},
		{"from:HH:mm", `"24:00"`, `"24:00" is no date written like HH:mm. ` + fix},
		{"from:HH:mm", `"10:60"`, `"10:60" is no date written like HH:mm. ` + fix},
		{"from:hh:mm A", `"13:00 PM"`, `"13:00 PM" is no date written like hh:mm A. ` + fix},
		{"from:hh:mm A", `"0:00 AM"`, `"0:00 AM" is no date written like hh:mm A. ` + fix},
		{"from:ddd, DD.MM.YYYY", `"Mon, 22.12.2026"`, `"Mon, 22.12.2026" is no date written like ddd, DD.MM.YYYY. ` + fix},
		{"from:unix", `"1766397600.5"`, `"1766397600.5" is no date written like 1766397600. ` + fix},
		{"from:unix", `999999999999999`, `"999999999999999" is no date written like 1766397600. ` + fix},
		{"from:DD/MM/YYYY", `true`, `"true" is no date written like DD/MM/YYYY. ` + fix},
	} {
		tt.check(t)
	}
}

func TestDatesThatAreReadWithoutAForm(t *testing.T) {
	for in, out := range map[string]string{
		"2026-12-22":                      "2026-12-22",
		"2026-1-5":                        "2026-01-05",
		"2026/12/22":                      "2026-12-22",
		"2026.12.22":                      "2026-12-22",
		"20261222":                        "2026-12-22",
		"18000101":                        "1800-01-01",
		"21991231":                        "2199-12-31",
		"2026-12":                         "2026-12",
		"2026":                            "2026",
		"--02-29":                         "--02-29",
		"22 Dec 2026":                     "2026-12-22",
		"22. December 2026":               "2026-12-22",
		"22-DEC-2026":                     "2026-12-22",
		"Dec 22, 2026":                    "2026-12-22",
		"december 22 2026":                "2026-12-22",
		"Tue, 22 Dec 2026 10:00:00 GMT":   "2026-12-22T10:00:00Z",
		"Tue, 22 Dec 2026 10:00:00 +0100": "2026-12-22T10:00:00+01:00",
		"Tuesday, December 22, 2026":      "2026-12-22",
		"2026-12-22T10:00":                "2026-12-22T10:00:00",
		"2026-12-22 10:00:05":             "2026-12-22T10:00:05",
		"2026-12-22T10:00:05.120Z":        "2026-12-22T10:00:05.120Z",
		"2026-12-22T10:00:05,1-08:00":     "2026-12-22T10:00:05.1-08:00",
		"2026-12-22T10:00:05+00:00":       "2026-12-22T10:00:05Z",
		"2026-12-22T10:00:05-03":          "2026-12-22T10:00:05-03:00",
		"20261222T100005Z":                "2026-12-22T10:00:05Z",
		"20261222T1000":                   "2026-12-22T10:00:00",
		"Dec 22, 2026, 10:05 PM":          "2026-12-22T22:05:00",
		"10:05":                           "10:05:00",
		"T10:05:06":                       "10:05:06",
		"9:05 am":                         "09:05:00",
		"2026-12-22 09:05:06 PM UTC":      "2026-12-22T21:05:06Z",
	} {
		good{"date:iso", `"` + in + `"`, `"` + out + `"`}.check(t)
	}
	const (
		stated  = " Say how the dates are written, such as from:DD/MM/YYYY."
		several = " does not say which number is the day, the month and the year." + stated
		unread  = " is no date that can be read in one way only. Say how the dates are written, such as from:DD/MM/YYYY, or correct it in the record."
		since   = " may be the seconds since 1970. Say how the dates are written, such as from:unix."
	)
	for in, why := range map[string]string{
		"05/12/2026":           several,
		"22/12/2026":           several,
		"22.12.2026":           several,
		"5.12.26":              several,
		"22-12-26 10:00":       several,
		"22 Dec 26":            unread,
		"2026-13-01":           unread,
		"2026-02-30":           unread,
		"2026-12-22T":          unread,
		"2026-12-22T25:00":     unread,
		"2026-12-22T10:00:00X": unread,
		"2026-12-22x10:00":     unread,
		"2026-12 10:00":        unread,
		"2026-12-22 10:":       unread,
		"2026-12-22 10:00 +1":  unread,
		"12012010":             unread,
		"17991231":             unread,
		"22000101":             unread,
		"20261222T":            unread,
		"Mon, 22 Dec 2026":     unread,
		"0000-00-00":           unread,
		"tomorrow":             unread,
		":":                    unread,
		"1766397600":           since,
		"-1766397600123":       since,
	} {
		bad{"date:iso", `"` + in + `"`, `"` + in + `"` + why}.check(t)
	}
}

func TestDatesAreWritten(t *testing.T) {
	const at = `"2026-03-05T14:07:09.1204+05:30"`
	for _, tt := range []good{
		{"date:DD/MM/YYYY", at, `"05/03/2026"`},
		{"date:D.M.YY", at, `"5.3.26"`},
		{"date:MMMM D, YYYY", at, `"March 5, 2026"`},
		{"date:dddd D MMM", at, `"Thursday 5 Mar"`},
		{"date:ddd, DD MMM YYYY HH:mm:ss ZZ", at, `"Thu, 05 Mar 2026 14:07:09 +0530"`},
		{"date:h:mm A", at, `"2:07 PM"`},
		{"date:hh:mm a", at, `"02:07 pm"`},
		{"date:hh:mm a", `"00:05"`, `"12:05 am"`},
		{"date:H.m.s", at, `"14.7.9"`},
		{"date:YYYY-MM-DDTHH:mm:ss.SSSZ", at, `"2026-03-05T14:07:09.120+05:30"`},
		{"date:YYYY-MM-DDTHH:mm:ss.SSSSSSZ", `"2026-03-05T14:07Z"`, `"2026-03-05T14:07:00.000000Z"`},
		{"date:ZZ Z", `"2026-03-05T14:07Z"`, `"+0000 Z"`},
		{"date:'Q' YYYY ''''", `"2026-03"`, `"Q 2026 ''"`},
		{"date:DD.MM.", `"--03-05"`, `"05.03."`},
		{"date:YYYY", `"2026"`, `"2026"`},
		{"date:unix", `"2025-12-22T11:00:00+01:00"`, `1766397600`},
		{"date:unix", `"2025-12-22"`, `1766361600`},
		{"date:unix-ms", `"2025-12-22T10:00:00.12Z"`, `1766397600120`},
		{"date:unix-ms", `"1969-12-31T23:59:59.999Z"`, `-1`},
		{"from:DD.MM.YYYY | date:YYYY-MM-DD", `"05.12.2026"`, `"2026-12-05"`},
		{"date:DD/MM/YYYY", `null`, `null`},
		{"date:DD/MM/YYYY", `""`, `""`},
	} {
		tt.check(t)
	}
	const fix = ". Choose another field, or another form."
	for _, tt := range []bad{
		{"date:DD/MM/YYYY", `"2026-12"`, `"2026-12" says no day, which DD/MM/YYYY needs` + fix},
		{"date:DD/MM/YYYY HH:mm", `"2026-12-22"`, `"2026-12-22" says no time, which DD/MM/YYYY HH:mm needs` + fix},
		{"date:HH:mmZ", `"10:00"`, `"10:00" says no offset, which HH:mmZ needs` + fix},
		{"date:dddd", `"--12-22"`, `"--12-22" says no whole date, which dddd needs` + fix},
		{"date:unix", `"2026-12"`, `"2026-12" says no whole date, which the seconds since 1970 need` + fix},
		{"date:unix", `"2026-12-22 10:00"`, `"2026-12-22 10:00" does not say for which time zone it is. Put the step zone in front, such as zone:Europe/Paris.`},
	} {
		tt.check(t)
	}
}

func TestZones(t *testing.T) {
	for _, tt := range []good{
		{"zone:Europe/Paris", `"2026-07-22T23:30:00.5Z"`, `"2026-07-23T01:30:00.5+02:00"`},
		{"zone:Europe/Paris", `"2026-12-22 10:00"`, `"2026-12-22T10:00:00+01:00"`},
		{"zone:Europe/Paris", `"2026-12-22"`, `"2026-12-22"`},
		{"zone:Asia/Kolkata", `"2026-12-22T23:30:00Z"`, `"2026-12-23T05:00:00+05:30"`},
		{"zone:UTC", `"2026-12-22T10:00:00+01:00"`, `"2026-12-22T09:00:00Z"`},
		{"zone:America/New_York | date:unix", `"2026-12-22 10:00"`, `1797951600`},
		{"zone:Europe/Paris", `"2026-10-25T00:30:00Z"`, `"2026-10-25T02:30:00+02:00"`},
		{"zone:Europe/Paris", `"2026-10-25T01:30:00Z"`, `"2026-10-25T02:30:00+01:00"`},
		{"zone:Europe/Paris", `null`, `null`},
	} {
		tt.check(t)
	}
	const changed = " does not exist in Europe/Paris, or twice, because clocks are changed then. Correct it in the record."
	for _, tt := range []bad{
		{"zone:Europe/Paris", `"2026-03-29 02:30"`, `"2026-03-29 02:30"` + changed},
		{"zone:Europe/Paris", `"2026-10-25 02:30"`, `"2026-10-25 02:30"` + changed},
		{"zone:Europe/Paris", `"10:00"`, `"10:00" says no date, and the time of a zone depends on it. Choose another field.`},
	} {
		tt.check(t)
	}
}
