"""The stand-in: one empty package that provides the names of those which nothing in the image needs at run time."""

import hashlib
import os
import subprocess
from pathlib import Path

STAND_IN = "sekisho-without"
VERSION = "1"


def stand_in(names: tuple[str, ...], directory: Path) -> Path:
    """Makes the package and a Packages file beside it; the same names give the same bytes."""
    tree = directory / "tree"
    (tree / "DEBIAN").mkdir(parents=True)
    provides = ", ".join(f"{name} (= 9999:1)" for name in sorted(names))
    control = (f"Package: {STAND_IN}\nVersion: {VERSION}\nArchitecture: all\nMaintainer: Sekisho\n"
               f"Provides: {provides}\nDescription: takes the place of packages that nothing in this image runs\n")
    (tree / "DEBIAN/control").write_text(control)
    for place in (tree, tree / "DEBIAN"):
        place.chmod(0o755)
    built = directory / f"{STAND_IN}.deb"
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0"}
    subprocess.run(["dpkg-deb", "-Zgzip", "--root-owner-group", "-b", tree, built], env=environment, check=True,
                   capture_output=True)
    (directory / "Packages").write_text(entry(control, built))
    return built


def entry(control: str, deb: Path) -> str:
    """A stanza of a Packages file whose directory holds the .deb."""
    digest = hashlib.sha256(deb.read_bytes()).hexdigest()
    return f"{control.strip()}\nFilename: ./{deb.name}\nSize: {deb.stat().st_size}\nSHA256: {digest}\n\n"
