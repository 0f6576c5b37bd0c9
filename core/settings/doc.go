// Package settings reads and writes settings files: sources, webhooks and the
// program's own settings as one JSON document, for import, export, backup and
// the presets of the New-webhook page.
//
//	Parse   a file      -> File, or every wrong place at once
//	Apply   File, what is stored -> what to save, and what to tell about it
//	Import  both in one
//	Print   what is stored       -> a file
//
// ValidateSource and ValidateSurvey check one source, for whoever types it.
//
// Parse is strict: it refuses names that it does not know, names that come
// twice, and values of the wrong kind, each with a sentence and a JSON pointer,
// so that a slip of the pen is never silently a default. The format is described
// in docs/SETTINGS.md and, for editors, in assets/settings.schema.json.
//
// It must not read or write files itself, nor know of the store or the engine.
package settings
