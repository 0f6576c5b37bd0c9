// Package persist keeps everything of Hookbird on disk: it is the core.Store on
// bbolt, one file in the data folder.
//
// # Buckets
//
// Numbers in keys are big endian, so that keys order as numbers do. seq is an
// event's place in the log (8 bytes), num the store's number of a webhook (4),
// key a core.DeliveryKey (20: time of the last try, seq, num), due and hour are
// 8. Values are made by package codec, which describes them, except those of
// meta, which every version has to be able to read.
//
//	meta      "format"      format number, 4 bytes
//	          "id"          the store's own id, text
//	          "vault"       where the master key lies, codec.JSON of vault.Record
//	          "holes"       there if events between the oldest and the newest are gone
//	          "head_time"   Unix ms of the newest event, 8 bytes, once that one was trimmed
//	ev        seq           codec.Event; the bucket's sequence is the newest seq there ever was
//	hist      key           codec.Row: every delivery that was tried at least once, or ended without a try
//	retry     num due seq   codec.Retry: deliveries that wait to be tried again
//	ref       seq num       codec.Ref: deliveries that wait or failed, whose events are kept
//	hour      hour num      codec.Count: messages by hour (Unix time in hours)
//	lane      num           codec.JSON of core.Lane
//	webhook   id            codec.JSON of storedWebhook: the current settings
//	rev       num revision  codec.JSON of core.Webhook: every saved version of them
//	num       num           id of the webhook that has or had it, text; the sequence is the last num
//	source    id            codec.JSON of storedSource
//	srcstat   id            codec.Stat
//	mark      id \0 key     codec.Bytes: what a source remembers
//	secret    id            codec.Bytes: sealed by package vault
//	settings  "settings"    codec.JSON of core.Settings
//	group     see below     codec.Tally, codec.Number or nothing: counts of the history, kept in step with it
//	past      id            codec.JSON of core.Past: what was changed in the settings
//	aside     id            codec.JSON of core.PastUndo: what it takes to undo that change
//	work      id            codec.Bytes: long work that goes on after a start
//
// A first try that delivered costs one Put in hist and reads nothing. Whatever
// else becomes of a delivery also has a ref, which leads to its row and to its
// retry: a row waits exactly if there is a retry for it. A delivery has one row,
// which moves to a new key with each try.
//
// The first byte of a key in group says what it is. 't' num: how many rows of each
// state there are. 'c' group: how many messages failed for the same cause. 'm' group
// time seq: one of them, by its row. A group is num, code (2), length of the cause
// (1) and the cause of the last try. What failed is a member exactly if it has a ref,
// which names the group, and no retry.
//
// A row of the history is bare once its content is no longer kept: see codec.Strip.
//
// Removing a webhook sets its place aside and leaves its retries, refs and groups
// behind: they are passed over when read, and its waiting rows count as failed. Once the
// removal cannot be undone any more, Trim deletes the retries and groups in
// slices and the refs with their events. A source's marks stay as long.
//
// # When the disk fails
//
// bbolt writes the pages of a commit, syncs, writes one page at the file's start
// that leads to them, and syncs. Whatever fails before that page is there leaves
// the store as it was. If that page is there and its sync fails, the page is
// written and synced once more; if that fails too, the commit is in doubt: its
// error was given, readers may see it, and the next write first takes it back and
// opens the file anew. Nothing of this needs a restart. A file whose making was
// interrupted is made anew; any other that cannot be followed is refused and not
// touched. The tests called torture try each write and sync in turn; -torture, or
// HOOKBIRD_TORTURE in the environment, makes them leave out none.
//
// # Formats
//
// Format numbers the whole of this. A store of an older format is copied and
// then migrated in one transaction, step by step; one of a newer format is
// refused and not touched.
//
// # What must not be in it
//
// No rule of delivery: when to try again, what a failure means, whom to send
// what. The store writes down what it is told, and keeps its own books in step.
package persist
