"""The packages of a lock, on this machine: cache/packages/SHA256.deb, each checked by its hash."""

import hashlib
import os
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import mirror
from .definition import Refused
from .lock import Lock, Package, first_error
from .standin import entry, stand_in

BATCH = 40  # packages asked for at once: few enough to show progress, many enough to keep the line busy


def fill(lock: Lock, cache: Path, progress: Callable[[int, int], None]) -> None:
    """Fetches what is missing; progress gets bytes done and bytes in all."""
    pool = cache / "packages"
    pool.mkdir(parents=True, exist_ok=True)
    missing = [package for package in lock.packages if not place(pool, package).exists()]
    total = sum(package.size for package in missing)
    done = 0
    address = mirror.address() if missing else ""
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        partial = {package: pool / f".{package.sha256}.{os.getpid()}" for package in batch}
        try:
            said = mirror.fetch([(f"{address}/{p.path}", file, p.sha256) for p, file in partial.items()])
            for package, file in partial.items():
                take(package, file, place(pool, package), said)
                done += package.size
        finally:
            for file in partial.values():
                file.unlink(missing_ok=True)
        progress(done, total)


def place(pool: Path, package: Package) -> Path:
    return pool / f"{package.sha256}.deb"


def take(package: Package, fetched: Path, kept: Path, said: str) -> None:
    named = f"{package.name} {package.version}"
    if not fetched.exists():
        if mirror.NO_NETWORK.search(said):
            raise Refused(f"no network: {named} cannot be fetched from {mirror.address()}")
        if "Hash Sum mismatch" in said or "Hashes of " in said:
            raise Refused(f"{named} as fetched is not what the lock says: another SHA-256")
        if "404" not in said:
            raise Refused(f"{named} cannot be fetched from {mirror.address()}: {first_error(said)}")
        raise Refused(
            f"{named} is no longer on the mirror {mirror.address()}; make the locks anew with ./sekisho images lock, or "
            f"build with today's versions with ./sekisho images build --unlocked")
    if hashlib.sha256(fetched.read_bytes()).hexdigest() != package.sha256:
        raise Refused(f"{named} as fetched is not what the lock says: another SHA-256")
    fetched.chmod(0o644)
    fetched.rename(kept)


def repository(lock: Lock, cache: Path, directory: Path) -> None:
    """A flat repository of exactly the locked packages, as links into the pool."""
    directory.mkdir()
    places = [place(cache / "packages", package) for package in lock.packages]
    for kept in places:
        os.link(kept, directory / kept.name)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        stanzas = list(threads.map(lambda kept: entry(control(kept), kept), places))
    index = "".join(stanzas)
    if lock.without:
        made = stand_in(lock.without, directory / "standin")
        os.link(made, directory / made.name)
        index += (directory / "standin/Packages").read_text()
    (directory / "Packages").write_text(index)
    # mmdebstrap asks apt for the essential packages of this suite by name, so the repository must have one.
    digest = hashlib.sha256(index.encode()).hexdigest()
    (directory / "Release").write_text(
        f"Suite: {lock.suite}\nCodename: {lock.suite}\nSHA256:\n {digest} {len(index.encode())} Packages\n")


def control(deb: Path) -> str:
    return subprocess.run(["dpkg-deb", "-f", deb], capture_output=True, text=True, check=True).stdout
