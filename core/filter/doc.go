// Package filter decides which records a webhook takes: it reads conditions on
// a record, evaluates them, prints them, and says in words why a record was not
// taken.
//
// A filter is conditions joined by semicolons, all of which must hold. The
// documented form is SecuTix's, and is read exactly as documented:
//
//	role=MEMBER;addresses(isMain).zipCode=13.*
//	Indicators(*).value=true
//	OperationDatas(ProductCode=XXXX).BasePrice=10000;OrderType=SALE
//
// Left of = stands a path as package value reads it, right of it a pattern (RE2)
// for the whole value, with case. Of several values any may fit; a missing field
// or null fits nothing. Spaces around both sides count for nothing.
//
// # What the documented form means never changes
//
// The first = of a condition that stands outside quotes and outside the selector
// of a path decides: unless !, < or > stands directly before it, the condition is
// of the documented form, and everything from this = to the next semicolon is the
// pattern, whatever it looks like. Only what has no such = is read as one of the
// extensions:
//
//	path!=pattern    path>value    path<value    path>=value    path<=value
//	path is value               path is not value
//	path is one of a, b, "c, d" path is not one of a, b
//	path contains value         path does not contain value
//	path starts with value      path ends with value
//	path is empty               path is not empty
//	path exists                 path does not exist
//	any(condition;condition)    all(condition;condition)    not(condition)
//
// The forms in words ignore case and the spaces around a value; "is" takes
// numbers, dates and booleans for what they mean (1.0 is 1, yes is true). Greater
// and less compare numbers, dates and times. A value that holds a semicolon, an =
// or a parenthesis stands in quotes, a quote inside being doubled.
//
// The groups any, all and not are only read as such where no operator stands
// behind their parenthesis: any(isMain).zip=13.* is a path. "all" at the top is
// the same as none.
//
// A field that is missing, or null, fits nothing: also "is not" is then false.
// Only "is empty" and "does not exist" are true of it. Of several values any may
// fit, and with a "not" none must. "is empty" is also true of a text of nothing but
// blanks, and of [] and {}.
//
// Explain says for each condition what it saw, Doubts what was probably meant
// otherwise, and Rows gives a filter as a screen shows it, without loss; where
// rows cannot say it, that is refused.
//
// # What a filter may cost
//
// No record may hold up the others, so what a filter does for one is bounded, at
// less than about half a second. The bound is shared equally between its
// conditions, so that their order does not matter. With three of them, each may
// compare 70 MB of a field's texts in words, and 1 MB with a pattern of ten signs;
// with 200, 1 MB in words, and 20 KB with such a pattern. Two kinds have no bound
// on a text's length: a pattern without signs, as in role=MEMBER, and those that
// ask whether there is a value, or whether it is empty. A number, date or time is
// no longer than 128 bytes.
//
// Of what is longer a condition cannot tell. It then counts as not true, but
// inside a not(…) as true: what was not looked at is never a reason to take a
// record. Explain says that the field is too long to be compared.
//
// It must not know of messages or stores.
package filter
