// Package export writes tables as files that a spreadsheet program opens: CSV and
// XLSX. A row costs memory only while it is written, however many there are.
//
// A file takes its place only once it is whole; until then it grows in a hidden
// folder beside it, which goes when the file is done or abandoned.
//
// It must not know what the rows are about.
package export
