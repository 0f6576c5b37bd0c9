package record

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"
)

// table is a file of so many rows, as an office exports them.
func table(rows int) string {
	var text strings.Builder
	_, _ = text.WriteString("Number,First name,Last name,Email,Street,Postcode,City,Joined\n")
	for i := range rows {
		_, _ = fmt.Fprintf(&text, "%d,Ada,Lovelace %d,ada.%d@example.org,\"12, Main Street\",%05d,Dresden,2026-11-%02d\n", i, i, i, i%100_000, 1+i%28)
	}
	return text.String()
}

// What a row costs as a record, and with the standard library alone.
func BenchmarkCSV(b *testing.B) {
	text := table(20_000)
	b.Run("record", func(b *testing.B) {
		for b.Loop() {
			r, err := New(strings.NewReader(text), Options{Kind: CSV})
			for err == nil {
				_, err = r.Next()
			}
			if err != io.EOF {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/row")
	})
	b.Run("encoding/csv", func(b *testing.B) {
		for b.Loop() {
			r := csv.NewReader(strings.NewReader(text))
			r.ReuseRecord = true
			var err error
			for err == nil {
				_, err = r.Read()
			}
			if err != io.EOF {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/20_000, "ns/row")
	})
}
