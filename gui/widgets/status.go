package widgets

import (
	"fyne.io/fyne/v2"

	"hookbird/assets/icons"
	"hookbird/gui/theme"
)

// Status is how something stands. On screen it is always a drawing and a word,
// and each has a silhouette of its own, so that colour alone never tells.
type Status int

// The standings.
const (
	Neutral Status = iota // says nothing of the kind
	Good                  // delivered, working: tick in a circle
	Waiting               // will be tried: clock
	Bad                   // failed, needs attention: triangle
	Paused                // paused or off: bars in a circle
	Sending               // on its way now: paper plane
	Info                  // something to know: i in a circle
)

type statusLook struct {
	icon               icons.Name
	colour, soft, text fyne.ThemeColorName // text: on a full fill of colour
}

var statusLooks = [...]statusLook{
	Neutral: {icons.None, theme.Muted, theme.NeutralSoft, theme.Card},
	Good:    {icons.TickCircle, theme.Success, theme.SuccessSoft, theme.OnSuccess},
	Waiting: {icons.Clock, theme.Warning, theme.WarningSoft, theme.OnWarning},
	Bad:     {icons.Alert, theme.Error, theme.ErrorSoft, theme.OnError},
	Paused:  {icons.Pause, theme.Muted, theme.NeutralSoft, theme.Card},
	Sending: {icons.Plane, theme.Primary, theme.PrimarySoft, theme.OnPrimary},
	Info:    {icons.Info, theme.Primary, theme.PrimarySoft, theme.OnPrimary},
}

// Icon gives the silhouette of the standing.
func (s Status) Icon() icons.Name { return statusLooks[s].icon }

// Color gives the name of its colour for words and drawings.
func (s Status) Color() fyne.ThemeColorName { return statusLooks[s].colour }

// Soft gives the name of the tint that stands behind them.
func (s Status) Soft() fyne.ThemeColorName { return statusLooks[s].soft }
