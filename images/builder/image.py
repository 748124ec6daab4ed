"""An image: the packages' layer with our own files over it, its canonical tar and what image.json says of it."""

import hashlib
import json
import os
import shutil
import subprocess
from pathlib import Path

from .definition import Definition
from .lock import Lock
from .tidy import date, inside, own, remove, walk

# A program among our own files that runs once inside the image as it is built.
FINISH = "usr/lib/sekisho/finish"


def put_together(definition: Definition, layer: Path, root: Path, epoch: int) -> None:
    """Fills root, which must not exist. Files are shared with the layer by hard links, so none is ever written to."""
    subprocess.run(["cp", "-al", layer, root], check=True)
    for tree in definition.trees:
        for source in sorted(tree.rglob("*")):
            target = root / source.relative_to(tree)
            if "__pycache__" in source.parts:
                continue
            if source.is_dir() and not source.is_symlink():
                target.mkdir(exist_ok=True)
            else:
                remove(target)
                shutil.copy2(source, target, follow_symlinks=False)
    if (root / FINISH).exists():
        inside(root, epoch, f"/{FINISH}")
        (root / FINISH).unlink()
    own(root)
    date(root, epoch)


def canonical_tar(root: Path, epoch: int) -> list[str]:
    """The command that writes the one tar of a root file system: sorted, numeric owners, one time."""
    return ["tar", "--create", "--file=-", "--sort=name", "--format=posix", "--numeric-owner", "--owner=0", "--group=0",
            f"--mtime=@{epoch}", "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", "-C", str(root), "."]


def measure(root: Path, epoch: int) -> str:
    """SHA-256 of the canonical tar."""
    digest = hashlib.sha256()
    with subprocess.Popen(canonical_tar(root, epoch), stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}) as running:
        while block := running.stdout.read(1 << 20):
            digest.update(block)
    if running.returncode != 0:
        raise OSError(f"tar ended with {running.returncode}")
    return digest.hexdigest()


def describe(definition: Definition, lock: Lock, root: Path) -> dict:
    files = (path.lstat() for path in walk(root) if path.is_file() and not path.is_symlink())
    return {"name": definition.name, "hash": measure(root, lock.epoch), "lock": definition.fingerprint(),
            "suite": lock.suite, "epoch": lock.epoch, "packages": len(lock.packages), "bytes": sum(f.st_size for f in files)}


def write(facts: dict, file: Path) -> None:
    file.write_text(json.dumps(facts, indent=1, ensure_ascii=False) + "\n")
