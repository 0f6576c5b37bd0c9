// Package route is the way to a webhook's target: looking up its name, dialling,
// the proxy, TLS with authorities and certificates of one's own, and the token
// that is fetched first. What is sent takes it, and so does a look at an address.
//
// It must not know what is sent, nor what an answer means.
package route
