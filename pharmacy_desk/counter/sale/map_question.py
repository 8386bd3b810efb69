"""The box whose drug nobody has told yet, and what a person says of it. On the desk lane."""

from collections.abc import Callable
from dataclasses import replace

from pharmacy_desk.core.catalogue.drugs import Item, PackLevel
from pharmacy_desk.core.sale.judge import Verdict
from pharmacy_desk.core.scanning.scan import RawScan, Reading
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import (
    MapAnswer,
    MapDid,
    QuestionAnswer,
    QuestionDid,
    SaleDid,
)
from pharmacy_desk.counter.catalogue.map_book import MapBook


class MapQuestion:
    """Keeps the box in hand until it is known which drug it is.

    `shut` says why no box goes in now; `take` judges the box anew and takes it in.
    """

    def __init__(
        self,
        maps: MapBook,
        shut: Callable[[], SaleDid | None],
        take: Callable[[RawScan, Reading], Verdict],
        post: Callable[[news.News], None],
    ) -> None:
        self._maps = maps
        self.shut = shut
        self._take = take
        self._post = post
        self._asked: tuple[RawScan, Reading] | None = None

    @property
    def open(self) -> bool:
        """True while a box waits to be known."""
        return self._asked is not None

    def ask(self, raw: RawScan, reading: Reading) -> None:
        """Which drug is this box?"""
        self._asked = (raw, reading)

    def answer_map(
        self,
        identification: str,
        item: Item,
        second: str | None,
        level: PackLevel = PackLevel.SMALLEST,
        anyway: bool = True,
    ) -> MapAnswer:
        """A person says which drug an identification is; see `MapBook.say`."""
        answer = self._maps.say(identification, item, second, level, anyway)
        if not answer.what.refused:
            self._post(news.MapChanged(identification))
        if answer.what is not MapDid.CONFIRMED:
            return answer
        return replace(answer, verdict=self._take_up(identification))

    def _take_up(self, identification: str) -> Verdict | None:
        if self._asked is None:
            return None
        raw, reading = self._asked
        if reading.identification != identification or self.shut():
            return None
        self._asked = None
        return self._take(raw, reading)

    def dismiss(self) -> QuestionAnswer:
        """The person puts the unknown box aside."""
        asked, self._asked = self._asked, None
        if asked is None:
            return QuestionAnswer(QuestionDid.NONE_ASKED)
        return QuestionAnswer(QuestionDid.DISMISSED, asked[1].code)

    def ended(self) -> None:
        """The sale ended: the box is asked about no more."""
        self._asked = None
