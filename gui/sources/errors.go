package sources

import (
	"errors"

	"hookbird/core"
)

// placed gives what an error says of places of a source.
func placed(err error) core.Errors {
	if all, ok := errors.AsType[core.Errors](err); ok {
		return all
	}
	if e, ok := errors.AsType[*core.Error](err); ok && e.Where != "" {
		return core.Errors{e}
	}
	return nil
}
