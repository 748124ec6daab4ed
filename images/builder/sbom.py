"""What an image consists of, as SPDX 2.3 in JSON: every package with its version, hash, origin and stated licences."""

import re
import time
from pathlib import Path
from urllib.parse import quote

from .lock import Lock, Package

LICENCE = re.compile(r"^License:[ \t]*(\S[^\n]*)$", re.MULTILINE)


def describe(facts: dict, lock: Lock, root: Path) -> dict:
    """The same image gives the same bytes: the time is the lock's."""
    name = f"sekisho-{facts['name']}"
    whole = {
        "name": name, "SPDXID": "SPDXRef-image", "versionInfo": facts["hash"][:12], "downloadLocation": "NOASSERTION",
        "filesAnalyzed": False, "primaryPackagePurpose": "CONTAINER", "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION",
        "checksums": [{"algorithm": "SHA256", "checksumValue": facts["hash"]}],
    }
    parts = [part(package, lock, root) for package in lock.packages]
    return {
        "spdxVersion": "SPDX-2.3", "dataLicense": "CC0-1.0", "SPDXID": "SPDXRef-DOCUMENT", "name": name,
        "documentNamespace": f"urn:sekisho:image:{facts['name']}:{facts['hash']}",
        "creationInfo": {"created": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(lock.epoch)),
                         "creators": ["Tool: sekisho-images"]},
        "packages": [whole, *parts],
        "relationships": [
            {"spdxElementId": "SPDXRef-DOCUMENT", "relationshipType": "DESCRIBES", "relatedSpdxElement": "SPDXRef-image"},
            *({"spdxElementId": "SPDXRef-image", "relationshipType": "CONTAINS", "relatedSpdxElement": made["SPDXID"]}
              for made in parts),
        ],
    }


def part(package: Package, lock: Lock, root: Path) -> dict:
    licences = stated_licences(root / "usr/share/doc" / package.name / "copyright")
    made = {
        "name": package.name, "SPDXID": "SPDXRef-" + re.sub(r"[^A-Za-z0-9.-]", "-", f"{package.name}-{package.sha256[:8]}"),
        "versionInfo": package.version, "supplier": "Organization: Debian", "downloadLocation": "NOASSERTION",
        "packageFileName": package.path.rsplit("/", 1)[-1], "filesAnalyzed": False, "licenseConcluded": "NOASSERTION",
        "licenseDeclared": "NOASSERTION", "copyrightText": "NOASSERTION",
        "checksums": [{"algorithm": "SHA256", "checksumValue": package.sha256}],
        "externalRefs": [{
            "referenceCategory": "PACKAGE-MANAGER", "referenceType": "purl",
            "referenceLocator": f"pkg:deb/debian/{quote(package.name, safe='')}@{quote(package.version, safe='')}"
                                f"?arch=amd64&distro={lock.suite}"}],
    }
    return {**made, "licenseComments": "Debian's copyright file names: " + ", ".join(licences)} if licences else made


def stated_licences(file: Path) -> list[str]:
    """What a machine-readable copyright file names. Debian's short names are not all SPDX's, so they stay a comment."""
    if not file.is_file():
        return []
    return sorted({name.strip() for name in LICENCE.findall(file.read_text(errors="replace"))})
