// Package pace bounds how many requests go to a target in a second, a minute, an
// hour and a day.
//
// A Limiter never lets more requests begin than a limit says, in any span of its
// length, whenever that begins: [t, t+span), for every t. It does not keep the time
// of each request. It counts them in slots of a 32nd of the span, and a request
// counts until the last one of its slot is a span ago:
//
//	      |<------------------ span ------------------>|
//	[ 7 ] [ 7 ] [ 7 ]  …                    [ 7 ] [ 3 ] now
//	    ^ these are free again one span after the last of them
//
// That costs at most a 33rd of the rate, and memory that does not grow with it.
//
// It must not know of targets or stores, nor read a clock: every time is given to it.
package pace
