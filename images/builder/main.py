"""Builds, keeps and describes the images that workspaces run. Exit codes: 0 done, 1 does not verify, 2 refused with one
line, 3 not built."""

import argparse
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from . import definition, image, lock, memory, oci, rootfs, store, tidy
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

    def command(act, words: str, **arguments: dict) -> argparse.ArgumentParser:
        made = commands.add_parser(act.__name__.rstrip("_"), help=words, description=words)
        made.set_defaults(act=act)
        for name, options in arguments.items():
            made.add_argument(name, **options)
        return made

    some = {"nargs": "*", "metavar": "NAME", "help": "an image; all when none is named"}
    one = {"metavar": "NAME", "help": f"one of {', '.join(definition.names())}"}
    made = command(build, "build what is missing; says how it goes on, one JSON object a line", names=some)
    made.add_argument("--unlocked", action="store_true", help="from the mirror's versions of today, beside the locked ones")
    made = command(path, "print the root file system that today's lock gives; exit 3 when it is not built", name=one)
    command(list_, "what is defined and what is built")
    command(lock_, "ask the mirror which packages the definitions take today, and write the locks", names=some)
    command(sbom, "print the bill of materials, SPDX 2.3 in JSON", name=one)
    command(export, "write an OCI image layout archive", name=one, file={"type": Path, "metavar": "FILE.tar"})
    made = command(verify, "is the root file system still what was built?", name=one)
    made.add_argument("--again", action="store_true", help="and does its lock give the same hash once more?")
    command(prune, "remove images and packages that no definition of today needs")
    return whole


def build(options: argparse.Namespace) -> int:
    memory.with_own_mounts()
    names = options.names or definition.names()
    wanted = [definition.load(name) for name in names]
    if options.unlocked:
        for each in wanted:
            say(json.dumps({"done": str(store.build_unlocked(each, Progress(say)) / "rootfs")}))
        return 0
    if len([each for each in wanted if store.find(each) is None]) > 1:
        return build_side_by_side(names)
    for each in wanted:
        say(json.dumps({"done": str(store.build(each, Progress(say)) / "rootfs")}))
    return 0


def build_side_by_side(names: list[str]) -> int:
    """Packages are fetched once for all; then one process an image, as many at once as there are processors: dpkg keeps
    one of them busy. The largest image, which is the last to end, begins first."""
    rootfs.require_tools()
    for name in names:
        store.fetch(definition.load(name), Progress(say))
    largest = sorted(names, key=lambda name: len(definition.load(name).packages), reverse=True)
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        return max(threads.map(build_alone, largest))


def build_alone(name: str) -> int:
    """Builds one image in a process of its own and says its lines with its name."""
    with subprocess.Popen([sys.executable, sys.argv[0], "build", name], stdout=subprocess.PIPE, text=True) as running:
        for line in running.stdout:
            say(json.dumps({"image": name, **json.loads(line)}, ensure_ascii=False))
    return running.returncode


def path(options: argparse.Namespace) -> int:
    found = store.find(definition.load(options.name))
    if found is None:
        return 3
    say(str(found / "rootfs"))
    return 0


def list_(_: argparse.Namespace) -> int:
    wanted = {name: store.find(definition.load(name)) for name in definition.names()}
    for name, found in wanted.items():
        if found is None:
            say(f"{name:10} not built")
    for facts, place in store.built():
        state = "current" if place in wanted.values() else "unlocked" if facts["lock"] == "unlocked" else "earlier"
        say(f"{facts['name']:10} {facts['hash'][:12]}  {state:8} {facts['packages']:4} packages "
            f"{facts['bytes'] // 1_000_000:5} MB  {place}")
    return 0


def lock_(options: argparse.Namespace) -> int:
    for name in options.names or definition.names():
        wanted = definition.load(name)
        made = lock.resolve(wanted)
        made.write(wanted.lock_file)
        say(f"{name}: {len(made.packages)} packages, {sum(p.size for p in made.packages) // 1_000_000} MB to fetch")
    return 0


def sbom(options: argparse.Namespace) -> int:
    say((store.require(definition.load(options.name)) / "sbom.spdx.json").read_text().rstrip())
    return 0


def export(options: argparse.Namespace) -> int:
    found = store.require(definition.load(options.name))
    facts = json.loads((found / "image.json").read_text())
    say(f"{options.file}: {oci.export(facts, found / 'rootfs', options.file)}")
    return 0


def verify(options: argparse.Namespace) -> int:
    memory.with_own_mounts()
    wanted = definition.load(options.name)
    found = store.require(wanted)
    facts = json.loads((found / "image.json").read_text())
    measured = image.measure(found / "rootfs", facts["epoch"])
    if measured != facts["hash"]:
        say(f"{options.name}: CHANGED since it was built: {facts['hash']} then, {measured} now")
        return 1
    say(f"{options.name}: {measured}, as it was built")
    if options.again:
        _, anew = store.build_again(wanted, Progress(lambda line: print(line, file=sys.stderr)))
        say(f"{options.name}: {anew}, built again from the lock: {'the same' if anew == measured else 'ANOTHER HASH'}")
        return 0 if anew == measured else 1
    return 0


def prune(_: argparse.Namespace) -> int:
    for place in store.unneeded([definition.load(name) for name in definition.names()]):
        say(f"removing {place}")
        tidy.remove(place)
    return 0


def say(line: str) -> None:
    print(line, flush=True)
