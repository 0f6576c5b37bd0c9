// Package ask sends a request whose answer is read: of a web service that is asked
// for records, or for details about one. It goes out by the way of a message, with
// the same addresses, keys, proxies and certificates.
//
//	Client.Do   one request: token, redirects within one system, the answer
//	Answer      what came back, JSON as it was written or made of XML
//
// What went wrong is a core.Error whose sentence has the words of package attempt
// and holds no secret, and nothing of an answer:
//
//	CodeInvalid      the request cannot be made, or was refused for what it says (400, 413, 414, 422)
//	CodeNotFound     there is nothing at the address (404, 410)
//	CodeUnavailable  everything else: the same later may work, by itself or once somebody has seen to it
//
// It must not know of sources, nor what becomes of an answer.
package ask
