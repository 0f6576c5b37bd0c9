package schedule

import (
	"fmt"
	"slices"
	"time"

	"hookbird/core"
)

// Validate says everything that is wrong with when messages go out, each with its
// place as a JSON pointer inside it ("/every", "/at/0", "/days/1", "/batch"); nil if
// all is well.
func Validate(s core.Send) core.Errors {
	var v validator
	if s.Every != 0 && (s.Every < core.MinEvery || s.Every > core.MaxEvery) {
		v.add("/every", "Turns come at least every 30 days, and at most once a second.")
	}
	if s.Every != 0 && len(s.At) > 0 {
		v.add("/at", "Messages go out every so often or at set times, but not both.")
	}
	v.at(s.At)
	v.days(s)
	if s.Batch < 0 || s.Batch > core.MaxBatch {
		v.add("/batch", "Up to %d records can go out together.", core.MaxBatch)
	}
	return v.errs
}

type validator struct{ errs core.Errors }

func (v *validator) add(where, format string, args ...any) {
	v.errs = append(v.errs, core.Errorf(core.CodeInvalid, format, args...).At(where))
}

func (v *validator) at(at []int) {
	if len(at) > MaxTimes {
		v.add("/at", "A day can have up to %d set times, and these are %d.", MaxTimes, len(at))
		return
	}
	for i, m := range at {
		switch where := fmt.Sprintf("/at/%d", i); {
		case m < 0 || m >= dayMinutes:
			v.add(where, "A time of the day is from 0:00 to 23:59.")
		case i > 0 && m == at[i-1]:
			v.add(where, "The time %s stands there twice.", clock(m))
		case i > 0 && m < at[i-1]:
			v.add(where, "Set times stand in the order of the day, and %s is before the one in front of it.", clock(m))
		}
	}
}

func (v *validator) days(s core.Send) {
	if len(s.Days) > 0 && len(s.At) == 0 {
		v.add("/days", "Days of the week go with set times. Say at which times messages go out.")
	}
	for i, d := range s.Days {
		switch where := fmt.Sprintf("/days/%d", i); {
		case d < time.Sunday || d > time.Saturday:
			v.add(where, "There are seven days in a week, and this is none of them.")
			return // else a long list of nonsense becomes as many sentences
		case slices.Contains(s.Days[:i], d):
			v.add(where, "%s stands there twice.", d)
			return
		}
	}
}
