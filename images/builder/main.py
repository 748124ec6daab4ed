"""The command line: what is asked, in words, and the exit codes 0 done, 2 refused with one line, 3 not built."""

import argparse
import json
import sys

from . import definition, lock, store
from .definition import Refused
from .progress import Progress


def main(arguments: list[str]) -> int:
    options = parser().parse_args(arguments)
    try:
        return options.act(options)
    except Refused as refused:
        print(f"images: {refused}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


def parser() -> argparse.ArgumentParser:
    whole = argparse.ArgumentParser(prog="images", description=__doc__)
    commands = whole.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, act, words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=words, description=words)
        made.set_defaults(act=act)
        return made

    command("path", path, "print the root file system of the image that today's lock gives").add_argument("name")
    made = command("build", build, "build what is missing; all images when none is named")
    made.add_argument("name", nargs="*")
    made.add_argument("--again", action="store_true", help="build even when it is there, and compare the hashes")
    made = command("lock", relock, "ask the mirror which packages the definitions take today, and write the locks")
    made.add_argument("name", nargs="*")
    return whole


def path(options: argparse.Namespace) -> int:
    found = store.find(definition.load(options.name))
    if found is None:
        return 3
    print(found / "rootfs")
    return 0


def build(options: argparse.Namespace) -> int:
    progress = Progress(lambda line: print(line, flush=True))
    for name in options.name or definition.names():
        made = store.build(definition.load(name), progress)
        print(json.dumps({"done": str(made / "rootfs")}), flush=True)
    return 0


def relock(options: argparse.Namespace) -> int:
    for name in options.name or definition.names():
        wanted = definition.load(name)
        made = lock.resolve(wanted)
        made.write(wanted.lock_file)
        print(f"{name}: {len(made.packages)} packages, {sum(p.size for p in made.packages) // 1_000_000} MB to fetch")
    return 0
