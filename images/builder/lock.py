"""The lock of an image: every package, its version, its size and the SHA-256 of its .deb. Committed; remade by hand."""

import fnmatch
import re
import subprocess
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from functools import cache
from pathlib import Path

from . import mirror
from .definition import Definition, Refused
from .standin import STAND_IN, stand_in

HEADER = "# Remade by ./sekisho images lock. One line a package: name version size sha256 path-on-the-mirror."


@dataclass(frozen=True)
class Package:
    name: str
    version: str
    size: int
    sha256: str
    path: str


@dataclass(frozen=True)
class Lock:
    suite: str
    epoch: int  # seconds since 1970: the time that every file of the image bears
    without: tuple[str, ...]  # names that the stand-in provides
    packages: tuple[Package, ...]

    def write(self, file: Path) -> None:
        lines = [HEADER, f"suite {self.suite}", f"epoch {self.epoch}"]
        lines += [f"without {name}" for name in self.without]
        lines += [f"{p.name} {p.version} {p.size} {p.sha256} {p.path}" for p in self.packages]
        file.write_text("\n".join(lines) + "\n")


def read(definition: Definition) -> Lock:
    file = definition.lock_file
    if not file.exists():
        raise Refused(f"{definition.name} has no lock; make one with ./sekisho images lock {definition.name}")
    facts: dict[str, list[str]] = {"suite": [], "epoch": [], "without": []}
    packages = []
    for number, line in enumerate(file.read_text().splitlines(), 1):
        parts = line.split()
        if not parts or parts[0].startswith("#"):
            continue
        if parts[0] in facts and len(parts) == 2:
            facts[parts[0]].append(parts[1])
        elif len(parts) == 5 and re.fullmatch("[0-9a-f]{64}", parts[3]) and parts[2].isdigit():
            packages.append(Package(parts[0], parts[1], int(parts[2]), parts[3], parts[4]))
        else:
            raise Refused(f"{file}:{number}: neither a package nor a fact; make the lock anew")
    if len(facts["suite"]) != 1 or len(facts["epoch"]) != 1 or not packages:
        raise Refused(f"{file}: not whole; make the lock anew")
    return Lock(facts["suite"][0], int(facts["epoch"][0]), tuple(facts["without"]), tuple(packages))


def resolve(definition: Definition) -> Lock:
    """Asks the mirror, as it is today, which packages the definition takes."""
    sources = f"deb [signed-by={mirror.keyring()}] {mirror.address()} {definition.suite} main\n"
    pins = ""
    if definition.without:
        pins = f"Package: {' '.join(definition.without)}\nPin: release *\nPin-Priority: -1\n"
    with mirror.apt(sources, pins) as environment:
        update = subprocess.run(["apt-get", "update", "-q"], env=environment, capture_output=True, text=True, check=False)
        if update.returncode != 0 or mirror.NO_NETWORK.search(update.stderr):
            raise Refused(f"the mirror's list of packages cannot be had: {first_error(update.stderr)}")
        home = Path(environment["APT_CONFIG"]).parent
        index = read_index(next((home / "state/lists").glob("*_Packages")))
        released = release_time(next((home / "state/lists").glob("*_InRelease")))
        spared = tuple(sorted(name for name in known(index) if matches(name, definition.without)))
        if spared:
            built = stand_in(spared, home / "standin")
            (home / "etc/sources.list").write_text(f"{sources}deb [trusted=yes] file:{built.parent} ./\n")
            subprocess.run(["apt-get", "update", "-q"], env=environment, capture_output=True, check=True)
        essential = [name for name, stanza in index.items() if stanza.get("Essential") == "yes"]
        asked = [*essential, *definition.packages, *([STAND_IN] if spared else [])]
        said = subprocess.run(["apt-get", "install", "-s", "-q", *asked], env=environment, capture_output=True, text=True,
                              check=False)
        if said.returncode != 0:
            raise Refused(f"{definition.name} cannot be resolved: {said.stdout[-2000:]}{said.stderr[-500:]}")
    chosen = sorted(re.findall(r"^Inst (\S+) \((\S+)", said.stdout, re.MULTILINE))
    packages = tuple(package(index[name.split(":")[0]], version) for name, version in chosen if name != STAND_IN)
    needed = {name for p in packages for name in words(index[p.name], "Depends", "Pre-Depends")}
    return Lock(definition.suite, released, tuple(name for name in spared if name in needed), packages)


def package(stanza: dict[str, str], version: str) -> Package:
    if stanza["Version"] != version:
        raise Refused(f"{stanza['Package']} is listed as {stanza['Version']}, but apt chose {version}")
    return Package(stanza["Package"], version, int(stanza["Size"]), stanza["SHA256"], stanza["Filename"])


def known(index: dict[str, dict[str, str]]) -> set[str]:
    """Every name that some package has, provides or depends on."""
    return {*index, *(name for stanza in index.values() for name in words(stanza, "Provides", "Depends", "Pre-Depends"))}


def words(stanza: dict[str, str], *fields: str) -> set[str]:
    """The package names in relation fields, without versions."""
    parts = [part.strip() for name in fields for part in re.split(r"[,|]", stanza.get(name, ""))]
    return {re.split(r"[\s:(]", part, maxsplit=1)[0] for part in parts if part}


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    return pattern_of(patterns).fullmatch(name) is not None


@cache
def pattern_of(patterns: tuple[str, ...]) -> re.Pattern:
    return re.compile("|".join(map(fnmatch.translate, patterns)) or "(?!)")


def read_index(file: Path) -> dict[str, dict[str, str]]:
    """A Packages file: stanzas by name; of several versions the first counts."""
    index: dict[str, dict[str, str]] = {}
    for text in file.read_text().split("\n\n"):
        stanza = dict(line.split(": ", 1) for line in text.splitlines() if not line.startswith(" ") and ": " in line)
        if "Package" in stanza:
            index.setdefault(stanza["Package"], stanza)
    return index


def release_time(file: Path) -> int:
    """When the mirror's index was made: the time that the image's files will bear."""
    date = re.search(r"^Date: (.*)$", file.read_text(), re.MULTILINE)
    if date is None:
        raise Refused("the mirror's index has no date")
    return int(parsedate_to_datetime(date[1].replace("UTC", "+0000")).timestamp())


def first_error(text: str) -> str:
    lines = [line for line in text.splitlines() if line.startswith(("E:", "W:", "Err"))]
    return lines[0] if lines else text.strip()[:200] or "no reason given"
