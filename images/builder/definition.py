"""What an image is made of: images/NAME/image.toml, the tree images/NAME/root/, and the lock beside them."""

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path

IMAGES = Path(__file__).resolve().parent.parent


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

    def fingerprint(self) -> str:
        """SHA-256 of everything that a build is made from: definition, builder, trees and lock."""
        digest = hashlib.sha256()
        builder = sorted(Path(__file__).resolve().parent.glob("*.py"))
        trees = [file for tree in self.trees for file in sorted(tree.rglob("*")) if file.is_file()]
        digest.update(repr((self.suite, self.packages, self.without, self.exclude)).encode())
        for file in [*builder, *trees, self.lock_file]:
            if "__pycache__" in file.parts:
                continue
            mode = file.stat().st_mode & 0o111
            digest.update(f"{file.relative_to(IMAGES)} {bool(mode)} {file.stat().st_size}\n".encode())
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
