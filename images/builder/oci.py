"""An image as an OCI image layout in one tar: what `skopeo copy oci-archive:FILE ...` and other tools take."""

import gzip
import hashlib
import io
import json
import os
import subprocess
import tarfile
import tempfile
import time
from pathlib import Path

from .image import canonical_tar

MANIFEST = "application/vnd.oci.image.manifest.v1+json"
CONFIG = "application/vnd.oci.image.config.v1+json"
LAYER = "application/vnd.oci.image.layer.v1.tar+gzip"
COMMANDS = {"desktop": ["/usr/lib/sekisho/desktop", "1440x900"], "guacd": ["/usr/lib/sekisho/guacd"],
            "notebook": ["/usr/lib/sekisho/run-notebook"]}


def export(facts: dict, root: Path, file: Path) -> str:
    """Writes the archive and returns the manifest's digest; the same image gives the same bytes."""
    with tempfile.TemporaryDirectory(dir=file.absolute().parent, prefix=".sekisho-export-") as made:
        packed = Path(made) / "layer"
        layer = {"mediaType": LAYER, **pack(canonical_tar(root, facts["epoch"]), packed)}
        config = json_bytes({
            "created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(facts["epoch"])), "architecture": "amd64", "os": "linux",
            "config": {"User": "1000:1000", "WorkingDir": "/home/visitor", "Cmd": COMMANDS.get(facts["name"], ["/bin/bash"]),
                       "Env": ["PATH=/usr/local/bin:/usr/bin:/bin", "LANG=ja_JP.UTF-8"]},
            "rootfs": {"type": "layers", "diff_ids": [f"sha256:{facts['hash']}"]},
        })
        manifest = json_bytes({"schemaVersion": 2, "mediaType": MANIFEST, "config": descriptor(CONFIG, config), "layers": [layer]})
        index = json_bytes({"schemaVersion": 2, "mediaType": "application/vnd.oci.image.index.v1+json", "manifests": [{
            **descriptor(MANIFEST, manifest), "platform": {"architecture": "amd64", "os": "linux"},
            "annotations": {"org.opencontainers.image.ref.name": f"sekisho-{facts['name']}"}}]})
        finished = Path(made) / "archive"
        with tarfile.open(finished, "w", format=tarfile.PAX_FORMAT) as archive:
            add(archive, "oci-layout", json_bytes({"imageLayoutVersion": "1.0.0"}))
            add(archive, "index.json", index)
            for blob in (manifest, config):
                add(archive, f"blobs/sha256/{hashlib.sha256(blob).hexdigest()}", blob)
            with packed.open("rb") as opened:
                archive.addfile(entry(f"blobs/sha256/{layer['digest'].removeprefix('sha256:')}", layer["size"]), opened)
        finished.rename(file)
    return descriptor(MANIFEST, manifest)["digest"]


def pack(command: list[str], target: Path) -> dict:
    """Runs a tar command through gzip into target: digest and size of what was written."""
    with target.open("wb") as raw, subprocess.Popen(command, stdout=subprocess.PIPE, env={**os.environ, "LC_ALL": "C"}) as running:
        with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=1, mtime=0, filename="") as packed:
            while block := running.stdout.read(1 << 20):
                packed.write(block)
    if running.returncode != 0:
        raise OSError(f"tar ended with {running.returncode}")
    with target.open("rb") as opened:
        return {"digest": f"sha256:{hashlib.file_digest(opened, 'sha256').hexdigest()}", "size": target.stat().st_size}


def descriptor(kind: str, blob: bytes) -> dict:
    return {"mediaType": kind, "digest": f"sha256:{hashlib.sha256(blob).hexdigest()}", "size": len(blob)}


def json_bytes(value: dict) -> bytes:
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()


def entry(name: str, size: int) -> tarfile.TarInfo:
    made = tarfile.TarInfo(name)
    made.size, made.mode = size, 0o644
    return made


def add(archive: tarfile.TarFile, name: str, blob: bytes) -> None:
    archive.addfile(entry(name, len(blob)), io.BytesIO(blob))
