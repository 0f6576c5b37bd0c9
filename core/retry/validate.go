package retry

import (
	"fmt"

	"hookbird/core"
)

// Validate says what is wrong with a plan, or nil. Where is a JSON pointer inside
// the plan: "", "/every", "/times" or "/delays/3".
func Validate(p core.RetryPlan) *core.Error {
	kinds := 0
	for _, set := range []bool{p.Name != "", p.Every != 0 || p.Times != 0, len(p.Delays) > 0} {
		if set {
			kinds++
		}
	}
	switch {
	case kinds > 1:
		return wrong("", "A retry plan is one of three: a plan by its name, every some time, or a list of delays.")
	case p.Name != "":
		return checkName(p.Name)
	case len(p.Delays) > 0:
		return checkDelays(p)
	case kinds == 1:
		return checkEvery(p)
	default:
		return nil
	}
}

func checkName(name string) *core.Error {
	switch name {
	case Day, NinetyMinutes, StandardWebhooks, None:
		return nil
	}
	return wrong("", "There is no retry plan called %q. Take one of %s, %s, %s and %s.", name, NinetyMinutes, Day, StandardWebhooks, None)
}

func checkEvery(p core.RetryPlan) *core.Error {
	if p.Every < MinEvery || p.Every > MaxDelay {
		return wrong("/every", "The time between two tries is from %s to 30 days.", words(MinEvery))
	}
	if p.Times < 1 || p.Times > MaxTries {
		return wrong("/times", "A message can be tried again 1 to %d times.", MaxTries)
	}
	return nil
}

func checkDelays(p core.RetryPlan) *core.Error {
	if len(p.Delays) > MaxTries {
		return wrong("/delays", "A retry plan has at most %d delays.", MaxTries)
	}
	for i, d := range p.Delays {
		if d < MinDelay || d > MaxDelay {
			return wrong(fmt.Sprintf("/delays/%d", i), "A delay is from 1 millisecond to 30 days.")
		}
	}
	return nil
}

func wrong(where, format string, args ...any) *core.Error {
	return core.Errorf(core.CodeInvalid, format, args...).At(where)
}
