"""A drug in a supplier's words, and how like such words are to a drug of ours.

Nothing is ever booked by likeness: it only orders what a person is offered (design, invariant 5).
"""

from collections.abc import Iterable
from difflib import SequenceMatcher

from pharmacy_desk.core.basics.values import dataclass
from pharmacy_desk.core.catalogue.drugs import Item, plain_drug

# A name of six characters with two others (布洛芬胶囊 for 布洛芬缓释胶囊) is worth showing, half a
# name is not: 0.6 lies between.
_LEAST_LIKE = 0.6
# What is written by its sound (布络芬) is nearly the name.
_SOUNDS_ALIKE = 0.9
_LEAST_INITIALS = 3
MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class SupplierWords:
    """How a supplier (`party`) calls a drug."""

    party: str
    name: str
    spec: str
    maker: str = ""

    @property
    def text(self) -> str:
        """As a person reads it."""
        return " ".join(part for part in (self.name, self.spec, self.maker) if part)

    @property
    def key(self) -> tuple[str, str, str, str]:
        """Without what differs from paper to paper: an answer is remembered under it."""
        return (self.party, plain_drug(self.name), plain_drug(self.spec), plain_drug(self.maker))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A drug of ours as it is compared; `initials` are its name's in pinyin."""

    code: str
    name: str
    spec: str
    maker: str
    initials: str


def likely(words: SupplierWords, initials: str, ours: Iterable[Candidate]) -> list[str]:
    """Codes of the drugs that may be meant, the likeliest first, at most `MOST_OFFERED`.

    The name decides; size and maker only order what has a likely name.
    """
    _, name, spec, maker = words.key
    letters = frozenset(name)
    matcher = SequenceMatcher(autojunk=False)
    matcher.set_seq2(name)
    found: list[tuple[float, str]] = []
    for one in ours:
        sounds = len(initials) >= _LEAST_INITIALS and one.initials == initials
        # Cheap first: a catalogue has tens of thousands of drugs, and few share half the letters.
        if not sounds and 2 * len(letters.intersection(one.name)) < len(letters):
            continue
        matcher.set_seq1(plain_drug(one.name))
        like = max(matcher.ratio(), _SOUNDS_ALIKE if sounds else 0.0)
        if like >= _LEAST_LIKE:
            same = (plain_drug(one.spec) == spec) + (bool(maker) and plain_drug(one.maker) == maker)
            found.append((like + same / 4, one.code))
    found.sort(key=lambda pair: (-pair[0], pair[1]))
    return [code for _, code in found[:MOST_OFFERED]]


def offered(item: Item) -> str:
    """A drug of ours as it is offered: all that tells two sizes apart."""
    return " · ".join(part for part in (f"{item.name} {item.spec}".strip(), item.maker) if part)
