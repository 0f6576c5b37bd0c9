package pace

// Held is the most slots that one of the limits holds now.
func (l *Limiter) Held() int {
	most := 0
	for i := range l.windows {
		most = max(most, len(l.windows[i].slots))
	}
	return most
}
