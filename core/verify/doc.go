// Package verify writes the receiver's side: what proves that a webhook's messages
// are genuine, and short programs that check it, for whoever runs the other
// system. They are made of the webhook's own settings, compare in constant time,
// look at the bytes as they came, and refuse everything while their secret is not
// set. No secret ever stands in one: each reads its own from an environment
// variable, or a script's property, that it names.
package verify
