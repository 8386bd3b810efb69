"""Pinyin initials of drug names, for search the way pharmacists type."""

from pypinyin import Style, lazy_pinyin

from pharmacy_desk.core.catalogue.drug_list import pinyin_key


def initials(name: str) -> str:
    """`布洛芬缓释胶囊` → `BLFHSJN`; letters and digits of the name stay."""
    return pinyin_key(lazy_pinyin(name, style=Style.FIRST_LETTER))
