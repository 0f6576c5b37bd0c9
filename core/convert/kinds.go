package convert

// kinds are all steps, in the order in which a menu shows them.
var kinds = []kind{
	{Step{
		Name: "trim", Title: "Without spaces around it",
		Help:    "Takes away spaces before and behind the text.",
		Example: Example{[]string{"trim"}, "  Ada ", "Ada"},
	}, alone(words(trim))},
	{Step{
		Name: "lower", Title: "Small letters",
		Help:    "Writes the text in small letters.",
		Example: Example{[]string{"lower"}, "Ada@Example.ORG", "ada@example.org"},
	}, alone(words(lower))},
	{Step{
		Name: "upper", Title: "Capital letters",
		Help:    "Writes the text in capital letters.",
		Example: Example{[]string{"upper"}, "straße", "STRASSE"},
	}, alone(words(upper))},
	{Step{
		Name: "capitals", Title: "First letters large",
		Help:    "Writes the first letter of every word large.",
		Example: Example{[]string{"capitals"}, "ADA DE LOVELACE", "Ada De Lovelace"},
	}, alone(words(capitals))},
	{Step{
		Name: "text", Title: "As text",
		Help:    "Writes a number, a yes/no value or a list as text.",
		Example: Example{[]string{"text"}, "1.10", "1.10"},
	}, alone(asText)},
	{Step{
		Name: "number", Title: "Number, written as …", Argument: NumberArgument, Optional: true,
		Help:    "Becomes a number with the same digits. Say how the number 1234.56 is written in your records.",
		Example: Example{[]string{"number:1.234,56"}, "12.500,90", "12500.90"},
	}, makeNumber},
	{Step{
		Name: "numeral", Title: "Number as …", Argument: NumberArgument,
		Help:    "Writes a number as text the way the other system reads it. Show how it writes the number 1234.56.",
		Example: Example{[]string{"numeral:1.234,56"}, "12500.90", "12.500,90"},
	}, makeNumeral},
	{Step{
		Name: "boolean", Title: "Yes / no, written as …", Argument: WordsArgument, Optional: true,
		Help:    "Becomes true or false. Without words of your own, yes, no and the like are read in several languages.",
		Example: Example{[]string{"boolean:Oui/Non"}, "Oui", "true"},
	}, makeBoolean},
	{Step{
		Name: "values", Title: "Values: …", Argument: ListArgument,
		Help:    "Sends another word for each value. * stands for every other value, and *=* keeps those as they are.",
		Example: Example{[]string{"values:Mme=F,M.=M,*=X"}, "Mme", "F"},
	}, makeValues},
	{Step{
		Name: "from", Title: "Date, written as …", Argument: DateArgument,
		Help:    "Reads a date the way your records write it: from DD/MM/YYYY, MM/DD/YYYY and the like, or unix for the seconds since 1970.",
		Example: Example{[]string{"from:DD.MM.YYYY", "date:DD/MM/YYYY"}, "22.12.2026", "22/12/2026"},
	}, makeFrom},
	{Step{
		Name: "date", Title: "Date as …", Argument: DateArgument,
		Help:    "Writes a date the way the other system wants it. Say with another step how your records write it, unless it is the year first or names the month.",
		Example: Example{[]string{"date:DD/MM/YYYY"}, "2026-12-22T10:00:00Z", "22/12/2026"},
	}, makeDate},
	{Step{
		Name: "zone", Title: "Time of …", Argument: TimeZoneArgument,
		Help:    "Tells the time of a time zone, such as Europe/Paris, or local for that of this computer.",
		Example: Example{[]string{"zone:Europe/Paris", "date:DD/MM/YYYY HH:mm"}, "2026-12-22T23:30:00Z", "23/12/2026 00:30"},
	}, makeZone},
	{Step{
		Name: "phone", Title: "Phone number with country code, at home in …", Argument: CountryArgument, Optional: true,
		Help:    "Writes a phone number with its country code. Say which country the numbers without one are of.",
		Example: Example{[]string{"phone:FR"}, "01 23 45 67 89", "+33123456789"},
	}, makePhone},
	{Step{
		Name: "split", Title: "List, split at …", Argument: TextArgument, Optional: true,
		Help:    "Makes a list of a text. Without a mark it is split at commas.",
		Example: Example{[]string{"split:;", "item:2"}, "red; green; blue", "green"},
	}, makeSplit},
	{Step{
		Name: "item", Title: "Part … of the list", Argument: CountArgument,
		Help:    "Takes one part of a list: 1 is the first, and first and last can be written too.",
		Example: Example{[]string{"split: ", "item:last"}, "Ada King Lovelace", "Lovelace"},
	}, makeItem},
	{Step{
		Name: "join", Title: "One text, joined with …", Argument: TextArgument, Optional: true,
		Help:    "Makes one text of a list, leaving out empty parts.",
		Example: Example{[]string{"split:;", "join: + "}, "red;green", "red + green"},
	}, makeJoin},
	{Step{
		Name: "json", Title: "JSON as it came",
		Help:    "A text that holds JSON is sent as the list or the values it holds.",
		Example: Example{[]string{"json"}, `["red", 1.10]`, `["red",1.10]`},
	}, alone(asJSON)},
	{Step{
		Name: "before", Title: "What is before …", Argument: TextArgument,
		Help:    "Keeps what stands before a mark; a text without the mark stays whole.",
		Example: Example{[]string{"before:@"}, "ada@example.org", "ada"},
	}, makeBefore},
	{Step{
		Name: "after", Title: "What is behind …", Argument: TextArgument,
		Help:    "Keeps what stands behind a mark; a text without the mark stays whole.",
		Example: Example{[]string{"after:@"}, "ada@example.org", "example.org"},
	}, makeAfter},
	{Step{
		Name: "limit", Title: "At most … characters", Argument: CountArgument,
		Help:    "Cuts off what is longer than the other system takes.",
		Example: Example{[]string{"limit:3"}, "Lovelace", "Lov"},
	}, makeLimit},
	{Step{
		Name: "default", Title: "If empty: …", Argument: TextArgument,
		Help:    "Stands in for a value that is empty or missing.",
		Example: Example{[]string{"default:unknown"}, "", "unknown"},
	}, makeDefault},
	{Step{
		Name: "md5", Title: "Fingerprint (MD5) of the text",
		Help:    "Some systems know a person by the fingerprint of the e-mail address in small letters.",
		Example: Example{[]string{"lower", "md5"}, "Ada@example.org", "5bfcf2d8e394674550332640d72db509"},
	}, alone(asMD5)},
	{Step{
		Name: "sha1", Title: "Fingerprint (SHA-1) of the text",
		Help:    "Another fingerprint; take the one that the other system asks for.",
		Example: Example{[]string{"sha1"}, "Ada", "5c3cb098d52deb3f67e97b7fba960c4cf6880461"},
	}, alone(asSHA1)},
	{Step{
		Name: "sha256", Title: "Fingerprint (SHA-256) of the text",
		Help:    "Advertising systems match people by this fingerprint of the e-mail address in small letters.",
		Example: Example{[]string{"lower", "sha256"}, "Ada@example.org", "cfe00dde46ef942601ffafb9e2825e802858b460e586b8305b344c1eb826357d"},
	}, alone(asSHA256)},
	{Step{
		Name: "sha512", Title: "Fingerprint (SHA-512) of the text",
		Help:    "A longer fingerprint; take the one that the other system asks for.",
		Example: Example{[]string{"sha512"}, "Ada", "1985df959f44963c5e1d9af8ae6e16d4d82c9751b51a443245491c15da60c6006164e507d3787eb04b583d3dca05ec430de8a1f6076e8c841be98f27baa8ec44"},
	}, alone(asSHA512)},
	{Step{
		Name: "base64", Title: "Base64 of the text",
		Help:    "Packs the text into letters and digits.",
		Example: Example{[]string{"base64"}, "Ada", "QWRh"},
	}, alone(asBase64)},
}
