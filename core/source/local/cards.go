package local

import (
	"fmt"
	"net/http"
	"time"

	"hookbird/core"
	"hookbird/core/source/gate"
)

// refuseCards refuses records with what looks like the number of a card, all that came
// with them too: whoever sends has to know, and nothing of it may be stored. The source
// counts it.
func (s *Server) refuseCards(b *batch) *refusal {
	if b.src.Cards {
		return nil
	}
	for i, r := range b.records {
		field := gate.CardIn(r.data)
		if field == "" {
			continue
		}
		why := gate.HoldsCard(field)
		now := time.Now()
		s.host.LeaveOut(b.src.ID, []core.LeftOut{{ID: core.NewEventID(now), At: now, Why: why}})
		if len(b.records) > 1 {
			why = fmt.Sprintf("Record %d: %s Nothing of this request was taken.", i+1, why)
		}
		return refuse(http.StatusUnprocessableEntity, "invalid", why)
	}
	return nil
}
