package attempt_test

import (
	"io"
	"log"
)

// quiet is the log of servers that are meant to fail.
var quiet = log.New(io.Discard, "", 0)
