package control

import (
	"context"
	"net/url"
	"strconv"

	"hookbird/core"
)

var pastRoutes = []route{
	{"GET", "/v1/past", "Pasts", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		q, err := queryPast(r.URL.Query())
		if err != nil {
			return nil, err
		}
		return s.Pasts(ctx, q)
	}},
	{"POST", "/v1/past/compare", "ComparePast", smallBody, post(func(ctx context.Context, s Service, p *PastPair) (any, error) {
		return s.ComparePast(ctx, *p)
	})},
	{"POST", "/v1/past/back", "BringBack", smallBody, post(func(ctx context.Context, s Service, p *PastRef) (any, error) {
		return nil, s.BringBack(ctx, *p)
	})},
	{"POST", "/v1/past/undo", "UndoRemoval", smallBody, post(func(ctx context.Context, s Service, id *uint64) (any, error) {
		return nil, s.UndoRemoval(ctx, *id)
	})},
}

// pastQuery writes q for a URL; queryPast reads it again.
func pastQuery(q core.PastQuery) url.Values {
	v := url.Values{}
	if q.Before != 0 {
		v.Set("before", strconv.FormatUint(q.Before, 10))
	}
	if q.Limit != 0 {
		v.Set("limit", strconv.Itoa(q.Limit))
	}
	if q.Kind != "" {
		v.Set("kind", string(q.Kind))
	}
	if q.Target != "" {
		v.Set("target", q.Target)
	}
	return v
}

func queryPast(v url.Values) (core.PastQuery, error) {
	q := core.PastQuery{Kind: core.PastKind(v.Get("kind")), Target: v.Get("target")}
	var err error
	if text := v.Get("before"); text != "" {
		if q.Before, err = strconv.ParseUint(text, 10, 64); err != nil {
			return q, core.Wrap(core.CodeInvalid, err, "The change to look before is not a number.")
		}
	}
	if text := v.Get("limit"); text != "" {
		if q.Limit, err = strconv.Atoi(text); err != nil {
			return q, core.Wrap(core.CodeInvalid, err, "The limit of the page is not a number.")
		}
	}
	return q, nil
}
