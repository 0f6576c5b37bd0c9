package core

// Room is how much of the disk a store takes, in bytes.
type Room struct {
	File   int64 // the file, all of it
	Unused int64 // of that, what holds nothing any more and is used again before the file grows
	Free   int64 // what can still be written where it lies; -1 if nobody knows
}

// Used is what the store really holds.
func (r Room) Used() int64 { return r.File - r.Unused }

// Tidying a store makes its file as small as it can be. It pays from TidyFrom
// unused bytes on, if they are at least half of the file.
const TidyFrom = 256 << 20

// WorthTidying tells whether tidying pays.
func (r Room) WorthTidying() bool { return r.Unused >= TidyFrom && r.Unused >= r.File/2 }

// MB is what a megabyte is to people, in bytes.
const MB = 1_000_000

// The usual quota: the smaller of UsualQuota, in bytes, and a fifth of the disk's room.
const (
	UsualQuota = 5_000 * MB
	quotaShare = 5

	MinQuotaMB = 100
	MaxQuotaMB = 1_000_000

	// QuotaWarning is how full a store is when somebody is told, in percent of its
	// quota.
	QuotaWarning = 80
)

// Quota is how many bytes a store may hold: what the settings say or, if they say
// nothing, what is usual for its disk.
func (s Settings) Quota(r Room) int64 {
	if s.QuotaMB > 0 {
		return int64(s.QuotaMB) * MB
	}
	if r.Free < 0 {
		return UsualQuota
	}
	return min(UsualQuota, max((r.Free+r.File)/quotaShare, MinQuotaMB*MB))
}
