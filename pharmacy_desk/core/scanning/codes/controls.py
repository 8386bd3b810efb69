r"""Separators and other controls that something on the way wrote out: `<GS>`, `%1D`, `\x1d`, `␝`.

Scanners, drivers, label software, spreadsheets and web pages each have signs of their own for a
byte they cannot show (facts on codes, section 3.1, GS in wedge mode). Such a spelling is never
part of a value, or one box would have as many codes as there are spellings:

- one that means GS or FNC1 and nothing else, where GS may stand, is read as GS
  (`with_separators`);
- any other makes the code a damaged one (`spelled`).

`<`, `>`, `%`, `_` and `=` may stand in a GS1 value (character set 82): only what spells a control
is looked for, and `LOT<7>` or `50%OFF` stay what they are.
"""

import re
from urllib.parse import unquote

from pharmacy_desk.core.scanning.scan import GS, Kind, Problem, Reading, visible

# Nothing of what follows is made of letters and digits alone, but for `0x1D` and `FNC1`: most
# texts are done with here.
_SUSPECT = re.compile(r"[^0-9A-Za-z\x1d]|0x|FNC1", re.IGNORECASE)
_OPEN, _CLOSE = r"[<{\[(«‹⟨〈《【〔「『]", r"[>}\])»›⟩〉》】〕」』]"
_NAMES = (
    r"GS|FNC[- _]?[1-4]|GROUP[- _]?SEP(?:ARATOR)?|NULL?|SOH|STX|ETX|EOT|ENQ|ACK|BEL|BS|HT|TAB"
    r"|LF|NL|VT|FF|NP|CR|CR[- _]?LF|SO|SI|DLE|DC[1-4]|NAK|SYN|ETB|CAN|EM|SUB|ESC|FS|RS|US|DEL"
    r"|ENTER|RETURN"
)
# 0 to 31 and 127. In round brackets numbers are application identifiers, and one digit alone in
# other brackets is no more than a digit.
_HEX = r"0*(?:1?[0-9A-F]|7F)"
_NUMBERS = rf"(?:0?X|U\+?|[#$%]|&#X?|\\[XU]){_HEX}H?|[01][0-9A-F]H?|7FH?|0?[0-2][0-9]|0?3[01]|127"
_BRACKETED = (
    rf"{_OPEN}[ /_.-]{{0,2}}(?:{_NAMES})[ /_.-]{{0,2}}{_CLOSE}"
    rf"|[<{{\[«‹⟨〈《【〔「『](?:{_NUMBERS}){_CLOSE}"
)
# What is left of a bracketed separator when the read was cut inside it.
_HALF = r"[<{\[](?:GS|FNC1)|(?:GS|FNC1)[>}\]]"
_QUOTED = r"([_*\"'|#$@~!%+=&;?^])(?:GS|FNC1)\1"
_SPELLINGS = re.compile(
    rf"{_BRACKETED}|{_HALF}|{_QUOTED}"
    r"|[\u2400-\u2421]"  # control pictures
    r"|\^[@-_?]"  # caret notation
    r"|\\(?:X[0-9A-F]|U[0-9A-F]|[0-7]|[ABEFGNRTV])"  # escapes of C, JSON and label software
    r"|%(?:0[0-9A-F]|1[0-9A-F]|7F)"  # percent encoding
    r"|=(?:1[C-F]|0[AD])"  # quoted-printable
    r"|_X00(?:[01][0-9A-F]|7F)_"  # what a workbook (OOXML) writes for a control
    r"|&#(?:X0*(?:1?[0-9A-F]|7F)|0*(?:[12]?[0-9]|3[01]|127))(?![0-9A-F])"  # HTML
    r"|~D?0(?:[0-2][0-9]|3[01])"  # label software
    r"|U\+00(?:[01][0-9A-F]|7F)"
    r"|FNC1",  # one random serial in 100 000 holds it, too
    re.IGNORECASE,
)
# The bare prefix of C: a capital X beside digits is a serial number like any other.
_BARE_HEX = re.compile(r"0x(?:[01][0-9A-Fa-f]|7[Ff])")
# Each of these means GS, and cannot be meant as a part of a value.
_MEANT = re.compile(
    r"(?:(?<=[0-9A-Za-z)\x1d])|\A)"
    r"(?:<(?:GS|FNC1|0?X1D)>|\{(?:GS|FNC1)\}|\[(?:GS|FNC1)\]|\u241d|\^\]|\\X1D|\\U001D|_X001D_)+"
    r"(?=[0-9(\x1d]|\Z)",
    re.IGNORECASE,
)
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&lt": "<", "&gt": ">", "&amp": "&"}
_ENTITY = re.compile(r"&(?:lt|gt|amp);?", re.IGNORECASE)
_OF_SEPARATOR = re.compile(r"GS|FNC|GROUP|1D|29|\u241d|\^\]", re.IGNORECASE)
# How often a text may have been encoded for the web; one that goes deeper is hiding something.
_MOST_LAYERS = 4


def spelled(text: str) -> bool:
    """True when a control character is written out somewhere in `text`, in whatever encoding."""
    return _SUSPECT.search(text) is not None and _first(text) is not None


def _first(text: str) -> str | None:
    """The first spelling in `text`; an empty one where it is encoded too deep to be looked at."""
    for _ in range(_MOST_LAYERS):
        found = _SPELLINGS.search(text) or _BARE_HEX.search(text)
        if found:
            return found.group()
        plain = _decoded(text)
        if plain == text:
            return None
        text = plain
    return ""


def with_separators(text: str) -> str | None:
    """`text` with every spelling of GS as GS; None when that does not make it free of spellings.

    A spelling is read only behind a letter, a digit or a bracket and before the digits of an
    identifier: in `21SN1<<GS>10LOT7` nobody knows what the first sign was.
    """
    plain, count = _MEANT.subn(GS, text)
    return plain if count and not spelled(plain) else None


def means_separator(sign: str) -> bool:
    """True for GS itself and for what `with_separators` reads as GS."""
    return sign == GS or _MEANT.fullmatch(sign) is not None


def blanked(text: str) -> str:
    """`text` with a blank for every spelling, to look at what stands between them."""
    return _BARE_HEX.sub(" ", _SPELLINGS.sub(" ", _decoded(text)))


def refusal(text: str, raw: str) -> Reading:
    """The damage of a code with a spelling in it: its separators, or another character."""
    spelling = _first(text) or ""
    lost = _OF_SEPARATOR.search(spelling)
    problem = Problem.LOST_SEPARATOR if lost else Problem.NOT_ALLOWED_CHARACTER
    return Reading(Kind.DAMAGED, raw, problem=problem, evidence=visible(spelling))


def _decoded(text: str) -> str:
    """One layer of percent encoding and HTML entities taken off."""
    plain = unquote(text) if "%" in text else text
    return _ENTITY.sub(lambda found: _ENTITIES[found.group().lower()], plain)
