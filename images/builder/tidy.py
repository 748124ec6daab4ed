"""Takes out of a root file system everything that two builds of one lock would not share, and what nobody needs inside."""

import fnmatch
import os
import shutil
import stat
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .definition import Definition, Refused

GONE = [
    "etc/.pwd.lock", "etc/dpkg/dpkg.cfg.d/99mmdebstrap", "etc/apt", "etc/hostname", "etc/resolv.conf", "etc/shadow",
    "etc/shadow-", "etc/gshadow", "etc/gshadow-", "etc/passwd-", "etc/group-", "etc/subuid", "etc/subuid-", "etc/subgid",
    "etc/subgid-", "etc/ssh", "etc/cron.d", "etc/cron.daily", "etc/init.d", "var/lib/apt", "var/lib/dbus/machine-id",
    "var/lib/systemd", "var/lib/dpkg/lock", "var/lib/dpkg/lock-frontend", "var/lib/dpkg/available-old",
    "var/lib/dpkg/status-old", "var/lib/dpkg/diversions-old", "var/lib/dpkg/statoverride-old", "var/lib/dpkg/triggers/Lock",
    "var/lib/ucf", "usr/lib/systemd/system", "usr/lib/systemd/user",
]
EMPTIED = ["var/log", "var/cache", "var/tmp", "tmp", "run", "boot", "dev", "proc", "sys", "root", "home"]
PARTS = 2
VISITOR = "visitor:x:1000:1000:Visitor:/home/visitor:/bin/bash"
PLACES = ["home/visitor", "opt/project", "run/sekisho", "run/desk", "run/guacd", "dev/shm", "etc/sekisho"]


def tidy(definition: Definition, root: Path, epoch: int) -> None:
    for name in GONE:
        remove(root / name)
    for name in EMPTIED:
        (root / name).mkdir(exist_ok=True)
        for below in (root / name).iterdir():
            remove(below)
    for name in PLACES:
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "etc/machine-id").write_text("")
    (root / "etc/hostname").write_text("workspace\n")
    (root / "etc/hosts").write_text("127.0.0.1 localhost workspace\n::1 localhost\n")
    add_line(root / "etc/passwd", VISITOR)
    add_line(root / "etc/group", "visitor:x:1000:")
    drop_excluded(root, definition.exclude)
    own(root)
    date(root, epoch)
    make_caches(root, epoch)
    own(root)
    date(root, epoch)


def drop_excluded(root: Path, patterns: tuple[str, ...]) -> None:
    """Again after dpkg, for what maintainer scripts and links brought."""
    for path in walk(root):
        if any(fnmatch.fnmatchcase(f"/{path.relative_to(root)}", pattern) for pattern in patterns):
            remove(path)


def make_caches(root: Path, epoch: int) -> None:
    """Caches that make programs start fast, made once here, over files that already bear their final times."""
    if (root / "usr/bin/localedef").exists():
        for locale in ("ja_JP", "en_GB", "en_US"):
            if (root / "usr/share/i18n/locales" / locale).exists():
                inside(root, epoch, "localedef", "-c", "-i", locale, "-f", "UTF-8", f"{locale}.UTF-8")
    if (root / "usr/bin/python3").exists():
        compile_python(root, epoch)
    if (root / "usr/bin/fc-cache").exists():
        date(root, epoch)
        inside(root, epoch, "fc-cache", "-s", "-f")


def compile_python(root: Path, epoch: int) -> None:
    """Compiled once for all, never checked against the sources, which nobody changes. What Python writes depends on what
    the same process compiled before, so that the parts and their order are fixed and no pool shares them out."""
    for cached in [path for path in walk(root) if path.name == "__pycache__"]:
        remove(cached)
    packages = sorted(f"/{place.relative_to(root)}" for place in (root / "usr/lib/python3/dist-packages").glob("*"))
    library = sorted(f"/usr/lib/{place.name}" for place in (root / "usr/lib").glob("python3.*"))
    command = ("python3", "-m", "compileall", "-q", "-j", "1", "--invalidation-mode", "unchecked-hash")
    with ThreadPoolExecutor(PARTS) as threads:
        for part in (packages[0::2], [*packages[1::2], *library]):
            threads.submit(inside, root, epoch, *command, *part, lenient=True)


def inside(root: Path, epoch: int, *command: str, lenient: bool = False) -> None:
    """Runs a command in the image, with a /tmp that is gone afterwards."""
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C.UTF-8", "HOME": "/tmp", "PYTHONHASHSEED": "0",
                   "SOURCE_DATE_EPOCH": str(epoch), "PYTHONDONTWRITEBYTECODE": "1", "TZ": "UTC"}
    script = 'mount -t tmpfs tmpfs "$0/tmp" && mount -t proc proc "$0/proc" && exec chroot "$@"'
    done = subprocess.run(["unshare", "--mount", "--propagation", "private", "sh", "-c", script, root, root, *command],
                          env=environment, check=False, capture_output=True, text=True, errors="replace")
    if done.returncode != 0 and not lenient:
        raise Refused(f"{command[0]} failed inside the image: {(done.stdout + done.stderr)[-600:]}")


def own(root: Path) -> None:
    """Everything belongs to root and can be read by all; nothing is set-user-id, and there is no device."""
    for path in walk(root):
        mode = path.lstat().st_mode
        os.chown(path, 0, 0, follow_symlinks=False)
        if stat.S_ISLNK(mode):
            continue
        if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
            path.unlink()
            continue
        plain = stat.S_IMODE(mode) & 0o755 | 0o444 | (0o111 if stat.S_ISDIR(mode) or mode & 0o111 else 0)
        path.chmod(plain | 0o200)
    for name in ("tmp", "var/tmp", "dev/shm"):
        (root / name).chmod(0o1777)


def date(root: Path, epoch: int) -> None:
    """Files first, then the directories that hold them."""
    for path in walk(root):
        os.utime(path, (epoch, epoch), follow_symlinks=False)
    os.utime(root, (epoch, epoch))


def walk(root: Path) -> Iterator[Path]:
    """Everything below root, deepest first."""
    for directory, below, files in os.walk(root, topdown=False):
        for name in [*files, *below]:
            yield Path(directory, name)


def add_line(file: Path, line: str) -> None:
    lines = [known for known in file.read_text().splitlines() if known.split(":")[0] != line.split(":")[0]]
    file.write_text("\n".join([*lines, line]) + "\n")


def remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
