// Package xmljson makes JSON of XML: one object of what stands in the outermost
// element of a document.
//
//	<order nr="7">              {"nr": "7",
//	  <name>Ada</name>           "name": "Ada",
//	  <seat>A1</seat>            "seat": ["A1", "A2"],
//	  <seat>A2</seat>
//	  <price cur="EUR">5</price> "price": {"cur": "EUR", "text": "5"}}
//	</order>
//
// What comes once is a value, what comes again a list. Values are texts, without the
// spaces around them; an element that says of itself that it is nil is null.
// Attributes are names like any other; text beside them is called "text". Prefixes of
// names are left out.
//
// There are no entities but those of XML itself, and no document says where another
// one is: nothing grows in the reading, and nothing is fetched.
//
// It must not know whence a document comes, nor what it is good for.
package xmljson
