"""Working days (工作日): weekends and a dated list of holidays, with the weekends that are worked.

The list is the State Council's, made anew every year: data of the region's profile.
"""

from datetime import date, timedelta

from pharmacy_desk.core.basics.values import dataclass

_DAY = timedelta(days=1)
_SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off beside the weekends, and weekend days that are worked instead (调休)."""

    holidays: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()

    def knows(self, year: int) -> bool:
        """True when the list tells of this year at all."""
        return any(day.year == year for day in self.holidays)

    def is_working(self, day: date) -> bool:
        """Whether offices work on this day."""
        if day in self.worked:
            return True
        return day not in self.holidays and day.weekday() < _SATURDAY

    def before(self, day: date, count: int) -> date:
        """The working day so many working days before this day."""
        return self._walk(day, count, -_DAY)

    def after(self, day: date, count: int) -> date:
        """The working day so many working days after this day."""
        return self._walk(day, count, _DAY)

    def _walk(self, day: date, count: int, step: timedelta) -> date:
        while count:
            day += step
            count -= self.is_working(day)
        return day
