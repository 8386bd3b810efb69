"""A serial port that the system has now."""

from pharmacy_desk.core.basics.values import dataclass


@dataclass(frozen=True, slots=True)
class FoundPort:
    """A serial port the system has now: its device name, and its USB numbers if it has any."""

    device: str
    vid: int | None = None
    pid: int | None = None
    serial: str | None = None
    description: str = ""
