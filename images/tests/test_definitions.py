"""What can be said of the images without building any: definitions, locks, trees and the answers to bad input."""

import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from builder import definition, lock, mirror, oci, pool, sbom, standin  # noqa: E402
from builder.definition import IMAGES, Refused  # noqa: E402
from builder.progress import Progress  # noqa: E402


class Definitions(unittest.TestCase):
    def test_our_images_are_there(self):
        self.assertLessEqual({"desktop", "guacd", "notebook"}, set(definition.names()))

    def test_the_desktop_is_the_notebook_and_a_display(self):
        desktop, notebook = definition.load("desktop"), definition.load("notebook")
        self.assertEqual(notebook.packages, desktop.packages[: len(notebook.packages)])
        self.assertEqual(notebook.trees, desktop.trees[:1])
        self.assertEqual(notebook.suite, desktop.suite)

    def test_an_unknown_image_is_refused_by_name(self):
        with self.assertRaisesRegex(Refused, "there is no image .ghost.; there are: desktop, guacd, "):
            definition.load("ghost")

    def test_a_changed_file_changes_the_fingerprint_and_another_checkout_does_not(self):
        with tempfile.TemporaryDirectory() as made:
            tree = IMAGES / "notebook/root"
            changed = replace(definition.load("notebook"), trees=(tree / "etc",))
            self.assertNotEqual(definition.load("notebook").fingerprint(), changed.fingerprint())
            copied = Path(made) / "checkout"
            subprocess.run(["cp", "-r", IMAGES, copied], check=True)
            same = subprocess.run([sys.executable, "-c", "from builder import definition as d; print(d.load('desktop').fingerprint())"],
                                  cwd=copied, capture_output=True, text=True, check=True).stdout.strip()
            self.assertEqual(definition.load("desktop").fingerprint(), same)

    def test_programs_of_ours_can_be_executed(self):
        programs = [file for tree in IMAGES.glob("*/root/usr") for place in ("bin", "lib/sekisho")
                    for file in (tree / place).glob("*") if file.read_text().startswith("#!")]
        self.assertGreater(len(programs), 8)
        for file in programs:
            self.assertTrue(os.access(file, os.X_OK), file)

    def test_every_program_of_the_menu_and_the_panel_is_there_or_in_the_lock(self):
        root = IMAGES / "desktop/root"
        words = "".join(file.read_text() for file in [root / "usr/share/sekisho/desktop/menu.xml",
                                                      *(root / "usr/share/applications").glob("*.desktop")])
        for program in set(re.findall(r"/usr/lib/sekisho/(\w+)", words)):
            self.assertTrue(any((tree / "usr/lib/sekisho" / program).exists() for tree in definition.load("desktop").trees), program)


class Locks(unittest.TestCase):
    def test_every_definition_has_a_whole_lock(self):
        for name in definition.names():
            with self.subTest(name):
                wanted = definition.load(name)
                kept = lock.read(wanted)
                self.assertEqual(wanted.suite, kept.suite)
                names = [package.name.split(":")[0] for package in kept.packages]
                self.assertEqual(sorted(set(names)), sorted(names), "one version of each")
                self.assertLessEqual(set(wanted.packages), set(names), "what is asked for is locked: run ./sekisho images lock")
                self.assertFalse([name for name in names if lock.matches(name, wanted.without)], "locked and left out")
                self.assertTrue(all(lock.matches(name, wanted.without) for name in kept.without))
                self.assertGreater(len(names), 100)

    def test_the_desktop_and_the_notebook_have_the_same_versions(self):
        desktop = {p.name: p for p in lock.read(definition.load("desktop")).packages}
        for package in lock.read(definition.load("notebook")).packages:
            self.assertEqual(package, desktop.get(package.name), "lock both together: ./sekisho images lock")

    def test_no_lock_names_a_host(self):
        for name in definition.names():
            self.assertNotIn("://", definition.load(name).lock_file.read_text())

    def test_a_lock_survives_writing_and_reading(self):
        wanted = definition.load("guacd")
        with tempfile.TemporaryDirectory() as made:
            file = Path(made) / "packages.lock"
            lock.read(wanted).write(file)
            self.assertEqual(wanted.lock_file.read_text(), file.read_text())

    def test_a_damaged_lock_is_refused_with_its_line(self):
        text = definition.load("guacd").lock_file.read_text()
        for broken, words in ((text.replace("suite ", "sweet "), ":2: neither"), (text.rsplit(" ", 1)[0], "neither a package nor a fact"),
                              ("# nothing\n", "not whole"), (text + "a 1 x " + "0" * 64 + " p\n", "neither")):
            with self.subTest(words), tempfile.TemporaryDirectory() as made:
                file = Path(made) / "packages.lock"
                file.write_text(broken)
                with mock.patch.object(definition.Definition, "lock_file", file), self.assertRaisesRegex(Refused, words):
                    lock.read(definition.load("guacd"))

    def test_names_come_out_of_relation_fields(self):
        stanza = {"Depends": "libc6 (>= 2.38), python3:any, a | b (<< 2), c [amd64]", "Provides": "x (= 1)"}
        self.assertEqual({"libc6", "python3", "a", "b", "c", "x"}, lock.words(stanza, "Depends", "Provides", "Conflicts"))


class Fetching(unittest.TestCase):
    package = lock.Package("tool", "1.0-2", 3, "0" * 64, "pool/t/tool.deb")

    def refused(self, said: str) -> str:
        with tempfile.TemporaryDirectory() as made, mock.patch.object(mirror, "address", lambda: "mirror"):
            with self.assertRaises(Refused) as caught:
                pool.take(self.package, Path(made) / "absent", Path(made) / "kept", said)
        return str(caught.exception)

    def test_a_version_that_is_gone_is_named_with_what_to_do(self):
        words = self.refused("E: Failed to fetch ... 404  Not Found")
        self.assertIn("tool 1.0-2 is no longer on the mirror", words)
        self.assertIn("./sekisho images lock", words)
        self.assertIn("--unlocked", words)

    def test_no_network_is_said_in_one_line(self):
        words = self.refused("Err:1 Temporary failure resolving 'mirror'")
        self.assertTrue(words.startswith("no network: tool 1.0-2"))
        self.assertNotIn("\n", words)

    def test_another_failure_is_told_as_the_mirror_told_it(self):
        self.assertIn("cannot be fetched from mirror: E: 503  Unavailable", self.refused("E: 503  Unavailable"))
        self.assertIn("not what the lock says", self.refused("E: Failed to fetch ... Hash Sum mismatch"))

    def test_other_bytes_than_the_lock_says_are_refused(self):
        with tempfile.TemporaryDirectory() as made:
            fetched = Path(made) / "fetched"
            fetched.write_bytes(b"bad")
            with self.assertRaisesRegex(Refused, "not what the lock says"):
                pool.take(self.package, fetched, Path(made) / "kept", "")
            self.assertFalse((Path(made) / "kept").exists())

    def test_a_mirror_can_be_named(self):
        with mock.patch.dict(os.environ, {"SEKISHO_MIRROR": "file:/media/debian/"}):
            self.assertEqual("file:/media/debian", mirror.address())


class Describing(unittest.TestCase):
    facts = {"name": "guacd", "hash": "a" * 64, "epoch": 0}

    def test_the_bill_of_materials_is_whole_and_the_same_each_time(self):
        kept = lock.read(definition.load("guacd"))
        made = sbom.describe(self.facts, kept, Path("/nonexistent"))
        self.assertEqual(made, sbom.describe(self.facts, kept, Path("/nonexistent")))
        identities = [package["SPDXID"] for package in made["packages"]]
        self.assertEqual(len(kept.packages) + 1, len(set(identities)))
        self.assertTrue(all(re.fullmatch(r"SPDXRef-[A-Za-z0-9.-]+", identity) for identity in identities))
        self.assertEqual(set(identities), {relation["relatedSpdxElement"] for relation in made["relationships"]})
        self.assertEqual("SPDX-2.3", made["spdxVersion"])

    def test_the_stand_in_is_the_same_package_each_time(self):
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            first = standin.stand_in(("b", "a"), Path(one)).read_bytes()
            self.assertEqual(first, standin.stand_in(("a", "b"), Path(other)).read_bytes())

    def test_an_archive_is_an_oci_layout_whose_every_blob_is_its_digest(self):
        import gzip
        import hashlib
        import tarfile

        from builder import image

        with tempfile.TemporaryDirectory() as made:
            root = Path(made) / "root"
            (root / "etc").mkdir(parents=True)
            (root / "etc/motd").write_text("hello\n")
            facts = {**self.facts, "hash": image.measure(root, 0)}
            file = Path(made) / "out.tar"
            digest = oci.export(facts, root, file)
            again = Path(made) / "again.tar"
            oci.export(facts, root, again)
            self.assertEqual(file.read_bytes(), again.read_bytes())
            with tarfile.open(file) as archive:
                blobs = {member.name: archive.extractfile(member).read() for member in archive}
            self.assertEqual({"imageLayoutVersion": "1.0.0"}, json.loads(blobs.pop("oci-layout")))
            index = json.loads(blobs.pop("index.json"))
            self.assertEqual(digest, index["manifests"][0]["digest"])
            for name, blob in blobs.items():
                self.assertEqual(f"blobs/sha256/{hashlib.sha256(blob).hexdigest()}", name)
            manifest = json.loads(blobs["blobs/sha256/" + digest.removeprefix("sha256:")])
            layer = blobs["blobs/sha256/" + manifest["layers"][0]["digest"].removeprefix("sha256:")]
            config = json.loads(blobs["blobs/sha256/" + manifest["config"]["digest"].removeprefix("sha256:")])
            self.assertEqual(["sha256:" + hashlib.sha256(gzip.decompress(layer)).hexdigest()], config["rootfs"]["diff_ids"])


class Saying(unittest.TestCase):
    def test_progress_never_goes_back(self):
        said = []
        saying = Progress(lambda line: said.append(json.loads(line)))
        for step, done in (("fetch", 0), ("unpack", 1), ("configure", 1), ("unpack", 4), ("configure", 4), ("tidy", 0), ("measure", 0),
                           ("place", 0)):
            saying.said = (0.0, saying.said[1])
            saying.at(step, done, 4)
        self.assertEqual([1, 2, 2, 2, 2, 3, 4, 5], [line["step"] for line in said])
        self.assertEqual([0, 12, 25, 62, 100, 0, 0, 0], [line["percent"] for line in said])
        self.assertEqual({"step", "of", "words", "percent"}, set(said[0]))


class CommandLine(unittest.TestCase):
    def run_image(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess:
        return subprocess.run([IMAGES / "image", *arguments], env={**os.environ, **environment}, capture_output=True, text=True,
                              check=False)

    def test_path_of_what_is_not_built_ends_with_3(self):
        with tempfile.TemporaryDirectory() as cache:
            done = self.run_image("path", "guacd", SEKISHO_IMAGES=cache)
            self.assertEqual((3, ""), (done.returncode, done.stdout))

    def test_what_cannot_be_had_is_said_in_one_line(self):
        with tempfile.TemporaryDirectory() as cache:
            os.chmod(cache, 0o755)
            for arguments in (["build", "ghost"], ["sbom", "guacd"], ["verify", "guacd"],
                              ["build", "guacd"]):
                with self.subTest(arguments):
                    done = self.run_image(*arguments, SEKISHO_IMAGES=cache, SEKISHO_MIRROR="http://127.0.0.1:1/debian")
                    self.assertEqual(2, done.returncode, done.stderr)
                    self.assertRegex(done.stderr, r"\Aimages: [^\n]+\n\Z")


if __name__ == "__main__":
    unittest.main()
