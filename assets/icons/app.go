package icons

import "embed"

//go:embed app/*.png app/*.ico
var app embed.FS

// TrayState is what the tray icon tells at a glance.
type TrayState string

// The three faces of the tray icon.
const (
	TrayNormal TrayState = "normal" // the bird
	TrayFailed TrayState = "failed" // with a red badge: something needs attention
	TrayPaused TrayState = "paused" // grey, with bars: sending is paused
)

// Tray gives the tray icon as PNG, 64 by 64 pixels.
func Tray(s TrayState) []byte { return drawn("tray-" + string(s) + ".png") }

// TrayICO gives the tray icon as Windows wants it.
func TrayICO(s TrayState) []byte { return drawn("tray-" + string(s) + ".ico") }

// App gives the icon of the program as PNG, 512 by 512 pixels.
func App() []byte { return drawn("app.png") }

// AppICO gives the icon of the program as Windows wants it.
func AppICO() []byte { return drawn("app.ico") }

// drawn reads one of the files above; the tests read all of them, so a name that
// is not there cannot get far.
func drawn(name string) []byte {
	content, err := app.ReadFile("app/" + name)
	if err != nil {
		panic("icons: " + err.Error())
	}
	return content
}
