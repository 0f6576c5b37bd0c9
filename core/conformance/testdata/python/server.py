"""Says what Python's urllib.parse and json understood of a request."""
import http.server
import json
import urllib.parse


class Handler(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        url = urllib.parse.urlsplit(self.path)
        heard = {
            "method": self.command,
            "path": urllib.parse.unquote(url.path),
            "query": dict(urllib.parse.parse_qsl(url.query, keep_blank_values=True)),
        }
        if self.headers["Content-Type"] == "application/x-www-form-urlencoded":
            heard["form"] = dict(urllib.parse.parse_qsl(body, keep_blank_values=True, strict_parsing=True))
        else:
            heard["json"] = json.loads(body)
        answer = json.dumps(heard).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    do_PUT = do_POST

    def log_message(self, *args):
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
