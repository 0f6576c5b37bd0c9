package paste_test

import (
	"testing"
)

func TestCurlLines(t *testing.T) {
	check(t, []reading{
		{"JSON with a key", `curl -X POST https://crm.example.org/v1/contacts \
  -H "Authorization: Bearer 0123456789abcdef" \
  -H 'Content-Type: application/json' \
  -H 'X-Version: 2022-06-28' \
  -d '{"email":"ada@example.org","name":{"first":"Ada"},"age":36,"api_token":"abc","tags":["a"],"x":null}'`, `
curl POST https://crm.example.org/v1/contacts json
Authorization: {Bearer 0123456789abcdef}
X-Version: 2022-06-28
email=ada@example.org
name.first=Ada
age=36
api_token={abc}
tags=["a"]
x=
- It goes to crm.example.org.
- The header line Authorization looks like a key. It is kept secret.
- The header line X-Version is sent too.
- It is sent as JSON with 6 fields.
- The field api_token looks like a key. It is kept secret.
`},
		{"marks for a key", "$ curl https://x.example.org/in --request PUT --header 'authorization: Token YOUR_API_KEY' --json '{\"a\":1}'", `
curl PUT https://x.example.org/in json
authorization: {?}
a=1
- It goes to x.example.org.
- The header line authorization needs your key. Type it behind the word Token and a space.
- It is sent as JSON with 1 field.
`},
		{"web form in pieces", `curl https://x.example.org/in -d email=ada%40example.org -d "first name=Ada+K" --data-urlencode "note=a & b=1+1" -d secret=hush`, `
curl POST https://x.example.org/in form
email=ada@example.org
first name=Ada K
note=a & b=1+1
secret={hush}
- It goes to x.example.org.
- It is sent as a web form with 4 fields.
- The field secret looks like a key. It is kept secret.
`},
		{"short options together", `curl -sSLXPATCH -HX-One:1 -da=1 -o/dev/null -m 5 x.example.org/in`, `
curl PATCH https://x.example.org/in form
X-One: 1
a=1
- The web address had no https:// in front. It was put there.
- It goes to x.example.org.
- The header line X-One is sent too.
- It is sent as a web form with 1 field.
`},
		{"user and password", `curl -u api:s3cr3t https://x.example.org/in -F 'name=Ada' -F "photo=@me.jpg;type=image/jpeg" --form-string note=x`, `
curl POST https://x.example.org/in multipart
Authorization: {Basic YXBpOnMzY3IzdA==}
name=Ada
note=x
- It goes to x.example.org.
- The user and the password go into the header line Authorization. They are kept secret.
- It is sent as a multipart form with 2 fields.
- The field photo is a file, which cannot be sent. It is left out.
`},
		{"a key as the user", `curl -u sk_live_1234567890: https://x.example.org/in -d a=1`, `
curl POST https://x.example.org/in form
Authorization: {Basic c2tfbGl2ZV8xMjM0NTY3ODkwOg==}
a=1
- It goes to x.example.org.
- The user and the password go into the header line Authorization. They are kept secret.
- It is sent as a web form with 1 field.
`},
		{"user without a password", `curl -u ada https://x.example.org/in -X DELETE`, `
curl DELETE https://x.example.org/in none
Authorization: {?}
- It goes to x.example.org.
- A user and a password are needed. Type them for the header line Authorization.
`},
		{"user in the address", `curl 'https://ada:pw%40@x.example.org/in#top'`, `
curl GET https://x.example.org/in none
Authorization: {Basic YWRhOnB3QA==}
- The user and the password go into the header line Authorization. They are kept secret.
- It goes to x.example.org.
`},
		{"GET with data", `curl -G https://x.example.org/in?x=1 -d a=1 --data-urlencode 'b=c d' --url-query e=f`, `
curl GET https://x.example.org/in?x=1&e=f&a=1&b=c%20d none
- It goes to x.example.org.
`},
		{"copied from Chrome for bash", `curl 'https://x.example.org/in?list[id]=7' \
  -H 'accept: application/json' \
  -H 'accept-language: en' \
  -H 'content-type: application/json; charset=utf-8' \
  -b 'session=topsecret' \
  -H 'cookie: session=topsecret' \
  -H 'origin: https://x.example.org' \
  -H 'sec-fetch-mode: cors' \
  -H 'user-agent: Mozilla/5.0' \
  --data-raw $'{"note":"it\'s \u0021\\n","mail":"\x61da@example.org"}' \
  --compressed ; rm x`, `
curl POST https://x.example.org/in?list\[id]=7 json
note=it's !

mail=ada@example.org
- It goes to x.example.org.
- The header line Cookie is left out: it holds a visit to their website, which ends.
- It is sent as JSON with 2 fields.
`},
		{"copied from Chrome for the command prompt", "curl ^\"https://x.example.org/in?a=1^&b=2^\" ^\r\n  -H ^\"content-type: application/json^\" ^\r\n  --data-raw ^\"^{^\\^\"email^\\^\":^\\^\"ada^@example.org^\\^\",^\\^\"off^\\^\":^\\^\"10^%^\\^\"^}^\"\r\nnotepad", `
curl POST https://x.example.org/in?a=1&b=2 json
email=ada@example.org
off=10%
- It goes to x.example.org.
- It is sent as JSON with 2 fields.
`},
		{"older copy for the command prompt", "curl.exe \"https://x.example.org/in\" ^\n -H \"X-A: 1^2\" ^\n --data \"{\\\"a\\\":\\\"b \\\\\\\"c\\\"}\"", `
curl POST https://x.example.org/in json
X-A: 1^2
a=b "c
- It goes to x.example.org.
- The header line X-A is sent too.
- It is sent as JSON with 1 field.
`},
		{"PowerShell", "PS C:\\> curl.exe -X POST `\n  \"https://x.example.org/in\" `\n  -H \"Content-Type: application/json\" `\n  -d '{\\\"a\\\":\\\"b\\\"}'", `
curl POST https://x.example.org/in json
a=b
- It goes to x.example.org.
- It is sent as JSON with 1 field.
`},
		{"lines without a mark at their end", "curl --location 'https://x.example.org/in'   \\  \n--header 'X-A: 1'\n--data 'a=1'\n\nThis adds a person.", `
curl POST https://x.example.org/in form
X-A: 1
a=1
- It goes to x.example.org.
- The header line X-A is sent too.
- It is sent as a web form with 1 field.
`},
		{"header lines of special kinds", `curl https://x.example.org/in -d a=1 -H "X-Signature: sha256=abc" -H "Idempotency-Key: 1" -H "X-Hook: 0f8fad5b-d9cb-469f-a165-70867728950e" -H "X-Text: [a] \${b}" -H "b@d: x" -H "Host: y" -H "X-Empty;"`, `
curl POST https://x.example.org/in form
Idempotency-Key: [@delivery]
X-Hook: {0f8fad5b-d9cb-469f-a165-70867728950e}
X-Text: \[a] \${b}
X-Empty: 
a=1
- It goes to x.example.org.
- The header line X-Signature holds a signature, which is another one for every message. Set it up under Security.
- The header line Idempotency-Key holds the number of each message.
- The header line X-Hook looks like a key. It is kept secret.
- The header line X-Text is sent too.
- A header line of it cannot be read. It is left out.
- The header line X-Empty is sent too.
- It is sent as a web form with 1 field.
`},
		{"a text of its own", `curl https://x.example.org/in -k -H 'Content-Type: text/xml' -d '<a b="[c]">Ada</a>'`, `
curl POST https://x.example.org/in template
text/xml <a b="\[c]">Ada</a>
- It goes to x.example.org.
- It sends a text of its own. Put merge fields such as [First Name] where values stand, and keep keys out of it.
- That line does not check who the other system is (-k). Hookbird always does.
`},
		{"data in a file", `curl https://x.example.org/in -T upload.csv`, `
curl PUT https://x.example.org/in 
- It goes to x.example.org.
- What it sends stands in a file. Paste that too.
`},
		{"a list", `curl https://x.example.org/in -H 'Content-Type: application/json' -d '[{"email":"a"},{"email":"b","x":1}]'`, `
curl POST https://x.example.org/in json-list
email=a
- It goes to x.example.org.
- It is sent as a JSON list with 1 field.
`},
		{"JSON that is none", `curl https://x.example.org/in -H 'Content-Type: application/json' -d '{email}'`, `
curl POST https://x.example.org/in json
- It goes to x.example.org.
- It sends JSON that cannot be read. Type the names of the fields.
`},
		{"JSON by an option that is none", `curl https://x.example.org/in --json '@x'x`, `
curl POST https://x.example.org/in 
- It goes to x.example.org.
- What it sends stands in a file. Paste that too.
`},
		{"JSON by an option that cannot be read", `curl https://x.example.org/in --json x=1`, `
curl POST https://x.example.org/in json
- It goes to x.example.org.
- It sends JSON that cannot be read. Type the names of the fields.
`},
		{"GET that sends", `curl -X GET https://x.example.org/in -d a=1 | jq .`, `
curl GET https://x.example.org/in none
- It goes to x.example.org.
- That line sends data with GET. Hookbird sends none with GET: choose POST if their help page allows it.
`},
		{"an unknown way", `curl -I https://x.example.org/in`, `
curl  https://x.example.org/in 
- It goes to x.example.org.
- It is sent in a way that Hookbird does not know. Choose POST unless their help page says otherwise.
`},
		{"nothing sent", `curl -X POST -d '' https://x.example.org/in --oauth2-bearer tok.123 --connect-timeout 5 --unknown`, `
curl POST https://x.example.org/in 
Authorization: {Bearer tok.123}
- It goes to x.example.org.
- The header line Authorization looks like a key. It is kept secret.
`},
		{"quotes that do not close", `curl "https://x.example.org/in`, `
curl GET https://x.example.org/in none
- It goes to x.example.org.
`},
	})
}
