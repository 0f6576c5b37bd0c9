package editor

import (
	"slices"
	"strconv"
	"strings"

	"hookbird/core"
	"hookbird/gui/mapping"
	"hookbird/gui/signing"
)

// Tab is one of the editor's tabs.
type Tab int

// The tabs, from left to right.
const (
	TabWhere Tab = iota
	TabWhat
	TabWhen
	TabSecurity
	TabFails
	tabs
)

var tabTitles = [tabs]string{"Where to", "What to send", "When", "Security", "If it fails"}

// Part is one control, or one card where its controls are not told apart.
type Part int

// The parts of the page that a problem can be about.
const (
	PartNone Part = iota // of no one place
	PartName
	PartAddress
	PartMethod
	PartTimeout
	PartAccept
	PartCAFile
	PartStyle
	PartTemplate
	PartContentType
	PartSources
	PartEvents
	PartFilter
	PartSendList
	PartSendEvery
	PartSendBatch
	PartSign
	PartPlan
	PartEvery
	PartTimes
	PartDelays
	PartUnsure
	PartRedirects
	PartNeed
	PartForbid
	PartAlready
	PartSendTimes
	PartSendDays
	PartParallel
	PartSecond
	PartMinute
	PartHour
	PartDay
	PartOrder
	PartOrderField
	PartBrakeFactor
	PartBrakeFirst
	PartProxy
	PartProxyUser
	PartProxyPassword
	PartCertFile
	PartKeyFile
	PartPrivate
	PartAuth
	PartAuthUser
	PartAuthSecret
	PartTokenURL
	PartScopes
	PartAudience
	PartRow  // a box of a row
	PartRule // a box of a rule
)

// Place is where on the page something stands: a part or, within a table, a box
// of a row.
type Place struct {
	Part    Part
	Spot    mapping.Spot // of PartRow
	Where   string       // of PartSign: the pointer
	Rule    *Rule        // of PartRule
	RuleBox RuleBox      // of PartRule
}

// boxOf is the place of a box of a row.
func boxOf(row *mapping.Row, box mapping.Box) Place {
	return Place{Part: PartRow, Spot: mapping.Spot{Row: row, Box: box}}
}

// partTabs are the tabs of parts; one that is not named is on the first.
var partTabs = tabsOf(map[Tab][]Part{
	TabWhat: {PartStyle, PartTemplate, PartContentType},
	TabWhen: {
		PartSources, PartEvents, PartFilter, PartSendList, PartSendEvery, PartSendBatch, PartSendTimes, PartSendDays,
		PartOrder, PartOrderField, PartParallel, PartSecond, PartMinute, PartHour, PartDay,
		PartBrakeFactor, PartBrakeFirst,
	},
	TabSecurity: {PartSign, PartAuth, PartAuthUser, PartAuthSecret, PartTokenURL, PartScopes, PartAudience},
	TabFails:    {PartPlan, PartEvery, PartTimes, PartDelays, PartUnsure},
})

func tabsOf(parts map[Tab][]Part) map[Part]Tab {
	found := map[Part]Tab{}
	for tab, list := range parts {
		for _, part := range list {
			found[part] = tab
		}
	}
	return found
}

// Problem is something that has to be put right before the webhook can be saved.
type Problem struct {
	Place Place
	Tab   Tab
	Text  string // a sentence
}

// problemOf makes a problem of a part that has a tab of its own.
func problemOf(part Part, text string) Problem {
	return Problem{Place: Place{Part: part}, Tab: partTabs[part], Text: text}
}

// problemAt makes a Problem of what the validation of a webhook found.
func (b *built) problemAt(e *core.Error) Problem {
	place, tab := b.placeOf(e.Where)
	return Problem{Place: place, Tab: tab, Text: e.Message}
}

// placeOf finds what a pointer into the webhook ("/body/fields/3/name") or a
// note's place ("field:3") is about.
func (b *built) placeOf(pointer string) (Place, Tab) {
	steps := strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	if kind, index, isNote := strings.Cut(steps[0], ":"); isNote {
		steps = append([]string{map[string]string{"field": "fields", "header": "headers"}[kind], index}, steps[1:]...)
	}
	inBody := steps[0] == "body"
	if inBody {
		steps = steps[1:]
	}
	if len(steps) == 0 {
		return Place{Part: PartStyle}, TabWhat
	}
	switch steps[0] {
	case "fields":
		return inRow(steps, b.fields, TabWhat, Place{Part: PartStyle})
	case "headers":
		return inRow(steps, b.headers, TabSecurity, Place{})
	case "secrets":
		if inBody {
			return inKey(steps, b.bodyKeys, TabWhat)
		}
		return inKey(steps, b.keys, TabSecurity)
	}
	switch {
	case steps[0] == "sign":
		return inSign(steps), TabSecurity
	case steps[0] == "answer" && len(steps) > 2:
		return b.inRule(steps)
	}
	part := partOf(steps)
	if part == PartSendBatch && !b.web.Send.Turns() {
		part = PartSendList
	}
	return Place{Part: part}, partTabs[part]
}

// partOf finds the part that a pointer names, or else the one that it is a part of.
func partOf(steps []string) Part {
	for ; len(steps) > 0; steps = steps[:len(steps)-1] {
		if part, found := partNames[strings.Join(steps, "/")]; found {
			return part
		}
	}
	return PartNone
}

// inRow finds the box that a pointer names by the place of its row in the list.
func inRow(steps []string, rows mapping.Rows, tab Tab, none Place) (Place, Tab) {
	if len(steps) < 2 {
		return none, tab
	}
	i, err := strconv.Atoi(steps[1])
	if err != nil || i < 0 || i >= len(rows) {
		return none, tab
	}
	box := mapping.BoxName
	switch row := rows[i]; {
	case slices.Contains(steps[2:], "convert"):
		box = mapping.BoxSteps
	case slices.Contains(steps[2:], "value"), slices.Contains(steps[2:], "secret"):
		box = mapping.BoxValue
	case slices.Contains(steps[2:], "from"), slices.Contains(steps[2:], "template"):
		box = mapping.BoxFrom
		if row.Group() != mapping.Taken {
			box = mapping.BoxValue
		}
	}
	return boxOf(rows[i], box), tab
}

// inSign finds the place of a signature that a pointer names.
func inSign(steps []string) Place {
	where := "/" + strings.Join(steps, "/")
	if !slices.Contains(signPlaces, where) {
		where = signing.AtStyle // which is there for all
	}
	return signPlace(where)
}

// inKey finds the secret that a pointer names by its name.
func inKey(steps []string, rows mapping.Rows, tab Tab) (Place, Tab) {
	if len(steps) < 2 {
		return Place{}, tab
	}
	name := strings.NewReplacer("~1", "/", "~0", "~").Replace(steps[1])
	for _, row := range rows {
		if row.Key().Name == name {
			return boxOf(row, mapping.BoxValue), tab
		}
	}
	return Place{}, tab
}

// inRule finds the box of a rule of an answer ("/answer/need/0/field").
func (b *built) inRule(steps []string) (Place, Tab) {
	lists := map[string]Rules{"need": b.need, "forbid": b.forbid, "already": b.already}
	rules := lists[steps[1]]
	i, err := strconv.Atoi(steps[2])
	if err != nil || i < 0 || i >= len(rules) {
		return Place{Part: partOf(steps)}, TabWhere
	}
	box := rules[i].firstBox()
	if len(steps) > 3 {
		if named, found := ruleBoxes[steps[3]]; found {
			box = named
		}
	}
	return rulePlace(rules[i], box), TabWhere
}

var ruleBoxes = map[string]RuleBox{"code": RuleBoxCode, "text": RuleBoxText, "field": RuleBoxField, "value": RuleBoxValue}

// partNames are the parts by their pointers.
var partNames = map[string]Part{
	"name": PartName, "address": PartAddress, "method": PartMethod, "timeout": PartTimeout,
	"accept": PartAccept, "https_only": PartAddress,
	"style": PartStyle, "template": PartTemplate, "content_type": PartContentType,
	"sources": PartSources, "events": PartEvents, "filter": PartFilter,

	"answer/need": PartNeed, "answer/forbid": PartForbid, "answer/already": PartAlready,
	"answer/redirects": PartRedirects, "answer/unsure": PartUnsure,

	"tls": PartCAFile, "tls/ca_file": PartCAFile, "tls/cert_file": PartCertFile, "tls/key_file": PartKeyFile,
	"proxy": PartProxy, "proxy/user": PartProxyUser, "proxy/password": PartProxyPassword,
	"private_addresses": PartPrivate,

	"auth": PartAuth, "auth/user": PartAuthUser, "auth/client_id": PartAuthUser,
	"auth/password": PartAuthSecret, "auth/token": PartAuthSecret, "auth/client_secret": PartAuthSecret,
	"auth/token_url": PartTokenURL, "auth/scopes": PartScopes, "auth/audience": PartAudience,

	"send": PartSendBatch, "send/batch": PartSendBatch, "send/every": PartSendEvery, "send/when": PartSendEvery,
	"send/at": PartSendTimes, "send/days": PartSendDays,
	"parallel": PartParallel, "pace": PartSecond,
	"pace/second": PartSecond, "pace/minute": PartMinute, "pace/hour": PartHour, "pace/day": PartDay,
	"order": PartOrder, "order/by": PartOrderField,
	"brake": PartBrakeFactor, "brake/factor": PartBrakeFactor, "brake/first": PartBrakeFirst,

	"retry": PartPlan, "retry/every": PartEvery, "retry/times": PartTimes, "retry/delays": PartDelays,
}
