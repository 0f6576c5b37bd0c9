function Get-HookbirdKey { {{q .KeyHere}} }
{{- if .Token}}
function Get-HookbirdToken { {{q .TokenHere}} }
{{- end}}
{{- if .Sign}}
function Get-HookbirdSecret { {{q .SecretHere}} }
{{- end}}

$record = [ordered]@{ firstname = 'Ada'; lastname = 'Lovelace'; email = 'ada@example.org' }
$body = ConvertTo-Json -Compress -Depth 10 $record
$utf8 = New-Object Text.UTF8Encoding $false
$headers = @{}
{{- if .Token}}
$headers['Authorization'] = 'Bearer ' + (Get-HookbirdToken)
{{- end}}
{{- if eq .Sign "standard-webhooks"}}
$id = 'msg_' + [guid]::NewGuid().ToString('N')
$time = [DateTimeOffset]::UtcNow.ToUnixTimeSeconds()
$mac = New-Object Security.Cryptography.HMACSHA256
$mac.Key = [Convert]::FromBase64String((Get-HookbirdSecret).Substring(6))
$signature = [Convert]::ToBase64String($mac.ComputeHash($utf8.GetBytes("$id.$time.$body")))
$headers['webhook-id'] = $id
$headers['webhook-timestamp'] = "$time"
$headers['webhook-signature'] = "v1,$signature"
{{- else if .Sign}}
$mac = New-Object Security.Cryptography.HMAC{{upper .Algorithm}}
$mac.Key = $utf8.GetBytes((Get-HookbirdSecret))
$hash = $mac.ComputeHash($utf8.GetBytes($body))
$headers[{{q .Header}}] = {{q .Prefix}} + {{if .Base64}}[Convert]::ToBase64String($hash){{else}}[BitConverter]::ToString($hash).Replace('-', '').ToLower(){{end}}
{{- end}}

$address = {{q .Address}} + '/in/' + (Get-HookbirdKey)
Invoke-RestMethod -Method Post -Uri $address -Headers $headers -ContentType 'application/json' -Body $utf8.GetBytes($body)
