Private Function HookbirdKey() As String
    HookbirdKey = {{q .KeyHere}}
End Function
{{- if .Token}}

Private Function HookbirdToken() As String
    HookbirdToken = {{q .TokenHere}}
End Function
{{- end}}
{{- if .Sign}}

Private Function HookbirdSecret() As String
    HookbirdSecret = {{q .SecretHere}}
End Function
{{- end}}

Public Sub SendRow()
    Dim body As String, column As Long, request As Object
    column = 1
    Do While Len(ActiveSheet.Cells(1, column).Text) > 0
        If column > 1 Then body = body & ","
        body = body & JsonText(ActiveSheet.Cells(1, column).Text) & ":" & JsonText(ActiveSheet.Cells(ActiveCell.Row, column).Text)
        column = column + 1
    Loop
    body = "{" & body & "}"

    Set request = CreateObject("MSXML2.ServerXMLHTTP.6.0")
    request.Open "POST", {{q .Address}} & "/in/" & HookbirdKey(), False
    request.setRequestHeader "Content-Type", "application/json"
{{- if .Token}}
    request.setRequestHeader "Authorization", "Bearer " & HookbirdToken()
{{- end}}
{{- if .Sign}}
    Sign request, body
{{- end}}
    request.send body
    If request.Status <> 202 Then MsgBox request.responseText, vbExclamation, "Hookbird"
End Sub

Private Function JsonText(ByVal text As String) As String
    Dim i As Long, code As Long, result As String
    For i = 1 To Len(text)
        code = AscW(Mid$(text, i, 1)) And &HFFFF&
        If code = 34 Or code = 92 Then
            result = result & "\" & Mid$(text, i, 1)
        ElseIf code < 32 Or code > 126 Then
            result = result & "\u" & Right$("000" & Hex$(code), 4)
        Else
            result = result & Mid$(text, i, 1)
        End If
    Next i
    JsonText = """" & result & """"
End Function
{{- if eq .Sign "standard-webhooks"}}

' Needs .NET Framework 3.5, which Windows offers under "Turn Windows features on or off".
Private Sub Sign(ByVal request As Object, ByVal body As String)
    Dim id As String, time As String, mac As Object, clock As Object
    Set clock = CreateObject("WbemScripting.SWbemDateTime")
    clock.SetVarDate Now, True
    time = CStr(DateDiff("s", DateSerial(1970, 1, 1), clock.GetVarDate(False)))
    Randomize
    id = "msg_" & time & "_" & CStr(Int(Rnd * 2000000000)) & "_" & CStr(Int(Rnd * 2000000000))
    Set mac = CreateObject("System.Security.Cryptography.HMACSHA256")
    mac.Key = FromBase64(Mid$(HookbirdSecret(), 7))
    request.setRequestHeader "webhook-id", id
    request.setRequestHeader "webhook-timestamp", time
    request.setRequestHeader "webhook-signature", "v1," & Encoded(mac.ComputeHash_2(Bytes(id & "." & time & "." & body)), "bin.base64")
End Sub

Private Function FromBase64(ByVal text As String) As Byte()
    With CreateObject("MSXML2.DOMDocument.6.0").createElement("x")
        .DataType = "bin.base64"
        .text = text
        FromBase64 = .nodeTypedValue
    End With
End Function
{{- else if .Sign}}

' Needs .NET Framework 3.5, which Windows offers under "Turn Windows features on or off".
Private Sub Sign(ByVal request As Object, ByVal body As String)
    Dim mac As Object
    Set mac = CreateObject("System.Security.Cryptography.HMAC{{upper .Algorithm}}")
    mac.Key = Bytes(HookbirdSecret())
    request.setRequestHeader {{q .Header}}, {{q .Prefix}} & Encoded(mac.ComputeHash_2(Bytes(body)), "{{if .Base64}}bin.base64{{else}}bin.hex{{end}}")
End Sub
{{- end}}
{{- if .Sign}}

Private Function Bytes(ByVal text As String) As Byte()
    Bytes = CreateObject("System.Text.UTF8Encoding").GetBytes_4(text)
End Function

Private Function Encoded(ByVal hash As Variant, ByVal encoding As String) As String
    With CreateObject("MSXML2.DOMDocument.6.0").createElement("x")
        .DataType = encoding
        .nodeTypedValue = hash
        Encoded = Replace(.text, vbLf, "")
    End With
End Function
{{- end}}
