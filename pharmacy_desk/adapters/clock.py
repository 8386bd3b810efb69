"""The clock: the system's time, aware, in Asia/Shanghai."""

from datetime import datetime, timedelta, timezone

# China keeps UTC+8 all year since 1991: a fixed offset needs no time-zone database on the machine.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")


class SystemClock:
    """`Clock` of a real counter."""

    def now(self) -> datetime:
        """The moment, with the offset of Asia/Shanghai."""
        return datetime.now(SHANGHAI)
