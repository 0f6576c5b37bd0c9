package settings

import "flag"

var update = flag.Bool("update", false, "write the files of testdata anew")
