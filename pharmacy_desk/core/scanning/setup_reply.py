"""Replies of a scanner that is in its setup mode: told apart from scans.

Source: facts on codes, section 3.2. Newland's serial setup answers `$$$$` with `@@@@`, each command
`#99900030;` with `!99900030;`, and `%%%%` with `^^^^`. A scanner in that mode reads no box and
looks dead; it leaves the mode by itself after 5 s without a command.
"""

import re
from enum import Enum, auto

# The scanner leaves its setup mode after this silence, in seconds.
SETUP_ENDS_S = 5.0
# The commands are numbers of eight digits; six to eight leaves room for older models. With a value
# of at most eight characters one reply is shorter than 20, the length of a trace code.
_REPLY = re.compile(rb"(?:@{4}|\^{4}|![0-9]{6,8}[ -:<-~]{0,8};)+")


class SetupReply(Enum):
    """What a reply says: the scanner is in its setup mode, or has left it."""

    IN_SETUP = auto()
    LEFT_SETUP = auto()


def setup_reply(frame: bytes) -> SetupReply | None:
    """What `frame` says about the setup mode; None when it is a scan.

    Several replies in one frame count by the last one. A frame that holds anything else is a scan:
    nothing of it is cut away.
    """
    text = frame.strip(b" \r\n\t\x00\x06\x18")
    if not _REPLY.fullmatch(text):
        return None
    return SetupReply.LEFT_SETUP if text.endswith(b"^^^^") else SetupReply.IN_SETUP
