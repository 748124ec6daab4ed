"""HTTP over the workspace's one UNIX socket. The socket itself says whose workspace this is: nobody signs in here."""

from __future__ import annotations

import http.client
import json
import os
import socket

from .words import language, say

SOCKET = os.environ.get("SEKISHO_SOCKET", "/run/sekisho/data.sock")


class SekishoError(Exception):
    """Something was refused or failed. Has code, and for a statement line and column, counted from 1."""

    def __init__(self, code: str, message: str, line: int | None = None, column: int | None = None):
        super().__init__(message)
        self.code, self.line, self.column = code, line, column


class Line(http.client.HTTPConnection):
    def __init__(self):
        super().__init__("workspace", timeout=3600)

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(SOCKET)


def ask(method: str, path: str, body: dict | None = None):
    """One question whose answer is JSON."""
    with answered(method, path, None if body is None else json.dumps(body).encode(), "application/json") as answer:
        return json.load(answer)


def stream(query: str):
    """The answer to a statement as a file of Arrow's stream format, to be closed."""
    return answered("POST", "/sql", str(query).encode(), "text/plain; charset=utf-8", query=str(query))


def answered(method: str, path: str, body: bytes | None, kind: str, query: str = "") -> http.client.HTTPResponse:
    line = Line()
    try:
        line.request(method, path, body, {"Content-Type": kind, "Accept-Language": language(), "Connection": "close"})
        answer = line.getresponse()
    except (OSError, http.client.HTTPException) as failure:
        raise SekishoError("unreachable", say("unreachable")) from failure
    if answer.status < 300:
        return answer
    with answer:
        raise refused(answer.status, answer.read(1 << 20), query)


def refused(status: int, body: bytes, query: str) -> SekishoError:
    try:
        problem = json.loads(body)
        code = str(problem["type"]).removeprefix("urn:sekisho:")
        words = problem.get("detail") or problem.get("title") or code
    except (ValueError, KeyError, TypeError):
        return SekishoError("internal", say("status", status=status))
    line, column = problem.get("line"), problem.get("column")
    return SekishoError(code, words + place(query, line, column), line, column)


def place(query: str, line: int | None, column: int | None) -> str:
    """The line of the statement with a mark below the place."""
    lines = query.splitlines()
    if not line or line > len(lines):
        return ""
    shown = "\n" + say("line", line=line) + "\n    " + lines[line - 1]
    return shown + ("\n    " + " " * (column - 1) + "^" if column else "")
