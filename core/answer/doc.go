// Package answer reads what every HTTP answer tells, whatever it is good for: when
// to come back, whether it points on, and whether it is a web page.
//
// It must not know what was sent, nor what follows from an answer.
package answer
