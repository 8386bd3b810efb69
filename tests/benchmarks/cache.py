"""Generated homes, made once and kept in the cache folder.

Measures run on the cached file itself: what they scan is appended as at a counter and voided, so
that the file stays a valid ledger; copying gigabytes would cost more than it buys.
"""

import hashlib
import os
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from platformdirs import user_cache_path

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.store.base import schema
from pharmacy_desk.core.basics import events
from tests.benchmarks import bulk, generate, goods

_DONE = "generated"


def folder() -> Path:
    """Where bench files are kept."""
    chosen = os.environ.get("PHARMACY_DESK_CACHE")
    base = Path(chosen) if chosen else user_cache_path("pharmacy-desk", appauthor=False)
    return base / "bench"


def home(codes: int, say: Callable[[str], None], *, queued: bool = False) -> Path:
    """The home whose ledger holds `codes` codes, generated unless it is there already.

    With `queued` every sale of it waits for the platform.
    """
    kind = "queued" if queued else "ledger"
    place = folder() / f"{kind}-{codes}-{_recipe()}"
    if (place / _DONE).exists() and Home(place).ledger.exists():
        return place
    for old in folder().glob(f"{kind}-{codes}-*"):
        shutil.rmtree(old)
    with tempfile.TemporaryDirectory() as small:
        generate.prove(Path(small))
    say(f"Generating a ledger of {codes:,} codes (once; kept in {place}) ...")
    begin = time.perf_counter()
    generate.build(place, codes, queued=queued)
    size = Home(place).ledger.stat().st_size / 1e9
    say(f"  {size:.2f} GB in {time.perf_counter() - begin:.0f} s")
    (place / _DONE).write_text(f"{codes}\n", encoding="ascii")
    return place


def _recipe() -> str:
    """A change of schema, hash or generator gives another name, and so another file."""
    digest = hashlib.sha256()
    digest.update(schema.DIGEST.encode())
    for module in (events, bulk, generate, goods):
        digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()[:10]
