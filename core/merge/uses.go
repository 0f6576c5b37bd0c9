package merge

// Use is a place where a text reads a field of the record.
type Use struct {
	Path    string // as package value reads it
	At, Len int    // where the name stands in the text as typed, in bytes
}

// Count tells how many merge fields there are, of every kind.
func (t *Text) Count() int { return len(t.fields) }

// Fixed tells whether the text is the same for every record and every message:
// it holds no merge fields but secrets.
func (t *Text) Fixed() bool {
	for _, f := range t.fields {
		if f.source != fromSecret {
			return false
		}
	}
	return true
}

// Paths lists where the text reads fields of the record, in order.
func (t *Text) Paths() []Use {
	var uses []Use
	for _, f := range t.fields {
		if f.source == fromRecord {
			uses = append(uses, Use{Path: f.name, At: f.at, Len: f.size})
		}
	}
	return uses
}

// Secrets lists the names of the secrets that the text reads, each once.
func (t *Text) Secrets() []string {
	var names []string
	seen := map[string]bool{}
	for _, f := range t.fields {
		if f.source == fromSecret && !seen[f.name] {
			seen[f.name] = true
			names = append(names, f.name)
		}
	}
	return names
}
