// Package sign proves to a receiver where a message comes from and that nobody
// changed it on the way.
//
// There are two styles. Standard Webhooks 1.0.0 signs "id.timestamp.body":
//
//	webhook-id: msg_…            written by whoever builds the message, signed or not
//	webhook-timestamp: 1614265330
//	webhook-signature: v1,g0hM9SsE…  v1a,hnO3f9T8…
//
// in which the secret says the kind of signature: whsec_… is shared and gives v1
// (HMAC-SHA256), whsk_… is the private one of a pair and gives v1a (ed25519),
// whose receivers hold only whpk_…. While receivers change over from one secret
// to the next, both sign. The other style is an HMAC of the body alone, in a
// header line of its own, as many systems that are older than the standard want it.
//
// A signature holds the time, so that every try is signed anew. No secret is ever
// part of an error.
package sign
