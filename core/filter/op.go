package filter

// Op is how a condition compares a field with a value, as the text of a filter
// writes it.
type Op string

// The ways to compare.
const (
	OpIs          Op = "is"
	OpIsNot       Op = "is not"
	OpExactly     Op = "exactly"       // written path=value, with case
	OpNotExactly  Op = "not exactly"   // written path!=value, with case
	OpPattern     Op = "pattern"       // written path=pattern
	OpNotPattern  Op = "not pattern"   // written path!=pattern
	OpOneOf       Op = "is one of"     // a list with commas
	OpNotOneOf    Op = "is not one of" // a list with commas
	OpContains    Op = "contains"
	OpNotContains Op = "does not contain"
	OpStarts      Op = "starts with"
	OpEnds        Op = "ends with"
	OpMore        Op = ">"
	OpLess        Op = "<"
	OpAtLeast     Op = ">="
	OpAtMost      Op = "<="
	OpEmpty       Op = "is empty" // missing, null, a text of nothing but blanks, [] or {}
	OpNotEmpty    Op = "is not empty"
	OpExists      Op = "exists"
	OpNotExists   Op = "does not exist"
)

// OpInfo is what a screen needs to know of an Op.
type OpInfo struct {
	Op         Op
	Title      string // "starts with"
	TakesValue bool
}

// ops is every Op in the order of a menu.
var ops = []OpInfo{
	{OpIs, "is", true},
	{OpIsNot, "is not", true},
	{OpOneOf, "is one of", true},
	{OpNotOneOf, "is not one of", true},
	{OpContains, "contains", true},
	{OpNotContains, "does not contain", true},
	{OpStarts, "starts with", true},
	{OpEnds, "ends with", true},
	{OpMore, "is more than", true},
	{OpLess, "is less than", true},
	{OpAtLeast, "is at least", true},
	{OpAtMost, "is at most", true},
	{OpEmpty, "is empty", false},
	{OpNotEmpty, "is not empty", false},
	{OpExists, "is there", false},
	{OpNotExists, "is not there", false},
	{OpExactly, "is exactly", true},
	{OpNotExactly, "is not exactly", true},
	{OpPattern, "fits the pattern", true},
	{OpNotPattern, "does not fit the pattern", true},
}

// Ops lists the ways to compare, in the order of a menu.
func Ops() []OpInfo { return append([]OpInfo(nil), ops...) }

// Title is what a screen calls the Op, or "" if there is none such.
func (o Op) Title() string { return o.info().Title }

// TakesValue tells whether the Op compares with a value.
func (o Op) TakesValue() bool { return o.info().TakesValue }

func (o Op) info() OpInfo {
	for _, info := range ops {
		if info.Op == o {
			return info
		}
	}
	return OpInfo{}
}

// negative tells whether the Op wants that no value fits.
func (o Op) negative() bool {
	switch o {
	case OpIsNot, OpNotExactly, OpNotPattern, OpNotOneOf, OpNotContains:
		return true
	default:
		return false
	}
}

// isThere tells whether the Op asks for nothing but a value.
func (o Op) isThere() bool { return o == OpExists || o == OpNotExists }

// isEmpty tells whether the Op asks for a value that says something.
func (o Op) isEmpty() bool { return o == OpEmpty || o == OpNotEmpty }

// isPattern tells whether the Op has a pattern on its right.
func (o Op) isPattern() bool {
	return o == OpPattern || o == OpNotPattern || o == OpExactly || o == OpNotExactly
}

// isList tells whether the Op has a list with commas on its right.
func (o Op) isList() bool { return o == OpOneOf || o == OpNotOneOf }

// isOrder tells whether the Op asks for more or less.
func (o Op) isOrder() bool { return o == OpMore || o == OpLess || o == OpAtLeast || o == OpAtMost }
