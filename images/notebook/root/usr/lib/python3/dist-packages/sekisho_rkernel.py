"""A Jupyter kernel for R: Jupyter's side in Python, R itself in /usr/lib/sekisho/rkernel.R behind two pipes.

Requests and events are JSON, one a line. Debian has no kernel for R of its own."""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading

from ipykernel.kernelapp import IPKernelApp
from ipykernel.kernelbase import Kernel


class RKernel(Kernel):
    implementation = "sekisho-r"
    implementation_version = "1"
    language_info = {"name": "R", "mimetype": "text/x-r-source", "file_extension": ".r", "codemirror_mode": "r"}
    banner = "R"

    def __init__(self, **arguments):
        super().__init__(**arguments)
        self.start_r()

    def start_r(self) -> None:
        their_requests, requests = os.pipe()
        events, their_events = os.pipe()
        self.r = subprocess.Popen(
            ["R", "--no-echo", "--no-save", "--no-restore", "--file=/usr/lib/sekisho/rkernel.R",
             "--args", str(their_requests), str(their_events)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            pass_fds=(their_requests, their_events), env={**os.environ, "R_CLI_NUM_COLORS": "1"})
        os.close(their_requests)
        os.close(their_events)
        self.requests = os.fdopen(requests, "w", buffering=1, encoding="utf-8")
        self.events = os.fdopen(events, encoding="utf-8", errors="replace")
        threading.Thread(target=self.pass_on, args=(self.r.stdout,), daemon=True).start()

    def pass_on(self, pipe) -> None:
        """What compiled code and child processes print."""
        for line in pipe:
            self.stream("stdout", line.decode(errors="replace"))

    def stream(self, name: str, text: str) -> None:
        self.send_response(self.iopub_socket, "stream", {"name": name, "text": text})

    def exchange(self, request: dict):
        """Sends a request and yields events until R is done with it; an interrupt goes to R as well, so just wait on."""
        try:
            self.requests.write(json.dumps(request) + "\n")
        except OSError:
            yield {"event": "died"}
            return
        while True:
            try:
                line = self.events.readline()
            except KeyboardInterrupt:
                continue
            if not line:
                yield {"event": "died"}
                return
            event = json.loads(line)
            if event["event"] == "done":
                return
            yield event

    def do_execute(self, code, silent, store_history=True, user_expressions=None, allow_stdin=False, **_):
        failure = None
        for event in self.exchange({"run": code}):
            match event["event"]:
                case "stream" if not silent:
                    self.stream(event["name"], event["text"])
                case "display" if not silent:
                    self.send_response(self.iopub_socket, "display_data", {"data": event["data"], "metadata": {}})
                case "error":
                    failure = {"ename": event["class"], "evalue": event["message"],
                               "traceback": [f"Error: {event['message']}"]}
                case "died":
                    failure = {"ename": "DeadKernelError", "evalue": "R ended", "traceback": ["R ended; it starts anew."]}
                    self.start_r()
        if failure is None:
            return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}
        if not silent:
            self.send_response(self.iopub_socket, "error", failure)
        return {"status": "error", "execution_count": self.execution_count, **failure}

    def do_complete(self, code, cursor_pos):
        line = code[:cursor_pos].rpartition("\n")[2]
        token = re.search(r"[A-Za-z0-9_.:$@]*$", line)[0]
        found = [match for event in self.exchange({"complete": line}) for match in event.get("matches", [])]
        return {"status": "ok", "matches": found, "metadata": {}, "cursor_start": cursor_pos - len(token), "cursor_end": cursor_pos}

    def do_is_complete(self, code):
        answers = [event["status"] for event in self.exchange({"parse": code}) if "status" in event]
        return {"status": answers[0] if answers else "unknown", "indent": ""}

    def do_shutdown(self, restart):
        self.r.kill()
        self.r.wait()
        if restart:
            self.start_r()
        return {"status": "ok", "restart": restart}


if __name__ == "__main__":
    IPKernelApp.launch_instance(kernel_class=RKernel)
