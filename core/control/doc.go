// Package control is how windows and the command line talk to the engine: what
// can be asked (Service), a Server that answers over HTTP with JSON, and a
// Client that asks. Both sides satisfy Service, so that a page works the same on
// a client and, in tests, on the engine itself.
//
// It must not hold any logic of delivery, nor anything of the window.
//
// # Where the engine listens
//
// A unix socket that only its owner may open; on Windows, and where the path is
// too long for one, a port of 127.0.0.1. The file control.json in the data
// folder, which only its owner may read, says where, with a token that every
// request carries as "Authorization: Bearer TOKEN". The Host must be the one
// that control.json implies, and a request with an Origin is refused: web pages
// have no business here.
//
// # Requests
//
// Reads are GET, commands are POST, PUT and DELETE; arguments are in the path,
// in the query of a GET or DELETE, and else in a JSON body. Fields are named as
// in the Go types. The routes:
//
//	GET    /handshake               who answers, and whether it is ready
//	POST   /v1/show                 raise the window, or open it: {"page": "…"}
//	POST   /v1/shown                the window was raised: {"show": N} from the stream
//	POST   /v1/quit                 end Hookbird: {"newer": true} to take over from it
//	GET    /v1/changes              the stream of changes
//	GET    /v1/past                 Pasts
//	POST   /v1/past/compare         ComparePast
//	POST   /v1/past/back            BringBack
//	POST   /v1/past/undo            UndoRemoval
//	GET    /v1/safety               Safety
//	POST   /v1/safety/tidy          TidyUp
//	POST   /v1/safety/seen          SeenRepair
//	POST   /v1/brakes               AnswerBrake
//	POST   /v1/rehearsals           Rehearsal
//	POST   /v1/rehearsals/start     StartSending
//	POST   /v1/people/find          FindPerson
//	GET    /v1/people/{id}          Person
//	POST   /v1/people/export        ExportPerson
//	POST   /v1/people/{id}/erase    ErasePerson
//	GET    /v1/erased               Erased
//	GET    /v1/copies               Copies
//	POST   /v1/copies/drop          DropCopy
//	GET    /v1/metrics              Metrics
//	GET    /v1/diagnostics          Diagnostics
//	GET    /v1/jobs                 Jobs
//	GET    /v1/jobs/{id}            Job
//	POST   /v1/jobs/{id}/cancel     CancelJob
//	DELETE /v1/jobs/{id}            ForgetJob
//	GET    /v1/groups               Groups
//	GET    /v1/activity/count       CountActivity
//	GET    /v1/activity/hours       ActivityHours
//	POST   /v1/activity/export      ExportActivity
//	GET    /v1/kept                 Kept
//	POST   /v1/again/plan           AgainPlan
//	POST   /v1/again                SendAllAgain
//	POST   /v1/replay/plan          ReplayPlan
//	POST   /v1/replay               Replay
//	GET    /v1/corrections/{key}    Correction
//	POST   /v1/corrections/preview  PreviewCorrection
//	POST   /v1/corrections          Correct
//	POST   /v1/leave                Leave
//	GET    /v1/backups              Backups
//	POST   /v1/backups              MakeBackup
//	POST   /v1/backups/delete       DeleteBackup
//	POST   /v1/backups/look         LookAtBackup
//	POST   /v1/restore              Restore
//	GET    /v1/restored             Restored
//	POST   /v1/restored             AnswerRestored
//	GET    /v1/hello                Hello
//	GET    /v1/status               Status
//	GET    /v1/overview             Overview
//	GET    /v1/webhooks             Webhooks
//	GET    /v1/webhooks/{id}        Webhook
//	POST   /v1/webhooks             SaveWebhook
//	DELETE /v1/webhooks/{id}        DeleteWebhook
//	POST   /v1/webhooks/{id}/state  SetState
//	POST   /v1/webhooks/{id}/pause  PauseWebhook
//	POST   /v1/webhooks/{id}/try    TryNow
//	POST   /v1/samples              Samples
//	POST   /v1/preview              Preview
//	POST   /v1/try-out              TryOut
//	POST   /v1/compare              Compare
//	POST   /v1/differences          Differences
//	POST   /v1/test                 Test
//	POST   /v1/check-address        CheckAddress
//	GET    /v1/activity             Activity
//	GET    /v1/deliveries/{key}     Delivery
//	POST   /v1/deliveries/again     SendAgain
//	POST   /v1/deliveries/settle    Settle
//	GET    /v1/runs                 Runs
//	POST   /v1/runs/{id}/state      SetRun
//	GET    /v1/sources              Sources
//	POST   /v1/sources              SaveSource
//	DELETE /v1/sources/{id}         DeleteSource
//	POST   /v1/sources/{id}/paused  SetSourcePaused
//	POST   /v1/survey               SurveySource
//	POST   /v1/source-answers       AnswerSource
//	POST   /v1/reread               RereadSource
//	GET    /v1/sources/{id}/left    LeftOut
//	POST   /v1/left-out             SendLeftOut
//	POST   /v1/forms                FillForm
//	GET    /v1/held                 HeldRecords
//	POST   /v1/held/undo            UndoForm
//	GET    /v1/sources/{id}/code    LocalExamples
//	POST   /v1/sources/{id}/trial   SendTrial
//	GET    /v1/never                Never
//	POST   /v1/never                SetNever
//	POST   /v1/reveal               RevealSecret
//	GET    /v1/settings             Settings
//	PUT    /v1/settings             SaveSettings
//	PUT    /v1/autostart            SetAutostart
//	POST   /v1/pause                Pause
//	POST   /v1/resume               Resume
//	POST   /v1/import               Import
//	POST   /v1/export               Export
//
// # Errors
//
// A refusal is {"error": {"code", "message", "where"}}, or {"errors": […]} with
// every wrong place at once. The codes are those of core.Error: invalid is 400,
// not_found 404, conflict 409, unavailable 503 and internal 500. Until its store
// is open the engine answers 503 with Retry-After, and the reason "starting".
//
// # Secrets
//
// Answers hold names of secrets, never texts, but for Export with secrets and
// RevealSecret. Texts that somebody typed travel once, beside the draft that
// they belong to: {"draft": …, "secrets": {"field:token": "…"}}, their places as
// in core.Webhook.Secrets.
//
// # The stream of changes
//
// One JSON object a line: {"gen": N} says that something changed since N was
// smaller, and no more; whoever shows it reads it anew. "show": N asks the window
// to come forward, in every line until POST /v1/shown acknowledges that N; "quit":
// true is the last line of all. Lines are at least 100 ms apart. The open stream
// is what registers a window: a second one is refused with 409.
package control
