"""A place in memory to build in, where there is plenty: dpkg syncs its database after every step, and a disk makes that
most of a build's time."""

import os
import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

PLENTY = 8 << 30  # bytes: thrice what the largest image takes
OWN_MOUNTS = "SEKISHO_IMAGES_OWN_MOUNTS"


def with_own_mounts() -> None:
    """Starts this program anew in a mount namespace of its own, so that no mount outlives it, however it ends."""
    if os.geteuid() == 0 and OWN_MOUNTS not in os.environ:
        os.environ[OWN_MOUNTS] = "1"
        os.execvp("unshare", ["unshare", "--mount", "--propagation", "private", sys.executable, *sys.argv])


def available() -> int:
    found = re.search(r"^MemAvailable: +(\d+) kB$", Path("/proc/meminfo").read_text(), re.MULTILINE)
    return int(found[1]) << 10 if found else 0


@contextmanager
def roomy(place: Path):
    """An empty directory, in memory if that is plenty, else on the disk; empty again afterwards."""
    place.mkdir(mode=0o755)
    mounted = OWN_MOUNTS in os.environ and available() >= PLENTY and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "mode=755,size=6g", "tmpfs", place], capture_output=True, check=False).returncode == 0
    try:
        yield place
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", place], check=False)
