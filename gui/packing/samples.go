package packing

import (
	"encoding/json"
	"net/url"
	"strings"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/gui/mapping"
)

// one makes a sample of the first record alone.
func one(sample func([]control.SampleField) string) func([]control.Sample) string {
	return func(samples []control.Sample) string {
		if len(samples) == 0 {
			return ""
		}
		return sample(samples[0].Fields[:min(3, len(samples[0].Fields))])
	}
}

// sampleWidth is how many characters a line of a sample has room for.
const sampleWidth = 28

// clipped shortens a text to so many characters.
func clipped(text string, width int) string {
	if runes := []rune(text); len(runes) > width {
		return string(runes[:width-1]) + "…"
	}
	return text
}

// formSample and the others write the first fields of a record on three lines.
func formSample(fields []control.SampleField) string {
	var lines []string
	for i, f := range fields {
		joint := "&"
		if i == 0 {
			joint = ""
		}
		lines = append(lines, clipped(joint+url.QueryEscape(f.Path)+"="+url.QueryEscape(f.Value), sampleWidth))
	}
	return strings.Join(lines, "\n")
}

func jsonSample(fields []control.SampleField) string {
	var lines []string
	for i, f := range fields {
		start, end := "  ", ","
		if i == 0 {
			start = "{ "
		}
		if i == len(fields)-1 {
			end = " }"
		}
		lines = append(lines, clipped(start+quoted(f.Path)+": "+quoted(f.Value), sampleWidth-len(end))+end)
	}
	return strings.Join(lines, "\n")
}

func listSample(samples []control.Sample) string {
	var lines []string
	for i, s := range samples[:min(2, len(samples))] {
		if len(s.Fields) == 0 {
			continue
		}
		start := " "
		if i == 0 {
			start = "["
		}
		lines = append(lines, clipped(start+"{ "+quoted(s.Fields[0].Path)+": "+quoted(s.Fields[0].Value), sampleWidth-3)+" },")
	}
	return strings.Join(append(lines, " … ]"), "\n")
}

func envelopeSample(fields []control.SampleField) string {
	data := "  \"data\": { …"
	if len(fields) > 0 {
		data = clipped("  \"data\": { "+quoted(fields[0].Path)+": …", sampleWidth-4)
	}
	return "{ \"id\": …, \"time\": …,\n  \"type\": " + quoted(core.DefaultEventType) + ",\n" + data + " } }"
}

func textSample(fields []control.SampleField) string {
	var lines []string
	for _, f := range fields {
		lines = append(lines, clipped(f.Path+": "+mapping.Mention(f.Path, merge.Plain), sampleWidth))
	}
	return strings.Join(lines, "\n")
}

func multipartSample(fields []control.SampleField) string {
	var lines []string
	for _, f := range fields {
		lines = append(lines, clipped(f.Path+" = "+f.Value, sampleWidth))
	}
	return strings.Join(lines, "\n")
}

// quoted writes a text as JSON does, with signs like & as they are.
func quoted(text string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(text); err != nil {
		return `""`
	}
	return strings.TrimSuffix(b.String(), "\n")
}
