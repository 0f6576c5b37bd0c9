package main

import (
	"hookbird/core/bench/bird"
)

// nobody is an address where every connection is refused at once.
const nobody = "http://127.0.0.1:9/in"

// secret signs the messages of a trial.
const secret = "whsec_dG9ydHVyZSB0b3J0dXJlIHRvcnR1cmUgdG9ydHVyZQ=="

// often is a retry plan of very many short delays.
func often() bird.Part {
	delays := make([]string, 1000)
	for i := range delays {
		delays[i] = "100ms"
	}
	return bird.Part{"delays": delays}
}

// stumble refuses a few first tries, in ways that are tried again.
func stumble(try, number int) int {
	if try == 1 && number%31 == 0 {
		return []int{503, 500, 423, 0}[number/31%4]
	}
	return 200
}

var trials = []trial{
	{
		name: "one", about: "one target that works, and stumbles now and then", weight: 250, parallel: 16, senders: 64,
		answer: stumble, webhooks: one(bird.Part{"parallel": 16, "retry": often()}),
	},
	{
		name: "fan-out", about: "a good target beside one that always answers 500, one that always answers 423, and a port that refuses",
		weight: 200, parallel: 16, senders: 32,
		webhooks: func(t *target) []bird.Part {
			return append(one(bird.Part{"parallel": 16})(t),
				bird.Webhook("fails", t.address("/answer/500"), nil),
				bird.Webhook("busy", t.address("/answer/423"), bird.Part{"retry": bird.Part{"delays": []string{"200ms", "1h"}}}),
				bird.Webhook("refuses", nobody, bird.Part{"retry": bird.Part{"delays": []string{"10ms", "20ms", "1h"}}}))
		},
	},
	{
		name: "fails-twice", about: "200 records between two kills, each refused or broken off twice, at once", weight: 130, parallel: 8, most: 200, kills: 10,
		answer: func(try, number int) int {
			if try <= 2 {
				return []int{423, 0, 409}[number%3]
			}
			return 200
		},
		webhooks: one(bird.Part{"parallel": 8, "retry": often()}),
	},
	{
		name: "back", about: "a port that refuses until after the last kill", weight: 60, parallel: 8, late: true, kills: 20,
		webhooks: one(bird.Part{"parallel": 8, "retry": often()}),
	},
	{
		name: "lists", about: "lists of up to 50 records, some of which are refused", weight: 110, parallel: 4, list: 50,
		answer:   stumble,
		webhooks: one(bird.Part{"parallel": 4, "body": bird.Part{"style": "json-list"}, "send": bird.Part{"when": "now", "batch": 50}, "retry": often()}),
	},
	{
		name: "turns", about: "a turn every second", weight: 40, parallel: 8, most: 400, kills: 20,
		webhooks: one(bird.Part{"parallel": 8, "send": bird.Part{"every": "1s", "batch": 1000}}),
	},
	{
		name: "signed", about: "every message signed, each signature checked", weight: 80, parallel: 16, signed: true,
		answer:   stumble,
		webhooks: one(bird.Part{"parallel": 16, "sign": bird.Part{"style": "standard-webhooks", "secret": secret}, "retry": often()}),
	},
	{
		name: "order-all", about: "everything in order, with stumbles", weight: 50, parallel: 8, senders: 1, order: "all", kills: 25, most: 300,
		answer:   stumble,
		webhooks: one(bird.Part{"parallel": 8, "order": "all", "retry": often()}),
	},
	{
		name: "order-by", about: "the records of each person in order, with stumbles", weight: 40, parallel: 16, order: "who", kills: 20,
		answer:   stumble,
		webhooks: one(bird.Part{"parallel": 16, "order": bird.Part{"by": "who"}, "retry": often()}),
	},
	{
		name: "newest", about: "of each person the newest record, in order", weight: 20, parallel: 16, order: "who", newest: true, kills: 20,
		answer:   stumble,
		webhooks: one(bird.Part{"parallel": 16, "order": bird.Part{"by": "who", "newest": true}, "retry": often()}),
	},
	{
		name: "files", about: "files that land in a folder", weight: 20, parallel: 8, files: true, slow: true, kills: 10,
		webhooks: one(bird.Part{"parallel": 8}),
	},
}

// one is a webhook to the target; more adds to it.
func one(more bird.Part) func(t *target) []bird.Part {
	return func(t *target) []bird.Part {
		part := bird.Part{}
		for k, v := range more {
			part[k] = v
		}
		return []bird.Part{bird.Webhook("good", t.address("/in"), part)}
	}
}
