"""Debian's packages, through apt and from the mirror that this machine's own apt uses."""

import os
import re
import subprocess
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from .definition import Refused

KEYRINGS = Path("/usr/share/keyrings")
NO_NETWORK = re.compile(r"Could not resolve|Temporary failure resolving|Could not connect|Unable to connect"
                        r"|Connection (refused|timed out)|Network is unreachable|Cannot initiate")


def address() -> str:
    """The mirror's address without a trailing slash: $SEKISHO_MIRROR, or the one in the host's apt sources."""
    if named := os.environ.get("SEKISHO_MIRROR"):
        return named.rstrip("/")
    told = subprocess.run(
        ["apt-get", "indextargets", "--format", "$(LABEL)|$(REPO_URI)", "Created-By: Packages"],
        capture_output=True, text=True, check=False,
    ).stdout if Path("/usr/bin/apt-get").exists() else ""
    known = [line.split("|", 1) for line in told.splitlines() if "|" in line]
    # Without lists there are no labels yet; then the first source that is not the security archive is Debian itself.
    debian = [uri for label, uri in known if label == "Debian"] or [uri for _, uri in known if "security" not in uri]
    if not debian:
        raise Refused("no mirror of Debian in this machine's apt sources; name one in SEKISHO_MIRROR")
    return debian[0].rstrip("/")


def keyring() -> Path:
    for name in ("debian-archive-keyring.gpg", "debian-archive-keyring.pgp"):
        if (KEYRINGS / name).exists():
            return KEYRINGS / name
    raise Refused("Debian's keyring is not here: apt-get install debian-archive-keyring")


@contextmanager
def apt(sources: str, preferences: str = ""):
    """An apt of its own, with nothing installed: yields the environment that makes apt's programs use it."""
    with TemporaryDirectory(prefix="sekisho-apt-") as made:
        home = Path(made)
        home.chmod(0o755)
        for below in ("etc/apt.conf.d", "etc/preferences.d", "state/lists/partial", "cache/archives/partial", "log"):
            (home / below).mkdir(parents=True)
        (home / "etc/sources.list").write_text(sources)
        (home / "etc/preferences").write_text(preferences)
        (home / "state/status").touch()
        (home / "apt.conf").write_text(f"""
Dir::Etc "{home}/etc/"; Dir::State "{home}/state/"; Dir::Cache "{home}/cache/"; Dir::Log "{home}/log/";
Dir::State::status "{home}/state/status";
Acquire::Languages "none"; Acquire::Retries "2"; Acquire::Check-Valid-Until "false";
APT::Install-Recommends "false"; APT::Install-Suggests "false"; APT::Get::AllowUnauthenticated "false";
APT::Architecture "amd64"; APT::Architectures {{ "amd64"; }};
""")
        yield {**os.environ, "APT_CONFIG": str(home / "apt.conf"), "LC_ALL": "C"}


def fetch(wanted: list[tuple[str, Path, str]]) -> str:
    """Fetches (address, file, SHA-256) triples with apt's own downloader; what failed is simply not there afterwards.

    Returns what apt said."""
    arguments = [part for uri, file, digest in wanted for part in (uri, str(file), f"SHA256:{digest}")]
    with apt("") as environment:
        done = subprocess.run(
            ["/usr/lib/apt/apt-helper", "-qq", "-o", "APT::Sandbox::User=root", "download-file", *arguments],
            env=environment, capture_output=True, text=True, check=False,
        )
    return done.stdout + done.stderr
