"""The folder into which the insurance's own client, or the till, writes what it has settled."""

import csv
import io
import json
from datetime import datetime
from pathlib import Path

from pharmacy_desk.core.upload.slip import Slip, SlipForm, slip_of

# A settlement is some hundred bytes.
_MOST_BYTES = 64_000
_ENDS = (".json", ".csv")


class SlipFolder:
    """Tells the newest slip that was written since a moment, once."""

    def __init__(self, folder: Path, form: SlipForm) -> None:
        self._folder = folder
        self._form = form
        self._told: set[tuple[str, float]] = set()

    def newest(self, since: datetime) -> Slip | None:
        """The newest slip written since then that was not told yet; None for none."""
        found = []
        for path in self._files():
            try:
                written = path.stat().st_mtime
            except OSError:
                continue
            if written >= since.timestamp() and (path.name, written) not in self._told:
                found.append((written, path))
        for written, path in sorted(found, reverse=True):
            slip = self._read(path)
            if slip:  # one that is half written is looked at again
                self._told.add((path.name, written))
                return slip
        return None

    def _files(self) -> list[Path]:
        try:
            return [one for one in self._folder.iterdir() if one.suffix.lower() in _ENDS]
        except OSError:
            return []

    def _read(self, path: Path) -> Slip | None:
        try:
            if not path.is_file():
                return None
            with path.open("rb") as file:
                data = file.read(_MOST_BYTES + 1)
        except OSError:
            return None
        cells = _cells(data, path.suffix.lower()) if len(data) <= _MOST_BYTES else {}
        return slip_of(cells, self._form)


def _cells(data: bytes, ends: str) -> dict[str, str]:
    """The last row of a table, or an object's plain values; empty for what is neither."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    try:
        if ends == ".json":
            told = json.loads(text, parse_float=str)
            rows = told if isinstance(told, list) else [told]
        else:
            rows = list(csv.DictReader(io.StringIO(text)))
    except (ValueError, RecursionError, csv.Error):
        return {}
    last = rows[-1] if rows else {}
    plain = last.items() if isinstance(last, dict) else ()
    return {
        str(name): str(value)
        for name, value in plain
        if isinstance(value, str | int) and not isinstance(value, bool)
    }
