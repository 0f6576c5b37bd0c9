package main

import (
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// nodeREDVersion is the version that is compared with.
const nodeREDVersion = "4.1.1"

const startLimit = time.Minute

func flowsStarted(line string) bool { return strings.Contains(line, "Started flows") }

// install has npm install Node-RED into a folder, unless it is there, and gives the
// path of its program.
func install(cache string) (program string, err error) {
	cache, err = filepath.Abs(filepath.Join(cache, "node-red-"+nodeREDVersion))
	if err != nil {
		return "", err
	}
	program = filepath.Join(cache, "node_modules", "node-red", "red.js")
	if _, err := os.Stat(program); err == nil {
		return program, nil
	}
	if err := os.MkdirAll(cache, 0o700); err != nil {
		return "", err
	}
	fmt.Printf("npm installs Node-RED %s into %s\n", nodeREDVersion, cache)
	cmd := exec.Command("npm", "install", "--prefix", cache, "--no-audit", "--no-fund", "--ignore-scripts", "node-red@"+nodeREDVersion)
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("npm install: %w: %s", err, out)
	}
	_, err = os.Stat(program)
	return program, err
}

// node is one node of a flow.
type node map[string]any

// flow takes records at /in, leaves the header lines of the request behind, as a
// flow has to that passes on a body alone, and posts to the other system over
// connections that it keeps. The answer is given at once, or it is the other
// system's.
func flow(to string, after bool) []node {
	first, last, status := []string{"clean", "answer"}, []string{}, "202"
	if after {
		first, last, status = []string{"clean"}, []string{"answer"}, ""
	}
	wires := func(to ...string) [][]string { return [][]string{to} }
	return []node{
		{"id": "tab", "type": "tab", "label": "passes on"},
		{"id": "in", "z": "tab", "type": "http in", "url": "/in", "method": "post", "upload": false, "wires": wires(first...)},
		{"id": "clean", "z": "tab", "type": "change", "rules": []node{{"t": "delete", "p": "headers", "pt": "msg"}}, "wires": wires("out")},
		{
			"id": "out", "z": "tab", "type": "http request", "method": "POST", "ret": "txt", "paytoqs": "ignore", "url": to,
			"persist": true, "insecureHTTPParser": false, "senderr": false, "headers": []node{}, "wires": wires(last...),
		},
		{"id": "answer", "z": "tab", "type": "http response", "statusCode": status, "headers": node{}, "wires": []string{}},
	}
}

// nodeREDSettings keep it on this computer, without editor.
const nodeREDSettings = `module.exports = {
	uiHost: "127.0.0.1", disableEditor: true, httpAdminRoot: false, telemetry: { enabled: false },
	credentialSecret: false, flowFile: "flows.json",
	logging: { console: { level: "info", metrics: false, audit: false } },
}
`

func writeFlow(dir, to string, after bool) error {
	text, err := json.Marshal(flow(to, after))
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "settings.js"), []byte(nodeREDSettings), 0o600); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(dir, "flows.json"), text, 0o600)
}
