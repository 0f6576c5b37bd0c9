package attempt

import "hookbird/core"

// Steps that many causes share.
var (
	testAgain = Step{"Test again", "See whether it is put right.", ActionTestAgain}
	askThem   = Step{"Still not working?", "Send these details to the people who run {name}. Secrets stay hidden.", ActionCopy}
	askIT     = Step{"Ask your IT department", "The note says what this computer tried, what came back, and what has to be allowed. Secrets stay hidden.", ActionNote}
	checkURL  = Step{"Check the web address", "Copy it once more from the other system's settings page.", ActionAddress}
	waitFirst = Step{"Wait a little", "Trouble of this kind mostly passes by itself.", ActionNone}
	readReply = Step{"Read what came back", "The reason often stands there.", ActionNone}
	setProxy  = Step{"Check the proxy", "Under “Where to”, and in the settings for all webhooks, stands which proxy is used. Perhaps another one leads there, or none is needed.", ActionAddress}
)

// code and codes write ranges of status codes.
func code(n int) core.CodeRange         { return core.CodeRange{From: n, To: n} }
func codes(from, to int) core.CodeRange { return core.CodeRange{From: from, To: to} }

// outcomes is the table of all that can come of an exchange. docs/OUTCOMES.md is
// made from it.
var outcomes = []outcome{
	{
		cause: core.CauseNone, class: Good,
		said: said{
			seen:  "A good answer: any code from 200 to 299, unless the webhook names others; with all that it has to say, if the webhook asks for something",
			short: "accepted it",
			text:  "{name} answered {code}.",
			steps: []Step{{"Look in {name}", "See whether the record has arrived as it should.", ActionNone}},
		},
	},
	{
		cause: core.CauseData, class: Data, codes: []core.CodeRange{code(400), code(422)},
		said: said{
			short: "did not understand the data",
			text:  "It answered {code}: something in what was sent is not as it expects. What came back often says which field.",
			steps: []Step{{"Check the field names", "Compare them with the names that the other system uses, capital letters included.", ActionFields}, testAgain, askThem},
		},
	},
	{
		cause: core.CauseKey, class: Settings, codes: []core.CodeRange{code(401)},
		said: said{
			short: "did not accept the key",
			text:  "It answered {code}: the key that was sent is not the one it expects.",
			steps: []Step{{"Check the key", "Copy it once more from the other system. A space too many is enough to make it wrong.", ActionSecrets}, testAgain, askThem},
		},
		keys: map[Key]said{
			KeyNone: {
				title: "{who} asks for a key",
				text:  "It answered {code}: it wants to know who is sending, and this webhook sends no key.",
				steps: []Step{{"Add the key", "The other system shows it near the web address, often as “API key” or “token”.", ActionSecrets}, testAgain, askThem},
			},
			KeyLogin: {
				title: "{who} did not accept the user and password",
				text:  "It answered {code}: the user or the password is not the one it expects.",
				steps: []Step{{"Check the user and password", "Capital letters count in both. A space too many is enough to make them wrong.", ActionSecrets}, testAgain, askThem},
			},
			KeyClient: {
				title: "{who} did not accept the key that was fetched for it",
				text:  "It answered {code}, also when a new key was fetched. The keys that its sign-in server gives are perhaps for something else.",
				steps: []Step{{"Check the scopes and the audience", "The other system's page on OAuth says which ones are needed for sending records.", ActionSecrets}, testAgain, askThem},
			},
		},
	},
	{
		cause: core.CauseForbidden, class: Settings, codes: []core.CodeRange{code(403)},
		said: said{
			short: "does not allow this", title: "{who} knows you but does not allow this",
			text: "It answered {code}: the key is known, but may not be used for this.",
			steps: []Step{
				{"Ask for permission", "The people who run {name} can allow it. Send them these details. Secrets stay hidden.", ActionCopy},
				{"Check the key", "Perhaps there is another key, made for sending records.", ActionSecrets},
				testAgain,
			},
		},
		keys: map[Key]said{
			KeyNone: {
				title: "{who} does not allow this",
				text:  "It answered {code}. Often that means that it wants a key, and this webhook sends none.",
				steps: []Step{{"Add a key, if they gave you one", "The other system shows it near the web address.", ActionSecrets}, testAgain, askThem},
			},
			KeyLogin: {
				text: "It answered {code}: the user is known, but may not do this.",
				steps: []Step{
					{"Ask for permission", "The people who run {name} can allow it. Send them these details. Secrets stay hidden.", ActionCopy},
					{"Check the user", "Perhaps there is another one, made for sending records.", ActionSecrets},
					testAgain,
				},
			},
			KeyClient: {
				text: "It answered {code}: the key that was fetched for it is known, but may not be used for this.",
				steps: []Step{
					{"Check the scopes", "They say what a key that is fetched may be used for. The other system's page on OAuth says which ones are needed.", ActionSecrets},
					{"Ask for permission", "The people who run {name} can allow it. Send them these details. Secrets stay hidden.", ActionCopy},
					testAgain,
				},
			},
		},
	},
	{
		cause: core.CauseAddress, class: Settings, codes: []core.CodeRange{code(404)},
		said: said{
			short: "has nothing at this web address",
			text:  "It answered {code}: there is nothing at this web address.",
			steps: []Step{checkURL, testAgain, askThem},
		},
	},
	{
		cause: core.CauseMethod, class: Settings, codes: []core.CodeRange{code(405)},
		said: said{
			short: "wants another way of sending",
			text:  "It answered {code}: it does not take messages that are sent this way.",
			steps: []Step{{"Change how to send", "The other system's help page says whether it wants POST, PUT or another.", ActionAddress}, testAgain, askThem},
		},
	},
	{
		cause: core.CauseProxyKey, class: Settings, codes: []core.CodeRange{code(407)},
		said: said{
			short: "was sent nothing: the proxy wants to know who is there", title: "The proxy wants to know who is there",
			text:  "The way to {name} leads through a proxy, which asks for a user and a password, or did not accept them (407). Nothing reached {name}.",
			allow: "Give this computer a user and a password for {proxy}, or let it reach {place} without.",
			check: "The way to {host} leads through a proxy, which wants to know who is there. Type its user and password, or ask your IT.",
			steps: []Step{{"Type the proxy's user and password", "They have a place under “Where to”, and in the settings for all webhooks.", ActionAddress}, askIT, testAgain},
		},
	},
	{
		cause: core.CauseGone, class: Gone, codes: []core.CodeRange{code(410)},
		said: said{
			short: "no longer takes messages at this web address",
			text:  "It answered {code}: this web address was given up for good.",
			steps: []Step{{"Get the new web address", "The other system's settings page shows the one that counts now.", ActionAddress}, testAgain, askThem},
		},
	},
	{
		cause: core.CauseSize, class: Data, codes: []core.CodeRange{code(413), code(414)},
		said: said{
			short: "found it too much at once",
			text:  "It answered {code}: the message is larger than it takes.",
			steps: []Step{{"Send less", "Send only the fields that the other system needs.", ActionFields}, testAgain, askThem},
		},
	},
	{
		cause: core.CausePacking, class: Settings, codes: []core.CodeRange{code(415)},
		said: said{
			short: "does not read data that is packed like this",
			text:  "It answered {code}: it expects the data packed in another way.",
			steps: []Step{{"Change how it is packed", "Choose the packing that looks like the example on their help page.", ActionFields}, testAgain, askThem},
		},
	},
	{
		cause: core.CauseSlow, class: Busy, codes: []core.CodeRange{code(429)}, asking: []core.CodeRange{code(503)},
		said: said{
			short: "asked us to slow down",
			text:  "It answered {code}: it takes no more messages for now.",
			steps: []Step{{"Wait a little", "It tells Hookbird itself when to come back, or the plan does.", ActionNone}, testAgain},
		},
	},
	{
		cause: core.CauseServer, class: Trouble, codes: []core.CodeRange{codes(500, 599)},
		said: said{
			short: "has a problem of its own",
			text:  "It answered {code}, which stands for trouble on its own side.",
			steps: []Step{waitFirst, testAgain, askThem},
		},
	},
	{
		cause: core.CauseRedirect, class: Settings, codes: []core.CodeRange{codes(300, 399)},
		said: said{
			seen:  "unless the webhook says that redirects are accepted or read",
			short: "points to another web address",
			text:  "It answered {code}: the web address has moved. Hookbird does not follow by itself, because the data could end up with somebody else.",
			steps: []Step{
				{"Use the new web address", "Copy it once more from the other system. Often only http:// has become https:// in it.", ActionAddress},
				{"Or is that how it says yes?", "Some systems answer like this to every message. “Where to” can count it as delivered, or read the answer behind it.", ActionAddress},
				testAgain, askThem,
			},
		},
		kinds: []kind{
			{mark: markTooFar, said: said{
				seen:  "Redirects are read, and there are more than 5, one behind the other",
				short: "points on and on to other web addresses",
				text:  "It answered {code} and pointed to another web address, which pointed on. Hookbird stopped after 5.",
			}},
			{mark: markNowhere, said: said{
				seen:  "Redirects are read, and this one names no web address",
				short: "points to another web address and does not say which",
				text:  "It answered {code}, but no web address where its answer could be read came with it.",
				steps: []Step{testAgain, askThem},
			}},
			{mark: markInsecure, said: said{
				seen:  "Redirects are read, and this one leads from https to http",
				short: "points to a web address that is not secure",
				text:  "It answered {code}, and its answer is behind a web address that is not secure. Hookbird did not read it there.",
				steps: []Step{{"Look at the web address", "If it begins with http://, try https:// in its place.", ActionAddress}, testAgain, askThem},
			}},
			{mark: markKeptOut, said: said{
				seen:  "Redirects are read, and this one leads to where this webhook may not read",
				short: "points to a web address that may not be read",
				text:  "It answered {code}, and its answer is behind a web address that this webhook may not reach.",
				steps: []Step{testAgain, askThem},
			}},
		},
	},
	{
		cause: core.CauseWrongCode, class: Settings, codes: []core.CodeRange{codes(200, 299)},
		said: said{
			seen:  "that the webhook does not count as good",
			short: "gave another answer than expected",
			text:  "It answered {code}, but this webhook expects {good}.",
			steps: []Step{{"Check what a good answer is", "“Any OK answer” is right for most systems.", ActionAddress}, testAgain, askThem},
		},
	},
	{
		cause: core.CauseAnswer, class: Settings,
		said: said{
			seen:  "A good code, but the answer does not say what the webhook asks for, or says what it must not",
			short: "did not answer as this webhook asks for",
			text:  "It answered {code}, but {rule}.",
			steps: []Step{readReply, {"Check what a good answer is", "“Where to” says what has to stand in the answer, and what must not.", ActionAddress}, testAgain, askThem},
		},
	},
	{
		cause: core.CauseOther, class: Again, codes: []core.CodeRange{codes(100, 199), codes(400, 499), codes(600, 999)},
		said: said{
			short: "did not take the message",
			text:  "It answered {code}. What came back may say why.",
			steps: []Step{readReply, testAgain, askThem},
		},
	},
	{
		cause: core.CausePortal, class: Portal, codes: []core.CodeRange{code(511)},
		said: said{
			seen:  "A good code with a web page, where earlier good answers were none",
			short: "was perhaps not reached: a web page answered", title: "A web page answered in place of {name}",
			text:  "It answered {code} with a web page, as it never did before. Perhaps that is the login page of the network that this computer is in.",
			allow: "Let this computer reach {place} without the login page of the network.",
			steps: []Step{
				{"Open a web page in the browser and log in", "Guest networks show their own page until somebody has logged in or agreed to their terms.", ActionNone},
				testAgain, askIT, askThem,
			},
		},
		unsure: "Whether {name} has got the message cannot be told.",
		kinds: []kind{{code: 511, said: said{
			short: "was not reached: the network wants a login", title: "The network wants somebody to log in",
			text: "The network that this computer is in answered {code} in place of {name}.",
		}}},
	},
	{
		cause: core.CauseTimeout, class: Trouble, codes: []core.CodeRange{code(408)},
		said: said{
			seen:  "The message went out, and no answer came within the time limit",
			short: "took too long to answer",
			text:  "No answer came in the time that this webhook waits.",
			steps: []Step{waitFirst, testAgain, {"Wait longer", "Choose a longer time under “Give up waiting after”.", ActionAddress}, askThem},
		},
		kinds: []kind{
			{code: 408, said: said{
				short: "did not get the whole message in time",
				text:  "It answered {code}: the message took too long to reach it.",
			}},
			{mark: markSlowAnswer, said: said{
				seen:  "The answer begins well and does not end within the time limit, and the webhook asks what it says",
				short: "began to answer and did not end",
				text:  "It began to answer, and the answer did not end in the time that this webhook waits.",
			}},
			{mark: markBehind, said: said{
				seen:  "The answer is behind a redirect, and does not come within the time limit",
				short: "points to another web address, which took too long to answer",
				text:  "It answered {code}: its answer is to be read at another web address. No answer came there in the time that this webhook waits.",
			}},
		},
	},
	{
		cause: core.CauseBroken, class: Trouble,
		said: said{
			seen:  "The message went out, and the connection ended without an answer",
			short: "ended the connection before it had answered",
			text:  "The connection ended in the middle.",
			steps: []Step{waitFirst, testAgain, askThem},
		},
		kinds: []kind{
			{mark: markCutAnswer, said: said{
				seen:  "The answer begins well, and the connection ends before it does",
				short: "ended the connection in the middle of its answer",
				text:  "The connection ended before the answer was complete. Perhaps the other system broke down over the message.",
			}},
			{mark: markNoHTTP, said: said{
				seen:  "What comes back is no answer of a web server",
				short: "does not answer like a web server",
				text:  "Something answers there, but not in the way of web servers.",
				steps: []Step{{"Check the web address", "The port, a number behind a colon, may be the wrong one.", ActionAddress}, testAgain, askThem},
			}},
			{mark: markLongHeader, said: said{
				seen:  "The header lines of the answer are longer than 64 KB",
				short: "sent more header lines than Hookbird reads",
				text:  "Its answer began with more than 64 KB of header lines, so that Hookbird stopped to read.",
				steps: []Step{testAgain, askThem},
			}},
			{mark: markBehind, said: said{
				seen:  "The answer is behind a redirect, and cannot be read there",
				short: "points to another web address, which could not be read",
				text:  "It answered {code}: its answer is to be read at another web address, and that could not be done.",
			}},
		},
	},
	{
		cause: core.CauseDNS, class: Trouble,
		said: said{
			seen:  "There is no system by the name in the web address",
			short: "was not found: no system by that name", title: "{who} was not found",
			text:  "There is no system by the name that stands in the web address.",
			allow: "Let this computer look up the name {host}.",
			check: "There is no system by the name {host}. Check the spelling.",
			steps: []Step{{"Check the spelling", "Compare the web address with the one the other system shows.", ActionAddress}, testAgain, askIT, askThem},
		},
		kinds: []kind{{mark: markNameServer, said: said{
			seen:  "The name servers, which know where names lead, do not answer",
			short: "could not be looked up",
			text:  "The computers that know where names lead do not answer at the moment. Nothing was sent.",
			allow: "See whether the name servers of this computer answer, and let it look up {host}.",
			check: "The name {host} could not be looked up just now. You can go on and test later.",
			steps: []Step{waitFirst, {"Open a web page in the browser", "If none opens, this computer's network is in trouble.", ActionNone}, testAgain, askIT},
		}}},
	},
	{
		cause: core.CauseConnect, class: Trouble,
		said: said{
			seen:  "Nobody takes the connection",
			short: "could not be reached",
			text:  "Nobody answers at its web address. The system may be switched off, or something on the way does not let us through.",
			allow: "Let this computer connect to {place}.",
			check: "We could not reach {host}. You can go on and test later.",
			steps: []Step{waitFirst, checkURL, testAgain, askIT, askThem},
		},
		kinds: []kind{
			{mark: markSlowConnect, said: said{
				seen:  "No connection comes about in time",
				short: "could not be reached in time",
				text:  "Nobody took the connection in time. The system may be switched off, or something on the way swallows what we send.",
			}},
			{mark: markSlowSecure, said: said{
				seen:  "A connection comes about, but does not become secure in time",
				short: "did not agree on a secure connection in time",
				text:  "It took the connection, but did not agree on how to make it secure in time. Nothing was sent.",
				allow: "Let secure connections (TLS 1.2 or 1.3) from this computer to {place} pass as they are.",
				check: "{host} takes the connection, but does not make it secure in time. You can go on and test later.",
			}},
			{mark: markCutSecure, said: said{
				seen:  "The connection is ended before it is secure",
				short: "ended the connection before it was secure",
				text:  "The connection came about, and was ended before it was secure. Often that is done by something on the way. Nothing was sent.",
				allow: "Let secure connections (TLS 1.2 or 1.3) from this computer to {place} pass as they are. What ends them may be a rule about the name of the system.",
				check: "The connection to {host} was ended before it was secure. Perhaps something on the way does not let us through.",
				steps: []Step{waitFirst, askIT, checkURL, testAgain, askThem},
			}},
			{mark: markProxySilent, said: said{
				seen:  "The proxy on the way does not answer",
				short: "could not be reached: the proxy does not answer", title: "The proxy does not answer",
				text:  "The way to {name} leads through a proxy, which does not answer. Nothing was sent.",
				allow: "See whether {proxy} answers this computer, or tell which proxy leads to {place}.",
				check: "The way to {host} leads through a proxy, which does not answer. You can go on and test later.",
				steps: []Step{{"Check the network", "Some proxies are there only inside the office, or while its VPN is on.", ActionNone}, setProxy, testAgain, askIT},
			}},
			{mark: markProxyCannot, said: said{
				seen:  "The proxy on the way answers that it cannot reach the target either",
				short: "could not be reached by the proxy",
				text:  "The way to {name} leads through a proxy, and that could not reach it either. Nothing was sent.",
				allow: "See why {proxy} cannot reach {place}.",
				check: "The way to {host} leads through a proxy, which could not reach it. Check the spelling.",
				steps: []Step{waitFirst, checkURL, testAgain, askIT},
			}},
		},
	},
	{
		cause: core.CauseNetwork, class: Trouble,
		follows: "Nothing was sent. The webhook waits until this computer has a network again, and no try is used up.",
		said: said{
			seen:  "This computer has no network",
			short: "could not be reached: no internet connection", title: "No internet connection",
			text:  "This computer has no network at the moment, so nothing could be sent.",
			check: "This computer has no network right now. You can go on and test later.",
			steps: []Step{{"Check the network", "Look whether the cable is in, or whether the wireless network is on.", ActionNone}, testAgain},
		},
	},
	{
		cause: core.CauseCertificate, class: Settings,
		said: said{
			seen:  "No secure connection can be agreed on",
			short: "could not prove who it is",
			text:  "No secure connection could be made, so nothing was sent. Somebody on the way could be pretending to be {name}.",
			allow: "See which certificate this computer is shown for {place}, and whether something on the way puts its own in place of it.",
			check: "{host} could not prove who it is. Ask your IT about its certificate.",
			steps: []Step{askIT, checkURL, testAgain},
		},
		kinds: []kind{
			{mark: markRunOut, said: said{
				seen:  "The certificate of the target has run out",
				short: "could not prove who it is: its certificate has run out", title: "{who} could not prove who it is",
				text:  "Its certificate has run out, or the clock of this computer is wrong. Nothing was sent.",
				check: "{host} could not prove who it is: its certificate has run out, or the clock of this computer is wrong.",
				steps: []Step{{"Look at this computer's clock", "If date and time are right, it is theirs to put right.", ActionNone}, askThem, testAgain},
			}},
			{mark: markNotYet, said: said{
				seen:  "The certificate of the target counts from a later day on",
				short: "could not prove who it is: its certificate does not count yet", title: "{who} could not prove who it is",
				text:  "Its certificate counts only from a later time on, or the clock of this computer is wrong. Nothing was sent.",
				check: "{host} could not prove who it is: its certificate does not count yet, or the clock of this computer is wrong.",
				steps: []Step{{"Look at this computer's clock", "If date and time are right, it is theirs to put right.", ActionNone}, askThem, testAgain},
			}},
			{mark: markOtherName, said: said{
				seen:  "The certificate of the target is for another name",
				short: "could not prove who it is: its certificate is for another name", title: "{who} could not prove who it is",
				text:  "Whoever answers there shows a certificate for another name than the one in the web address. Nothing was sent.",
				check: "Whoever answers at {host} shows a certificate for another name. Check the spelling.",
				steps: []Step{{"Check the web address", "It has to be written exactly as the other system shows it, with or without “www.” in front.", ActionAddress}, testAgain, askIT, askThem},
			}},
			{mark: markAuthority, said: said{
				seen:  "Nobody that this computer trusts vouches for the certificate of the target",
				short: "could not prove who it is: nobody known vouches for it", title: "{who} could not prove who it is",
				text:  "Its certificate comes from an authority that this computer does not know. In many companies a proxy puts its own in place of the real one, and some networks do so until somebody has logged in. Nothing was sent.",
				allow: "Let connections from this computer to {place} pass without another certificate in place of the real one. Or give its user the certificate of your own authority as a PEM file, for Hookbird to trust.",
				check: "{host} could not prove who it is: its certificate comes from an authority that this computer does not know. Ask your IT.",
				steps: []Step{
					askIT,
					{"Add the file of your authorities", "If your IT gives you one, “Where to” has a place for it. It ends in .pem or .crt.", ActionAddress},
					testAgain, askThem,
				},
			}},
			{mark: markOldTLS, said: said{
				seen:  "The target knows only TLS 1.1 or older",
				short: "does not answer securely enough",
				text:  "It knows only kinds of secure connection that are no longer safe (older than TLS 1.2). Nothing was sent.",
				allow: "If something on the way ends secure connections to {place}, let it speak TLS 1.2 or 1.3.",
				check: "{host} does not answer securely enough: it knows only what is older than TLS 1.2.",
				steps: []Step{{"Tell the people who run {name}", "They have to switch on TLS 1.2 or 1.3. Send them these details. Secrets stay hidden.", ActionCopy}, askIT, testAgain},
			}},
			{mark: markNoTLS, said: said{
				seen:  "The address says https, and whoever answers does not speak it",
				short: "does not answer securely",
				text:  "The web address starts with https://, but whoever answers there does not speak it. Nothing was sent.",
				check: "{host} answers, but not securely. Try http:// in place of https://, or ask for a secure address.",
				steps: []Step{{"Check the web address", "The port may be the wrong one. If they give you no secure address, http:// may work: others on the way could then read what is sent.", ActionAddress}, testAgain, askThem},
			}},
			{mark: markNoCommon, said: said{
				seen:  "Both sides know no way to be secure in common",
				short: "could not agree on a secure connection",
				text:  "It ended the connection, because it knows no way to make it secure that Hookbird knows too. Nothing was sent.",
				check: "{host} could not agree with us on a secure connection. Ask your IT.",
				steps: []Step{askIT, checkURL, testAgain, askThem},
			}},
			{mark: markWants, said: said{
				seen:  "The target asks this computer for a certificate",
				short: "wants a certificate from this computer",
				text:  "It lets in only computers that show a certificate which it knows, and this webhook has none.",
				check: "{host} wants a certificate from this computer. “Where to” has a place for it.",
				steps: []Step{{"Add the certificate", "The people who run {name} give you a file with it. “Where to” has a place for that file.", ActionAddress}, testAgain, askThem},
			}},
			{mark: markRefuses, said: said{
				seen:  "The target does not accept this computer's certificate",
				short: "did not accept this computer's certificate",
				text:  "It lets in only computers that show a certificate which it knows, and did not accept the one of this webhook.",
				check: "{host} did not accept this computer's certificate. Perhaps it has run out, or is for another system.",
				steps: []Step{{"Check the certificate", "Perhaps it has run out, or is for another system of theirs. “Where to” says which file is used.", ActionAddress}, testAgain, askThem},
			}},
		},
	},
	{
		cause: core.CauseProxy, class: Settings,
		said: said{
			seen:  "The proxy on the way refuses to connect to the target",
			short: "was sent nothing: the proxy does not let it through", title: "The proxy does not let this through",
			text:  "The way to {name} leads through a proxy, which refuses to connect to it. Nothing was sent, and it will be the same with the next record.",
			allow: "Let this computer connect (with the method CONNECT) to {place}, through {proxy}.",
			check: "The way to {host} leads through a proxy, which does not let this through. Ask your IT to allow it.",
			steps: []Step{askIT, setProxy, testAgain},
		},
	},
	{
		cause: core.CauseBlocked, class: Settings,
		said: said{
			seen:  "The name leads to a private address, where the webhook refuses those",
			short: "was sent nothing: its address may not be reached", title: "This address may not be reached",
			text:  "{detail} Nothing was sent.",
			allow: "If {host} is a system of your own, its owner can allow private addresses in Hookbird. If it is one on the internet, see why its name leads to another place from here.",
			check: "{detail}",
			steps: []Step{checkURL, {"Is it a system of your own?", "“Where to” can allow addresses of your own network.", ActionAddress}, askIT, testAgain},
		},
		kinds: []kind{
			{mark: markCloud, said: said{
				seen:  "The name leads to an address of a cloud's own data, which no webhook may reach",
				short: "was sent nothing: its address is one that may never be reached", title: "This address may never be reached",
				allow: "Nothing can allow this: Hookbird never sends to where a cloud keeps keys of its computers. If {host} is a system on the internet, see why its name leads there from here.",
				steps: []Step{checkURL, askIT, testAgain},
			}},
		},
	},
	{
		cause: core.CauseToken, class: Settings,
		said: said{
			seen:  "The sign-in server (OAuth 2) refuses to give the key that has to be fetched first",
			short: "was sent nothing: no key was given for it", title: "The sign-in server of {name} gives no key",
			text: "Hookbird first fetches a key from the sign-in server of {name}, and that refused to give one. Nothing was sent.",
			steps: []Step{
				{"Check client id and secret", "Copy both once more from the other system. A space too many is enough to make them wrong.", ActionSecrets},
				{"Check the address of the sign-in server, and the scopes", "The other system's page on OAuth names them.", ActionSecrets},
				testAgain, askThem,
			},
		},
	},
	{
		cause: core.CauseBuild, class: Local,
		follows: "Nothing was sent. The message has failed; its record is kept, and can be sent again.",
		said: said{
			seen:  "No message can be made of the record",
			short: "was sent nothing: no message could be made of this record", title: "No message could be made of this record",
			text:  "{detail} Nothing was sent.",
			steps: []Step{{"Check the fields to send", "And see in the record whether it looks as it should.", ActionFields}, testAgain},
		},
	},
	{
		cause: core.CauseSecret, class: Local,
		follows: "Nothing was sent. The webhook waits until its secret values can be opened, and no try is used up.",
		said: said{
			seen:  "A secret value cannot be opened on this computer",
			short: "was sent nothing: a secret value could not be opened", title: "A secret value could not be opened",
			text: "Hookbird keeps secret values locked on this computer, and cannot unlock them right now. Nothing was sent.",
			steps: []Step{
				{"Unlock this computer's password store", "Logging out and in again is often enough.", ActionNone},
				{"Type the secret values again", "If they stay locked, this puts it right.", ActionSecrets},
				testAgain,
			},
		},
	},
	{
		cause: core.CauseSetup, class: Local,
		follows: "Nothing was sent. The webhook waits until what its settings name can be used, and no try is used up.",
		said: said{
			seen:  "A file that the settings name, such as a certificate, cannot be used",
			short: "was sent nothing: a file of its settings cannot be used", title: "Something in the settings cannot be used",
			text: "{detail} Nothing was sent. Hookbird looks again every half minute.",
			steps: []Step{
				{"Check the connection", "The settings of the connection stand under the web address.", ActionAddress},
				testAgain,
			},
		},
	},
	{
		cause: core.CauseBrake, class: Local,
		follows: "Nothing is sent, and no try is used up, until somebody has said whether all of it is meant.",
		said: said{
			seen:  "A webhook with a brake is about to send much more than usual",
			short: "is about to get much more than usual", title: "{who} is about to get much more than usual",
			text: "{detail} Nothing was sent.",
			steps: []Step{
				{"Look whether all of it is meant", "Activity lists what waits. Home asks what is to become of it: send all, the first ten, or none.", ActionNone},
			},
		},
	},
	{
		cause: core.CauseStop, class: Local,
		follows: "This does not count as a try: the message goes back to those that wait.",
		said: said{
			seen:  "Hookbird is stopped before the answer has come",
			short: "was not waited for: Hookbird stopped meanwhile", title: "Stopped before an answer came",
			text:  "Hookbird was stopped, or somebody chose Cancel. This does not count as a try.",
			steps: []Step{testAgain},
		},
	},
	{
		cause: core.CauseThrown, class: Local,
		follows: "Nothing was sent. The message is not sent any more, unless somebody chooses Send again.",
		said: said{
			seen:  "Somebody decides that what waits is not sent",
			short: "was not sent this, because somebody decided so", title: "Somebody decided that it is not sent",
			text:  "{detail} It is kept here, and Send again still sends it.",
			steps: []Step{{"Send it after all", "Send again sends it with today's settings.", ActionNone}},
		},
	},
}
