//go:build windows || darwin

package route

import (
	"net/url"
	"sync"

	"github.com/mattn/go-ieproxy"
)

// shared are this computer's settings, for all webhooks: those to one host ask
// once.
var shared = &settings{ask: askSettings}

// thisComputer gives the proxies of the environment, which somebody has set for
// this program above all, else those of this computer's settings.
func thisComputer() proxies {
	if set := environment(); set != nil {
		return set
	}
	return shared.find
}

// reading is held while the settings are read, which go-ieproxy keeps in one place.
var reading sync.Mutex

// askSettings says which proxy leads to a URL. The settings are read anew: a
// computer that is carried around changes them.
func askSettings(u *url.URL) string {
	reading.Lock()
	found := ieproxy.ReloadConf()
	reading.Unlock()
	if found.Automatic.Active {
		if answer := found.Automatic.FindProxyForURL(u.String()); answer != "" {
			return answer
		}
	}
	if !found.Static.Active || bypassed(u, found.Static.NoProxy) {
		return ""
	}
	return fixed(found.Static.Protocols, u.Scheme)
}
