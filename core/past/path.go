package past

import (
	"reflect"
	"strings"
)

// at gives the value at a path, invalid where a struct on the way is not there.
func at(v reflect.Value, path string) reflect.Value {
	for name := range strings.SplitSeq(path, ".") {
		if v = follow(v); !v.IsValid() {
			return v
		}
		v = v.FieldByName(name)
	}
	return v
}

// put sets the value at a path, and makes the structs on the way where they are not
// there; an invalid value empties the place.
func put(v reflect.Value, path string, value reflect.Value) {
	for name := range strings.SplitSeq(path, ".") {
		if v.Kind() == reflect.Pointer {
			if v.IsNil() {
				v.Set(reflect.New(v.Type().Elem()))
			}
			v = v.Elem()
		}
		v = v.FieldByName(name)
	}
	if !value.IsValid() {
		v.SetZero()
		return
	}
	v.Set(value)
}

// follow goes through a pointer, if it is one.
func follow(v reflect.Value) reflect.Value {
	if v.IsValid() && v.Kind() == reflect.Pointer {
		return inside(v)
	}
	return v
}
