"""The wishes about the three-code map, from the map's page, as desk-lane jobs."""

from collections.abc import Callable
from concurrent.futures import Future

from pharmacy_desk.core.catalogue.drugs import Item, PackLevel
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.counter import news
from pharmacy_desk.counter.answers import MapAnswer, MapDid
from pharmacy_desk.counter.catalogue.asking_desk import AskingDesk
from pharmacy_desk.counter.catalogue.map_book import MapBook
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.people.at_counter import AtCounter


class MapWishes:
    """Takes wishes from any thread; each returns what became of it."""

    def __init__(
        self,
        *,
        lane: Lane,
        catalogue: CatalogueLedger,
        people: PeopleLedger,
        who: AtCounter,
        desk: AskingDesk,
        maps: MapBook,
        post: Callable[[news.News], None],
    ) -> None:
        self._lane = lane
        self._catalogue = catalogue
        self._people = people
        self._who = who
        self._desk = desk
        self._maps = maps
        self._post = post

    def say(
        self,
        identification: str,
        key: str,
        level: PackLevel,
        second: tuple[str, str] | None = None,
        anyway: bool = False,
    ) -> Future[MapAnswer]:
        """Say what an identification stands for; `second` is another person's number and PIN."""

        def job() -> MapAnswer:
            item = self._catalogue.find_item(key)
            if item is None:
                return MapAnswer(MapDid.NO_SUCH_ITEM, identification, key)
            return self.said(identification, item, second, level, anyway)

        return self._lane.wish(job)

    def said(
        self,
        identification: str,
        item: Item,
        second: tuple[str, str] | None,
        level: PackLevel = PackLevel.SMALLEST,
        anyway: bool = True,
    ) -> MapAnswer:
        """The same at once, on the desk's thread."""
        person = self._people.prove(self._who.actor(), *second) if second else None
        if isinstance(person, str):
            return MapAnswer(MapDid(person), identification, item.name)
        confirmer = person.id if person else None
        return self._desk.answer_map(identification, item, confirmer, level, anyway)

    def unmap(self, identification: str, key: str, reason: str) -> Future[MapAnswer]:
        """Take a mapping out of use, with the reason."""

        def job() -> MapAnswer:
            item = self._catalogue.find_item(key)
            done = self._maps.unmap(identification, key, reason)
            what = MapDid.REMOVED if done else MapDid.NOT_THERE
            if done:
                self._post(news.MapChanged(identification))
            return MapAnswer(what, identification, item.name if item else key)

        return self._lane.wish(job)
