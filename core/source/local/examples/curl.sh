#!/bin/sh
key() { printf %s {{q .KeyHere}}; }
{{- if .Token}}
token() { printf %s {{q .TokenHere}}; }
{{- end}}
{{- if .Sign}}
secret() { printf %s {{q .SecretHere}}; }
{{- end}}

body='{"firstname":"Ada","lastname":"Lovelace","email":"ada@example.org"}'
{{- if eq .Sign "standard-webhooks"}}

id="msg_$(openssl rand -hex 16)"
time=$(date +%s)
bytes=$(secret | sed 's/^whsec_//' | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \n')
signature=$(printf %s "$id.$time.$body" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$bytes" -binary | openssl base64 -A)
{{- else if .Sign}}

signature=$(printf %s "$body" | openssl dgst -{{.Algorithm}} -hmac "$(secret)" -binary | {{if .Base64}}openssl base64 -A{{else}}od -An -v -tx1 | tr -d ' \n'{{end}})
{{- end}}

curl -sS {{q .Address}}"/in/$(key)" \
  -H 'Content-Type: application/json' \
{{- if .Token}}
  -H "Authorization: Bearer $(token)" \
{{- end}}
{{- if eq .Sign "standard-webhooks"}}
  -H "webhook-id: $id" -H "webhook-timestamp: $time" -H "webhook-signature: v1,$signature" \
{{- else if .Sign}}
  -H {{q .Header}}': '{{q .Prefix}}"$signature" \
{{- end}}
  --data-binary "$body"
