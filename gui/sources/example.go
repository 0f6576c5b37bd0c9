package sources

import (
	"fmt"
	"strings"
)

// sample is the record of the examples. It holds no quote or dollar sign, so
// both shells take it as it is.
const sample = `{"First name": "Ada", "Last name": "Test", "Email": "ada@example.org"}`

// curlExample is a line for a shell that sends one record to a local address.
// An empty token leaves its header away.
func curlExample(address, token string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "curl -X POST %s \\\n  -H %s", shellQuote(address), shellQuote("Content-Type: application/json"))
	if token != "" {
		fmt.Fprintf(&b, " \\\n  -H %s", shellQuote("Authorization: Bearer "+token))
	}
	fmt.Fprintf(&b, " \\\n  -d %s\n", shellQuote(sample))
	return b.String()
}

// powerShellExample is the same for PowerShell.
func powerShellExample(address, token string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "Invoke-RestMethod -Method Post -Uri %s `\n  -ContentType 'application/json'", powerQuote(address))
	if token != "" {
		fmt.Fprintf(&b, " `\n  -Headers @{ Authorization = %s }", powerQuote("Bearer "+token))
	}
	fmt.Fprintf(&b, " `\n  -Body %s\n", powerQuote(sample))
	return b.String()
}

// shellQuote quotes for POSIX shells: nothing is special between '…' but ' itself.
func shellQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }

// powerQuote quotes for PowerShell, where ” is a quote between quotes.
func powerQuote(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
