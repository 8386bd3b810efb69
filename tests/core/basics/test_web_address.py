"""An address is one only in the form in which every reader sees the same host."""

import pytest
import requests
from hypothesis import example, given
from hypothesis import strategies as st
from urllib3.util import parse_url

from pharmacy_desk.core.basics.web_address import loopback_numbers, web_address

TRICKS = [
    "http://192.0.2.1:80\\@127.0.0.1/", "http://192.0.2.1\\@127.0.0.1", "http://u@127.0.0.1/",
    "http://127.0.0.1@192.0.2.1/", "http://u:p@127.0.0.1:80", "http:\\\\127.0.0.1",
    "http:///127.0.0.1", "http:127.0.0.1", "//127.0.0.1", "http://127.0.0.1:0",
    "http://127.0.0.1:99999", "http://127.0.0.1:65536", "http://127.0.0.1:", "http://127.0.0.1:080",
    "http://127.0.0.1:+80", "http://127.0.0.1:８０", "http://[::1", "http://::1", "http://[::1]x",
    "http://[::ffff:127.0.0.1]", "http://[0:0:0:0:0:0:0:1]", "http://127.1", "http://2130706433",
    "http://0177.0.0.1", "http://0x7f000001", "http://127.0.0.1%2f", "http://127.0.0.1#@x",
    "http://127.0.0.1?x", "http://127.0.0.1\n", "http://127.0.0.1\t", " http://127.0.0.1",
    "http://127.0.0.1/\x00", "http://１27.0.0.1", "http://127。0。0。1", "http://localhost.",
    "http://a..b", "http://-a", "http://127.0.0.1/../x", "http://127.0.0.1/a\\b", "ftp://127.0.0.1",
    "http://127.0.0.1:80:90", "http://", "http://" + "a" * 600,
]  # fmt: skip


@pytest.mark.parametrize("text", TRICKS)
def test_what_readers_may_take_differently_is_no_address(text):
    assert web_address(text) is None


@pytest.mark.parametrize(
    ("text", "host", "port", "inside"),
    [
        ("http://127.0.0.1:8080/", "127.0.0.1", 8080, True),
        ("http://localhost", "localhost", 80, True),
        ("https://LOCALHOST/fsi", "localhost", 443, True),
        ("http://[::1]:65535", "::1", 65535, True),
        ("https://fuwu.nhsa.gov.cn:443/fsi/api", "fuwu.nhsa.gov.cn", 443, False),
        ("http://10.1.2.3:1/a/b-c_d.e~f", "10.1.2.3", 1, False),
        ("http://127.0.0.2", "127.0.0.2", 80, False),
    ],
)
def test_plain_addresses_are_read(text, host, port, inside):
    found = web_address(text)
    assert found is not None
    assert (found.host, found.port, found.loopback) == (host, port, inside)
    assert bool(loopback_numbers(host)) is inside


@given(st.text(alphabet="htps:/\\@.[]127loca0x%#?;&= \t\r\n１。-", max_size=40))
@example("://[::1]:65535/")
def test_what_is_an_address_is_the_same_one_to_the_library(tail):
    text = "http" + tail
    found = web_address(text)
    if found is None:
        return
    sent = requests.Request("GET", text).prepare().url
    assert sent is not None
    for read in (parse_url(text), parse_url(sent)):
        assert (read.host or "").strip("[]") == found.host
        assert (read.port or (443 if read.scheme == "https" else 80)) == found.port
        assert read.auth is None
