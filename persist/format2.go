package persist

import (
	"encoding/json"
	"fmt"

	"go.etcd.io/bbolt"

	"hookbird/persist/codec"
)

// toFormat2 adds the buckets for groups of failures, for the history of the
// settings and for long work; counts the history; and has the settings
// keep what they kept so far.
func toFormat2(tx *bbolt.Tx) error {
	for _, name := range []string{"group", "past", "aside", "work"} {
		if _, err := tx.CreateBucketIfNotExists([]byte(name)); err != nil {
			return fmt.Errorf("create bucket %s: %w", name, err)
		}
	}
	_, live := readNames(tx)
	if err := recount(tx, live); err != nil {
		return fmt.Errorf("count history: %w", err)
	}
	return keepAsBefore(tx)
}

// format1Days is how long records were kept where nobody had chosen.
const format1Days = 90

// keepAsBefore gives the clock of content the days that there were of all, so that
// nothing goes sooner than people were told. Settings that cannot be read begin
// anew anyway.
func keepAsBefore(tx *bbolt.Tx) error {
	settings := map[string]json.RawMessage{}
	if value := tx.Bucket(bucketSettings).Get(keySettings); value != nil {
		if err := codec.ReadJSON(value, &settings); err != nil {
			return nil //nolint:nilerr // see above
		}
	}
	days := format1Days
	var kept int
	if err := json.Unmarshal(settings["KeepDays"], &kept); err == nil && kept != 0 {
		days = kept
	}
	delete(settings, "KeepDays")
	settings["ContentDays"] = json.RawMessage(fmt.Sprint(days))
	return put(tx, bucketSettings, keySettings, settings)
}
