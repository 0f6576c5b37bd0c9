package words

import (
	"testing"
	"time"

	"hookbird/core"
	"hookbird/core/control"
)

func TestSource(t *testing.T) {
	working := core.SourceState{Working: true}
	stopped := func(cause string) core.SourceState { return core.SourceState{Cause: cause} }
	tests := []struct {
		name   string
		kind   core.SourceKind
		paused bool
		state  core.SourceState
		want   Badge
	}{
		{"folder", core.KindFolder, false, working, Badge{Good, "Checks the folder"}},
		{"spreadsheet", core.KindSheet, false, working, Badge{Good, "Checks the file"}},
		{"local", core.KindLocal, false, working, Badge{Good, "Ready for programs"}},
		{"paused before all else", core.KindFolder, true, core.SourceState{Question: &core.SourceQuestion{}}, Badge{Neutral, "Paused"}},
		{"asks", core.KindSheet, false, core.SourceState{Question: &core.SourceQuestion{}, Cause: "It waits."}, Badge{Wait, "Asks you something"}},
		{"reading", core.KindFolder, false, core.SourceState{Working: true, Progress: &core.Progress{Done: 2, Total: 5}}, Badge{Good, "Reading… 40 %"}},
		{"reading, nobody can tell", core.KindFolder, false, core.SourceState{Working: true, Progress: &core.Progress{Done: 2}}, Badge{Good, "Reading…"}},
		{"more than all", core.KindFolder, false, core.SourceState{Working: true, Progress: &core.Progress{Done: 9, Total: 5}}, Badge{Good, "Reading… 100 %"}},
		{"silent", core.KindWeb, false, core.SourceState{Working: true, Silent: time.Now()}, Badge{Bad, "Nothing has come"}},
		{"folder away", core.KindFolder, false, stopped("The folder /a is not there."), Badge{Bad, "Folder not found"}},
		{"file away", core.KindSheet, false, stopped("The spreadsheet /a is not there."), Badge{Bad, "File not found"}},
		{"rights", core.KindSheet, false, stopped("Hookbird is not allowed to read /a."), Badge{Bad, "May not read it"}},
		{"password", core.KindDatabase, false, stopped("The server does not take this password."), Badge{Bad, "Wrong password"}},
		{"elsewhere", core.KindSheet, false, stopped("Read by PC-KASSE2 since Monday."), Badge{Bad, "Read elsewhere"}},
		{"anything", core.KindWeb, false, stopped("The service has a problem of its own."), Badge{Bad, "Needs attention"}},
	}
	for _, test := range tests {
		v := control.SourceView{Source: core.Source{Kind: test.kind, Paused: test.paused}, State: test.state}
		if got := Source(v); got != test.want {
			t.Errorf("%s: %+v, want %+v", test.name, got, test.want)
		}
	}
}
