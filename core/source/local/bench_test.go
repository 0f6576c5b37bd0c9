package local

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// BenchmarkAccept has 64 senders keep their connections and post small records.
// Client and server share the processors, so only the difference between two
// versions says something.
func BenchmarkAccept(b *testing.B) {
	s := start(b, Options{})
	body := `{"id":10482,"firstname":"Ada","lastname":"Lovelace","email":"ada@example.org","zipcode":"01067","city":"London"}`
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	b.SetParallelism(64)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			res, err := client.Post("http://"+s.addr+"/in/"+testKey, "application/json", strings.NewReader(body))
			if err != nil {
				b.Fatal(err)
			}
			_, _ = io.Copy(io.Discard, res.Body)
			_ = res.Body.Close()
			if res.StatusCode != http.StatusAccepted {
				b.Fatal(res.Status)
			}
		}
	})
}
