package main

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
)

// target is the other system. It knows what came, and what was wrong with it.
type target struct {
	t      trial
	port   int
	server *http.Server

	mu     sync.Mutex
	epoch  int
	got    map[int]*arrival // by number
	twice  []int            // accepted once more, by epoch
	faults map[string]int
	order  map[string]*order // by person, or ""
}

// arrival is what came of one record.
type arrival struct {
	id       string // of the message that brought it; "" where it comes in lists
	tries    int
	accepted int
}

// order is what was accepted of those that keep their order.
type order struct {
	most  int // the greatest number ever
	epoch int
	last  int // the last number of epoch
	busy  int // epoch of the request that is being answered, -1 if none is
}

func newTarget(t trial) (*target, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	to := &target{
		t: t, port: ln.Addr().(*net.TCPAddr).Port,
		got: map[int]*arrival{}, twice: make([]int, 1), faults: map[string]int{}, order: map[string]*order{},
	}
	return to, ln.Close()
}

func (to *target) address(path string) string {
	return fmt.Sprintf("http://127.0.0.1:%d%s", to.port, path)
}

// open takes requests from now on.
func (to *target) open() error {
	ln, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", to.port))
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	mux.HandleFunc("POST /in", to.take)
	mux.HandleFunc("POST /answer/{code}", func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.Copy(io.Discard, r.Body)
		code, _ := strconv.Atoi(r.PathValue("code"))
		w.WriteHeader(code)
	})
	server := &http.Server{Handler: mux}
	to.server = server
	go func() { _ = server.Serve(ln) }()
	return nil
}

func (to *target) close() {
	if to.server != nil {
		_ = to.server.Close()
	}
}

// nextEpoch says that the engine was killed.
func (to *target) nextEpoch() {
	to.mu.Lock()
	defer to.mu.Unlock()
	to.epoch++
	to.twice = append(to.twice, 0)
}

// item is one record of a message.
type item struct {
	N   int
	Who string
}

func (to *target) take(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return // the engine died while it sent
	}
	list, err := items(body)
	if err != nil || len(list) == 0 {
		to.fault("not what was sent")
		return
	}
	to.check(r, body, list)
	leave := to.enter(list)
	code := to.answer(r.Header.Get("Webhook-Id"), list)
	leave()
	if code == 0 {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(code)
}

func items(body []byte) (list []item, err error) {
	if bytes.HasPrefix(body, []byte("[")) {
		return list, json.Unmarshal(body, &list)
	}
	list = make([]item, 1)
	return list, json.Unmarshal(body, &list[0])
}

// check looks at one request alone.
func (to *target) check(r *http.Request, body []byte, list []item) {
	id := r.Header.Get("Webhook-Id")
	if !strings.HasPrefix(id, "msg_") {
		to.fault("no id")
	}
	if len(list) > max(1, to.t.list) {
		to.fault("list too long")
	}
	if to.t.list == 0 && !bytes.Equal(body, record(list[0].N, person(list[0].Who))) {
		to.fault("other bytes than were sent")
	}
	if to.t.signed && !signedWell(r.Header, id, body) {
		to.fault("wrong signature")
	}
}

func person(who string) int {
	n, err := strconv.Atoi(strings.TrimPrefix(who, "p"))
	if err != nil {
		return -1
	}
	return n
}

// signedWell checks a signature as the standard says, with nothing of Hookbird's.
func signedWell(h http.Header, id string, body []byte) bool {
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil {
		return false
	}
	mac := hmac.New(sha256.New, key)
	fmt.Fprintf(mac, "%s.%s.%s", id, h.Get("Webhook-Timestamp"), body)
	return h.Get("Webhook-Signature") == "v1,"+base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

// enter notes that records are being taken; of those that keep an order no two may
// be at once.
func (to *target) enter(list []item) (leave func()) {
	if to.t.order == "" {
		return func() {}
	}
	to.mu.Lock()
	defer to.mu.Unlock()
	o := to.orderOf(list[0])
	if o.busy == to.epoch {
		to.faults["two at once"]++
	}
	mine := to.epoch
	o.busy = mine
	return func() {
		to.mu.Lock()
		defer to.mu.Unlock()
		if o.busy == mine {
			o.busy = -1
		}
	}
}

func (to *target) orderOf(i item) *order {
	who := i.Who
	if to.t.order == "all" {
		who = ""
	}
	o := to.order[who]
	if o == nil {
		o = &order{most: -1, epoch: -1, busy: -1}
		to.order[who] = o
	}
	return o
}

// answer decides about a message and notes what comes of it.
func (to *target) answer(id string, list []item) (code int) {
	to.mu.Lock()
	defer to.mu.Unlock()
	code = http.StatusOK
	for i, it := range list {
		a := to.got[it.N]
		if a == nil {
			a = &arrival{}
			to.got[it.N] = a
			if to.t.list == 0 {
				a.id = id
			}
		}
		if a.id != "" && a.id != id {
			to.faults["one record under two ids"]++
		}
		a.tries++
		if i == 0 && to.t.answer != nil {
			code = to.t.answer(a.tries, it.N)
		}
	}
	if code == http.StatusOK {
		for _, it := range list {
			to.accept(it)
		}
	}
	return code
}

// accept notes one record that was taken. to.mu is held.
func (to *target) accept(it item) {
	a := to.got[it.N]
	if a.accepted++; a.accepted > 1 {
		to.twice[to.epoch]++
	}
	if to.t.order == "" {
		return
	}
	o := to.orderOf(it)
	if a.accepted == 1 && it.N < o.most {
		to.faults["overtaken"]++
	}
	if o.epoch == to.epoch && it.N <= o.last {
		to.faults["out of order"]++
	}
	o.most, o.epoch, o.last = max(o.most, it.N), to.epoch, it.N
}

func (to *target) fault(what string) {
	to.mu.Lock()
	defer to.mu.Unlock()
	to.faults[what]++
}
