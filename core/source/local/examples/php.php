<?php

function key_of_source(): string
{
    return {{q .KeyHere}};
}
{{- if .Token}}

function token_of_source(): string
{
    return {{q .TokenHere}};
}
{{- end}}
{{- if .Sign}}

function secret_of_source(): string
{
    return {{q .SecretHere}};
}
{{- end}}

function send(array $record): array
{
    $body = json_encode($record, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE);
    $headers = ['Content-Type: application/json'];
{{- if .Token}}
    $headers[] = 'Authorization: Bearer ' . token_of_source();
{{- end}}
{{- if eq .Sign "standard-webhooks"}}
    $id = 'msg_' . bin2hex(random_bytes(16));
    $time = (string) time();
    $secret = base64_decode(substr(secret_of_source(), strlen('whsec_')), true);
    $signature = base64_encode(hash_hmac('sha256', "$id.$time.$body", $secret, true));
    array_push($headers, "webhook-id: $id", "webhook-timestamp: $time", "webhook-signature: v1,$signature");
{{- else if .Sign}}
    $hash = hash_hmac({{q .Algorithm}}, $body, secret_of_source(), true);
    $headers[] = {{q .Header}} . ': ' . {{q .Prefix}} . {{if .Base64}}base64_encode($hash){{else}}bin2hex($hash){{end}};
{{- end}}
    $answer = file_get_contents({{q .Address}} . '/in/' . key_of_source(), false, stream_context_create(['http' => [
        'method' => 'POST', 'header' => $headers, 'content' => $body, 'ignore_errors' => true, 'timeout' => 30,
    ]]));
    $said = json_decode($answer === false ? 'null' : $answer, true);
    if (!isset($said['ids'])) {
        throw new RuntimeException($said['error']['message'] ?? 'Hookbird cannot be reached.');
    }
    return $said;
}

print_r(send(['firstname' => 'Ada', 'lastname' => 'Lovelace', 'email' => 'ada@example.org']));
