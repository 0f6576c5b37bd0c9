package packing

import (
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hookbird/core"
	"hookbird/core/control"
	"hookbird/core/merge"
	"hookbird/core/message"
)

// records are two of the same shape, the first with these names and values.
func records(pairs ...string) []control.Sample {
	var fields []control.SampleField
	for i := 0; i+1 < len(pairs); i += 2 {
		fields = append(fields, control.SampleField{Path: pairs[i], Value: pairs[i+1]})
	}
	return []control.Sample{{Fields: fields}, {Fields: fields}}
}

func TestSamplesLookLikeWhatIsSent(t *testing.T) {
	people := records("name", "Ada & Co", "mail", "ada@example.org", "zip", "1", "never", "shown")
	for style, want := range map[core.BodyStyle]string{
		core.BodyForm:      "name=Ada+%26+Co\n&mail=ada%40example.org\n&zip=1",
		core.BodyJSON:      "{ \"name\": \"Ada & Co\",\n  \"mail\": \"ada@example.org\",\n  \"zip\": \"1\" }",
		core.BodyList:      "[{ \"name\": \"Ada & Co\" },\n { \"name\": \"Ada & Co\" },\n … ]",
		core.BodyEnvelope:  "{ \"id\": …, \"time\": …,\n  \"type\": \"record.created\",\n  \"data\": { \"name\": … } }",
		core.BodyTemplate:  "name: [name]\nmail: [mail]\nzip: [zip]",
		core.BodyMultipart: "name = Ada & Co\nmail = ada@example.org\nzip = 1",
		core.BodyNone:      "",
	} {
		if got := Some(style)[0].Sample(people); got != want {
			t.Errorf("%s looks like\n%s\nwant\n%s", style, got, want)
		}
	}
}

func TestSamplesFitTheirCard(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		people := records(rapid.SliceOfN(rapid.String(), 0, 9).Draw(t, "pairs")...)
		for _, way := range Ways() {
			sample := way.Sample(people[:rapid.IntRange(0, 2).Draw(t, "records")])
			if way.Style == core.BodyMultipart || way.Style == core.BodyTemplate {
				continue // a name with a line break in it stands as it is
			}
			lines := strings.Split(sample, "\n")
			if len(lines) > 3 {
				t.Errorf("%s has %d lines", way.Style, len(lines))
			}
			for _, line := range lines {
				if utf8.RuneCountInString(line) > sampleWidth+2 {
					t.Errorf("%s has the line %q", way.Style, line)
				}
			}
		}
	})
}

func TestTextBeginsWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		style := rapid.SampledFrom([]core.BodyStyle{core.BodyForm, core.BodyMultipart, core.BodyJSON, core.BodyList}).Draw(t, "style")
		name := rapid.StringMatching(`[A-Za-zé][A-Za-z_ äé$&-]{0,10}[a-z]`).Draw(t, "name")
		text := Text(style, records(name, "", "mail", "", "", "no name")[0].Fields)
		body := core.Body{Style: core.BodyTemplate, Template: text}
		if _, err := merge.Parse(text, message.PlaceOf(message.TemplateType(&body))); err != nil {
			t.Errorf("the text begins with\n%s\nwhich says: %v", text, err)
		}
	})
}
