"""Who works at a counter: operators carry one of these roles."""

from enum import StrEnum


class Role(StrEnum):
    """Who works at a counter (operators carry one of these)."""

    CLERK = "营业员"
    PHARMACIST = "药师"
    MANAGER = "店长"
    INFORMATION = "信息员"
