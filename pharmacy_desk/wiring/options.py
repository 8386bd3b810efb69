"""What the command line asks of a counter."""

from __future__ import annotations

from pathlib import Path

from pharmacy_desk.core.basics.values import dataclass


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line asks of a counter."""

    platform_url: str | None = None
    settlement_url: str | None = None
    own_practice_platform: bool = True
    serial_port: str | None = None
    replay_file: Path | None = None
    # Somebody is about to decide on what is missing of the past: only then it may be opened so.
    deciding: bool = False
