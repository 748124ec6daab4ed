"""A stand-in for the gateway's data socket, with the answers that the tests need. Standard library alone: the Arrow
stream that it gives was made once by the image's own pyarrow."""

import http.server
import json
import os
import socketserver
import threading
from pathlib import Path

TABLES = {"items": [
    {"name": "person", "dataset": "demo", "description": {"ja": "人", "en": "people"}, "columns": [
        {"name": "person_id", "type": "VARCHAR", "kind": "person", "description": {"ja": "仮名", "en": "pseudonym"}},
        {"name": "prefecture", "type": "VARCHAR", "kind": "quasi-identifier", "description": {"ja": "県", "en": "prefecture"}}]},
    {"name": "visit", "dataset": "demo", "description": {"ja": "受診", "en": "visits"}, "columns": []},
]}
FINDING = {"rule": "minimum-count", "severity": "BLOCKER", "file": "a.csv", "where": {}, "message": {"ja": "小さい", "en": "small"}}
SYNTAX = {"ja": "構文の誤りです", "en": "a syntax error"}


class Gateway:
    """Serves on directory/data.sock; asked is every request, as (method, path, body)."""

    def __init__(self, directory: Path):
        self.asked: list[tuple[str, str, str]] = []
        self.arrow = b""
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def answer(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
                outer.asked.append((self.command, self.path, body))
                japanese = self.headers.get("Accept-Language", "").startswith("ja")
                status, kind, answer = outer.reply(self.command, self.path, body, "ja" if japanese else "en")
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            do_GET = do_POST = answer

            def address_string(self):
                return "workspace"

            def log_message(self, *_):
                pass

        class Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
            daemon_threads = True

        self.server = Server(str(directory / "data.sock"), Handler)
        os.chmod(directory / "data.sock", 0o666)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def reply(self, method: str, path: str, body: str, language: str) -> tuple[int, str, bytes]:
        def told(status: int, answer) -> tuple[int, str, bytes]:
            kind = "application/json" if status < 300 else "application/problem+json"
            return status, kind, json.dumps(answer).encode()

        match method, path:
            case "GET", "/tables":
                return told(200, TABLES)
            case "GET", "/about":
                return told(200, {"project": "p", "title": {"ja": "題", "en": "title"}, "expires": "2027-03-31", "clipboard": False})
            case "POST", "/sql" if "selec " in body:
                return told(400, {"type": "urn:sekisho:syntax", "title": SYNTAX[language], "detail": SYNTAX[language],
                                  "line": 2, "column": 3})
            case "POST", "/sql":
                return 200, "application/vnd.apache.arrow.stream", self.arrow
            case "GET", "/outputs":
                return told(200, {"items": [{"id": "o-1", "state": "held", "verdict": "amendable", "title": "a.csv",
                                             "findings": [FINDING]}]})
            case "POST", "/outputs":
                return told(201, {"id": "o-1", "state": "held"})
            case "POST", "/preflight":
                return told(200, {"verdict": "refuse", "findings": [FINDING]})
        return told(404, {"type": "urn:sekisho:not-found", "title": "?", "detail": "?"})

    def close(self):
        self.server.shutdown()
        self.server.server_close()
