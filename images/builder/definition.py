"""What an image is made of: images/NAME/image.toml, the tree images/NAME/root/, and the lock beside them."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

BUILDER = Path(__file__).resolve().parent
IMAGES = BUILDER.parent

# A change of these builds anew: the packages' layer of every image, or only what lies over it.
LAYER_MODULES = ("rootfs", "standin", "tidy")
IMAGE_MODULES = ("image",)


class Refused(Exception):
    """Something that the person who runs the command must know and can act on; one line."""


@dataclass(frozen=True)
class Definition:
    name: str
    suite: str  # Debian's name of the release
    packages: tuple[str, ...]  # what is asked for; the lock says what that takes
    without: tuple[str, ...]  # patterns of packages whose place an empty stand-in takes
    exclude: tuple[str, ...]  # patterns of paths that no package may bring
    trees: tuple[Path, ...]  # copied over the packages' files, in this order

    @property
    def lock_file(self) -> Path:
        return IMAGES / self.name / "packages.lock"

    def layer_fingerprint(self) -> str:
        """SHA-256 of everything that the packages' layer is made from: definition, builder and lock."""
        facts = repr((self.suite, self.packages, self.without, self.exclude))
        return digest_of(facts, [*(BUILDER / f"{name}.py" for name in LAYER_MODULES), self.lock_file])

    def fingerprint(self) -> str:
        """SHA-256 of everything that the image is made from: the layer, the trees and what puts them together."""
        trees = [file for tree in self.trees for file in sorted(tree.rglob("*")) if "__pycache__" not in file.parts]
        return digest_of(self.layer_fingerprint(), [*(BUILDER / f"{name}.py" for name in IMAGE_MODULES), *trees])


def digest_of(facts: str, files: list[Path]) -> str:
    digest = hashlib.sha256(facts.encode())
    for file in files:
        if file.is_symlink():
            digest.update(f"{file.relative_to(IMAGES)} -> {file.readlink()}\n".encode())
        elif file.is_file():
            executable = bool(file.stat().st_mode & 0o111)
            digest.update(f"{file.relative_to(IMAGES)} {executable} {file.stat().st_size}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def names() -> list[str]:
    return sorted(file.parent.name for file in IMAGES.glob("*/image.toml"))


def load(name: str) -> Definition:
    file = IMAGES / name / "image.toml"
    if name not in names():
        raise Refused(f"there is no image '{name}'; there are: {', '.join(names())}")
    with file.open("rb") as opened:
        table = tomllib.load(opened)
    unknown = table.keys() - {"suite", "extends", "packages", "without", "exclude"}
    if unknown:
        raise Refused(f"{file}: unknown key {sorted(unknown)[0]}")
    below = load(table["extends"]) if "extends" in table else Definition(name, table.get("suite", ""), (), (), (), ())
    tree = file.parent / "root"
    return Definition(
        name,
        table.get("suite", below.suite),
        (*below.packages, *table.get("packages", [])),
        (*below.without, *table.get("without", [])),
        (*below.exclude, *table.get("exclude", [])),
        (*below.trees, *([tree] if tree.is_dir() else [])),
    )
