package core

// AuthKind is a way to tell a target who is sending, besides header lines and
// fields of the user's own.
type AuthKind string

// The ways.
const (
	AuthNone   AuthKind = ""
	AuthBasic  AuthKind = "basic"  // user and password
	AuthBearer AuthKind = "bearer" // a token
	AuthOAuth  AuthKind = "oauth2" // a token that is fetched with a client's id and secret (RFC 6749, section 4.4)
)

// Auth is how a webhook tells its target who is sending: in the header line
// Authorization.
type Auth struct {
	Kind     AuthKind
	User     string // of AuthBasic: the user; of AuthOAuth: the client's id
	Secret   Secret // the password, the token, or the client's secret
	TokenURL string // of AuthOAuth: where a token is fetched
	Scopes   []string
	Audience string // of AuthOAuth: sent as "audience" if set
	InBody   bool   // of AuthOAuth: id and secret go as form fields and not as user and password
}

// Network is the way to a target.
type Network struct {
	Proxy     Proxy
	CertFile  string // PEM file of a certificate that this computer shows, absolute; "" for none
	KeyFile   string // PEM file of its key; "" means that CertFile holds it too
	NoPrivate bool   // refuses addresses of this computer and of private networks
}

// ProxyKind is which proxy is used.
type ProxyKind string

// The kinds. A webhook's ProxyDefault is what the program's settings say, whose
// own ProxyDefault is ProxySystem.
const (
	ProxyDefault ProxyKind = ""
	ProxySystem  ProxyKind = "system" // what this computer's settings say, automatic configuration (PAC) included
	ProxyNone    ProxyKind = "none"   // straight to the target
	ProxyManual  ProxyKind = "manual" // the one at Address
)

// Proxy is how a proxy is found. No proxy is ever used for an address of this
// computer itself.
type Proxy struct {
	Kind     ProxyKind
	Address  string // of ProxyManual: "http://proxy.example:3128", or https or socks5
	User     string // of ProxyManual: where it asks who is there
	Password Secret
}
