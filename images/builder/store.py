"""Where built images lie: CACHE/NAME-HASH12/{rootfs/, image.json, sbom.spdx.json}, whole or not at all."""

import fcntl
import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path

from . import image, lock, memory, pool, rootfs, sbom, tidy
from .definition import Definition, Refused
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
    return link.resolve() if (link / "rootfs").is_dir() else None


def built() -> list[tuple[dict, Path]]:
    """What is here: each image's facts and directory, the newest first."""
    found = sorted(cache().glob("*/image.json"), key=lambda file: file.stat().st_mtime, reverse=True)
    return [(json.loads(file.read_text()), file.parent) for file in found]


def require(definition: Definition) -> Path:
    found = find(definition)
    if found is None:
        raise Refused(f"{definition.name} is not built: ./sekisho images build {definition.name}")
    return found


def build(definition: Definition, progress: Progress) -> Path:
    """Builds when needed. Two callers build once: the second waits, then finds the first one's."""
    with locked(definition.name):
        return find(definition) or keep(definition, *assemble(definition, lock.read(definition), progress), progress)


def build_unlocked(definition: Definition, progress: Progress) -> Path:
    """Builds from today's versions. Such an image is not the one that workspaces run: it only shows whether a new lock
    would do."""
    with locked(definition.name):
        made, facts = assemble(definition, lock.resolve(definition), progress, fresh=True)
        return keep(definition, made, {**facts, "lock": "unlocked"}, progress)


def build_again(definition: Definition, progress: Progress) -> tuple[str, str]:
    """Builds from the lock once more, from the packages up, and throws the result away: the kept hash and the new one."""
    with locked(definition.name):
        kept = json.loads((require(definition) / "image.json").read_text())["hash"]
        made, facts = assemble(definition, lock.read(definition), progress, fresh=True)
        shutil.rmtree(made.parent)
        return kept, facts["hash"]


def fetch(definition: Definition, progress: Progress) -> None:
    """Brings the packages of a lock here, so that a build needs no network."""
    if not layer_of(definition).exists():
        progress.at("fetch")
        pool.fill(lock.read(definition), cache(), lambda done, total: progress.at("fetch", done, total))


def layer_of(definition: Definition) -> Path:
    return cache() / "layers" / f"{definition.name}-{definition.layer_fingerprint()}"


def assemble(definition: Definition, wanted: lock.Lock, progress: Progress, fresh: bool = False) -> tuple[Path, dict]:
    """A whole image in a working directory, and its facts; fresh builds the packages' layer too and does not keep it."""
    work = cache() / "work" / definition.name
    tidy.remove(work)  # of a build that was killed
    work.mkdir(parents=True)
    layer = work / "layer" if fresh else layer_of(definition)
    made = work / "image"
    made.mkdir()
    try:
        if not layer.exists():
            make_layer(definition, wanted, work, layer, progress)
        image.put_together(definition, layer, made / "rootfs", wanted.epoch)
        progress.at("measure")
        facts = image.describe(definition, wanted, made / "rootfs")
        image.write(facts, made / "image.json")
        image.write(sbom.describe(facts, wanted, made / "rootfs"), made / "sbom.spdx.json")
    except BaseException:
        tidy.remove(work)
        raise
    return made, facts


def make_layer(definition: Definition, wanted: lock.Lock, work: Path, layer: Path, progress: Progress) -> None:
    rootfs.require_tools()
    progress.at("fetch")
    pool.fill(wanted, cache(), lambda done, total: progress.at("fetch", done, total))
    pool.repository(wanted, cache(), work / "repository")
    with memory.roomy(work / "fast") as place:
        rootfs.make(definition, wanted, work / "repository", place / "root", progress)
        progress.at("tidy")
        tidy.tidy(definition, place / "root", wanted.epoch)
        subprocess.run(["cp", "-a", place / "root", work / "packages"], check=True)
    layer.parent.mkdir(exist_ok=True)
    (work / "packages").rename(layer)


def keep(definition: Definition, made: Path, facts: dict, progress: Progress) -> Path:
    """One rename makes the image, one more makes it the answer for this fingerprint."""
    progress.at("place")
    image.write(facts, made / "image.json")
    kept = cache() / f"{definition.name}-{facts['hash'][:12]}"
    if kept.exists():  # another definition gave the same files: what is said of them is renewed
        for name in ("image.json", "sbom.spdx.json") if facts["lock"] != "unlocked" else ():
            (made / name).replace(kept / name)
    else:
        made.rename(kept)
    tidy.remove(made.parent)
    if facts["lock"] != "unlocked":
        links = cache() / "built"
        links.mkdir(exist_ok=True)
        fresh = links / f".{definition.name}.{os.getpid()}"
        fresh.symlink_to(Path("..") / kept.name)
        fresh.rename(links / f"{definition.name}-{facts['lock']}")
    return kept


def unneeded(definitions: list[Definition]) -> list[Path]:
    """Images, layers, links and packages that today's definitions and locks do not name. Not for while workspaces run:
    an earlier image may be under one of them."""
    links = [cache() / "built" / f"{wanted.name}-{wanted.fingerprint()}" for wanted in definitions]
    layers = [layer_of(wanted) for wanted in definitions]
    packages = [pool.place(cache() / "packages", package) for wanted in definitions for package in lock.read(wanted).packages]
    images = [link.resolve() for link in links]
    there = [*cache().glob("built/*"), *cache().glob("layers/*"), *cache().glob("packages/*.deb"),
             *(file.parent for file in cache().glob("*/image.json"))]
    return sorted({*there} - {*links, *layers, *packages, *images})


@contextmanager
def locked(name: str):
    place = cache()
    place.mkdir(parents=True, exist_ok=True)
    if "SEKISHO_IMAGES" not in os.environ:
        place.chmod(0o755)
        place.parent.chmod(0o755)
    with (place / f".{name}.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
