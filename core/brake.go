package core

import "time"

// Brake holds a webhook that is about to send unusually much until somebody has been
// asked. The zero Brake holds nothing.
type Brake struct {
	Factor int // how many times its usual day it may send in a day, from 2
	First  int // how much it may send in a day while it has no usual day yet, from 1
}

// What bounds a Brake, and what webhooks made in the window begin with.
const (
	MaxBrakeFactor = 1_000
	MaxBrakeFirst  = 1_000_000

	UsualBrakeFactor = 5
	UsualBrakeFirst  = 500

	// BrakeFloor is how much may always go in a day, however little is usual.
	BrakeFloor = 20
	// BrakeDays is on how many days of the last four weeks something has to have been
	// sent before there is a usual day.
	BrakeDays = 3
)

// UsualBrake is the brake that webhooks made in the window begin with.
var UsualBrake = Brake{Factor: UsualBrakeFactor, First: UsualBrakeFirst}

// IsZero tells whether nothing is ever held.
func (b Brake) IsZero() bool { return b == Brake{} }

// Validate looks whether it can be kept to. Places are counted from it.
func (b Brake) Validate() (errs Errors) {
	if b.IsZero() {
		return nil
	}
	if b.Factor < 2 || b.Factor > MaxBrakeFactor {
		errs = append(errs, Errorf(CodeInvalid, "A webhook may send 2 to %d times its usual day before it asks.", MaxBrakeFactor).At("/factor"))
	}
	if b.First < 1 || b.First > MaxBrakeFirst {
		errs = append(errs, Errorf(CodeInvalid, "A webhook without a usual day may send 1 to %d messages before it asks.", MaxBrakeFirst).At("/first"))
	}
	return errs
}

// Most is how much may go in a day where usual is usual; known is false if nobody
// knows yet.
func (b Brake) Most(usual uint64, known bool) uint64 {
	if !known {
		return uint64(b.First)
	}
	return max(uint64(b.Factor)*usual, BrakeFloor)
}

// Braked is what a lane remembers of its brake.
type Braked struct {
	Since time.Time // it is held since then; zero: it is not
	Count uint64    // messages that it was about to send
	Usual uint64    // a day
	Known bool      // Usual is known

	Allowed uint64 // seq: what came up to there may go, whatever it is
	Left    int    // how many more may go although it is held

	Waved   uint64    // messages that went because somebody wanted them to, from WavedAt on
	WavedAt time.Time // at most a day ago, or Waved counts no more
}

// IsZero tells whether there is nothing to remember.
func (b Braked) IsZero() bool { return b == Braked{} }
