"""A root file system from a lock: mmdebstrap installs exactly the locked packages, then everything accidental goes."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from .definition import Definition, Refused
from .lock import Lock
from .progress import Progress
from .standin import STAND_IN

# Documentation goes, licences stay; of the locales Japanese and English stay.
EXCLUDED = [
    "/usr/share/doc/*", "/usr/share/man/*", "/usr/share/info/*", "/usr/share/lintian/*", "/usr/share/gtk-doc/*",
    "/usr/share/locale/*", "/usr/share/help/*", "/usr/bin/py3compile", "/usr/bin/py3clean",
]
INCLUDED = [
    "/usr/share/doc/*/copyright", "/usr/share/locale/ja/*", "/usr/share/locale/en*", "/usr/share/locale/locale.alias",
]
HOOKS = Path("/usr/share/mmdebstrap/hooks/file-mirror-automount")


def make(definition: Definition, lock: Lock, repository: Path, root: Path, progress: Progress) -> None:
    """Fills root, which must not exist; raises Refused when a package cannot be installed."""
    require_tools()
    paths = [f"--dpkgopt=path-exclude={pattern}" for pattern in [*EXCLUDED, *definition.exclude]]
    paths += [f"--dpkgopt=path-include={pattern}" for pattern in INCLUDED]
    packages = [f"{package.name}={package.version}" for package in lock.packages]
    packages += [STAND_IN] if lock.without else []
    command = [
        "unshare", "--mount", "--propagation", "private",  # so that no mount outlives a failed build
        "mmdebstrap", "--mode=root", "--variant=essential", "--format=directory", "--architectures=amd64", "--verbose",
        "--skip=check/empty,check/signed-by", f"--hook-dir={HOOKS}", "--dpkgopt=force-unsafe-io", *paths,
        "--aptopt=APT::Install-Recommends \"false\"", "--aptopt=APT::Sandbox::User \"root\"",
        f"--include={','.join(packages)}", lock.suite, str(root), f"deb [trusted=yes] file://{repository} ./",
    ]
    environment = {"PATH": os.environ.get("PATH", ""), "HOME": "/root", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0",
                   "SOURCE_DATE_EPOCH": str(lock.epoch), "DEBIAN_FRONTEND": "noninteractive"}
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                          errors="replace", stdin=subprocess.DEVNULL) as running:
        said = follow(running, len(lock.packages), progress)
    if running.returncode != 0:
        raise Refused("mmdebstrap failed: " + " / ".join(line[:300] for line in said[-16:]))


def follow(running: subprocess.Popen, packages: int, progress: Progress) -> list[str]:
    """Turns dpkg's words into progress; returns the last lines for when it goes wrong."""
    said: list[str] = []
    unpacked = configured = 0
    progress.at("unpack")
    for line in running.stdout:
        said = [*said[-40:], line.strip()]
        if line.startswith("Unpacking "):
            unpacked += 1
            progress.at("unpack", unpacked, packages)
        elif line.startswith("Setting up "):
            configured += 1
            progress.at("configure", configured, packages)
    return said


def require_tools() -> None:
    if os.geteuid() != 0:
        raise Refused("building an image needs root (a user who is not may use images that root has built)")
    if shutil.which("mmdebstrap") is None:
        raise Refused("building an image needs mmdebstrap: apt-get install mmdebstrap")
