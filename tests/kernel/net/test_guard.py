"""Where a request may go: names, addresses, redirects, certificates."""

from __future__ import annotations

import datetime as dt
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from hypothesis import given
from hypothesis import strategies as st

from stadtnah.kernel import net
from stadtnah.kernel.net import NetError, guard
from tests.kernel.net.test_client import fails, reply

INTERNAL = [
    *("127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "0.0.0.0"),
    *(
        "169.254.169.254",
        "168.63.129.16",
        "192.0.0.192",
        "224.0.0.1",
        "255.255.255.255",
        "198.18.0.1",
        "240.0.0.1",
    ),
    *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1"),
    *("::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "2002:7f00:1::1", "2001:db8::1", "2001::1"),
    *("3fff::1", "100::1", "64:ff9b:1::1", "::7f00:1", "192.0.2.1", "203.0.113.9"),
]
PUBLIC = ["93.184.216.34", "1.1.1.1", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"]


@pytest.mark.parametrize("address", INTERNAL)
def test_a_name_that_leads_inside_is_blocked(names, address):
    names["town.test"] = [address]
    error, _ = fails(80, host="town.test", method="POST", json={})
    assert error.kind == "blocked"
    names["town.test"] = ["93.184.216.34", address]  # one bad address is enough
    assert fails(80, host="town.test")[0].kind == "blocked"


@pytest.mark.parametrize("address", PUBLIC)
def test_a_name_that_leads_outside_is_not(names, address):
    names["town.test"] = [address]
    target = guard.checked("https://town.test/x", allow_private=False, seconds=1)
    assert target.addresses == (address,)
    assert target.port == 443


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "fd00::1", "192.168.1.1"])
def test_private_addresses_can_be_allowed_but_never_metadata(names, address):
    names["town.test"] = [address]
    assert guard.checked("http://town.test/", allow_private=True, seconds=1).addresses == (address,)
    for never in ("169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "168.63.129.16"):
        names["town.test"] = [never]
        with pytest.raises(NetError) as caught:
            guard.checked("http://town.test/", allow_private=True, seconds=1)
        assert caught.value.kind == "blocked"


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://town.test/",
            "file:///etc/passwd",
            "gopher://town.test",
            "//town.test",
            "town.test",
            "",
            "http://",
        ),
        *(
            "http://a:b@town.test/",
            "https://token@town.test/",
            "http://town.test:0/",
            "http://town.test:99999/",
        ),
        *(
            "http://town.test\\@127.0.0.1/",
            "http://town.test/\r\nX: 1",
            "http://town .test/",
            "javascript:alert(1)",
        ),
        *("http://[::1", "http://[fe80::1%25eth0]/", "http://2130706433/", "http://0x7f.1/", "http://127.1/"),
        *("http://localhost/", "http://[::ffff:7f00:1]/", "http://0/", "http://①②⑦.0.0.1/"),
    ],
)
def test_what_is_no_address_of_the_web_is_blocked(names, url):
    names["town.test"] = ["93.184.216.34"]
    with pytest.raises(NetError) as caught:
        net.request("GET", url, deadline=2)
    assert caught.value.kind in {"blocked", "refused"}
    assert "b@" not in str(caught.value)


@given(st.text(max_size=30) | st.text(max_size=30).map("http://".__add__))
def test_any_text_is_parsed_or_blocked(url):
    try:
        assert guard.parse(url).host
    except NetError as caught:
        kind = caught.kind
        assert kind == "blocked"


def test_only_the_listed_port_is_open(hostile, settings):
    port = hostile.serve(reply())
    assert net.request("GET", f"http://127.0.0.1:{port}/").status == 200
    settings.STADTNAH_NET_ALLOW = [f"127.0.0.1:{port + 1}"]
    assert fails(port)[0].kind == "blocked"
    assert net.request("GET", f"http://127.0.0.1:{port}/", allow_private=True).status == 200


def test_a_name_is_asked_once_and_the_checked_address_is_used(hostile, names):
    answers = [["127.0.0.1"], ["169.254.169.254"]]
    names["rebind.test"] = lambda: answers.pop(0)
    port = hostile.serve(reply(), allow=("rebind.test",))
    assert net.request("GET", f"http://rebind.test:{port}/").status == 200
    assert names["asked"] == ["rebind.test"]
    assert f"Host: rebind.test:{port}".encode() in hostile.seen[0]


def test_a_second_address_is_tried_when_the_first_is_closed(hostile, names):
    names["two.test"] = ["::1", "127.0.0.1"]
    port = hostile.serve(reply(), allow=("two.test",))
    assert net.request("GET", f"http://two.test:{port}/").status == 200


def test_a_name_that_is_not_there_or_not_answered(names):
    names["none.test"] = OSError("no such name")
    assert fails(80, host="none.test")[0].kind == "refused"
    over = threading.Event()
    names["slow.test"] = lambda: over.wait(20) and ["93.184.216.34"]
    error, seconds = fails(80, host="slow.test", method="POST", json={}, deadline=0.2)
    over.set()
    assert error.kind == "timeout_before"
    assert seconds < 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_followed_and_checked(hostile, status):
    goal = hostile.serve(reply(b"there"))
    port = hostile.serve(reply(status=f"{status} x", Location=f"http://127.0.0.1:{goal}/b?c=d#e"))
    answer = net.request("GET", f"http://127.0.0.1:{port}/")
    assert answer.body == b"there"
    assert answer.url.startswith(f"http://127.0.0.1:{goal}/b?c=d")
    for inside in (
        "http://127.0.0.1:9/",
        "http://169.254.169.254/latest/",
        "http://localhost/",
        "file:///etc/passwd",
    ):
        port = hostile.serve(reply(status=f"{status} x", Location=inside))
        assert fails(port)[0].kind == "blocked"


def test_secrets_do_not_follow_to_another_host(hostile):
    goal = hostile.serve(reply())
    away = hostile.serve(reply(status="302 x", Location=f"http://127.0.0.1:{goal}/"))
    secret = {"Authorization": "SECRET", "X-Api-Key": "SECRET", "Cookie": "SECRET", "Accept": "text/x-mark"}
    net.request("GET", f"http://127.0.0.1:{away}/", headers=secret)
    assert b"SECRET" in hostile.seen[0]
    assert b"SECRET" not in hostile.seen[1]
    assert b"text/x-mark" in hostile.seen[1]
    assert f"Host: 127.0.0.1:{goal}".encode() in hostile.seen[1]


def test_a_post_is_not_carried_elsewhere_nor_turned_into_a_get(hostile):
    goal = hostile.serve(reply())
    for status in (301, 302, 303, 307, 308):
        port = hostile.serve(reply(status=f"{status} x", Location=f"http://127.0.0.1:{goal}/"))
        assert net.request("POST", f"http://127.0.0.1:{port}/", json={"a": 1}).status == status
    assert len(hostile.seen) == 5  # the goal never saw one


def test_a_post_follows_on_the_same_origin(hostile):
    def answer(connection, request):
        moved = reply(status="308 x", Location="/new")
        connection.sendall(moved if request.startswith(b"POST /old") else reply(b"done"))

    port = hostile.serve(answer)
    assert (
        net.request("POST", f"http://127.0.0.1:{port}/old", json={"a": 1}, headers={"X-T": "t"}).body
        == b"done"
    )
    assert hostile.seen[1].endswith(b'{"a":1}')
    assert b"x-t: t" in hostile.seen[1].lower()


def test_a_loop_ends(hostile):
    port = hostile.serve(reply(status="302 x", Location="/again"))
    assert fails(port)[0].kind == "blocked"
    assert len(hostile.seen) == 6


def test_redirects_share_one_deadline(hostile):
    def answer(connection, _request):
        hostile.gone.wait(0.15)
        connection.sendall(reply(status="302 x", Location="/again"))

    error, seconds = fails(hostile.serve(answer), deadline=0.4)
    assert error.kind in {"unknown", "timeout_before"}
    assert seconds < 0.8


@pytest.fixture
def certified(tmp_path, monkeypatch):
    """Server contexts with certificates of an authority that this process trusts."""
    authority = ec.generate_private_key(ec.SECP256R1())
    issuer = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test CA")])
    start = dt.datetime.now(dt.UTC) - dt.timedelta(days=1)

    def build(name, key, subject_key, *, ca):
        return (
            x509.CertificateBuilder()
            .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
            .issuer_name(issuer)
            .public_key(subject_key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + dt.timedelta(days=30))
            .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .sign(key, hashes.SHA256())
        )

    bundle = tmp_path / "ca.pem"
    bundle.write_bytes(
        build("Test CA", authority, authority, ca=True).public_bytes(serialization.Encoding.PEM)
    )
    monkeypatch.setenv("SSL_CERT_FILE", str(bundle))

    def context(name, seen):
        key = ec.generate_private_key(ec.SECP256R1())
        file = tmp_path / f"{name}.pem"
        file.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
            + build(name, authority, key, ca=False).public_bytes(serialization.Encoding.PEM)
        )
        made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        made.load_cert_chain(file)
        made.sni_callback = lambda _socket, asked, _context: seen.append(asked)
        return made

    return context


def test_https_asks_for_the_name_and_checks_it(hostile, names, certified):
    seen = []
    names["town.test"] = names["other.test"] = ["127.0.0.1"]
    port = hostile.serve(
        reply(b"safe"), context=certified("town.test", seen), allow=("town.test", "other.test")
    )
    assert net.request("GET", f"https://town.test:{port}/").body == b"safe"
    assert seen == ["town.test"]
    error, _ = fails(port, scheme="https", host="other.test", method="POST", json={})
    assert error.kind == "refused"
    assert "Zertifikat" in str(error)


def test_https_never_falls_back_to_http(hostile, names, certified):
    names["town.test"] = ["127.0.0.1"]
    plain = hostile.serve(reply(), allow=("town.test",))
    location = f"http://town.test:{plain}/"
    port = hostile.serve(
        reply(status="302 x", Location=location), context=certified("town.test", []), allow=("town.test",)
    )
    assert fails(port, scheme="https", host="town.test")[0].kind == "blocked"
    plain = hostile.serve(reply(), read=False, allow=("town.test",))
    assert fails(plain, scheme="https", host="town.test", method="POST", json={})[0].kind == "refused"


def test_a_handshake_that_hangs_means_nothing_sent(hostile):
    port = hostile.serve(hostile.hang, read=False)
    error, seconds = fails(port, scheme="https", method="POST", json={}, deadline=0.3)
    assert error.kind == "timeout_before"
    assert seconds < 1
