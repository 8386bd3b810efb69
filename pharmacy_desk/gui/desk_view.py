"""What the screens may use of the counter: wishes, questions and facts, nothing wired by hand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from pharmacy_desk.core.settings import Settings, Value
from pharmacy_desk.counter.clerk import Clerk
from pharmacy_desk.gui.bridge import Asker, Bridge


@dataclass(frozen=True, slots=True)
class DeskView:
    """Handed to every screen by its constructor.

    `import_catalogue(path, progress)` runs on a lane of its own; `save_settings` writes and takes
    over settings; `ports` lists serial ports as (device, description).
    """

    clerk: Clerk
    bridge: Bridge
    asker: Asker
    settings: Callable[[], Settings]
    save_settings: Callable[[dict[str, Value], bool], None]
    now: Callable[[], datetime]
    receipt_words: Mapping[str, str]
    ports: Callable[[], list[tuple[str, str]]]
    profiles: Callable[[], list[tuple[str, str]]]
    import_catalogue: Callable[[Path, Callable[[int], bool], Callable[[object], None]], None]
    samples: Callable[[], list[dict[str, str]]]
    home: Path
    has_settlement: bool
