r"""Addresses of platforms: the one written form in which every reader sees the same host.

`http://HOST:80\@127.0.0.1/` is 127.0.0.1 to one library and HOST to the next. So nothing is
repaired or guessed here: what is not of the plain form below is no address.
"""

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from pharmacy_desk.core.basics.values import dataclass

# RFC 3986 without user names, escapes, queries and fragments: scheme, host, port, path.
_FORM = re.compile(
    r"(?P<scheme>https?)://(?:\[(?P<six>[0-9A-Fa-f:]{2,39})\]|(?P<name>[0-9A-Za-z][0-9A-Za-z.-]*))"
    r"(?::(?P<port>[1-9][0-9]{0,4}))?(?P<path>(?:/[0-9A-Za-z._~-]*)*)"
)
_LABEL = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z-]{0,61}[0-9A-Za-z])?")
_MOST_PORT = 65_535
# A name has at most 253 characters (RFC 1035); the rest is room for the path.
_MOST_CHARS = 500
# `localhost` is reached by its numbers only, so that no resolver can send it elsewhere.
_LOCAL_NAME = "localhost"
_LOOPBACK = ("127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class WebAddress:
    """An address in its parts; `host` is a name, or a number without brackets."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def loopback(self) -> bool:
        """True for this machine."""
        return self.host == _LOCAL_NAME or self.host in _LOOPBACK


def web_address(text: str) -> WebAddress | None:
    """The address a text is; None when it is none, or not in its plain form."""
    found = _FORM.fullmatch(text) if len(text) <= _MOST_CHARS else None
    if found is None:
        return None
    six, name = found["six"], found["name"]
    host = _six(six) if six else _host(name.lower())
    port = int(found["port"] or (443 if found["scheme"] == "https" else 80))
    if host is None or port > _MOST_PORT or {".", ".."} & set(found["path"].split("/")):
        return None
    return WebAddress(found["scheme"], host, port, found["path"])


def address_form(text: str) -> bool:
    """Whether a setting's text is an address; an empty one says that there is none."""
    return not text or web_address(text) is not None


def loopback_numbers(host: str) -> tuple[str, ...]:
    """Where on this machine a host is to be looked for; nowhere when it is another machine."""
    if host.lower() == _LOCAL_NAME:
        return _LOOPBACK
    return tuple(number for number in _LOOPBACK if number == host)


def _six(text: str) -> str | None:
    """A number of version 6 in its one short form."""
    try:
        number = IPv6Address(text)
    except AddressValueError:
        return None
    return str(number) if str(number) == text.lower() else None


def _host(text: str) -> str | None:
    """A name, or a number of version 4 in its one form: `127.1` and `0177.0.0.1` are none."""
    labels = text.split(".")
    if not all(_LABEL.fullmatch(label) for label in labels):
        return None
    if not re.fullmatch(r"[0-9]+|0x[0-9a-f]*", labels[-1]):
        return text
    try:
        return str(IPv4Address(text))
    except AddressValueError:
        return None
