"""What is installed beside the program: versions and licences, from the packages' own metadata."""

import re
from importlib import metadata

_PACKAGE = "pharmacy-desk"
_LONGEST = 80  # some packages put the whole licence text where its name belongs


def version() -> str:
    """The program's own version."""
    return metadata.version(_PACKAGE)


def licence() -> str:
    """The licence of the program itself."""
    return _licence(metadata.metadata(_PACKAGE))


def libraries() -> tuple[tuple[str, str, str], ...]:
    """Each library the program needs: (name, version, licence); those not installed are left out.

    The licence is empty where a package does not tell it in a word.
    """
    found = []
    for line in metadata.requires(_PACKAGE) or []:
        name = re.split(r"[^A-Za-z0-9._-]", line, maxsplit=1)[0]
        try:
            told = metadata.metadata(name)
        except metadata.PackageNotFoundError:
            continue
        if "extra ==" not in line:
            found.append((told["Name"], told["Version"], _licence(told)))
    return tuple(sorted(found, key=lambda one: one[0].casefold()))


def _licence(told: metadata.PackageMetadata) -> str:
    """The SPDX words, else the classifier's, else a short licence field."""
    if "License-Expression" in told:
        return str(told["License-Expression"])
    named = [
        line.rsplit(" :: ", 1)[1]
        for line in told.get_all("Classifier") or []
        if line.startswith("License :: ") and line.count(" :: ") > 1
    ]
    if named:
        return ", ".join(named)
    short = str(told["License"]) if "License" in told else ""
    return short if len(short) <= _LONGEST and "\n" not in short else ""
