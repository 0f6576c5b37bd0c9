package conformance

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// target is where a settings file of the testdata sends to.
var target = regexp.MustCompile(`127\.0\.0\.1:82\d\d`)

// office copies a settings file into a folder of its own, changed only so that it
// sends to host, and gives the path of the copy.
func office(t *testing.T, name, host string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "settings", "testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, target.ReplaceAll(text, []byte(host)), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// same compares requests with what they have to be, byte for byte.
func same(t *testing.T, got []string, want ...string) {
	t.Helper()
	var plain []string
	for _, raw := range got {
		plain = append(plain, lasting(raw))
	}
	slices.Sort(plain)
	slices.Sort(want)
	if d := cmp.Diff(want, plain); d != "" {
		t.Errorf("requests (-want +got):\n%s", d)
	}
}

// Renamed fields, a fixed and a secret pair, of a file that lands in a folder.
func TestRallyCongress(t *testing.T) {
	w := newWire(t, http.StatusOK, nil)
	file := office(t, "rally-congress.json", w.host())
	folder := filepath.Join(filepath.Dir(file), "signups")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	imported(t, file)
	rows := "firstname,lastname,email,zipcode,shoe\n" +
		"Ada,\"Lovelace & Co; Ltd\",ada+x@example.org,01067,39\n" +
		"Zoë,=Ünal,,75011,\n"
	if err := os.WriteFile(filepath.Join(folder, "new.csv"), []byte(rows), 0o600); err != nil {
		t.Fatal(err)
	}
	head := "POST /lists/new HTTP/1.1\nHost: HOST\nUser-Agent: Hookbird/VERSION\nContent-Length: %d\n" +
		"Content-Type: application/x-www-form-urlencoded\nwebhook-id: ID\n\n%s"
	request := func(body string) string { return fmt.Sprintf(head, len(body), body) }
	same(t, w.take(t, 2),
		request("first=Ada&last=Lovelace+%26+Co%3B+Ltd&mail=ada%2Bx%40example.org&postcode=01067&origin=petition&key=open+sesame+%26+more"),
		request("first=Zo%C3%AB&last=%3D%C3%9Cnal&mail=&postcode=75011&origin=petition&key=open+sesame+%26+more"))
	w.none(t)
}

// A list of records as they came, over https with an authority of its own, in
// requests of at most 25.
func TestEngagementRx(t *testing.T) {
	config, authority := certified(t)
	w := newWire(t, http.StatusNoContent, config)
	file := office(t, "engagement-rx.json", w.host())
	if err := os.WriteFile(filepath.Join(filepath.Dir(file), "authority.pem"), authority, 0o600); err != nil {
		t.Fatal(err)
	}
	h := imported(t, file)
	const key = "clinic-00112233445566778899aabbccddeeff"
	record := `{"n": 9007199254740993, "price": 1.10, "b":1, "a":2, "text":"<é> & \u00e9", "a":3}`
	h.post(t, key, "application/json", record)
	body := "[" + record + "]"
	same(t, w.take(t, 1), "POST /lists HTTP/1.1\nHost: HOST\nUser-Agent: Hookbird/VERSION\nContent-Length: "+fmt.Sprint(len(body))+
		"\nContent-Type: application/json\nHookbird-Hops: 1\nwebhook-id: ID\n\n"+body)

	var many []string
	for i := range 60 {
		many = append(many, fmt.Sprintf(`{"i":%d}`, i))
	}
	h.post(t, key, "application/json", "["+strings.Join(many, ",")+"]")
	var seen []int
	for len(seen) < 60 {
		_, body, _ := strings.Cut(w.take(t, 1)[0], "\r\n\r\n")
		var list []struct{ I int }
		if err := json.Unmarshal([]byte(body), &list); err != nil || len(list) > 25 {
			t.Fatalf("a list of %d: %v", len(list), err)
		}
		for _, r := range list {
			seen = append(seen, r.I)
		}
	}
	slices.Sort(seen)
	for i, n := range seen {
		if i != n {
			t.Fatalf("records %v", seen)
		}
	}
	w.none(t)
}

// certified makes an authority and a certificate of it for 127.0.0.1.
func certified(t *testing.T) (*tls.Config, []byte) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	about := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature,
	}
	der, err := x509.CreateCertificate(rand.Reader, about, about, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}, MinVersion: tls.VersionTLS12}
	return config, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// Post data with merge fields, what people typed between them, and a secret; a
// default in the address.
func TestONTRAPORT(t *testing.T) {
	w := newWire(t, http.StatusOK, nil)
	h := imported(t, office(t, "ontraport.json", w.host()))
	const key = "desk-00112233445566778899aabbccddeeff"
	h.post(t, key, "application/x-www-form-urlencoded", "First+Name=Ada+%26+Bo&Email=a%2Bb%40example.org&Person+ID=7")
	h.post(t, key, "application/json", `{"First Name":"[Email]","Email":null,"Person ID":12345678901234567890,"Door":"n/s ?&é"}`)
	head := "POST %s HTTP/1.1\nHost: HOST\nUser-Agent: Hookbird/VERSION\nContent-Length: %d\n" +
		"Content-Type: application/x-www-form-urlencoded\nHookbird-Hops: 1\nwebhook-id: ID\n\n%s"
	request := func(path, body string) string { return fmt.Sprintf(head, path, len(body), body) }
	same(t, w.take(t, 4),
		request("/visit?via=main", "Given_Name=Ada+%26+Bo&Mail=a%2Bb%40example.org&street=12+Long+Lane"),
		request("/notes", "App=9_8_7&Key=88888888&id=0&data=Was+here.&person=7"),
		request("/visit?via=n%2Fs%20%3F%26%C3%A9", "Given_Name=%5BEmail%5D&Mail=&street=12+Long+Lane"),
		request("/notes", "App=9_8_7&Key=88888888&id=0&data=Was+here.&person=12345678901234567890"))
	w.none(t)
}

// A number in the address by GET or in a JSON payload by POST, for those whom the
// filter takes, in turns of at most 40.
func TestSecuTix(t *testing.T) {
	w := newWire(t, http.StatusOK, nil)
	h := imported(t, office(t, "secutix.json", w.host()))
	const key = "theatre-00112233445566778899aabbccddeeff"
	contact := func(number, role, zip string, flag bool) string {
		return fmt.Sprintf(`{"contactNumber":%q,"role":%q,"addresses":[{"isMain":false,"zipCode":"59000"},{"isMain":true,"zipCode":%q}],`+
			`"indicators":[{"value":false},{"value":%t}]}`, number, role, zip, flag)
	}
	h.post(t, key, "application/json", "["+strings.Join([]string{
		contact("1", "SUBSCRIBER", "59000", false),
		contact("A/2 b", "SUBSCRIBER", "59100", true),
		contact("3", "GUEST", "59100", false),
		contact("4", "SUBSCRIBER", "13001", true),
		contact("5", "subscriber", "59000", false),
	}, ",")+"]")
	get := func(number string) string {
		return "GET /contact/" + number + "?refresh=1 HTTP/1.1\nHost: HOST\nUser-Agent: Hookbird/VERSION\nHookbird-Hops: 1\nwebhook-id: ID\n\n"
	}
	post := func(number string) string {
		body := `{"number": "` + number + `", "what": "refresh"}`
		return "POST /flags HTTP/1.1\nHost: HOST\nUser-Agent: Hookbird/VERSION\nContent-Length: " + fmt.Sprint(len(body)) +
			"\nContent-Type: application/json\nHookbird-Hops: 1\nwebhook-id: ID\n\n" + body
	}
	same(t, w.take(t, 4), get("1"), get("A%2F2%20b"), post("A/2 b"), post("4"))

	var many []string
	for i := range 50 {
		many = append(many, contact(fmt.Sprint(1000+i), "SUBSCRIBER", "59000", false))
	}
	h.post(t, key, "application/json", "["+strings.Join(many, ",")+"]")
	w.take(t, 40)
	first := time.Now()
	w.take(t, 10)
	if d := time.Since(first); d < time.Second {
		t.Errorf("the next turn came %v after the one before, want about 3 s", d)
	}
	w.none(t)
}

// Chosen types of event alone, signed, with a plain key beside.
func TestIntervengine(t *testing.T) {
	w := newWire(t, http.StatusOK, nil)
	h := imported(t, office(t, "intervengine.json", w.host()))
	const key = "members-00112233445566778899aabbccddeeff"
	body := `{"id": 5, "name":"Ada"}`
	h.post(t, key+"/member.left", "application/json", `{"id":1}`)
	h.post(t, key+"/member.joined", "application/json", body)
	got := w.take(t, 1)
	same(t, got, "POST /sync HTTP/1.1\nHost: HOST\nUser-Agent: Hookbird/VERSION\nContent-Length: "+fmt.Sprint(len(body))+
		"\nContent-Type: application/json\nHookbird-Hops: 1\nX-Office-Key: compared as it is\nwebhook-id: ID\n"+
		"webhook-signature: SIGNATURE\nwebhook-timestamp: TIME\n\n"+body)
	line := func(name string) string {
		return regexp.MustCompile(`(?m)^` + name + `: (.*)\r$`).FindStringSubmatch(got[0])[1]
	}
	secret, err := base64.StdEncoding.DecodeString("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
	if err != nil {
		t.Fatal(err)
	}
	mac := hmac.New(sha256.New, secret)
	_, _ = fmt.Fprintf(mac, "%s.%s.%s", line("webhook-id"), line("webhook-timestamp"), body)
	if want := "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)); line("webhook-signature") != want {
		t.Errorf("signature %s, want %s", line("webhook-signature"), want)
	}
	w.none(t)
}
