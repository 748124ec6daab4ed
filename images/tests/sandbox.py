"""A built image run as workspaces run it: runc, read-only root, no network, no capability, user 1000 of a user namespace."""

import json
import os
import secrets
import shutil
import subprocess
import tempfile
from pathlib import Path

FIRST_USER = 231072
VISITOR = FIRST_USER + 1000


class Sandbox:
    """Starts at once; leaving the with-block ends everything in it."""

    def __init__(self, root: str, *command: str, mounts: dict[str, Path] | None = None, environment: dict | None = None,
                 output=subprocess.PIPE, errors=None):
        self.id = f"sekisho-images-test-{secrets.token_hex(4)}"
        self.home = Path(tempfile.mkdtemp(prefix="sekisho-"))
        self.home.chmod(0o755)
        (self.home / "config.json").write_text(json.dumps(configuration(root, command, mounts or {}, environment or {})))
        self.running = subprocess.Popen(["runc", "run", "--bundle", self.home, self.id], stdin=subprocess.DEVNULL,
                                        stdout=output, stderr=errors, text=True)

    def execute(self, *command: str, environment: dict | None = None) -> subprocess.CompletedProcess:
        """One more program in the same sandbox."""
        settings = [part for name, value in (environment or {}).items() for part in ("--env", f"{name}={value}")]
        return subprocess.run(["runc", "exec", *settings, self.id, *command], capture_output=True, text=True, check=False)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        subprocess.run(["runc", "delete", "--force", self.id], capture_output=True, check=False)
        self.running.wait(20)
        if self.running.stdout:
            self.running.stdout.close()
        shutil.rmtree(self.home, ignore_errors=True)


def directory_of_visitor(parent: Path, name: str) -> Path:
    made = parent / name
    made.mkdir()
    os.chown(made, VISITOR, VISITOR)
    made.chmod(0o700)
    return made


def configuration(root: str, command, mounts, environment) -> dict:
    def tmpfs(at: str, mode: str, size: str) -> dict:
        return {"destination": at, "type": "tmpfs", "source": "tmpfs",
                "options": ["nosuid", "nodev", f"mode={mode}", f"size={size}"]}

    given = [{"destination": at, "type": "bind", "source": str(source), "options": ["bind", "nosuid", "nodev", "rw"]}
             for at, source in mounts.items()]
    settings = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/home/visitor", "LANG": "ja_JP.UTF-8", **environment}
    range_ = [{"containerID": 0, "hostID": FIRST_USER, "size": 65536}]
    return {
        "ociVersion": "1.0.2",
        "process": {"terminal": False, "user": {"uid": 1000, "gid": 1000}, "args": list(command), "cwd": "/home/visitor",
                    "env": [f"{name}={value}" for name, value in settings.items()], "noNewPrivileges": True,
                    "capabilities": {kind: [] for kind in ("bounding", "effective", "permitted")}},
        "root": {"path": root, "readonly": True},
        "hostname": "workspace",
        "mounts": [
            {"destination": "/proc", "type": "proc", "source": "proc", "options": ["nosuid", "noexec", "nodev"]},
            tmpfs("/dev", "755", "64k"),
            {"destination": "/dev/pts", "type": "devpts", "source": "devpts",
             "options": ["nosuid", "noexec", "newinstance", "ptmxmode=0666", "mode=0620"]},
            tmpfs("/dev/shm", "1777", "256m"), tmpfs("/tmp", "1777", "512m"), *given,
        ],
        "linux": {
            "namespaces": [{"type": kind} for kind in ("pid", "network", "ipc", "uts", "mount", "user")],
            "uidMappings": range_, "gidMappings": range_,
            "maskedPaths": ["/proc/kcore", "/proc/keys", "/proc/timer_list"], "readonlyPaths": ["/proc/sys", "/proc/bus"],
        },
    }
