package past

import (
	"fmt"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"

	"hookbird/core"
)

// hidden are fields that nobody edits.
var hidden = map[string]bool{"ID": true, "Saves": true, "Port": true}

// labels are the names of fields in the window, by their paths without the part for
// a kind of source ("Folder.", "Web.") or for a request ("Ask.").
var labels = map[string]string{
	"Name": "Name", "Preset": "Kind of system", "State": "On, paused or off", "Until": "Paused until",
	"Address": "Web address", "Method": "How to send", "HTTPSOnly": "Only secure addresses", "CAFile": "File with authorities to trust",
	"Network.CertFile": "File with a certificate to show", "Network.KeyFile": "File with the key of that certificate",
	"Network.NoPrivate": "Never send inside this network", "Network.Proxy.Kind": "Proxy", "Network.Proxy.Address": "Proxy: address",
	"Network.Proxy.User": "Proxy: user", "Network.Proxy.Password": "Proxy: password",
	"Proxy.Kind": "Proxy", "Proxy.Address": "Proxy: address", "Proxy.User": "Proxy: user", "Proxy.Password": "Proxy: password",
	"Auth.Kind": "How to sign in", "Auth.User": "Sign-in: user", "Auth.Secret": "Sign-in: key", "Auth.TokenURL": "Sign-in: where the token is fetched",
	"Auth.Scopes": "Sign-in: what is asked for", "Auth.Audience": "Sign-in: audience", "Auth.InBody": "Sign-in: sent as form fields",
	"Events": "What happened", "Sources": "From which source", "Filter": "Only if", "Headers": "Header line", "Keys": "Key",
	"Body.Style": "How it is packed", "Body.Fields": "Field", "Body.Template": "My own text", "Body.ContentType": "What the text is", "Body.Keys": "Key in the text",
	"Send.Every": "In turns every", "Send.At": "At these times", "Send.Days": "On these days", "Send.Batch": "Records at a time",
	"Sign.Style": "Signature", "Sign.Secret": "Signature: secret key", "Sign.Previous": "Signature: key of before", "Sign.Until": "Signature: key of before until",
	"Sign.Header": "Signature: where it goes", "Sign.Algorithm": "Signature: kind", "Sign.Encoding": "Signature: how it is written", "Sign.Prefix": "Signature: what stands in front",
	"Accept": "A good answer is", "Answer.Need": "A good answer says", "Answer.Forbid": "A good answer never says", "Answer.Already": "Counts as delivered",
	"Answer.Redirects": "If it points elsewhere", "Answer.Unsure": "If no answer comes", "Timeout": "Give up waiting after",
	"Retry.Name": "If it fails", "Retry.Every": "Try again every", "Retry.Times": "Try again so often", "Retry.Delays": "Try again after", "Retry.OnRefusal": "Try again what was refused",
	"Parallel": "At once", "Pace.Second": "Most in a second", "Pace.Minute": "Most in a minute", "Pace.Hour": "Most in an hour", "Pace.Day": "Most in a day",
	"Brake.Factor": "Ask before more than so many times a usual day", "Brake.First": "Ask before so many at first",
	"Order.Kind": "Order", "Order.Field": "Order: whose record it is", "Order.Newest": "Only the newest record counts",

	"Kind": "Kind", "Paused": "Paused", "EventType": "What happened is called", "Title": "Title of a record", "Existing.Do": "What is there already", "Existing.Since": "What is there already, since",
	"Keep": "Fields that are kept", "Cards": "Card numbers are let in", "Once.Keys": "Seen once by", "Once.Days": "Seen once within days",
	"Expect.By": "Expected by", "Expect.Days": "Expected on", "Expect.Heartbeat": "Sign of life to",
	"Path": "Where it is", "Match": "Which files", "Subfolders": "Subfolders too", "After": "After reading", "Holds": "What the files hold", "Gone": "What is gone counts", "WholeFile": "A file is one record", "Receipt": "Receipt",
	"Layout.Encoding": "Encoding", "Layout.Delimiter": "Between columns", "Layout.Quote": "Around cells", "Layout.NoHeader": "No headings", "Layout.HeaderRow": "Row with the headings",
	"Layout.Columns": "Names of columns", "Layout.Sheet": "Sheet", "Layout.Element": "Element that repeats", "Layout.List": "Where the list is",
	"Changed": "Changed ones count", "Required": "Finished once these are filled", "Ready": "Column that says it is finished", "ReadyIs": "What it says then", "Settle": "Finished once unchanged for",
	"Key": "Key of its address", "Token": "Token", "AllowedOrigins": "Web pages that may send", "MaxEventBytes": "Largest record", "XML": "XML too", "Query": "Query", "JSONField": "Form field with the record",
	"Verify.Style": "Signature asked for", "Verify.Secret": "Signature asked for: key", "Verify.Header": "Signature asked for: header line", "Verify.Algorithm": "Signature asked for: kind",
	"Verify.Encoding": "Signature asked for: how it is written", "Verify.Prefix": "Signature asked for: what stands in front",
	"File": "File", "Host": "Computer", "User": "User", "Password": "Password", "TLS": "Protected connection", "Table": "Table", "Rising": "Column that rises", "Overlap": "Looks back by", "Every": "Looks every",
	"Type": "What the text is", "Body": "Text that is sent along", "At": "At these times", "Days": "On these days", "List": "Where the list is",
	"Paging.Kind": "Pages", "Paging.Param": "Pages: name", "Paging.Path": "Pages: where the next is", "Paging.First": "Pages: the first is", "Paging.Size": "Pages: records of one", "Paging.Most": "Pages at most",
	"Missed": "What was missed", "Data": "Text", "Inputs": "Field", "Grace": "Can be taken back for",
	"Into": "Goes into", "Need": "Left out if nothing is found",

	"Look": "Look", "PausedUntil": "Paused until", "ContentDays": "Keep what was sent for days", "TraceDays": "Keep the trace for days", "UnfinishedDays": "Keep what is unfinished for days", "QuotaMB": "Most that Hookbird may hold, in MB",
	"Backup.Folder": "Backups: where", "Backup.At": "Backups: when", "Backup.Keep": "Backups: how many are kept",
}

// parts are the structs on the way to a field that its name does not speak of, and
// what is put before it.
var parts = map[string]string{
	"Folder": "", "Sheet": "", "Local": "", "Database": "", "Web": "", "Timer": "", "Form": "", "Ask": "", "LookUp": "Look up details: ",
}

// Label gives the name of a field in the window.
func Label(path string) string {
	prefix := ""
	for {
		first, rest, more := strings.Cut(path, ".")
		before, part := parts[first]
		if !part || !more {
			break
		}
		prefix, path = prefix+before, rest
	}
	if label, ok := labels[path]; ok {
		return prefix + label
	}
	return prefix + path
}

// values are words for values that stand for something.
var values = map[string]string{
	"on": "on", "off": "off", "paused": "paused", "json": "JSON (one record)", "json-list": "JSON list", "form": "web form",
	"template": "my own text", "envelope": "envelope", "multipart": "form with parts", "90-minutes": "keep trying for 1½ hours",
	"24-hours": "keep trying for a day", "standard-webhooks": "Standard Webhooks", "none": "none", "hmac": "a signature of its own (HMAC)",
	"light": "light", "dark": "dark", "system": "as this computer does", "direct": "none", "manual": "one of our own",
	"basic": "user and password", "bearer": "token", "oauth2": "OAuth 2",
}

// mostText is how much of a text is shown.
const mostText = 200

// describe says a value in words; "" for none.
func describe(path string, v reflect.Value) string {
	if empty(v) {
		if v.IsValid() && v.Kind() == reflect.Bool {
			return "no"
		}
		return ""
	}
	switch x := v.Interface().(type) {
	case core.Secret:
		return core.Dots
	case time.Time:
		return x.Local().Format("2 January 2006, 15:04")
	case time.Duration:
		return duration(x)
	case []time.Duration:
		return joined(x, duration)
	case []time.Weekday:
		return joined(x, time.Weekday.String)
	case core.Accept:
		return joined(x, func(r core.CodeRange) string {
			if r.From == r.To {
				return strconv.Itoa(r.From)
			}
			return fmt.Sprintf("%d to %d", r.From, r.To)
		})
	}
	name := path[strings.LastIndex(path, ".")+1:]
	switch v.Kind() {
	case reflect.Bool:
		return "yes"
	case reflect.Int:
		if name == "By" {
			return clock(int(v.Int()))
		}
	case reflect.String:
		return text(name, v.String())
	case reflect.Slice:
		return list(name, v)
	}
	return fmt.Sprint(v.Interface())
}

func list(name string, v reflect.Value) string {
	if times, ok := v.Interface().([]int); ok && name == "At" {
		return joined(times, clock)
	}
	var all []string
	for i := range v.Len() {
		e := v.Index(i)
		if e.Kind() == reflect.Struct {
			all = append(all, describeElement(e))
			continue
		}
		all = append(all, fmt.Sprint(e.Interface()))
	}
	return cut(strings.Join(all, ", "))
}

// describeElement says an element of a list in words, without its name.
func describeElement(v reflect.Value) string {
	var said []string
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		f := v.Field(i)
		if name == "Name" || empty(f) {
			continue
		}
		words := describe(name, f)
		switch name {
		case "From":
			words = "from " + words
		case "Convert":
			words = "converted: " + words
		case "Value", "Template", "Text", "Secret":
		default:
			words = strings.ToLower(name) + " " + words
		}
		said = append(said, words)
	}
	if len(said) == 0 {
		return "empty"
	}
	return strings.Join(said, ", ")
}

func text(name, s string) string {
	switch name {
	case "Address", "TokenURL":
		return host(s)
	case "State", "Style", "Kind", "Name", "Look", "Redirects", "Unsure":
		if words, ok := values[s]; ok {
			return words
		}
	}
	return cut(s)
}

// host leaves of an address what may be shown outside the editor.
func host(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return "…"
	}
	return u.Scheme + "://" + u.Host + "/…"
}

func cut(s string) string {
	if r := []rune(s); len(r) > mostText {
		return string(r[:mostText-1]) + "…"
	}
	return s
}

func joined[T any](list []T, say func(T) string) string {
	words := make([]string, len(list))
	for i, v := range list {
		words[i] = say(v)
	}
	return strings.Join(words, ", ")
}

func names(list []element) string {
	return cut(joined(list, func(e element) string { return e.name }))
}

func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func ordinal(n int) string { return "(" + strconv.Itoa(n) + ")" }

// duration writes a span as people do: "15 s", "1 h 30 min".
func duration(d time.Duration) string {
	if d < time.Second {
		return d.String()
	}
	var parts []string
	for _, unit := range []struct {
		of   time.Duration
		name string
	}{{24 * time.Hour, "d"}, {time.Hour, "h"}, {time.Minute, "min"}, {time.Second, "s"}} {
		if n := d / unit.of; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, unit.name))
			d -= n * unit.of
		}
	}
	return strings.Join(parts, " ")
}
