package codec

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"hash/crc32"
)

// ErrDamaged is in the chain of every error about bytes that no version of this
// package has written.
var ErrDamaged = errors.New("stored value is damaged")

// version1 is the only version of the shell and of every payload so far.
const version1 = 1

// shellSize is what the shell adds to a payload.
const shellSize = 1 + crc32.Size

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// start begins a value that will hold at most size bytes of payload, so that it
// is allocated once.
func start(size int) writer {
	w := writer{b: make([]byte, 0, size+shellSize)}
	w.byte(version1)
	return w
}

// finish ends the value with its checksum.
func (w *writer) finish() []byte {
	return binary.BigEndian.AppendUint32(w.b, crc32.Checksum(w.b, castagnoli))
}

// open checks the shell of a stored value and gives a reader of its payload. The
// reader's bytes are those of value, not a copy.
func open(value []byte) (reader, error) {
	if len(value) < shellSize {
		return reader{}, fmt.Errorf("%w: %d bytes are too few", ErrDamaged, len(value))
	}
	body, sum := value[:len(value)-crc32.Size], value[len(value)-crc32.Size:]
	if crc32.Checksum(body, castagnoli) != binary.BigEndian.Uint32(sum) {
		return reader{}, fmt.Errorf("%w: its checksum differs", ErrDamaged)
	}
	if body[0] != version1 {
		return reader{}, fmt.Errorf("%w: version %d is not known", ErrDamaged, body[0])
	}
	return reader{b: body[1:]}, nil
}

// Bytes wraps plain bytes.
func Bytes(payload []byte) []byte {
	w := start(len(payload))
	w.b = append(w.b, payload...)
	return w.finish()
}

// ReadBytes gives what Bytes wrapped, as a copy that is never nil.
func ReadBytes(value []byte) ([]byte, error) {
	r, err := open(value)
	if err != nil {
		return nil, err
	}
	return append([]byte{}, r.b...), nil
}

// JSON wraps v as JSON. It fails only for what JSON cannot express.
func JSON(v any) ([]byte, error) {
	payload, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return Bytes(payload), nil
}

// ReadJSON reads what JSON wrote into v.
func ReadJSON(value []byte, v any) error {
	r, err := open(value)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(r.b, v); err != nil {
		return fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	return nil
}
