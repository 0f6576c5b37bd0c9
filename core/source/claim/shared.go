package claim

import (
	"os"
	"path/filepath"
	"strings"
)

// Shared tells whether other computers can come to what lies in a folder: it is on
// a drive of the network, as the system says, or in a folder that a cloud service
// keeps alike on several computers, as its name says. Of a folder of this
// computer's own that it shares with others nothing is known.
func Shared(dir string) bool { return inCloud(dir) || onNetwork(existing(dir)) }

// clouds are the names that services give to their folders: whole ones, or how
// they begin, before the name of an organisation.
var clouds = []struct {
	name  string
	begin bool
}{
	{name: "onedrive"},
	{name: "onedrive - ", begin: true},
	{name: "dropbox"},
	{name: "dropbox (", begin: true},
	{name: "google drive"},
	{name: "googledrive-", begin: true},
	{name: "my drive"},
	{name: "nextcloud"},
	{name: "owncloud"},
	{name: "icloud drive"},
	{name: "iclouddrive"},
	{name: "mobile documents"},
	{name: "cloudstorage"},
	{name: "seafile"},
}

func inCloud(dir string) bool {
	for part := range strings.FieldsFuncSeq(strings.ToLower(dir), func(r rune) bool { return r == '/' || r == '\\' }) {
		for _, c := range clouds {
			if part == c.name || c.begin && strings.HasPrefix(part, c.name) {
				return true
			}
		}
	}
	return false
}

// existing gives the folder, or the nearest one above it that is there.
func existing(dir string) string {
	for {
		if _, err := os.Stat(dir); err == nil {
			return dir
		}
		above := filepath.Dir(dir)
		if above == dir {
			return dir
		}
		dir = above
	}
}
