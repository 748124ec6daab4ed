"""What runs inside the built images, in sandboxes like those of workspaces. Needs root and runc; an image that is not
built is skipped, loudly, unless CI is set."""

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from builder import definition, store  # noqa: E402
from gateway import Gateway  # noqa: E402
from rfb import Viewer  # noqa: E402
from sandbox import Sandbox, directory_of_visitor  # noqa: E402

ENGLISH, JAPANESE = {"LANG": "en_US.UTF-8"}, {"LANG": "ja_JP.UTF-8"}
KILL_GUACD = """for place in /proc/[0-9]*; do
  [[ $(tr '\\0' ' ' <$place/cmdline) = /usr/sbin/guacd* ]] && kill -9 ${place#/proc/}
done"""
SAMPLE = """
import pyarrow as pa, decimal
n = pa.array([decimal.Decimal(3), decimal.Decimal(4)], pa.decimal128(38, 0))
table = pa.table({"prefecture": ["東京", "大阪"], "n": n})
with pa.ipc.new_stream("/home/visitor/sample.arrow", table.schema) as made:
    made.write_table(table)
"""


def root_of(name: str) -> str:
    """The built image; without it, or without what runs it, the test is skipped, but never where CI is set or a sandbox required."""
    missing = None
    if os.geteuid() != 0:
        missing = "this needs root"
    elif shutil.which("runc") is None:
        missing = "runc is not here"
    elif (found := store.find(definition.load(name))) is None:
        missing = f"{name} is not built: ./sekisho images build {name}"
    if missing is None:
        return str(found / "rootfs")
    if os.environ.get("CI") or os.environ.get("SEKISHO_REQUIRE_SANDBOX") == "1":
        raise AssertionError(missing)
    print(f"SKIPPED, LOUDLY: {missing}", file=sys.stderr)
    raise unittest.SkipTest(missing)


class Workspace(unittest.TestCase):
    """One sandbox of the image for all tests of a class."""

    image = ""
    command = ("/bin/sleep", "600")

    @classmethod
    def setUpClass(cls):
        if not cls.image:
            raise unittest.SkipTest("only what its subclasses share")
        root = root_of(cls.image)
        cls.place = Path(tempfile.mkdtemp(prefix="sekisho-"))
        cls.place.chmod(0o755)
        cls.addClassCleanup(shutil.rmtree, cls.place, ignore_errors=True)
        cls.home = directory_of_visitor(cls.place, "home")
        cls.desk = directory_of_visitor(cls.place, "desk")
        data = directory_of_visitor(cls.place, "data")
        data.chmod(0o755)
        cls.gateway = Gateway(data)
        cls.addClassCleanup(cls.gateway.close)
        mounts = {"/home/visitor": cls.home, "/run/sekisho": data, "/run/desk": cls.desk}
        cls.begun = time.monotonic()
        cls.sandbox = Sandbox(root, *cls.command, mounts=mounts, output=subprocess.DEVNULL, errors=subprocess.DEVNULL)
        cls.addClassCleanup(cls.sandbox.__exit__)
        deadline = time.monotonic() + 30
        while cls.sandbox.execute("/bin/true").returncode != 0 and time.monotonic() < deadline:
            time.sleep(0.05)

    def run_inside(self, *command: str, environment: dict = ENGLISH) -> subprocess.CompletedProcess:
        return self.sandbox.execute(*command, environment=environment)

    def succeed(self, *command: str, environment: dict = ENGLISH) -> str:
        done = self.run_inside(*command, environment=environment)
        self.assertEqual(0, done.returncode, done.stdout + done.stderr)
        return done.stdout


class Clients(Workspace):
    image = "notebook"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        made = cls.sandbox.execute("/usr/bin/python3", "-c", SAMPLE)
        assert made.returncode == 0, made.stderr
        cls.gateway.arrow = (cls.home / "sample.arrow").read_bytes()
        directory_of_visitor(cls.home, "outputs")
        (cls.home / "outputs/a.csv").write_text("a,b\n")

    def test_the_command_says_what_it_can_do_in_both_languages(self):
        self.assertIn("the project's data", self.succeed("sekisho"))
        self.assertIn("成果物を提出", self.succeed("sekisho", "--help", environment=JAPANESE))
        self.assertEqual(2, self.run_inside("sekisho", "dance").returncode)

    def test_tables_are_listed_and_described(self):
        self.assertRegex(self.succeed("sekisho", "tables"), r"person +demo +2 +people")
        self.assertRegex(self.succeed("sekisho", "tables", "PERSON", environment=JAPANESE), "prefecture +VARCHAR .*県")
        self.assertIn("There are: person, visit", self.run_inside("sekisho", "tables", "ghost").stderr)

    def test_a_statement_gives_a_frame_with_whole_numbers(self):
        said = self.succeed("python3", "-c", "import sekisho; f = sekisho.sql('select 1'); print(f.n.sum(), f.n.dtype)")
        self.assertEqual("7 int64", said.strip())

    def test_a_statement_gives_a_tibble(self):
        said = self.succeed("Rscript", "-e", "x <- sekisho::sql('select 1'); cat(class(x)[1], sum(x$n), x$prefecture[2])")
        self.assertEqual("tbl_df 7 大阪", said.strip())

    def test_an_error_shows_its_place_in_the_language_of_the_session(self):
        done = self.run_inside("sekisho", "sql", "select 1\n  selec 2", environment=JAPANESE)
        self.assertEqual((1, "sekisho: 構文の誤りです\n2 行目:\n      selec 2\n      ^\n"), (done.returncode, done.stderr))
        said = self.succeed("Rscript", "-e",
                            "tryCatch(sekisho::sql('a\n  selec b'), sekisho_error = function(e) cat(e$code, conditionMessage(e)))")
        self.assertEqual("syntax a syntax error\nline 2:\n      selec b\n      ^", said)

    def test_results_can_be_written_to_files(self):
        self.succeed("sekisho", "sql", "select 1", "--csv", "/home/visitor/outputs/b.csv")
        self.assertIn("東京", (self.home / "outputs/b.csv").read_text())
        self.succeed("sekisho", "sql", "select 1", "--parquet", "/tmp/b.parquet")

    def test_files_of_outputs_are_submitted_by_their_path_below_the_home(self):
        self.assertIn("Submitted as o-1, held.", self.succeed("sekisho", "submit", "a.csv", "--context", "Table 1"))
        self.assertEqual({"paths": ["outputs/a.csv"], "context": "Table 1"}, json.loads(self.gateway.asked[-1][2]))
        self.succeed("Rscript", "-e", "sekisho::submit('outputs/a.csv', context = 'Table 2')")
        self.assertEqual({"paths": ["outputs/a.csv"], "context": "Table 2"}, json.loads(self.gateway.asked[-1][2]))

    def test_other_files_are_not_submitted(self):
        asked = len(self.gateway.asked)
        for file in ("sample.arrow", "/etc/passwd", "outputs/../sample.arrow", "ghost.csv"):
            self.assertEqual(1, self.run_inside("sekisho", "submit", file, "--context", "x").returncode, file)
        self.assertEqual(asked, len(self.gateway.asked))

    def test_a_verdict_is_said_in_words(self):
        self.assertIn("cannot leave as it is\n  - a.csv: small", self.succeed("sekisho", "preflight", "a.csv"))
        self.assertIn("秘匿すれば", self.succeed("sekisho", "outputs", environment=JAPANESE))

    def test_without_the_gateway_one_clear_line(self):
        done = self.run_inside("sekisho", "tables", environment={**ENGLISH, "SEKISHO_SOCKET": "/run/none.sock"})
        self.assertEqual(1, done.returncode)
        self.assertRegex(done.stderr, r"\Asekisho: The project's data cannot be reached[^\n]*\n\Z")

    def test_duckdb_statsmodels_and_survival_work(self):
        self.assertIn("42", self.succeed("duckdb", "-csv", "-c", "select 42"))
        self.succeed("python3", "-c", "import statsmodels.api, sklearn.linear_model, scipy.stats, pyarrow.parquet")
        self.succeed("Rscript", "-e", "library(survival); library(tidyverse); survfit(Surv(time, status) ~ 1, lung)")


class Notebooks(Workspace):
    image = "notebook"

    def run_notebook(self, *sources: str, kernel: str = "python3", language: str = "python"):
        """What it printed, its exit code, and the executed cells."""
        cells = [{"cell_type": "code", "id": f"c{place}", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
                 for place, source in enumerate(sources)]
        document = {"nbformat": 4, "nbformat_minor": 5, "cells": cells,
                    "metadata": {"kernelspec": {"name": kernel, "language": language, "display_name": kernel}}}
        (self.home / "in.ipynb").write_text(json.dumps(document))
        (self.home / "out.ipynb").unlink(missing_ok=True)
        done = self.run_inside("/usr/lib/sekisho/run-notebook", "/home/visitor/in.ipynb", "/home/visitor/out.ipynb")
        made = self.home / "out.ipynb"
        executed = json.loads(made.read_text())["cells"] if made.exists() else []
        return [json.loads(line) for line in done.stdout.splitlines()], done, [cell["outputs"] for cell in executed]

    def test_ten_cells_run_in_order_and_say_so(self):
        cells = ["import pandas as pd, matplotlib.pyplot as plt", "f = pd.DataFrame({'x': [1, 2]})", "f", "f.x.sum()",
                 "plt.plot(f.x); plt.title('日本語'); plt.show()", "print('ten')", "import os; os.write(1, b'{\"cell\": 99}')",
                 "open('outputs/x.csv', 'w').write('x')", "1", "2"]
        said, done, outputs = self.run_notebook(*cells)
        self.assertEqual(0, done.returncode, done.stderr)
        self.assertEqual([{"cell": n, "of": 10, "state": state} for n in range(1, 11) for state in ("running", "done")], said)
        self.assertTrue(any("image/png" in output.get("data", {}) for output in outputs[4]))
        self.assertFalse(any(output.get("name") == "stderr" for output in outputs[4]), "a font is missing: " + str(outputs[4])[:300])
        self.assertTrue((self.home / "outputs/x.csv").exists())

    def test_a_failing_cell_tells_its_class_alone(self):
        said, done, outputs = self.run_notebook("1", "{}['secret-77']", "3")
        self.assertEqual(1, done.returncode)
        self.assertEqual({"cell": 2, "of": 3, "state": "failed", "error": "KeyError"}, said[-1])
        self.assertNotIn("secret-77", done.stdout + done.stderr)
        self.assertEqual([], outputs[2])

    def test_a_class_with_a_strange_name_is_an_error(self):
        said, _, _ = self.run_notebook("raise type('患者 77', (Exception,), {})()")
        self.assertEqual("Error", said[-1]["error"])

    def test_a_kernel_that_dies_is_said(self):
        said, done, _ = self.run_notebook("1", "import os; os._exit(3)")
        self.assertEqual((1, "DeadKernelError"), (done.returncode, said[-1]["error"]))

    def test_r_runs_prints_draws_and_fails_by_class(self):
        said, done, outputs = self.run_notebook(
            "x <- 1:10; mean(x)", "library(ggplot2)\nggplot(mtcars, aes(wt, mpg)) + geom_point() + ggtitle('日本語')",
            "cat('hello\\n')", "stop('secret 77')", kernel="ir", language="R")
        self.assertEqual(1, done.returncode, done.stderr)
        self.assertEqual({"cell": 4, "of": 4, "state": "failed", "error": "simpleError"}, said[-1])
        self.assertIn("5.5", str(outputs[0]))
        self.assertIn("image/png", str(outputs[1]))
        self.assertIn("hello", str(outputs[2]))
        self.assertNotIn("secret", done.stdout + done.stderr)

    def test_what_is_no_notebook_or_has_no_kernel_here_ends_with_2(self):
        self.assertEqual(2, self.run_notebook("1", kernel="julia", language="julia")[1].returncode)
        (self.home / "bad.ipynb").write_text("{}")
        self.assertEqual(2, self.run_inside("/usr/lib/sekisho/run-notebook", "/home/visitor/bad.ipynb", "/tmp/o").returncode)


class Desktop(Workspace):
    image = "desktop"
    command = ("/usr/lib/sekisho/desktop", "1280x800")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.screen = Viewer(cls.desk / "vnc.sock")
        cls.addClassCleanup(cls.screen.__exit__)
        cls.answered = time.monotonic() - cls.begun
        while cls.look() == "#000000" and time.monotonic() - cls.begun < 20:
            time.sleep(0.01)
        print(f"desktop: X answers after {cls.answered:.2f} s, painted after {time.monotonic() - cls.begun:.2f} s")

    @classmethod
    def look(cls) -> str:
        cls.screen.look()
        return cls.screen.colour(5, 5)

    def wait_for(self, what, patience: float = 30):
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if answer := what():
                return answer
            time.sleep(0.1)
        self.keep_picture()
        self.fail("it did not come")

    def keep_picture(self):
        if kept := os.environ.get("SEKISHO_PICTURES"):
            self.screen.look()
            self.screen.save(Path(kept) / f"{self.id().rsplit('.', 1)[-1]}.png")

    def is_running(self, name: str) -> bool:
        return name in self.run_inside("ps", "-eo", "args").stdout

    def test_it_is_there_within_seconds_and_coloured(self):
        self.assertLess(self.answered, 20)
        self.assertNotEqual("#000000", self.look())

    def test_keys_reach_the_terminal(self):
        self.wait_for(lambda: self.is_running("xterm") and self.is_running("tint2"))
        time.sleep(1)
        self.screen.click(640, 300)
        self.screen.type("echo typed > /home/visitor/typed\n")
        self.wait_for((self.home / "typed").exists)
        self.keep_picture()

    def test_the_input_method_and_the_panel_run(self):
        for name in ("openbox", "tint2", "fcitx5", "dbus-daemon"):
            self.wait_for(lambda: self.is_running(name))

    def test_whoever_only_asks_whether_it_is_there_locks_nobody_out(self):
        for _ in range(20):
            with connect(self.desk / "vnc.sock") as line:
                line.recv(12)
        Viewer(self.desk / "vnc.sock").line.close()

    def test_nothing_of_it_needs_more_than_its_places(self):
        self.assertNotIn("Read-only file system", self.run_inside("sh", "-c", "cat /tmp/run/*.log 2>/dev/null").stdout)


class Guacd(unittest.TestCase):
    def test_it_greets_through_its_socket_and_ends_with_guacd(self):
        root = root_of("guacd")
        with tempfile.TemporaryDirectory() as made:
            place = Path(made)
            place.chmod(0o755)
            mounts = {"/run/guacd": directory_of_visitor(place, "guacd"), "/run/desk": directory_of_visitor(place, "desk")}
            with Sandbox(root, "/usr/lib/sekisho/guacd", mounts=mounts, output=subprocess.DEVNULL, errors=subprocess.DEVNULL) as sandbox:
                line = connect(place / "guacd/guacd.sock")
                line.sendall(b"6.select,3.vnc;")
                self.assertRegex(line.recv(4096).decode(), r"^4\.args,13\.VERSION_1_[0-9]_0,8\.hostname,4\.port,")
                line.close()
                sandbox.execute("/bin/bash", "-c", KILL_GUACD)
                self.assertIsNotNone(sandbox.running.wait(10))


def connect(path: Path) -> socket.socket:
    deadline = time.monotonic() + 20
    while True:
        line = socket.socket(socket.AF_UNIX)
        try:
            line.connect(str(path))
            line.settimeout(10)
            return line
        except OSError:
            line.close()
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


if __name__ == "__main__":
    unittest.main()
