package route

import (
	"context"
	"net/url"

	"golang.org/x/net/http/httpproxy"
)

// environment gives the proxy that the variables HTTP_PROXY, HTTPS_PROXY and
// NO_PROXY name, nil if they are not set.
func environment() proxies {
	config := httpproxy.FromEnvironment()
	if config.HTTPProxy == "" && config.HTTPSProxy == "" {
		return nil
	}
	find := config.ProxyFunc()
	return func(_ context.Context, u *url.URL) (*url.URL, error) {
		proxy, err := find(u)
		if err != nil {
			return nil, nil // what is set there is no address: as if it were not set
		}
		return proxy, nil
	}
}

func straight(context.Context, *url.URL) (*url.URL, error) { return nil, nil }
