package sheet

import (
	"fmt"
	"testing"

	"hookbird/core"
)

// BenchmarkReading reads a sheet of 100,000 rows of which all are new, and one of
// which one is.
func BenchmarkReading(b *testing.B) {
	rows := make([]string, 100_001)
	for i := range rows {
		rows[i] = fmt.Sprintf("%d,Ada,Lovelace,ada%d@example.org,Ulm,89073,+49 731 1234567,true", i, i)
	}
	rows[0] = "No,First,Last,Email,Town,Zip,Phone,News"
	for name, cfg := range map[string]core.SheetSource{"keys": {Keys: []string{"No"}, Settle: 1}, "no keys": {Settle: 1}} {
		b.Run("all, "+name, func(b *testing.B) {
			for b.Loop() {
				d := newDesk(b, cfg)
				d.src.Existing.Do = core.ExistingSend
				d.save(rows...)
				d.by(b)
			}
			b.ReportMetric(float64(len(rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
		b.Run("one, "+name, func(b *testing.B) {
			d := newDesk(b, cfg)
			d.src.Existing.Do = core.ExistingSend
			d.save(rows...)
			d.by(b)
			for i := 0; b.Loop(); i++ {
				d.save(append(rows, fmt.Sprintf("x%d,Ada", i))...)
				d.by(b)
			}
			b.ReportMetric(float64(len(rows))*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}
