package verify

// What names and literals become, to be compared with who reads them.
var (
	Steps    = steps
	FormName = formName
	PartName = partName.Replace
	Posted   = posted
	Quotes   = map[string]func(string) string{"PHP": quotePHP, "Python": quotePython, "Node.js": quoteScript, "Go": quoteGo}
)
