"""Fuse box, the doors' part: what leads out of the program, made as the settings say."""

from __future__ import annotations

import ctypes
import logging
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from pharmacy_desk.adapters.home import Home
from pharmacy_desk.adapters.platforms.signers import Signer, no_signature, tif_signer
from pharmacy_desk.adapters.reservations.local import LocalReservations
from pharmacy_desk.adapters.store.upload.waiting import OutboxQueue
from pharmacy_desk.core.basics.errors import Fault, WorldError
from pharmacy_desk.core.basics.web_address import web_address
from pharmacy_desk.core.ports.basket import BasketLedger
from pharmacy_desk.core.ports.doors import (
    Clock,
    HeadKey,
    Platform,
    Printer,
    Reply,
    Sealer,
    WaitingLines,
)
from pharmacy_desk.core.ports.electronic import ElectronicRx
from pharmacy_desk.core.ports.reservations import Reservations
from pharmacy_desk.core.ports.settlement import SettlementDoor
from pharmacy_desk.core.ports.typist import Typist
from pharmacy_desk.core.sale.guarding import NotTyped, Typed
from pharmacy_desk.core.sale.patient import Patient
from pharmacy_desk.core.scanning.scan import visible
from pharmacy_desk.core.settings.settings import Settings
from pharmacy_desk.core.upload.profile import Profile
from pharmacy_desk.wiring.late import (
    LateElectronicRx,
    LatePlatform,
    LatePrinter,
    LateSealer,
    LateSettlement,
    LateStockBook,
)
from pharmacy_desk.wiring.options import Options
from pharmacy_desk.wiring.practice_platform import PracticePlatform

if TYPE_CHECKING:
    from pharmacy_desk.adapters.store.reading import Reader

_LOG = logging.getLogger(__name__)

# Whom the practice platform settles for where nobody was shown; it knows this number.
TRAINING_PATIENT = Patient("TRAINP00000000", cert_kind="01", cert_no="TRAINING", insutype="310")


class NoPlatform:
    """`Platform` of a counter that has none set up: everything waits."""

    def send(self, infno: str, body: bytes) -> Reply:
        """Nothing is sent."""
        return Reply(None, sent=False, detail="no_platform")


class NoTypist:
    """`Typist` of a session that lets nobody type: every code is told as not typed."""

    def type(self, text: str) -> Typed | NotTyped:
        """Nothing is typed."""
        return NotTyped.NO_KEYBOARD

    def close(self) -> None:
        """Nothing was changed."""


def require_address(url: str, *, practice: bool) -> None:
    """Raise `WorldError` for what is no address, or one that a practice home must not reach."""
    address = web_address(url)
    if url and address is None:
        raise WorldError(Fault.ADDRESS_BAD, url=visible(url))
    if address and practice and not address.loopback:
        raise WorldError(Fault.PRACTICE_LOOPBACK_ONLY, url=visible(url))


class Doors:
    """What leads out of a counter: each is made as the settings say, its library when first used.

    `settings` tells them as they stand now. A practice home's doors lead nowhere but to this
    machine.
    """

    def __init__(
        self,
        *,
        home: Home,
        options: Options,
        settings: Callable[[], Settings],
        profile: Profile,
        clock: Clock,
    ) -> None:
        self._home = home
        self._options = options
        self._settings = settings
        self._profile = profile
        self._clock = clock
        self._practice: PracticePlatform | None = None

    def addresses(self) -> tuple[str, str]:
        """Upload and settlement address; a practice home starts its own platform if it may."""
        settings = self._settings()
        upload = self._options.platform_url or settings.text("platform.url")
        settlement = (
            self._options.settlement_url
            or settings.text("platform.settlement_url")
            or (upload if self._home.practice else "")
        )
        for url in (upload, settlement):
            require_address(url, practice=self._home.practice)
        if self._home.practice and not upload and self._options.own_practice_platform:
            self._practice = PracticePlatform(self._home.folder / "practice-platform.db")
            upload = settlement = self._practice.url()
        return upload, settlement

    def platform(self, url: str) -> Platform:
        """Who is uploaded to at this address; nobody where there is none."""
        return LatePlatform(lambda: self._nhsa(url)) if url else NoPlatform()

    def settlement(self, url: str) -> SettlementDoor | None:
        """Who settles for the insurance, by `settlement.door`; typed off its slip, no door."""
        national = self._settings().text("settlement.door") == "national"
        if not national or not url or self._profile.settlement is None:
            return None
        inside = self._home.practice
        return LateSettlement(lambda: self._national_settlement(url), wants_person=not inside)

    def electronic(self, url: str) -> ElectronicRx | None:
        """Who looks electronic prescriptions up, where the region has them and there is a line."""
        if not url or self._profile.electronic is None:
            return None
        return LateElectronicRx(lambda: self._electronic(url))

    def printer(self) -> Printer:
        """The printer of the settings, made at the first receipt."""
        return LatePrinter(self._printer)

    def sealer(self) -> Sealer:
        """Who seals records with the home's key, made at the first one."""
        return LateSealer(self._sealer)

    def head_key(self) -> HeadKey:
        """The key that signs the ledger's head."""
        from pharmacy_desk.adapters.secrets import SecretHeadKey, Secrets

        return SecretHeadKey(Secrets(self._home.folder), self._home.ledger.stem)

    def reservations(self, basket: BasketLedger) -> Reservations:
        """Who keeps the reservations of codes, by `reservations.door`."""
        doors = {"local": LocalReservations}
        return doors[self._settings().text("reservations.door")](basket.earlier)

    def stock_book(self) -> LateStockBook:
        """What the ledger knows, read on a connection that writes nothing."""
        return LateStockBook(self._reader)

    def waiting(self) -> WaitingLines:
        """What waits to be uploaded, read beside the desk lane."""
        return OutboxQueue(self._home.ledger)

    def typist(self) -> Typist:
        """Who types into another till: its library is loaded where the guard stands before one."""
        slower_s = self._settings().number("till.key_ms") / 1000
        try:
            if sys.platform == "win32":
                from pharmacy_desk.adapters.till.typing_windows import (
                    SystemUser32,
                    WindowsTypist,
                )

                return WindowsTypist(SystemUser32(ctypes.WinDLL("user32")), slower_s)
            from pharmacy_desk.adapters.till.typing_x11 import X11Typist

            return X11Typist(slower_s)
        except (ImportError, OSError):
            _LOG.exception("nothing can be typed into another window")
            return NoTypist()

    def close(self) -> None:
        """End what was started for this counter alone."""
        if self._practice:
            self._practice.stop()

    def _nhsa(self, url: str, *, alone: bool = False) -> Platform:
        from pharmacy_desk.adapters.platforms.nhsa import NhsaPlatform

        signer: Signer = no_signature
        if self._profile.transport.signer == "tif":
            from pharmacy_desk.adapters.secrets import Secrets

            token = Secrets(self._home.folder).get("platform.token") or ""
            signer = tif_signer(self._settings().text("platform.paasid"), token)
        return NhsaPlatform(
            url,
            self._profile,
            signer,
            self._clock.now,
            loopback_only=self._home.practice,
            alone=alone,
        )

    def _national_settlement(self, url: str) -> SettlementDoor:
        """In training somebody made up stands in for a customer who shows nothing."""
        from pharmacy_desk.adapters.platforms.national import NationalSettlement

        stand_in = TRAINING_PATIENT if self._home.practice else None
        platform = self._nhsa(url, alone=True)
        return NationalSettlement(platform, self._profile, self._clock.now, stand_in)

    def _electronic(self, url: str) -> ElectronicRx:
        from pharmacy_desk.adapters.platforms.electronic import PlatformRx

        form = self._profile.electronic
        if form is None:
            raise AssertionError("only a region that has them is asked")
        platform = self._nhsa(url, alone=True)
        return PlatformRx(platform, self._profile, form, self._clock.now)

    def _sealer(self) -> Sealer:
        from pharmacy_desk.adapters.secrets import RecordSealer, Secrets

        return RecordSealer(Secrets(self._home.folder))

    def _reader(self) -> Reader:
        from pharmacy_desk.adapters.store.reading import Reader

        return Reader(self._home.ledger)

    def _printer(self) -> Printer:
        """The configured printer; its library (0.3 s to load) comes on the printer lane."""
        from pharmacy_desk.adapters.printers.escpos_printer import (
            FilePrinter,
            NetworkPrinter,
            NullPrinter,
        )

        settings = self._settings()
        kind = settings.text("printer.kind")
        if kind == "network":
            return NetworkPrinter(settings.text("printer.host"), settings.number("printer.port"))
        return FilePrinter(self._home.receipts) if kind == "file" else NullPrinter()
