// Package merge fills values into text: addresses, header lines, templates and
// the small templates of single fields. A text is read once and filled in for
// every message, from any goroutine. It must not know of webhooks or requests, nor
// of what a text is for but its Place.
//
// # The language
//
//	[First Name]                a field of the record, named by a path of package value
//	${contactNumber}            the same; the name holds no space
//	[Joined|date:DD/MM/YYYY]    through steps of package convert, each behind a |
//	[City|default:unknown]      in place of an empty or missing value
//	[secret:key]                a secret, by its name; it goes through no steps
//	[@id] [@type] [@time]       of the event: its id, its type, when it came in
//	[@source] [@delivery]       the id of its source; the id of the message
//	[@today|date:DD/MM/YYYY]    the day on which the message is sent
//	\[  \${                     the brackets themselves; \\[ is a backslash and a field
//
// Within a field a backslash makes a character that means something text: | [ ]
// { } \ : @ a space at its edge, a line break. So [\@id] is a field of the record
// called @id, and [Weight \[kg\]] one called Weight [kg]. Any other backslash is
// what it is. A step's argument reaches to the next |, with its spaces.
//
// Nothing but data has a bare name. What does not close, or names nothing, as []
// and [ ] do, is refused with its position; a ] alone is text. A name that no
// record has is no fault: Check tells of it.
//
// # Where it stands
//
//	Place     the text                        a value                         missing
//	Plain     as typed                        as it is                        nothing
//	Header    as typed, no control            as it is, without the spaces    nothing
//	          characters                      around it; with a control
//	                                          character nothing is sent
//	Form      form-encoded but for & and the  form-encoded; right of = alone  nothing
//	          first =; a valid %XX stays
//	JSON      as typed, and has to be JSON    [x] and ${x} inside a string:   nothing
//	                                          escaped text;
//	                                          ${x} outside: as it came, text  null
//	                                          in quotes; [ begins an array
//	XML       as typed, and has to be well-   in text, CDATA and the quotes   nothing
//	          formed; comments hold no fields of an attribute: escaped, less
//	                                          what XML cannot hold
//	Address   byte for byte; what is not      in a path: percent-encoded, /   path: nothing
//	          ASCII percent-encoded           too, and no segment is . or ..  is sent;
//	                                          in a query: percent-encoded     query: nothing
//
// A list or an object is written as its JSON text where only text can stand.
// Pairs of a Form may stand on lines of their own: a line break beside & or at an
// end, with the blanks around it, is not sent. Elsewhere a line break is part of
// the value. Inside a JSON string the escapes of JSON count within fields too:
// "[\"zip.code\"]" reads "zip.code".
//
// In an Address no field can stand in front of the path, where brackets hold an
// IPv6 address, and {name} is refused, which is no placeholder.
package merge
