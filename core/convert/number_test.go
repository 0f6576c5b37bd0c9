package convert_test

import (
	"testing"
)

func TestNumber(t *testing.T) {
	for _, tt := range []good{
		{"number", `"1234.56"`, `1234.56`},
		{"number", `" 1.10 "`, `1.10`},
		{"number", `1.10`, `1.10`},
		{"number", `"9007199254740993"`, `9007199254740993`},
		{"number", `"-0.0e+05"`, `-0.0e+05`},
		{"number", `"007"`, `7`},
		{"number", `"+5"`, `5`},
		{"number", `".5"`, `0.5`},
		{"number", `"5."`, `5`},
		{"number", `"\u22125"`, `-5`},
		{"number", `"0"`, `0`},
		{"number", `"1E400"`, `1E400`},
		{"number", `""`, `""`},
		{"number", `"  "`, `""`},
		{"number", `null`, `null`},
		{"number", `["1",2,null,""]`, `[1,2,null,""]`},
		{"number:1.234,56", `"1.234,56"`, `1234.56`}, // German
		{"number:1.234,56", `"1234,5"`, `1234.5`},
		{"number:1.234,56", `"1.234"`, `1234`},
		{"number:1.234,56", `"-12.345.678,90"`, `-12345678.90`},
		{"number:1.234,56", `1.234`, `1.234`}, // a number is one already
		{"number:1234,56", `"12,5"`, `12.5`},
		{"number:1 234,56", `"1\u202f234,56"`, `1234.56`}, // French
		{"number:1 234,56", `"1\u00a0234 567,8"`, `1234567.8`},
		{"number:1'234.56", `"1’234'567.80"`, `1234567.80`}, // Swiss
		{"number:1,234.56", `"1,234,567.80"`, `1234567.80`}, // US
		{"number:1,234", `"12,345"`, `12345`},
		{"after:CHF | number:1'234.56", `"CHF 1'200.00"`, `1200.00`},
		{"before:€ | number:1 234,56", `"12,50 €"`, `12.50`},
	} {
		tt.check(t)
	}
	const fix = "Correct it in the record, or choose how the numbers are written."
	for _, tt := range []bad{
		{"number", `"12,5x"`, `"12,5x" is no number written like 1234.56. ` + fix},
		{"number", `"12,5"`, `"12,5" is no number written like 1234.56. ` + fix},
		{"number", `"1,234.56"`, `"1,234.56" is no number written like 1234.56. ` + fix},
		{"number", `"1.2.3"`, `"1.2.3" is no number written like 1234.56. ` + fix},
		{"number", `"--5"`, `"--5" is no number written like 1234.56. ` + fix},
		{"number", `"+-5"`, `"+-5" is no number written like 1234.56. ` + fix},
		{"number", `"1e"`, `"1e" is no number written like 1234.56. ` + fix},
		{"number", `"1e+-5"`, `"1e+-5" is no number written like 1234.56. ` + fix},
		{"number", `"."`, `"." is no number written like 1234.56. ` + fix},
		{"number", `"-"`, `"-" is no number written like 1234.56. ` + fix},
		{"number", `"٣"`, `"٣" is no number written like 1234.56. ` + fix},
		{"number", `"0x10"`, `"0x10" is no number written like 1234.56. ` + fix},
		{"number", `"NaN"`, `"NaN" is no number written like 1234.56. ` + fix},
		{"number", `"a very long text that holds a name"`, `"a very long text tha…" is no number written like 1234.56. ` + fix},
		{"number", `true`, `"true" is yes or no and no number. Choose another field, or send it as it is.`},
		{"number:1.234,56", `"12.34,5"`, `"12.34,5" is no number written like 1.234,56. ` + fix},
		{"number:1.234,56", `"1234.567"`, `"1234.567" is no number written like 1.234,56. ` + fix},
		{"number:1.234,56", `"1.2345"`, `"1.2345" is no number written like 1.234,56. ` + fix},
		{"number:1.234,56", `".234"`, `".234" is no number written like 1.234,56. ` + fix},
		{"number:1.234,56", `"1,234.56"`, `"1,234.56" is no number written like 1.234,56. ` + fix},
		{"number:1,234", `"12.5"`, `"12.5" is no number written like 1,234. ` + fix},
	} {
		tt.check(t)
	}
}

func TestNumeral(t *testing.T) {
	for _, tt := range []good{
		{"numeral:1.234,56", `12500.90`, `"12.500,90"`},
		{"numeral:1234,56", `"-0.5"`, `"-0,5"`},
		{"numeral:1 234,56", `1234567`, `"1 234 567"`},
		{"numeral:1'234.56", `"999.10"`, `"999.10"`},
		{"numeral:1,234", `9007199254740993`, `"9,007,199,254,740,993"`},
		{"number:1.234,56 | numeral:1 234,56", `"1.234,50"`, `"1 234,50"`},
		{"numeral:1234,56", `null`, `null`},
		{"numeral:1234,56", `" "`, `""`},
	} {
		tt.check(t)
	}
	const fix = " is no number written like 1234.56. Put the step number in front, which says how the numbers are written."
	for _, tt := range []bad{
		{"numeral:1234,56", `"12,5"`, `"12,5"` + fix},
		{"numeral:1234,56", `1e5`, `"1e5"` + fix},
		{"numeral:1234,56", `true`, `"true"` + fix},
		{"numeral:1.234", `1.5`, `"1.5" has decimals, and a number written like 1.234 has none. Choose another form.`},
	} {
		tt.check(t)
	}
}
