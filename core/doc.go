// Package core holds the words of Hookbird: events, sources, webhooks,
// deliveries, secrets, and the Store that keeps them. It uses the standard
// library only, knows nothing of how things are stored or shown, and is the
// one package that every other may import.
//
// # Glossary
//
// An Event is one thing that happened ("record" on screen). A Source is where
// events come from. A Webhook is one target that wants some of them. A Delivery
// is one event on its way to one webhook ("message" on screen), and an Attempt
// is one HTTP exchange of it ("try").
package core
