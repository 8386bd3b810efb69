"""The application identifiers of GS1 as data: form, separator, check, companions, contradictions.

Source: GS1 General Specifications, section 3 (meaning and form of each AI), section 4.13 (which
need a companion, which exclude each other) and the table of predefined lengths in section 7.8.

One row of `_ROWS` holds, by columns:

- AI: one, or the first and last of a range whose members behave alike;
- `=` when the length is predefined (no separator follows), `~` when FNC1 or the end closes it;
- the parts of the value: `N` digits, `X` character set 82, `Y` character set 39, `Z` base64url;
  a size (`6`), or a greatest size (`..20`); `?` after a part that may be missing; `.name` the check
  of `checks` that the part must pass;
- needs: `a|b` one of them, `a+b` both, `;` between needs that must all hold; `-` none;
- never with: AIs or patterns (`n` is any digit) that contradict it; `-` none.

Made-up numbers of the trade stay out: an AI that has no row does not exist for this program.
"""

from collections.abc import Iterator

from pharmacy_desk.core.basics.values import dataclass

_ITEM = "01|02|03|8006|8026"
_SOLD_BY_MEASURE = "30|31nn|32nn|35nn|36nn"
_ROWS = f"""
00        = N18.key               -                       -
01        = N14.key               -                       02|03|255|37
02        = N14.key               37                      01|03
03        = N14.key               -                       01|02|37
10        ~ X..20                 {_ITEM}                 -
11        = N6.date               {_ITEM}                 -
12        = N6.date               8020                    -
13        = N6.date               {_ITEM}                 -
15        = N6.date               {_ITEM}                 -
16        = N6.date               {_ITEM}                 -
17        = N6.date               {_ITEM}|255             -
20        = N2                    01|02|8006|8026         -
21        ~ X..20                 01|03|8006              235
22        ~ X..20                 01                      -
235       ~ X..28                 01                      -
240-241   ~ X..30                 01|02|8006|8026         -
242       ~ N..6                  01|02|8006|8026         -
243       ~ X..20                 01                      -
250       ~ X..30                 01|8006;21              -
251       ~ X..30                 01|8006                 -
253       ~ N13.key X..17?        -                       -
254       ~ X..20                 414                     -
255       ~ N13.key N..12?        -                       01|02|415|8006|8020|8026
30        ~ N..8                  01|02                   -
37        ~ N..8                  00;02|8026              -
3900-3909 ~ N..15                 255|8020                390n|391n|394n|8111
3910-3919 ~ N3 N..15              8020                    391n
3920-3929 ~ N..15                 01;{_SOLD_BY_MEASURE}   392n|393n
3930-3939 ~ N3 N..15              {_SOLD_BY_MEASURE}      393n
3940-3943 ~ N4                    255                     394n|8111
3950-3955 ~ N6                    {_SOLD_BY_MEASURE}      392n|393n|395n|8005
400       ~ X..30                 -                       -
401       ~ X..30                 -                       -
402       ~ N17.key               -                       -
403       ~ X..30                 00                      -
410-414   = N13.key               -                       -
415       = N13.key               8020                    -
416-417   = N13.key               -                       -
420       ~ X..20                 -                       421
421       ~ N3.country X..9       -                       4307
422       ~ N3.country            01|02|8006|8026         426
423       ~ N3.country N..12.countries?  01|02            426
424       ~ N3.country            01|02                   426
425       ~ N3.country N..12.countries?  01|02            426
426       ~ N3.country            01|02                   -
427       ~ X..3                  01|02;422               -
4300-4301 ~ X..35                 00                      -
4302      ~ X..70                 00                      -
4303      ~ X..70                 4302                    -
4304-4306 ~ X..70                 00                      -
4307      ~ X2.letters            00                      -
4308      ~ X..30                 00                      -
4309      ~ N10.latitude N10.longitude  00                -
4310-4311 ~ X..35                 00                      -
4312      ~ X..70                 00                      -
4313      ~ X..70                 4312                    -
4314-4316 ~ X..70                 00                      -
4317      ~ X2.letters            00                      -
4318      ~ X..20                 00                      -
4319      ~ X..30                 00                      -
4320      ~ X..35                 00                      -
4321-4323 ~ N1.flag               00                      -
4324-4325 ~ N6.date N4.time_or_none  00                      -
4326      ~ N6.day                00                      -
4330      ~ N6 X1.minus?          00                      4331
4331      ~ N6 X1.minus?          00                      4330
4332      ~ N6 X1.minus?          00                      4333
4333      ~ N6 X1.minus?          00                      4332
7001      ~ N13                   01|02|8006|8026         -
7002      ~ X..30                 01|02                   -
7003      ~ N6.day N4.time        01|02                   -
7004      ~ N..4                  01;10                   -
7005      ~ X..12                 01|02                   -
7006      ~ N6.day                01|02                   -
7007      ~ N6.day N6.day?        01|02                   -
7008      ~ X..3                  01|02                   -
7009      ~ X..10                 01|02                   -
7010      ~ X..2                  01|02                   -
7011      ~ N6.day N4.time?       01|02                   -
7020      ~ X..20                 01|8006;416             -
7021      ~ X..20                 01|8006                 -
7022      ~ X..20                 7021                    -
7023      ~ X..30                 -                       -
7030-7039 ~ N3.country X..27      01|02                   -
7040      ~ N1 X3                 -                       -
7041      ~ X..4                  00                      -
710-717   ~ X..20                 01                      -
7230-7239 ~ X2 X..28              01|8004                 -
7240      ~ X..20                 01|8006                 -
7241      ~ N2                    8017|8018               -
7242      ~ X..25                 8017|8018               -
7250      ~ N8.whole_day          8018                    7251
7251      ~ N8.whole_day N4.time  8018                    7250
7252      ~ N1.sex                8018                    -
7253-7254 ~ X..40                 8017|8018               7256|7259
7255      ~ X..10                 8017|8018               7256|7259
7256      ~ X..90                 8017|8018               -
7257      ~ X..70                 8018                    -
7258      ~ X3.sequence           8018+7259               -
7259      ~ X..40                 8018                    7256
8001      ~ N14                   01                      -
8002      ~ X..20                 -                       -
8003      ~ N14.asset X..16?      -                       -
8004      ~ X..30                 -                       -
8005      ~ N6                    01|02                   -
8006      ~ N14.key N4.piece      -                       01|37
8007      ~ X..34                 415                     -
8008      ~ N6.day N2.hour N2.sixty? N2.sixty?  01|02     -
8009      ~ X..50                 00|01                   -
8010      ~ Y..30                 -                       -
8011      ~ N..12                 8010                    -
8012      ~ X..20                 01|8006                 -
8013      ~ X..25.pair            -                       -
8014      ~ X..25.pair            01                      -
8017      ~ N18.key               -                       8018
8018      ~ N18.key               -                       8017
8019      ~ N..10                 8017|8018               -
8020      ~ X..25                 415                     -
8026      ~ N14.key N4.piece      37                      02|8006
8030      ~ Z..90  00|01+21|253|255|8003|8004|8006+21|8010+8011|8017|8018  -
8040-8041 ~ N15                   -                       -
8042      ~ N32                   -                       -
8043      ~ N18 N..2?             -                       -
8110      ~ X..70                 -                       -
8111      ~ N4                    255                     -
8112      ~ X..70                 -                       -
8200      ~ X..70                 01                      -
90        ~ X..30                 -                       -
91-99     ~ X..90                 -                       -
"""
# Measures: the fourth digit is the number of decimals (0 to 5). What is measured of the item
# itself needs a GTIN; what is measured of a logistic unit may stand with its SSCC instead.
_OF_ITEM = "310-316 320-329 350-352 356-357 360-361 364-366"
_OF_UNIT = "330-336 340-349 353-355 362-363 367-369"
_PER_AREA = "337"

# Keys that may open the path of a Digital Link URI, each with the AIs that may follow it there,
# in this order (GS1 Digital Link: URI Syntax, section 4.3).
LINK_KEYS: dict[str, tuple[str, ...]] = {
    "00": (),
    "01": ("22", "10", "21"),
    "253": (),
    "255": (),
    "401": (),
    "402": (),
    "414": ("254",),
    "417": ("7040",),
    "8003": (),
    "8004": ("7040",),
    "8006": ("22", "10", "21"),
    "8010": ("8011",),
    "8013": (),
    "8017": ("8019",),
    "8018": ("8019",),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a value: its characters (N, X, Y, Z), least and greatest size, and its check."""

    letters: str
    least: int
    most: int
    check: str = ""
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Identifier:
    """One application identifier.

    `needs` are questions that must all be answered: of each, one set must be in the message.
    `never_with` are the other AIs that contradict it. `least` and `most` are the sizes of a value,
    in characters.
    """

    ai: str
    predefined: bool
    parts: tuple[Part, ...]
    needs: tuple[tuple[frozenset[str], ...], ...]
    never_with: frozenset[str]
    least: int
    most: int


def _part(text: str) -> Part:
    """A part from its notation, e.g. `N6.date`, `X..20`, `X1.minus?`."""
    letters, rest = text[0], text[1:].removesuffix("?")
    variable = rest.startswith("..")
    size, _, check = rest.removeprefix("..").partition(".")
    return Part(letters, 1 if variable else int(size), int(size), check, text.endswith("?"))


def _span(text: str) -> Iterator[str]:
    """Every AI from the first to the last that `text` names."""
    first, _, last = text.partition("-")
    return (str(n).zfill(len(first)) for n in range(int(first), int(last or first) + 1))


def _lines() -> Iterator[tuple[str, ...]]:
    """The rows as columns, those of the measures among them; the parts are one column."""
    for line in _ROWS.strip().splitlines():
        ais, how, *parts, needs, never = line.split()
        yield ais, how, " ".join(parts), needs, never
    for spans, needs in ((_OF_ITEM, "01|02"), (_OF_UNIT, "00|01"), (_PER_AREA, "01")):
        for stem in (ai for span in spans.split() for ai in _span(span)):
            yield f"{stem}0-{stem}5", "=", "N6", needs, f"{stem}n"


def _identifiers() -> Iterator[Identifier]:
    lines = list(_lines())
    # AIs by the pattern that names them; `n` stands for any digit of an AI of four.
    named: dict[str, list[str]] = {}
    for ai in (ai for line in lines for ai in _span(line[0])):
        for pattern in (ai, f"{ai[:3]}n", f"{ai[:2]}nn"):
            named.setdefault(pattern, []).append(ai)

    def question(text: str) -> tuple[frozenset[str], ...]:
        groups = (group.split("+") for group in text.split("|"))
        return tuple(frozenset((ai, *group[1:])) for group in groups for ai in named[group[0]])

    for ais, how, notation, needs, never in lines:
        parts = tuple(map(_part, notation.split()))
        least = sum(part.least for part in parts if not part.optional)
        most = sum(part.most for part in parts)
        wanted = () if needs == "-" else tuple(map(question, needs.split(";")))
        clash = [] if never == "-" else [ai for p in never.split("|") for ai in named[p]]
        for ai in _span(ais):
            yield Identifier(
                ai=ai,
                predefined=how == "=",
                parts=parts,
                needs=wanted,
                never_with=frozenset(clash) - {ai},
                least=least,
                most=most,
            )


IDENTIFIERS: dict[str, Identifier] = {row.ai: row for row in _identifiers()}
# The first two digits of an AI say how many digits it has.
AI_SIZES: dict[str, int] = {ai[:2]: len(ai) for ai in IDENTIFIERS}
