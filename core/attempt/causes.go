package attempt

import "hookbird/core"

// Class says what follows from a cause, for those who act on it.
type Class string

// The classes.
const (
	Good     Class = "good"     // delivered
	Trouble  Class = "trouble"  // the target does not answer: tried again, five in a row mean down
	Busy     Class = "busy"     // it asked us to slow down: the whole webhook waits
	Settings Class = "settings" // tried again, five different events in a row mean attention
	Data     Class = "data"     // this very record is refused: the plan ends, unless the webhook says otherwise
	Gone     Class = "gone"     // the address was given up for good: the webhook is turned off
	Local    Class = "local"    // nothing was sent, for a reason on this side
	Again    Class = "again"    // tried again, and counts to nothing
)

// ClassOf gives the class of a cause. A cause that this version does not know is
// tried again.
func ClassOf(c core.Cause) Class {
	if row, ok := causes[c]; ok {
		return row.class
	}
	return Again
}

// Action is what the button beside a step does.
type Action string

// The actions.
const (
	ActionNone      Action = ""           // no button
	ActionSecrets   Action = "secrets"    // open the secret values
	ActionAddress   Action = "address"    // open "Where to"
	ActionFields    Action = "fields"     // open "What to send"
	ActionTestAgain Action = "test_again" // test, or try, once more
	ActionCopy      Action = "copy"       // copy the details
)

// Step is one thing to do, in order.
type Step struct {
	Title  string
	Text   string
	Action Action
}

// guide is all that is known of a cause. In its texts {name} stands for the
// webhook's name, {code} for the status code. The texts with key are for a
// webhook that sends no key.
type guide struct {
	class    Class
	short    string // goes on after the name: "did not accept the key"
	title    string // "" means the name and short
	text     string
	steps    []Step
	keyless  string // title where no key is sent
	keyText  string // text where no key is sent
	keySteps []Step // steps where no key is sent
}

// Steps that many causes share.
var (
	testAgain = Step{"Test again", "See whether it is put right.", ActionTestAgain}
	askThem   = Step{"Still not working?", "Send these details to the people who run {name}. Secrets stay hidden.", ActionCopy}
	checkURL  = Step{"Check the web address", "Copy it once more from the other system's settings page.", ActionAddress}
	waitFirst = Step{"Wait a little", "Trouble of this kind mostly passes by itself.", ActionNone}
)

// causes is what follows from each cause and how to say it to a person.
var causes = map[core.Cause]guide{
	core.CauseNone: {
		class: Good, short: "accepted it",
		text:  "{name} answered {code}.",
		steps: []Step{{"Look in {name}", "See whether the record has arrived as it should.", ActionNone}},
	},
	core.CauseNetwork: {
		class: Trouble, short: "could not be reached: no internet connection", title: "No internet connection",
		text:  "This computer has no network at the moment, so nothing could be sent.",
		steps: []Step{{"Check the network", "Look whether the cable is in, or whether the wireless network is on.", ActionNone}, testAgain},
	},
	core.CauseDNS: {
		class: Trouble, short: "was not found: no system by that name",
		title: "{name} was not found",
		text:  "There is no system by the name that stands in the web address.",
		steps: []Step{{"Check the spelling", "Compare the web address with the one the other system shows.", ActionAddress}, testAgain, askThem},
	},
	core.CauseConnect: {
		class: Trouble, short: "could not be reached",
		text:  "Nobody answers at its web address. The system may be switched off, or something on the way does not let us through.",
		steps: []Step{waitFirst, checkURL, testAgain, askThem},
	},
	core.CauseTimeout: {
		class: Trouble, short: "took too long to answer",
		text:  "No answer came in the time that this webhook waits.",
		steps: []Step{waitFirst, testAgain, {"Wait longer", "Choose a longer time under “Give up waiting after”.", ActionAddress}, askThem},
	},
	core.CauseBroken: {
		class: Trouble, short: "ended the connection before it had answered",
		text:  "The connection ended in the middle.",
		steps: []Step{waitFirst, testAgain, askThem},
	},
	core.CauseServer: {
		class: Trouble, short: "has a problem of its own",
		text:  "It answered {code}, which stands for trouble on its own side.",
		steps: []Step{waitFirst, testAgain, askThem},
	},
	core.CauseSlow: {
		class: Busy, short: "asked us to slow down",
		text:  "It answered {code}: it takes no more messages for now.",
		steps: []Step{{"Wait a little", "It tells Hookbird itself when to come back, or the plan does.", ActionNone}, testAgain},
	},
	core.CauseKey: {
		class: Settings, short: "did not accept the key",
		text:    "It answered {code}: the key that was sent is not the one it expects.",
		steps:   []Step{{"Check the key", "Copy it once more from the other system. A space too many is enough to make it wrong.", ActionSecrets}, testAgain, askThem},
		keyless: "{name} asks for a key",
		keyText: "It answered {code}: it wants to know who is sending, and this webhook sends no key.",
		keySteps: []Step{
			{"Add the key", "The other system shows it near the web address, often as “API key” or “token”.", ActionSecrets},
			testAgain, askThem,
		},
	},
	core.CauseForbidden: {
		class: Settings, short: "does not allow this",
		title: "{name} knows you but does not allow this",
		text:  "It answered {code}: the key is known, but may not be used for this.",
		steps: []Step{
			{"Ask for permission", "The people who run {name} can allow it. Send them these details. Secrets stay hidden.", ActionCopy},
			{"Check the key", "Perhaps there is another key, made for sending records.", ActionSecrets},
			testAgain,
		},
		keyless: "{name} does not allow this",
		keyText: "It answered {code}. Often that means that it wants a key, and this webhook sends none.",
		keySteps: []Step{
			{"Add a key, if they gave you one", "The other system shows it near the web address.", ActionSecrets},
			testAgain, askThem,
		},
	},
	core.CauseAddress: {
		class: Settings, short: "has nothing at this web address",
		text:  "It answered {code}: there is nothing at this web address.",
		steps: []Step{checkURL, testAgain, askThem},
	},
	core.CauseGone: {
		class: Gone, short: "no longer takes messages at this web address",
		text:  "It answered {code}: this web address was given up for good.",
		steps: []Step{{"Get the new web address", "The other system's settings page shows the one that counts now.", ActionAddress}, testAgain, askThem},
	},
	core.CauseMethod: {
		class: Settings, short: "wants another way of sending",
		text:  "It answered {code}: it does not take messages that are sent this way.",
		steps: []Step{{"Change how to send", "The other system's help page says whether it wants POST, PUT or another.", ActionAddress}, testAgain, askThem},
	},
	core.CausePacking: {
		class: Settings, short: "does not read data that is packed like this",
		text:  "It answered {code}: it expects the data packed in another way.",
		steps: []Step{{"Change how it is packed", "Choose the packing that looks like the example on their help page.", ActionFields}, testAgain, askThem},
	},
	core.CauseCertificate: {
		class: Settings, short: "could not prove who it is",
		text:  "No secure connection could be made, so nothing was sent. Somebody on the way could be pretending to be {name}.",
		steps: []Step{{"Ask your IT", "Send them these details. Secrets stay hidden.", ActionCopy}, checkURL, testAgain},
	},
	core.CauseWrongCode: {
		class: Settings, short: "gave another answer than expected",
		text:  "It answered {code}, but this webhook expects another answer.",
		steps: []Step{{"Check what a good answer is", "“Any OK answer” is right for most systems.", ActionAddress}, testAgain, askThem},
	},
	core.CauseRedirect: {
		class: Settings, short: "points to another web address",
		text:  "It answered {code}: the web address has moved. Hookbird does not follow by itself, because the data could end up with somebody else.",
		steps: []Step{{"Use the new web address", "Copy it once more from the other system. Often only http:// has become https:// in it.", ActionAddress}, testAgain, askThem},
	},
	core.CauseData: {
		class: Data, short: "did not understand the data",
		text:  "It answered {code}: something in what was sent is not as it expects. What came back often says which field.",
		steps: []Step{{"Check the field names", "Compare them with the names that the other system uses, capital letters included.", ActionFields}, testAgain, askThem},
	},
	core.CauseSize: {
		class: Data, short: "found it too much at once",
		text:  "It answered {code}: the message is larger than it takes.",
		steps: []Step{{"Send less", "Send only the fields that the other system needs.", ActionFields}, testAgain, askThem},
	},
	core.CauseBuild: {
		class: Local, short: "was sent nothing: no message could be made of this record",
		title: "No message could be made of this record",
		text:  "Nothing was sent.",
		steps: []Step{{"Check the fields to send", "And see in the record whether it looks as it should.", ActionFields}, testAgain},
	},
	core.CauseOther: {
		class: Again, short: "did not take the message",
		text:  "It answered {code}. What came back may say why.",
		steps: []Step{{"Read what came back", "The reason often stands there.", ActionNone}, testAgain, askThem},
	},
	core.CauseSecret: {
		class: Local, short: "was sent nothing: a secret value could not be opened",
		title: "A secret value could not be opened",
		text:  "Hookbird keeps secret values locked on this computer, and cannot unlock them right now. Nothing was sent.",
		steps: []Step{
			{"Unlock this computer's password store", "Logging out and in again is often enough.", ActionNone},
			{"Type the secret values again", "If they stay locked, this puts it right.", ActionSecrets},
			testAgain,
		},
	},
	core.CauseStop: {
		class: Local, short: "was not waited for: Hookbird stopped meanwhile",
		title: "Stopped before an answer came",
		text:  "Hookbird was stopped, or somebody chose Cancel. This does not count as a try.",
		steps: []Step{testAgain},
	},
}

// certificates says more of why no secure connection could be made, by what
// stands in the detail.
var certificates = map[string]guide{
	"does not look like a TLS handshake": {
		class: Settings, short: "does not answer securely",
		text:  "The web address starts with https://, but whoever answers there does not speak it. Nothing was sent.",
		steps: []Step{{"Check the web address", "The port may be the wrong one. If they give you no secure address, http:// may work: others on the way could then read what is sent.", ActionAddress}, testAgain, askThem},
	},
	"certificate has expired or is not yet valid": {
		class: Settings, short: "could not prove who it is: its certificate has run out",
		title: "{name} could not prove who it is",
		text:  "Its certificate has run out, or the clock of this computer is wrong. Nothing was sent.",
		steps: []Step{{"Look at this computer's clock", "If date and time are right, it is theirs to put right.", ActionNone}, askThem, testAgain},
	},
}
