package control

import (
	"context"
	"fmt"
	"reflect"
	"sync"
	"time"

	"hookbird/core"
)

// fake answers every question with made-up values and remembers what it was
// asked, so that a test can compare both ends of the wire.
type fake struct {
	mu   sync.Mutex
	err  error // answered instead, if set
	name string
	args []any
	wait chan struct{} // Test waits for it or its context
	in   chan struct{} // Test says that it waits
	left chan error    // why Test ended
}

// slowTest is a fake whose Test lasts until it is cancelled.
func slowTest() *fake {
	return &fake{wait: make(chan struct{}), in: make(chan struct{}, 1), left: make(chan error, 1)}
}

func (f *fake) heard(name string, args ...any) error {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.name, f.args = name, args
	return f.err
}

func reply[R any](f *fake, name string, args ...any) (R, error) {
	if err := f.heard(name, args...); err != nil {
		var none R
		return none, err
	}
	return made[R](name), nil
}

func (f *fake) Hello(context.Context) (Hello, error)   { return reply[Hello](f, "Hello") }
func (f *fake) Status(context.Context) (Status, error) { return reply[Status](f, "Status") }
func (f *fake) Overview(context.Context) (Overview, error) {
	return reply[Overview](f, "Overview")
}

func (f *fake) Webhooks(context.Context) ([]WebhookView, error) {
	return reply[[]WebhookView](f, "Webhooks")
}

func (f *fake) Webhook(_ context.Context, id string) (WebhookView, error) {
	return reply[WebhookView](f, "Webhook", id)
}

func (f *fake) SaveWebhook(_ context.Context, d WebhookDraft) (WebhookView, error) {
	return reply[WebhookView](f, "SaveWebhook", d)
}

func (f *fake) DeleteWebhook(_ context.Context, id string, revision uint64) error {
	return f.heard("DeleteWebhook", id, revision)
}

func (f *fake) SetState(_ context.Context, id string, state core.State, meanwhile bool) error {
	return f.heard("SetState", id, state, meanwhile)
}
func (f *fake) TryNow(_ context.Context, id string) error { return f.heard("TryNow", id) }
func (f *fake) Samples(_ context.Context, d WebhookDraft) ([]Sample, error) {
	return reply[[]Sample](f, "Samples", d)
}

func (f *fake) Preview(_ context.Context, r TestRequest) (core.Shown, error) {
	return reply[core.Shown](f, "Preview", r)
}

func (f *fake) TryOut(_ context.Context, d WebhookDraft, max int) (TryOut, error) {
	return reply[TryOut](f, "TryOut", d, max)
}

func (f *fake) Compare(_ context.Context, r TestRequest) (Comparison, error) {
	return reply[Comparison](f, "Compare", r)
}

func (f *fake) Test(ctx context.Context, r TestRequest) (TestResult, error) {
	if f.wait != nil {
		f.in <- struct{}{}
		select {
		case <-f.wait:
		case <-ctx.Done():
			f.left <- ctx.Err()
			return TestResult{}, ctx.Err()
		}
	}
	return reply[TestResult](f, "Test", r)
}

func (f *fake) CheckAddress(_ context.Context, d WebhookDraft) (AddressCheck, error) {
	return reply[AddressCheck](f, "CheckAddress", d)
}

func (f *fake) PauseWebhook(_ context.Context, id string, until time.Time) error {
	return f.heard("PauseWebhook", id, until)
}

func (f *fake) Settle(_ context.Context, keys []core.DeliveryKey) (int, error) {
	return reply[int](f, "Settle", keys)
}

func (f *fake) Runs(context.Context) ([]RunView, error) { return reply[[]RunView](f, "Runs") }

func (f *fake) SetRun(_ context.Context, id string, state core.RunState) error {
	return f.heard("SetRun", id, state)
}

func (f *fake) Activity(_ context.Context, q ActivityQuery) (ActivityPage, error) {
	return reply[ActivityPage](f, "Activity", q)
}

func (f *fake) Delivery(_ context.Context, key core.DeliveryKey) (DeliveryView, error) {
	return reply[DeliveryView](f, "Delivery", key)
}

func (f *fake) SendAgain(_ context.Context, keys []core.DeliveryKey) (int, error) {
	return reply[int](f, "SendAgain", keys)
}

func (f *fake) Sources(context.Context) ([]SourceView, error) {
	return reply[[]SourceView](f, "Sources")
}

func (f *fake) SaveSource(_ context.Context, d SourceDraft) (SourceView, error) {
	return reply[SourceView](f, "SaveSource", d)
}

func (f *fake) DeleteSource(_ context.Context, id string, revision uint64) error {
	return f.heard("DeleteSource", id, revision)
}

func (f *fake) SetSourcePaused(_ context.Context, id string, paused bool) error {
	return f.heard("SetSourcePaused", id, paused)
}

func (f *fake) SurveySource(_ context.Context, d SourceDraft) (SourceSurvey, error) {
	return reply[SourceSurvey](f, "SurveySource", d)
}

func (f *fake) AnswerSource(_ context.Context, a SourceAnswer) error {
	return f.heard("AnswerSource", a)
}

func (f *fake) RereadSource(_ context.Context, r Reread) error { return f.heard("RereadSource", r) }

func (f *fake) LeftOut(_ context.Context, source string) ([]core.LeftOut, error) {
	return reply[[]core.LeftOut](f, "LeftOut", source)
}

func (f *fake) SendLeftOut(_ context.Context, r LeftOutRef) (int, error) {
	return reply[int](f, "SendLeftOut", r)
}

func (f *fake) FillForm(_ context.Context, e FormEntry) ([]Held, error) {
	return reply[[]Held](f, "FillForm", e)
}

func (f *fake) HeldRecords(context.Context) ([]Held, error) {
	return reply[[]Held](f, "HeldRecords")
}

func (f *fake) UndoForm(_ context.Context, h Held) error { return f.heard("UndoForm", h) }

func (f *fake) LocalExamples(_ context.Context, source string) (Examples, error) {
	return reply[Examples](f, "LocalExamples", source)
}

func (f *fake) SendTrial(_ context.Context, source string) (Trial, error) {
	return reply[Trial](f, "SendTrial", source)
}

func (f *fake) Never(context.Context) (int, error) { return reply[int](f, "Never") }

func (f *fake) SetNever(_ context.Context, n NeverChange) (int, error) {
	return reply[int](f, "SetNever", n)
}

func (f *fake) RevealSecret(_ context.Context, r SecretRef) (string, error) {
	return reply[string](f, "RevealSecret", r)
}

func (f *fake) Settings(context.Context) (SettingsView, error) {
	return reply[SettingsView](f, "Settings")
}

func (f *fake) SaveSettings(_ context.Context, s SettingsDraft) error {
	return f.heard("SaveSettings", s)
}
func (f *fake) SetAutostart(_ context.Context, on bool) error { return f.heard("SetAutostart", on) }
func (f *fake) Pause(_ context.Context, until time.Time) error {
	return f.heard("Pause", until)
}
func (f *fake) Resume(context.Context) error { return f.heard("Resume") }
func (f *fake) Import(_ context.Context, r ImportRequest) (ImportResult, error) {
	return reply[ImportResult](f, "Import", r)
}

func (f *fake) Export(_ context.Context, withSecrets bool) ([]byte, error) {
	return reply[[]byte](f, "Export", withSecrets)
}

// made gives a value of any type with something in every field, the same for the
// same seed.
func made[R any](seed string) R {
	var r R
	fill(reflect.ValueOf(&r).Elem(), seed)
	return r
}

// fill puts something into every part of v.
func fill(v reflect.Value, seed string) {
	n := int64(len(seed))
	switch v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(time.Unix(1_700_000_000+n, n*1_000_000).UTC()))
		return
	case core.Secret:
		v.Set(reflect.ValueOf(core.SealedSecret("sealed-" + seed)))
		return
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString("text \"é\" <&> of " + seed)
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int32, reflect.Int64:
		v.SetInt(n)
	case reflect.Uint8, reflect.Uint32, reflect.Uint64:
		v.SetUint(uint64(n % 251))
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		for i := range 2 {
			fill(v.Index(i), fmt.Sprint(seed, i))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		key, val := reflect.New(v.Type().Key()).Elem(), reflect.New(v.Type().Elem()).Elem()
		fill(key, seed+"key")
		fill(val, seed+"value")
		v.SetMapIndex(key, val)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), seed+"*")
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), seed+v.Type().Field(i).Name)
		}
	default:
		panic("cannot make a " + v.Type().String())
	}
}
