package packing

import (
	"slices"

	"hookbird/core"
	"hookbird/core/control"
)

// Way is one way to pack a message, as a card offers it.
type Way struct {
	Style      core.BodyStyle
	Name, Note string
	Rare       bool // few systems want it
	sample     func([]control.Sample) string
}

// ways are all of them, in the order they are offered.
var ways = []Way{
	{core.BodyForm, "Web form", "Most common", false, one(formSample)},
	{core.BodyJSON, "JSON", "One record", false, one(jsonSample)},
	{core.BodyList, "JSON list", "Many at once", false, listSample},
	{core.BodyEnvelope, "Envelope", "JSON with its own name", false, one(envelopeSample)},
	{core.BodyTemplate, "My own text", "With fields", false, one(textSample)},
	{core.BodyMultipart, "Multipart form", "Some form builders want it", true, one(multipartSample)},
	{core.BodyNone, "No data", "Only the web address is called", true, func([]control.Sample) string { return "" }},
}

// Ways gives all ways, in the order to offer them.
func Ways() []Way { return slices.Clone(ways) }

// Some gives the ways of these styles, in the order to offer them.
func Some(styles ...core.BodyStyle) []Way {
	return slices.DeleteFunc(Ways(), func(w Way) bool { return !slices.Contains(styles, w.Style) })
}

// Sample shows on three lines what records look like when they are packed so. The
// newest record comes first; without any it is nearly empty.
func (w Way) Sample(records []control.Sample) string { return w.sample(records) }
