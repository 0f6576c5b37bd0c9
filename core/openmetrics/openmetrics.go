// Package openmetrics writes figures in the text format of OpenMetrics 1.0
// (github.com/OpenObservability/OpenMetrics, specification/OpenMetrics.md), which
// Prometheus and others read. It must not know what the figures mean.
package openmetrics

import (
	"math"
	"strconv"
	"strings"
)

// ContentType is what the format is served as.
const ContentType = "application/openmetrics-text; version=1.0.0; charset=utf-8"

// Type is what kind of figure a family holds.
type Type string

// The types of families that are used here.
const (
	Counter   Type = "counter"   // only rises; its samples end in _total
	Gauge     Type = "gauge"     // goes up and down
	Histogram Type = "histogram" // counts by classes
	Info      Type = "info"      // labels that say something; its sample ends in _info
)

// Text collects families and writes them. The zero Text is empty and ready.
type Text struct{ b strings.Builder }

// Label is a name and a value that a sample is told apart by.
type Label struct{ Name, Value string }

// Family begins a family of samples: its name without the ending that its type
// gives to samples, and a sentence about it. All its samples have to follow before
// the next family.
func (t *Text) Family(name string, kind Type, unit, help string) {
	t.b.WriteString("# TYPE " + name + " " + string(kind) + "\n")
	if unit != "" {
		t.b.WriteString("# UNIT " + name + " " + unit + "\n")
	}
	t.b.WriteString("# HELP " + name + " " + escape(help) + "\n")
}

// Sample writes a sample, under its name with its ending.
func (t *Text) Sample(name string, value float64, labels ...Label) {
	t.b.WriteString(name)
	for i, l := range labels {
		sign := ","
		if i == 0 {
			sign = "{"
		}
		t.b.WriteString(sign + l.Name + `="` + escape(l.Value) + `"`)
	}
	if len(labels) > 0 {
		t.b.WriteByte('}')
	}
	t.b.WriteString(" " + Number(value) + "\n")
}

// String gives the whole text, which ends as the format asks.
func (t *Text) String() string { return t.b.String() + "# EOF\n" }

// Number writes a value as short as it reads back the same.
func Number(v float64) string {
	switch {
	case math.IsInf(v, 1):
		return "+Inf"
	case math.IsInf(v, -1):
		return "-Inf"
	case math.IsNaN(v):
		return "NaN"
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func escape(s string) string { return escapes.Replace(strings.ToValidUTF8(s, "\uFFFD")) }
