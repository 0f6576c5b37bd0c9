package local

import (
	"fmt"
	"net/url"
)

// OtherComputer says, for people, why programs on other computers do not reach the
// local address, what can be done about it, and what that risks. address is that of
// the server, like "http://127.0.0.1:8010".
//
// The server answers on loopback only, and to its loopback names only. To listen
// elsewhere it would need, all of them: a setting that names the address to listen
// at, off unless a person turns it on; a token or a signature for every source, since
// a key in an address is written to logs on the way; the names by which it may be
// called there, for the check of the Host line that keeps web pages out; and TLS,
// since a token is read by whoever listens in.
func OtherComputer(address string) string {
	port := ""
	if u, err := url.Parse(address); err == nil {
		port = u.Port()
	}
	return fmt.Sprintf(`Only programs on this computer reach %[1]s. That is on purpose: nobody in the network, and no web page, can send records here.

If a program on another computer has to send records, choose the first of these that fits:

1. Let it write files into a shared folder, and add that folder as a source. Nothing has to be opened.
2. Install Hookbird on the other computer, with a webhook to wherever the records have to go.
3. Make a tunnel. Where SSH reaches this computer, run this on the other one and leave it running: ssh -N -L %[2]s:127.0.0.1:%[2]s USER@THIS-COMPUTER. Programs there then use the same address, %[1]s. What goes through is encrypted.
4. Put a web server with a certificate on this computer in front of it. It has to pass requests on to 127.0.0.1:%[2]s and to call it by that name: in Caddy, reverse_proxy 127.0.0.1:%[2]s { header_up Host 127.0.0.1:%[2]s }. To open a port alone, or to forward one, is not enough: Hookbird does not answer to other names.

What 3 and 4 risk: whoever reaches the tunnel or the web server and knows the address of the source can send records, and they go out like any others. So
- set a token for the source, or a signature if the sender can make one, and change the key if others may have seen it;
- use https:// with 4, since otherwise everybody in the network can read along and learn the token;
- let the firewall admit only the computers that send, and forward nothing from the internet;
- with 4, pass on the lines Origin and Referer of each request as they are: Hookbird keeps web pages out by them.
`, address, port)
}
