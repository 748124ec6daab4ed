"""Where built images lie: CACHE/NAME-HASH12/{rootfs/, image.json, sbom.spdx.json}, whole or not at all."""

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from . import lock, pool, rootfs, tidy
from .definition import Definition
from .progress import Progress


def cache() -> Path:
    if named := os.environ.get("SEKISHO_IMAGES"):
        return Path(named).absolute()
    if os.geteuid() == 0:
        return Path("/var/cache/sekisho/images")
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sekisho/images"


def find(definition: Definition) -> Path | None:
    """The directory of the image that today's definition and lock give, when it was built."""
    link = cache() / "built" / f"{definition.name}-{definition.fingerprint()}"
    return link.resolve() if link.exists() else None


def build(definition: Definition, progress: Progress) -> Path:
    """Builds when needed. Two callers build once: the second waits, then finds the first one's."""
    with locked(definition.name):
        return find(definition) or assemble(definition, progress)


def assemble(definition: Definition, progress: Progress) -> Path:
    wanted = lock.read(definition)
    rootfs.require_tools()
    work = cache() / "work" / definition.name
    shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True)
    try:
        progress.at("fetch")
        pool.fill(wanted, cache(), lambda done, total: progress.at("fetch", done, total))
        pool.repository(wanted, cache(), work / "repository")
        made = work / "image"
        made.mkdir()
        rootfs.make(definition, wanted, work / "repository", made / "rootfs", progress)
        progress.at("tidy")
        tidy.tidy(definition, made / "rootfs", wanted.epoch)
        progress.at("measure")
        digest = measure(made / "rootfs", wanted.epoch)
        describe(definition, wanted, made, digest)
        progress.at("place")
        return place(definition, made, digest)
    finally:
        shutil.rmtree(work, ignore_errors=True)


def place(definition: Definition, made: Path, digest: str) -> Path:
    """One rename makes the image, one more makes it the answer for this fingerprint."""
    kept = cache() / f"{definition.name}-{digest[:12]}"
    if not kept.exists():
        made.rename(kept)
    built = cache() / "built"
    built.mkdir(exist_ok=True)
    fresh = built / f".{definition.name}.{os.getpid()}"
    fresh.symlink_to(Path("..") / kept.name)
    fresh.rename(built / f"{definition.name}-{definition.fingerprint()}")
    return kept


def describe(definition: Definition, wanted: lock.Lock, made: Path, digest: str) -> None:
    size = sum(path.lstat().st_size for path in tidy.walk(made / "rootfs") if path.is_file() and not path.is_symlink())
    facts = {"name": definition.name, "hash": digest, "lock": definition.fingerprint(), "packages": len(wanted.packages),
             "bytes": size}
    (made / "image.json").write_text(json.dumps(facts, indent=1) + "\n")


def measure(root: Path, epoch: int) -> str:
    """SHA-256 of the canonical tar: sorted, numeric owners, one time."""
    command = ["tar", "--create", "--file=-", "--sort=name", "--format=posix", "--numeric-owner", "--owner=0", "--group=0",
               f"--mtime=@{epoch}", "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", "-C", str(root), "."]
    digest = hashlib.sha256()
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}) as running:
        while block := running.stdout.read(1 << 20):
            digest.update(block)
    if running.returncode != 0:
        raise OSError(f"tar ended with {running.returncode}")
    return digest.hexdigest()


@contextmanager
def locked(name: str):
    cache().mkdir(parents=True, exist_ok=True)
    for place in (cache(), *cache().parents[:2]):
        if os.geteuid() == 0 and "sekisho" in place.parts:
            place.chmod(0o755)
    with (cache() / f".{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
