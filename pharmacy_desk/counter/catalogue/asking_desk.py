"""What keepers of drugs and mappings want of the desk, which may have asked what a box is."""

from typing import Protocol

from pharmacy_desk.core.catalogue.drugs import Item, PackLevel
from pharmacy_desk.counter.answers import MapAnswer, SaleDid


class AskingDesk(Protocol):
    """Where a box lies whose drug nobody has told yet."""

    def shut(self) -> SaleDid | None:
        """Why nothing can be done with the sale now."""
        ...

    def answer_map(
        self,
        identification: str,
        item: Item,
        second: str | None,
        level: PackLevel = ...,
        anyway: bool = ...,
    ) -> MapAnswer:
        """A person says which drug an identification is; the box that was asked about goes in."""
        ...
