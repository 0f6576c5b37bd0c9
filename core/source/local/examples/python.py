import json
import urllib.error
import urllib.request
{{- if .Sign}}
import base64
import hashlib
import hmac
{{- if eq .Sign "standard-webhooks"}}
import time
import uuid
{{- end}}
{{- end}}


def key():
    return {{q .KeyHere}}
{{- if .Token}}


def token():
    return {{q .TokenHere}}
{{- end}}
{{- if .Sign}}


def secret():
    return {{q .SecretHere}}
{{- end}}


def send(record):
    body = json.dumps(record).encode()
    headers = {"Content-Type": "application/json"}
{{- if .Token}}
    headers["Authorization"] = "Bearer " + token()
{{- end}}
{{- if eq .Sign "standard-webhooks"}}
    name, now = "msg_" + uuid.uuid4().hex, str(int(time.time()))
    signed = name.encode() + b"." + now.encode() + b"." + body
    digest = hmac.new(base64.b64decode(secret()[len("whsec_"):]), signed, hashlib.sha256).digest()
    headers["webhook-id"] = name
    headers["webhook-timestamp"] = now
    headers["webhook-signature"] = "v1," + base64.b64encode(digest).decode()
{{- else if .Sign}}
    digest = hmac.new(secret().encode(), body, hashlib.{{.Algorithm}}).digest()
    headers[{{q .Header}}] = {{q .Prefix}} + {{if .Base64}}base64.b64encode(digest).decode(){{else}}digest.hex(){{end}}
{{- end}}
    request = urllib.request.Request({{q .Address}} + "/in/" + key(), body, headers)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise SystemExit(json.load(refused)["error"]["message"])


print(send({"firstname": "Ada", "lastname": "Lovelace", "email": "ada@example.org"}))
