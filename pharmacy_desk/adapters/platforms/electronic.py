"""Electronic prescriptions (`ElectronicRx`) over the region's platform."""

from collections.abc import Callable
from datetime import datetime

from pharmacy_desk.core.ports.doors import Platform
from pharmacy_desk.core.ports.electronic import RxFound, RxNotFound, RxNotReached
from pharmacy_desk.core.upload.answers import Asked, read_plain
from pharmacy_desk.core.upload.electronic import look_up_payload, order_of
from pharmacy_desk.core.upload.message import Sender, message_body
from pharmacy_desk.core.upload.profile import Profile, RxLookUp


class PlatformRx:
    """Asks by the number of the profile; the practice platform plays it."""

    def __init__(
        self, platform: Platform, profile: Profile, form: RxLookUp, now: Callable[[], datetime]
    ) -> None:
        self._platform = platform
        self._profile = profile
        self._form = form
        self._now = now

    def look_up(
        self, token: str, sender: Sender, msgid: str
    ) -> RxFound | RxNotFound | RxNotReached:
        """One question, one answer; nothing of it is believed that was not said."""
        form = self._form
        body = message_body(
            infno=form.infno,
            msgid=msgid,
            payload=look_up_payload(form, token, sender.store),
            at=self._now(),
            sender=sender,
            profile=self._profile,
        )
        reply = self._platform.send(form.infno, body)
        if reply.body is None:
            return RxNotReached(reply.detail)
        said = read_plain(reply.body, Asked(form.infno, msgid), self._profile)
        if said.output is None:
            return RxNotFound(said.refused) if said.refused else RxNotReached(said.doubt)
        order = order_of(said.output, form)
        return RxFound(order) if order else RxNotReached("unreadable_answer")
