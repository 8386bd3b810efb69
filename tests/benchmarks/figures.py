"""Figures of a run: spreads, ratios against bounds, and the table they are shown in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any


@dataclass(frozen=True, slots=True)
class Spread:
    """Median, 99th percentile and number of samples, in the unit of their row."""

    p50: float
    p99: float
    n: int

    def text(self) -> str:
        """As it stands in the table."""
        return f"{self.p50:.2f} / {self.p99:.2f}" if self.n > 1 else f"{self.p50:.2f}"


def spread(samples: Sequence[float]) -> Spread:
    """The spread of some samples (at least one)."""
    ordered = sorted(samples)
    rank = min(len(ordered) - 1, int(len(ordered) * 0.99))
    return Spread(median(ordered), ordered[rank], len(ordered))


def milliseconds(nanoseconds: Sequence[int]) -> list[float]:
    """Nanoseconds as milliseconds."""
    return [value / 1e6 for value in nanoseconds]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: ours against the bare operation, and the bound on their ratio.

    Without `bare` the bound is on our own median; without a bound the row only reports.
    """

    name: str
    unit: str
    ours: Spread
    bare: Spread | None = None
    ratio: float | None = None
    bound: float | None = None
    against: str = ""

    @property
    def verdict(self) -> str:
        """`pass`, `miss`, or nothing where there is no bound."""
        if self.bound is None:
            return ""
        measured = self.ours.p50 if self.ratio is None else self.ratio
        return "pass" if measured <= self.bound else "miss"


def compared(
    name: str, ours: Sequence[float], bare: Sequence[float], bound: float, against: str,
    *, unit: str = "ms", tail: bool = False,
) -> Row:  # fmt: skip
    """A row whose ratio is of the medians, or of the 99th percentiles (`tail`)."""
    mine, other = spread(ours), spread(bare)
    ratio = mine.p99 / other.p99 if tail else mine.p50 / other.p50
    return Row(name, unit, mine, other, ratio, bound, against)


@dataclass(slots=True)
class Result:
    """What one measure gives: rows for the table, and what broke (not: what was slow)."""

    rows: list[Row] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For the runner and the report file."""
        rows = [asdict(row) | {"verdict": row.verdict} for row in self.rows]
        return {"rows": rows, "broken": self.broken}


def result_from_json(told: dict[str, Any]) -> Result:
    """The inverse of `Result.as_json`."""
    rows = []
    for told_row in told["rows"]:
        values = {key: value for key, value in told_row.items() if key != "verdict"}
        values["ours"] = Spread(**values["ours"])
        values["bare"] = Spread(**values["bare"]) if values["bare"] else None
        rows.append(Row(**values))
    return Result(rows, list(told["broken"]))


_HEADS = ("measure", "unit", "ours p50/p99", "bare p50/p99", "ratio", "bound", "", "n")


def table(rows: Sequence[Row]) -> str:
    """All rows, in columns."""
    cells = [_HEADS] + [
        (
            row.name,
            row.unit,
            row.ours.text(),
            row.bare.text() if row.bare else "",
            f"{row.ratio:.2f}" if row.ratio is not None else "",
            f"{row.bound:g}" if row.bound is not None else "",
            row.verdict,
            str(row.ours.n),
        )
        for row in rows
    ]
    widths = [max(len(line[column]) for line in cells) for column in range(len(_HEADS))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in cells
    )
