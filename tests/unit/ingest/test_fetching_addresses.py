"""Which addresses are asked, and which are not: the whole of what a network keeps for itself."""

import ipaddress
import socket

import pytest

from mistok.ingest.fetching import addresses
from mistok.ingest.fetching.addresses import checked_address, is_public, public_addresses, resolve
from mistok.kernel.errors import Invalid, Unavailable

PUBLIC = "93.184.215.14 8.8.8.8 2606:4700::1111 2a00:1450:4001::8a 64:ff9b::8.8.8.8".split()
CLOSED = """
127.0.0.1 127.8.8.8 10.0.0.1 172.16.5.4 192.168.1.1 169.254.169.254 169.254.0.1 100.64.0.1
0.0.0.0 255.255.255.255 224.0.0.1 239.255.255.250 240.0.0.1 192.0.0.9 192.0.0.192 192.0.2.1
198.18.0.1 198.51.100.7 203.0.113.9 192.88.99.1
::1 :: ::ffff:8.8.8.8 ::ffff:127.0.0.1 ::7f00:1 fe80::1 fec0::1 fd00::1 fd00:ec2::254 ff02::1
2001:db8::1 2001::1 2002:7f00:1:: 2002:808:808:: 3fff::1 64:ff9b::127.0.0.1 64:ff9b::10.0.0.1
64:ff9b:1::8.8.8.8 5f00::1 100::1
""".split()
NO_ADDRESSES = [
    "",
    "example.org",
    "//example.org/x",
    "ftp://example.org/a",
    "file:///etc/passwd",
    "gopher://example.org/",
    "javascript:alert(1)",
    "data:text/plain,hello",
    "https://",
    "https:///path",
    "https://name:word@example.org/",
    "https://name@example.org/",
    "https://exam ple.org/",
    "http://exa\x00mple.org/",
    "http://[::1",
    "http://example.org:99999/",
    "https://example.org/" + "a" * 1000,
]


@pytest.mark.parametrize("text", PUBLIC)
def test_the_open_internet_is_public(text):
    assert is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("text", CLOSED)
def test_what_a_network_keeps_for_itself_is_not(text):
    assert not is_public(ipaddress.ip_address(text))


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_what_is_no_address_of_a_page_is_refused_in_a_sentence(url):
    with pytest.raises(Invalid) as refused:
        checked_address(url)
    assert refused.value.code == "address_malformed"
    assert str(refused.value).startswith("This is not the address of a page.")


def test_an_address_loses_its_fragment_and_keeps_all_else():
    url = checked_address(" https://Рада.укр:443/новини?a=1#top ")
    assert url.raw_host == "рада.укр".encode("idna")
    assert str(url).endswith("?a=1")


@pytest.mark.parametrize("port", [22, 25, 6379, 8000, 8443])
def test_other_ports_than_those_of_pages_are_refused(port):
    with pytest.raises(Invalid) as refused:
        checked_address(f"http://example.org:{port}/")
    assert refused.value.code == "port_refused"


def test_a_setting_names_the_ports(settings):
    settings.MISTOK_FETCH_PORTS = (80, 443, 8443)
    assert checked_address("https://example.org:8443/").port == 8443


def test_only_the_public_addresses_of_a_name_are_kept(monkeypatch):
    mixed = [ipaddress.ip_address(text) for text in ("10.0.0.1", "8.8.8.8", "::1")]
    monkeypatch.setattr(addresses, "resolve", lambda *_: mixed)
    assert public_addresses("example.org", 80, 5) == [ipaddress.ip_address("8.8.8.8")]


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f.1", "[::1]"])
def test_this_machine_is_refused_however_it_is_written(host):
    with pytest.raises(Invalid) as refused:
        public_addresses(host.strip("[]"), 80, 5)
    assert refused.value.code == "address_not_public"
    assert "127" not in str(refused.value) + str(refused.value.details)


def test_this_machine_may_be_asked_where_a_setting_says_so(settings):
    settings.MISTOK_FETCH_LOOPBACK = True
    assert public_addresses("127.0.0.1", 80, 5) == [ipaddress.ip_address("127.0.0.1")]
    with pytest.raises(Invalid):
        public_addresses("10.0.0.1", 80, 5)


@pytest.mark.parametrize("error", [socket.gaierror(-2, "unknown"), UnicodeError("label too long")])
def test_a_name_that_nobody_knows_is_unreachable(monkeypatch, error):
    def fails(*_asked, **_how):
        raise error

    monkeypatch.setattr(socket, "getaddrinfo", fails)
    with pytest.raises(Unavailable) as refused:
        resolve("example.org", 80, 5)
    assert refused.value.code == "address_unreachable"


def test_a_look_up_that_never_ends_is_given_up(monkeypatch):
    import threading

    ends = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: ends.wait(5) and [])
    with pytest.raises(Unavailable) as refused:
        resolve("example.org", 80, 0.05)
    ends.set()
    assert refused.value.code == "address_slow"


def test_every_address_of_a_name_is_found_once(monkeypatch):
    rows = [(0, 0, 0, "", (text, 80)) for text in ("fe80::1%eth0", "8.8.8.8", "8.8.8.8")]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_a, **_k: rows)
    assert [str(one) for one in resolve("example.org", 80, 5)] == ["fe80::1", "8.8.8.8"]
