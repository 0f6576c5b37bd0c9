package sheet

import (
	"encoding/binary"
	"strconv"
)

// numbered tells rows apart that hold the same: the first, the second and so on.
// It takes as much memory as there are rows: about 30 bytes for each.
func (c *cutter) numbered(print hash) hash {
	short := binary.BigEndian.Uint64(print[:])
	c.equal[short]++
	if n := c.equal[short]; n > 1 {
		return c.s.host.Hash("again", string(print[:]), strconv.Itoa(int(n)))
	}
	return print
}
