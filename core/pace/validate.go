package pace

import "hookbird/core"

// Validate says everything that is wrong with a pace, each with its place as a JSON
// pointer inside it; nil for a good one.
func Validate(p core.Pace) core.Errors {
	var errs core.Errors
	for _, l := range []struct {
		where string
		most  int
	}{{"/second", p.Second}, {"/minute", p.Minute}, {"/hour", p.Hour}, {"/day", p.Day}} {
		if l.most < 0 || l.most > core.MaxPace {
			errs = append(errs, core.Errorf(core.CodeInvalid, "A limit is from 1 to %s requests; leave it out for none.", number(core.MaxPace)).At(l.where))
		}
	}
	return errs
}
