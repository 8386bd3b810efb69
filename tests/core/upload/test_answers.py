"""What the platform's answers mean: nothing is accepted that was not said in so many words."""

import copy
import json
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pharmacy_desk.adapters.resources import load_profile
from pharmacy_desk.core.upload.answers import Asked, Found, Outcome, Told, read_answer, read_query
from pharmacy_desk.core.upload.platform_words import MOST_CHARS, kept

PROFILE = load_profile("generic")
KEYS = ("K1", "K2")
QUESTION = PROFILE.sale.query
MSGID = "P44030000001202611221200000107"
ASKED = Asked("3505A", MSGID)
CODES = ("84362820000000000001", "84362820000000000002")
OPEN = settings(max_examples=300, deadline=None)


def _read(body: bytes, asked: Asked = ASKED) -> Outcome:
    return read_answer(body, KEYS, asked, PROFILE.sale, PROFILE)


def _answer(output: Any, infcode: Any = 0, **more: Any) -> Outcome:
    return _read(json.dumps({"infcode": infcode, "output": output, **more}).encode())


def _failed(*keys: str, state: Any = "0") -> list[dict[str, Any]]:
    return [{"fixmedins_bchno": key, "retRslt": state, "msgRslt": f"错 {key}"} for key in keys]


def _is_doubt(found: Outcome) -> bool:
    return bool(found.doubt) and not found.accepted and not found.refused


@pytest.mark.parametrize("infcode", [0, "0"])
@pytest.mark.parametrize("state", [1, "1"])
def test_two_levels_of_yes_are_a_yes(infcode: Any, state: Any) -> None:
    assert _answer({"result": {"retRslt": state}}, infcode).accepted == set(KEYS)


def test_a_yes_with_failed_lines_is_a_yes_for_the_others() -> None:
    found = _answer({"result": {"retRslt": "1"}, "selinfoErrDetail": _failed("K2")})
    assert (found.accepted, dict(found.refused)) == ({"K1"}, {"K2": "错 K2"})


def test_a_no_with_some_failed_lines_leaves_the_others_in_doubt() -> None:
    found = _answer({"result": {"retRslt": "0"}, "selinfoErrDetail": _failed("K2")})
    assert (found.accepted, set(found.refused)) == (set(), {"K2"})
    assert found.doubt


def test_a_no_for_all_lines_or_for_none_by_name_refuses_all() -> None:
    for rows in (_failed("K1", "K2"), [], None):
        found = _answer({"result": {"retRslt": "0", "msgRslt": "不行"}, "selinfoErrDetail": rows})
        assert set(found.refused) == set(KEYS)
        assert not found.doubt


@pytest.mark.parametrize(
    "output",
    [None, {}, [], "x", {"result": None}, {"result": "1"}, {"result": []}, {"result": {}},
     {"result": {"retRslt": "9"}}, {"result": {"retRslt": True}},
     {"signinoutb": {"sign_no": "1"}}, {"result": {"retRslt": "1"}, "selinfoErrDetail": _failed("X")}],
)  # fmt: skip
def test_an_answer_that_says_nothing_of_our_lines_is_a_doubt(output: Any) -> None:
    assert _is_doubt(_answer(output))


@pytest.mark.parametrize(
    "rows",
    [_failed("K2")[0], ["K2"], ["K2", "批号不符"], [None], [[_failed("K2")[0]]], "K2", 2, True,
     {"0": _failed("K2")[0]}, [{"retRslt": "0"}], [{"fixmedins_bchno": "K2"}],
     [{"fixmedins_bchno": ["K2"], "retRslt": "0"}], _failed("K2", state="1"),
     _failed("K2", state=None), _failed("K2", state=[]), [*_failed("K1"), "K2"]],
)  # fmt: skip
def test_refused_lines_that_cannot_be_read_leave_every_line_in_doubt(rows: Any) -> None:
    assert _is_doubt(_answer({"result": {"retRslt": "1"}, "selinfoErrDetail": rows}))


def test_failed_lines_under_a_name_that_is_not_known_are_not_passed_over() -> None:
    for name in ("errDetail", "selinfoerrdetail", "purcinfoErrDetail"):
        assert _is_doubt(_answer({"result": {"retRslt": "1"}, name: _failed("K2")}))


@pytest.mark.parametrize(
    "body",
    [
        b'{"infcode":-1,"infcode":0,"output":{"result":{"retRslt":"1"}}}',
        b'{"infcode":0,"infcode":-1,"output":{"result":{"retRslt":"1"}}}',
        b'{"infcode":0,"output":{"result":{"retRslt":"0"}},"output":{"result":{"retRslt":"1"}}}',
        b'{"infcode":0,"output":{"result":{"retRslt":"0","retRslt":"1"}}}',
        b'{"infcode":0,"output":{"result":{"retRslt":"1"},"selinfoErrDetail":[{"fixmedins_bchno":'
        b'"K1","fixmedins_bchno":"K2","retRslt":"0"}]}}',
        b'{"infcode":0,"output":{"result":{"retRslt":"1","memo":NaN}}}',
    ],
)
def test_a_name_that_stands_twice_is_no_answer(body: bytes) -> None:
    assert _is_doubt(_read(body))


@pytest.mark.parametrize(
    "more",
    [{"msgid": "P44030000001202611221200000108"}, {"infno": "3503A"}, {"infno": "9001"},
     {"inf_refmsgid": "P44030000001202611221200000108"}, {"msgid": []}, {"inf_refmsgid": {}},
     {"inf_refmsgid": "440300202611221200000000000001"}],
)  # fmt: skip
def test_the_answer_to_another_message_is_a_doubt(more: dict[str, Any]) -> None:
    heard = {"440300202611221200000000000001": "P44030000001202611221159590100"}
    body = json.dumps({"infcode": 0, "output": {"result": {"retRslt": "1"}}, **more}).encode()
    assert _is_doubt(_read(body, Asked("3505A", MSGID, heard)))
    empty = json.dumps({"infcode": 0, "output": {"data": []}, **more}).encode()
    assert _told(empty, Asked("3513", MSGID, heard)) == Told()


def test_the_answer_that_names_our_message_is_ours() -> None:
    for more in ({"msgid": MSGID, "infno": "3505A"}, {"inf_refmsgid": MSGID},
                 {"inf_refmsgid": "440300202611221200000000000002", "msgid": ""}):  # fmt: skip
        found = _answer({"result": {"retRslt": "1"}}, 0, **more)
        assert found.accepted == set(KEYS)
    again = Asked("3505A", MSGID, {"440300202611221200000000000002": MSGID})
    body = {"infcode": 0, "output": {"result": {"retRslt": "1"}},
            "inf_refmsgid": "440300202611221200000000000002"}  # fmt: skip
    assert _read(json.dumps(body).encode(), again).accepted == set(KEYS)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>502</body></html>", b"[]", b'"ok"', b"null", b"{", b"\xff\xfe{}",
     '{"infcode":0,"err_msg":"提示"}'.encode("gbk"), b'{"output":{}}', b"[" * 100_000,
     b'{"a":' * 50_000, b'{"infcode": ' + b"9" * 5000 + b"}", b"\xef\xbb\xbf{}",
     b'{"infcode":0,"output":{"result":{"retRslt":"1"}}}{}', b'{"infcode":true,"output":{}}',
     b'{"infcode":0.0,"output":{"result":{"retRslt":"1"}}}', b'{"infcode":null}',
     b'{"infcode":"","output":null}', b'{"infcode":[],"output":null}'],
)  # fmt: skip
def test_what_is_no_answer_is_a_doubt_and_raises_nothing(body: bytes) -> None:
    found = _read(body)
    assert _is_doubt(found)
    assert not found.busy
    assert _told(body) == Told()


def test_any_other_infcode_is_a_refusal_in_the_platforms_words() -> None:
    for infcode in (-1, "-1", 1):
        found = _answer(None, infcode, err_msg="机构未备案")
        assert dict(found.refused) == dict.fromkeys(KEYS, "机构未备案")


def test_a_no_outside_and_a_yes_inside_is_a_doubt() -> None:
    assert _is_doubt(_answer({"result": {"retRslt": "1"}}, -1, err_msg="机构未备案"))


def test_busy_is_no_refusal_but_a_doubt_that_waits() -> None:
    found = _answer(None, -1, err_msg="访问过于频繁")
    assert found.busy
    assert _is_doubt(found)
    assert not _answer(None, -1, err_msg="系统异常").busy


# Anything that happens to a good answer

GOOD = {
    "infcode": 0, "inf_refmsgid": "440300202611221200000000000001", "err_msg": "", "warn_msg": "",
    "respond_time": "20261122120000123",
    "output": {
        "result": {"retRslt": "1", "msgRslt": "部分失败", "memo": ""},
        "selinfoErrDetail": [
            {"fixmedins_bchno": "K2", "fixmedins_hilist_id": "Y1", "retRslt": "0", "msgRslt": "错"}
        ],
    },
}  # fmt: skip
_JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from(["0", "1", "K1", "K2"]),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(
        st.sampled_from(["result", "retRslt", "msgRslt", "selinfoErrDetail", "fixmedins_bchno",
                         "data", "fixmedinsBchno", "x"]), inner, max_size=4),
    max_leaves=8,
)  # fmt: skip


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    inner = value.items() if isinstance(value, dict) else (
        enumerate(value) if isinstance(value, list) else ())  # fmt: skip
    for name, one in inner:
        found += _places(one, (*path, name))
    return found


@st.composite
def _mutated(draw: Any) -> bytes:
    """A good answer, changed in one to three places, in its names, or in its bytes."""
    told = copy.deepcopy(GOOD)
    for _ in range(draw(st.integers(0, 3))):
        path = draw(st.sampled_from(_places(told)))
        node: Any = told
        for step in path[:-1]:
            node = node[step]
        what = draw(st.sampled_from(("drop", "junk", "wrap", "unwrap", "rename")))
        value = node[path[-1]]
        if what == "drop":
            del node[path[-1]]
        elif what == "junk":
            node[path[-1]] = draw(_JUNK)
        elif what == "wrap":
            node[path[-1]] = draw(st.sampled_from(([value], {"x": value})))
        elif what == "unwrap" and isinstance(value, list) and value:
            node[path[-1]] = value[0]
        elif what == "rename" and isinstance(node, dict):
            node[draw(st.sampled_from((str(path[-1]).lower(), "errDetail", "X")))] = node.pop(
                path[-1]
            )
    text = json.dumps(told, ensure_ascii=False)
    names = ('"retRslt": "0"', '"infcode": 0', '"fixmedins_bchno": "K2"')
    twice = draw(st.sampled_from(("", *names)))
    if twice:
        other = draw(
            st.sampled_from(('"retRslt": "1"', '"infcode": -1', '"fixmedins_bchno": "K9"'))
        )
        same = other.split(":")[0] == twice.split(":")[0]
        text = text.replace(twice, f"{twice}, {other}" if same else f"{twice}, {twice}", 1)
    body = text.encode()
    return body[: draw(st.integers(0, len(body)))] if draw(st.booleans()) else body


_FOR_PEOPLE = ("msgRslt", "memo")


def _means_the_same(body: bytes) -> bool:
    """Whether the refusal of K2 was taken out whole, so that nobody could know of it.

    A change may also have made it a whole refusal of K1, which is one of ours. What the platform
    writes for people is no refusal of a line, whatever stands in it.
    """
    try:
        output = json.loads(body)["output"]
        rows = output.get("selinfoErrDetail")
        told = {name: said for name, said in output["result"].items() if name not in _FOR_PEOPLE}
    except (ValueError, TypeError, KeyError, AttributeError):
        return False
    other = isinstance(rows, list) and all(row.get("fixmedins_bchno") == "K1" for row in rows)
    return (not rows or other) and "K2" not in json.dumps(output | {"result": told})


# The refusal is gone whole, and its line is named in what people read.
_NAMED_IN_WORDS = (
    b'{"infcode": 0, "inf_refmsgid": "440300202611221200000000000001", "err_msg": [""],'
    b' "output": {"result": {"retRslt": "1", "msgRslt": [["K2"]], "memo": ""}}}'
)


@settings(max_examples=3000, deadline=None)
@given(_mutated())
@example(_NAMED_IN_WORDS)
def test_no_change_of_a_good_answer_has_a_line_accepted_that_it_refused(body: bytes) -> None:
    found = _read(body)
    if "K2" in found.accepted:
        assert _means_the_same(body), body
        rows = json.loads(body)["output"].get("selinfoErrDetail") or []
        if any(str(row.get("retRslt")) != "1" for row in rows):  # then of K1: see above
            assert "K1" in found.refused, body


@OPEN
@given(_JUNK, _JUNK)
def test_every_answer_leaves_each_line_in_exactly_one_state(infcode: Any, output: Any) -> None:
    found = _answer(output, infcode)
    assert not found.accepted & set(found.refused)
    assert {*found.accepted, *found.refused} <= set(KEYS)
    if not found.doubt:
        assert {*found.accepted, *found.refused} == set(KEYS)
    if found.accepted:
        assert str(infcode) == "0"
        assert str(output["result"]["retRslt"]) == "1"
    body = json.dumps({"infcode": infcode, "output": output}).encode()
    assert isinstance(_told(body), Told)


# Questions


QUESTIONED = Asked("3513", MSGID)


def _told(body: bytes, asked: Asked = QUESTIONED, codes: tuple[str, ...] = CODES) -> Told:
    return read_query(QUESTION, body, "K1", (codes,), asked, PROFILE)


def _queried(output: Any, infcode: Any = 0, codes: tuple[str, ...] = CODES) -> Found | None:
    return _told(json.dumps({"infcode": infcode, "output": output}).encode(), codes=codes).found


def _rows(*codes: Any, key: str = "K1") -> dict[str, Any]:
    return {"data": [{"fixmedinsBchno": key, "drugTracCodg": code} for code in codes]}


def test_a_question_is_answered_by_a_row_of_ours_or_by_an_empty_list() -> None:
    others = {"fixmedinsBchno": "K9"}
    assert _queried({"data": [others, {"fixmedinsBchno": "K1"}]}) is Found.YES
    assert _queried({"data": [{"fixmedins_bchno": "K1"}]}, "0") is Found.YES
    assert _queried({"data": []}) is Found.NO
    assert _queried({"data": [], "pageNum": 1, "pageSize": 20, "recordCounts": 0}) is Found.NO


@pytest.mark.parametrize(
    "output",
    [None, [], {}, {"data": None}, {"data": {}}, "x", {"rows": []}, {"list": [], "rows": []},
     {"warnings": [], "rows": [{"fixmedinsBchno": "K1"}]},
     {"data": [], "rows": [{"fixmedinsBchno": "K1"}]}, {"data": [], "page": {"total": 1}},
     {"data": [], "recordCounts": 3}, {"data": [], "total": "1"}, {"data": [], "hasMore": True},
     {"data": [{"fixmedinsBchno": "K9"}]}, {"data": [{"fixmedinsBchno": "K1"}, None]},
     {"data": [{"fixmedinsBchno": "K1"}, "K1"]}, {"data": [{}]}, {"data": [[]]},
     {"data": [{"fixmedinsBchno": "K1", "fixmedins_bchno": "K9"}]},
     {"data": [{"fixmedinsBchno": ["K1"]}]}, {"data": [{"fixmedinsBchno": None}]}],
)  # fmt: skip
def test_a_list_that_is_not_surely_whole_and_ours_answers_nothing(output: Any) -> None:
    assert _queried(output) is None


def test_a_question_may_be_answered_in_words() -> None:
    def said(words: str, output: Any = None) -> Told:
        return _told(json.dumps({"infcode": -1, "err_msg": words, "output": output}).encode())

    assert said("未查询到数据") == Told(Found.NO)
    assert said("追溯码已结算") == Told(Found.NO, "追溯码已结算")
    assert said("不支持的交易编号 3513") == Told()
    assert said("未查询到数据", {"data": [{"fixmedinsBchno": "K1"}]}) == Told()
    assert _queried({"data": []}, -1) is None


def test_a_line_is_ours_only_with_our_codes() -> None:
    assert _queried(_rows(*CODES)) is Found.YES
    assert _queried(_rows(*CODES, *CODES)) is Found.YES  # a platform that keeps doubles
    assert _queried(_rows(None, None)) is Found.YES  # tells nothing of codes
    for codes in (("84362820000000000009",), CODES[:1], (*CODES, "84362820000000000009"), ("",)):
        assert _queried(_rows(*codes)) is Found.OTHER_CODES
    assert _queried(_rows(""), codes=()) is Found.YES
    assert _queried(_rows(CODES[0]), codes=()) is Found.OTHER_CODES
    assert _queried(_rows([CODES[0]])) is None


def test_codes_are_known_in_either_form() -> None:
    gs1, told = "010690123456789221SN0001", "(01)06901234567892(21)SN0001"
    body = json.dumps({"infcode": 0, "output": _rows(told)}).encode()
    forms = ((told,), (gs1,))
    assert read_query(QUESTION, body, "K1", forms, Asked("3513", MSGID), PROFILE).found is Found.YES


# Words


def test_the_platforms_words_are_bounded_and_clean() -> None:
    assert kept("批号不符") == "批号不符"
    assert kept(None) == ""
    assert kept("a\x00b\x1b[31mc\nd\u202ee\ud800") == "a\ufffdb\ufffd[31mc d\ufffde\ufffd"
    long = kept("长" * 100_000)
    assert long == "长" * MOST_CHARS + " … (+98000)"


@OPEN
@given(st.text(max_size=3000))
def test_any_words_are_kept_printable_and_short(words: str) -> None:
    said = _answer(None, -1, err_msg=words)
    for told in (said.words, *said.refused.values()):
        assert told.isprintable()
        assert len(told) <= MOST_CHARS + 20
        told.encode()
