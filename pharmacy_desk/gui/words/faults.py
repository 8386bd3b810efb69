"""Sentences about failures of the world and of the line: what happened, what to do."""

from pharmacy_desk.core.basics.errors import WorldError
from pharmacy_desk.core.basics.fault_words import words_of
from pharmacy_desk.gui.base.said import in_language, translate


def fault(error: Exception) -> tuple[str, str]:
    """A failure of the world as (what happened, what to do); anything else is our bug."""
    if not isinstance(error, WorldError):
        return (
            translate("Fault", "Something in the program went wrong. The counter stays open."),
            translate(
                "Fault", "What is on the disk is safe. Please report it; the log has details."
            ),
        )
    sentence, todo = (in_language("Fault", text) for text in words_of(error.fault))
    for name, value in error.params.items():
        words = platform_words(str(value)) if name == "detail" else str(value)
        sentence = sentence.replace("{" + name + "}", words[:200])
    return sentence, todo


def platform_words(said: str) -> str:
    """What the platform said, as it said it; or what the line did, in our words."""
    if said.startswith("HTTP "):
        return translate("Outbox", "the platform's server gave %1 instead of an answer").replace(
            "%1", said
        )
    if said in ("3508", "3509", "3510", "3513"):  # the question that settled it (facts, 2.9)
        return translate("Outbox", "confirmed by asking (3513)").replace("3513", said)
    return {
        "encoding": translate("Fault", "neither UTF-8 nor GB18030 text"),
        "ConnectionError": translate("Outbox", "the line is down"),
        "ConnectTimeout": translate("Outbox", "the line is down"),
        "ReadTimeout": translate("Outbox", "no answer in time"),
        "ChunkedEncodingError": translate("Outbox", "the answer broke off"),
        "answer_too_large": translate("Outbox", "the answer was no answer (too large)"),
        "answer_too_slow": translate("Outbox", "no answer in time"),
        "unreadable_answer": translate("Outbox", "the answer could not be read"),
        "no_output": translate("Outbox", "the answer said nothing about the lines"),
        "other_lines": translate("Outbox", "the answer was about other lines"),
        "other_message": translate("Outbox", "the answer was to another message"),
        "contradiction": translate("Outbox", "the answer contradicted itself"),
        "other_codes": translate(
            "Outbox",
            "the platform holds other trace codes under this line's number: compare them there"
            " and tell the platform; the line is not sent again",
        ),
        "no_platform": translate("Outbox", "no platform is set up"),
    }.get(said, said)
