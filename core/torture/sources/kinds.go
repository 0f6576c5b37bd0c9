package main

import "hookbird/core/bench/bird"

// kinds are what is killed while it reads.
var kinds = []kind{
	{name: "files", part: folder(nil), feed: newFiles},
	{name: "files-moved", part: folder(bird.Part{"after": "move"}), feed: newFiles},
	{name: "files-receipt", part: folder(bird.Part{"after": "move", "receipt": true}), feed: newFiles},
	{name: "files-json", part: folder(bird.Part{"after": "delete"}), feed: newJSON},
	{name: "everything", part: folder(bird.Part{"holds": "all", "keys": []string{"n"}}), feed: everything},
	{name: "growing", part: folder(bird.Part{"holds": "growing", "match": "*.csv"}), feed: grow},
	{name: "spreadsheet", part: sheet, feed: moreRows},
	{name: "local", part: local, feed: post, busy: true},
	{name: "database", part: database, feed: insert},
	{name: "web", part: web, feed: list},
	{name: "form", part: form, feed: fill, busy: true},
}
