"""The keeper of the three-code map: a person's wishes at the map's page, as desk-lane jobs."""

from collections.abc import Callable

from pharmacy_desk.core.catalogue.drugs import PackLevel
from pharmacy_desk.core.ports.catalogue import CatalogueLedger
from pharmacy_desk.core.ports.people import PeopleLedger
from pharmacy_desk.counter import news
from pharmacy_desk.counter.lanes import Lane
from pharmacy_desk.counter.sale.desk import Desk
from pharmacy_desk.counter.sale.till import Till


class MapKeeper:
    """Takes wishes from any thread; answers come back as `news.MapChanged`."""

    def __init__(
        self,
        *,
        lane: Lane,
        catalogue: CatalogueLedger,
        people: PeopleLedger,
        till: Till,
        desk: Desk,
        post: Callable[[news.News], None],
    ) -> None:
        self._lane = lane
        self._catalogue = catalogue
        self._people = people
        self._till = till
        self._desk = desk
        self._post = post

    def say(
        self,
        identification: str,
        item: str,
        level: PackLevel,
        second: tuple[str, str] | None = None,
        anyway: bool = False,
    ) -> None:
        """Say what an identification stands for; `second` is another person's number and PIN."""

        def job() -> None:
            found = self._catalogue.find_item(item)
            if found is None:
                self._post(news.MapChanged(identification, item, "no_such_item"))
                return
            actor = self._till.actor()
            person = self._people.prove(actor, *second) if second else None
            if isinstance(person, str):
                self._post(news.MapChanged(identification, found.name, person))
                return
            confirmer = person.id if person else None
            answer = self._desk.maps.say(identification, found, confirmer, level, anyway)
            word = "proposed" if answer.waiting else answer.refused or "confirmed"
            other = self._catalogue.find_item(answer.other) if answer.other else None
            self._post(
                news.MapChanged(identification, found.name, word, other.name if other else "")
            )
            if word == "confirmed":
                self._desk.take_up_question(identification)

        self._lane.submit(job)

    def unmap(self, identification: str, item: str, reason: str) -> None:
        """Take a mapping out of use, with the reason."""

        def job() -> None:
            found = self._catalogue.find_item(item)
            done = self._desk.maps.unmap(identification, item, reason)
            name = found.name if found else item
            word = "removed" if done else "not_there"
            self._post(news.MapChanged(identification, name, word))

        self._lane.submit(job)
