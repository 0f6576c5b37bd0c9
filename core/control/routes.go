package control

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"time"

	"hookbird/core"
)

// How large a request's body may be, in bytes.
const (
	smallBody  = 64 << 10
	draftBody  = 8 << 20
	recordBody = 32 << 20 // a draft and a record of core.MaxEventData, as base64
	importBody = 64 << 20 // a settings file, as base64
)

// route is one thing that can be asked over HTTP.
type route struct {
	method, path string
	name         string // of the method of Service; "" for the server's own
	limit        int64  // of the body, in bytes
	call         func(ctx context.Context, s Service, r *request) (any, error)
}

func (rt route) needsService() bool { return rt.name != "" }

// routes are all methods of Service. Package comment and Client go by the same
// paths; a test holds the three together.
var routes = slices.Concat(
	mainRoutes,
	jobRoutes,
	historyRoutes,
	watchRoutes,
	safetyRoutes,
	peopleRoutes,
	brakeRoutes,
	pastRoutes,
	againRoutes,
	exportRoutes,
	backupRoutes,
	differRoutes,
)

var mainRoutes = []route{
	{"GET", "/v1/hello", "Hello", 0, get(Service.Hello)},
	{"GET", "/v1/status", "Status", 0, get(Service.Status)},
	{"GET", "/v1/overview", "Overview", 0, get(Service.Overview)},

	{"GET", "/v1/webhooks", "Webhooks", 0, get(Service.Webhooks)},
	{"GET", "/v1/webhooks/{id}", "Webhook", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return s.Webhook(ctx, r.PathValue("id"))
	}},
	{"POST", "/v1/webhooks", "SaveWebhook", draftBody, post(func(ctx context.Context, s Service, b *wireWebhookDraft) (any, error) {
		d, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.SaveWebhook(ctx, d)
	})},
	{"DELETE", "/v1/webhooks/{id}", "DeleteWebhook", 0, remove(Service.DeleteWebhook)},
	{"POST", "/v1/webhooks/{id}/state", "SetState", smallBody, func(ctx context.Context, s Service, r *request) (any, error) {
		var b wireState
		if err := r.into(&b); err != nil {
			return nil, err
		}
		return nil, s.SetState(ctx, r.PathValue("id"), b.State, b.Meanwhile)
	}},
	{"POST", "/v1/webhooks/{id}/pause", "PauseWebhook", smallBody, func(ctx context.Context, s Service, r *request) (any, error) {
		var until time.Time
		if err := r.into(&until); err != nil {
			return nil, err
		}
		return nil, s.PauseWebhook(ctx, r.PathValue("id"), until)
	}},
	{"POST", "/v1/webhooks/{id}/try", "TryNow", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return nil, s.TryNow(ctx, r.PathValue("id"))
	}},

	{"POST", "/v1/samples", "Samples", draftBody, post(func(ctx context.Context, s Service, b *wireWebhookDraft) (any, error) {
		d, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.Samples(ctx, d)
	})},
	{"POST", "/v1/preview", "Preview", recordBody, post(func(ctx context.Context, s Service, b *wireTestRequest) (any, error) {
		t, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.Preview(ctx, t)
	})},
	{"POST", "/v1/try-out", "TryOut", draftBody, post(func(ctx context.Context, s Service, b *wireTryOut) (any, error) {
		d, err := b.Draft.unpack()
		if err != nil {
			return nil, err
		}
		return s.TryOut(ctx, d, b.Max)
	})},
	{"POST", "/v1/compare", "Compare", recordBody, post(func(ctx context.Context, s Service, b *wireTestRequest) (any, error) {
		t, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.Compare(ctx, t)
	})},
	{"POST", "/v1/test", "Test", recordBody, post(func(ctx context.Context, s Service, b *wireTestRequest) (any, error) {
		t, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.Test(ctx, t)
	})},
	{"POST", "/v1/check-address", "CheckAddress", draftBody, post(func(ctx context.Context, s Service, b *wireWebhookDraft) (any, error) {
		d, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.CheckAddress(ctx, d)
	})},

	{"GET", "/v1/activity", "Activity", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		q, err := queryActivity(r.URL.Query())
		if err != nil {
			return nil, err
		}
		return s.Activity(ctx, q)
	}},
	{"GET", "/v1/deliveries/{key}", "Delivery", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		var key core.DeliveryKey
		if err := key.UnmarshalText([]byte(r.PathValue("key"))); err != nil {
			return nil, err
		}
		return s.Delivery(ctx, key)
	}},
	{"POST", "/v1/deliveries/again", "SendAgain", draftBody, post(func(ctx context.Context, s Service, b *[]core.DeliveryKey) (any, error) {
		return s.SendAgain(ctx, *b)
	})},
	{"POST", "/v1/deliveries/settle", "Settle", draftBody, post(func(ctx context.Context, s Service, b *[]core.DeliveryKey) (any, error) {
		return s.Settle(ctx, *b)
	})},

	{"GET", "/v1/runs", "Runs", 0, get(Service.Runs)},
	{"POST", "/v1/runs/{id}/state", "SetRun", smallBody, func(ctx context.Context, s Service, r *request) (any, error) {
		var state core.RunState
		if err := r.into(&state); err != nil {
			return nil, err
		}
		return nil, s.SetRun(ctx, r.PathValue("id"), state)
	}},

	{"GET", "/v1/sources", "Sources", 0, get(Service.Sources)},
	{"POST", "/v1/sources", "SaveSource", draftBody, post(func(ctx context.Context, s Service, b *wireSourceDraft) (any, error) {
		d, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.SaveSource(ctx, d)
	})},
	{"DELETE", "/v1/sources/{id}", "DeleteSource", 0, remove(Service.DeleteSource)},
	{"POST", "/v1/sources/{id}/paused", "SetSourcePaused", smallBody, func(ctx context.Context, s Service, r *request) (any, error) {
		var paused bool
		if err := r.into(&paused); err != nil {
			return nil, err
		}
		return nil, s.SetSourcePaused(ctx, r.PathValue("id"), paused)
	}},

	{"POST", "/v1/survey", "SurveySource", draftBody, post(func(ctx context.Context, s Service, b *wireSourceDraft) (any, error) {
		d, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return s.SurveySource(ctx, d)
	})},
	{"POST", "/v1/source-answers", "AnswerSource", smallBody, post(func(ctx context.Context, s Service, b *SourceAnswer) (any, error) {
		return nil, s.AnswerSource(ctx, *b)
	})},
	{"POST", "/v1/reread", "RereadSource", smallBody, post(func(ctx context.Context, s Service, b *Reread) (any, error) {
		return nil, s.RereadSource(ctx, *b)
	})},
	{"GET", "/v1/sources/{id}/left", "LeftOut", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return s.LeftOut(ctx, r.PathValue("id"))
	}},
	{"POST", "/v1/left-out", "SendLeftOut", draftBody, post(func(ctx context.Context, s Service, b *LeftOutRef) (any, error) {
		return s.SendLeftOut(ctx, *b)
	})},
	{"POST", "/v1/forms", "FillForm", draftBody, post(func(ctx context.Context, s Service, b *FormEntry) (any, error) {
		return s.FillForm(ctx, *b)
	})},
	{"GET", "/v1/held", "HeldRecords", 0, get(Service.HeldRecords)},
	{"POST", "/v1/held/undo", "UndoForm", smallBody, post(func(ctx context.Context, s Service, b *Held) (any, error) {
		return nil, s.UndoForm(ctx, *b)
	})},
	{"GET", "/v1/sources/{id}/code", "LocalExamples", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return s.LocalExamples(ctx, r.PathValue("id"))
	}},
	{"POST", "/v1/sources/{id}/trial", "SendTrial", 0, func(ctx context.Context, s Service, r *request) (any, error) {
		return s.SendTrial(ctx, r.PathValue("id"))
	}},
	{"GET", "/v1/never", "Never", 0, get(Service.Never)},
	{"POST", "/v1/never", "SetNever", draftBody, post(func(ctx context.Context, s Service, b *NeverChange) (any, error) {
		return s.SetNever(ctx, *b)
	})},

	{"POST", "/v1/reveal", "RevealSecret", smallBody, post(func(ctx context.Context, s Service, b *SecretRef) (any, error) {
		return s.RevealSecret(ctx, *b)
	})},

	{"GET", "/v1/settings", "Settings", 0, get(Service.Settings)},
	{"PUT", "/v1/settings", "SaveSettings", smallBody, post(func(ctx context.Context, s Service, b *wireSettingsDraft) (any, error) {
		d, err := b.unpack()
		if err != nil {
			return nil, err
		}
		return nil, s.SaveSettings(ctx, d)
	})},
	{"PUT", "/v1/autostart", "SetAutostart", smallBody, post(func(ctx context.Context, s Service, on *bool) (any, error) {
		return nil, s.SetAutostart(ctx, *on)
	})},
	{"POST", "/v1/pause", "Pause", smallBody, post(func(ctx context.Context, s Service, until *time.Time) (any, error) {
		return nil, s.Pause(ctx, *until)
	})},
	{"POST", "/v1/resume", "Resume", 0, func(ctx context.Context, s Service, _ *request) (any, error) {
		return nil, s.Resume(ctx)
	}},

	{"POST", "/v1/import", "Import", importBody, post(func(ctx context.Context, s Service, b *ImportRequest) (any, error) {
		return s.Import(ctx, *b)
	})},
	{"POST", "/v1/export", "Export", smallBody, post(func(ctx context.Context, s Service, secrets *bool) (any, error) {
		return s.Export(ctx, *secrets)
	})},
}

// get calls a method without arguments.
func get[R any](f func(Service, context.Context) (R, error)) func(context.Context, Service, *request) (any, error) {
	return func(ctx context.Context, s Service, _ *request) (any, error) { return f(s, ctx) }
}

// post reads the body before it calls.
func post[B any](f func(context.Context, Service, *B) (any, error)) func(context.Context, Service, *request) (any, error) {
	return func(ctx context.Context, s Service, r *request) (any, error) {
		var b B
		if err := r.into(&b); err != nil {
			return nil, err
		}
		return f(ctx, s, &b)
	}
}

// remove deletes what the path names, if it is still as the caller saw it.
func remove(f func(s Service, ctx context.Context, id string, revision uint64) error) func(context.Context, Service, *request) (any, error) {
	return func(ctx context.Context, s Service, r *request) (any, error) {
		revision, err := strconv.ParseUint(r.URL.Query().Get("revision"), 10, 64)
		if err != nil {
			return nil, core.Wrap(core.CodeInvalid, err, "The request does not say which revision it is about.")
		}
		return nil, f(s, ctx, r.PathValue("id"), revision)
	}
}

// pathID writes an id as one step of a path, also one that a path would swallow.
func pathID(id string) string {
	switch id {
	case ".":
		return "%2E"
	case "..":
		return "%2E%2E"
	default:
		return url.PathEscape(id)
	}
}
