"""Requests to servers that behave and to such that do not."""

from __future__ import annotations

import gzip
import json
import logging
import socket
import time

import pytest

from stadtnah.kernel import net
from stadtnah.kernel.net import NetError


def reply(body=b"ok", status="200 OK", **headers: str):
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def fails(port, *, method="GET", path="/", scheme="http", host="127.0.0.1", **options: object):
    """The error of a request, and how many seconds it took."""
    start = time.monotonic()
    with pytest.raises(NetError) as caught:
        net.request(method, f"{scheme}://{host}:{port}{path}", **options)
    assert caught.value.reason_de == str(caught.value)
    return caught.value, time.monotonic() - start


def test_a_request_and_its_answer(hostile, settings):
    settings.STADTNAH_BASE_URL = "https://erlenfurt.example"
    port = hostile.serve(reply(b'{"a": "\xc3\xbc"}', Content_Type="application/json", X_Id="7"))
    answer = net.request("post", f"http://127.0.0.1:{port}/a?b=c", json={"x": 1}, headers={"X-Token": "t"})
    assert answer.status == 200
    assert answer.ok
    assert answer.json() == {"a": "ü"}
    assert answer.headers["x-id"] == "7"
    assert answer.url == f"http://127.0.0.1:{port}/a?b=c"
    head, _, body = hostile.seen[0].partition(b"\r\n\r\n")
    assert head.startswith(b"POST /a?b=c HTTP/1.1\r\n")
    assert json.loads(body) == {"x": 1}
    lines = head.lower().split(b"\r\n")
    assert f"host: 127.0.0.1:{port}".encode() in lines
    assert b"x-token: t" in lines
    assert any(line.startswith(b"user-agent: stadtnah/") for line in lines)
    assert head.count(b"(+https://erlenfurt.example)") == 1


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        ({"data": {"a": "b c"}}, b"a=b+c"),
        ({"content": b"raw\x00"}, b"raw\x00"),
        (
            {"files": {"file": ("a.png", b"PNG", "image/png")}, "data": {"description": "x"}},
            b'filename="a.png"',
        ),
    ],
)
def test_every_kind_of_body_arrives(hostile, body, wanted):
    port = hostile.serve(reply())
    net.request("POST", f"http://127.0.0.1:{port}/", **body)
    assert wanted in hostile.seen[0].partition(b"\r\n\r\n")[2]


@pytest.mark.parametrize("status", ["404 Not Found", "500 Oops", "204 No Content", "304 Not Modified"])
def test_any_status_is_an_answer(hostile, status):
    port = hostile.serve(f"HTTP/1.1 {status}\r\nContent-Length: 0\r\n\r\n".encode())
    assert net.request("GET", f"http://127.0.0.1:{port}/").status == int(status[:3])


def test_head_has_no_body_however_long_it_says_it_is(hostile):
    port = hostile.serve(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nContent-Encoding: gzip\r\n\r\n")
    assert net.request("HEAD", f"http://127.0.0.1:{port}/").body == b""


def test_nobody_there_means_nothing_sent(hostile, settings):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings.STADTNAH_NET_ALLOW = [f"127.0.0.1:{port}"]
    error, _ = fails(port, method="POST", json={})
    assert error.kind == "refused"
    assert not error.maybe_done


def test_a_full_door_means_nothing_sent(settings):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        port = listener.getsockname()[1]
        settings.STADTNAH_NET_ALLOW = [f"127.0.0.1:{port}"]
        waiting = [socket.socket() for _ in range(4)]
        for sock in waiting:
            sock.setblocking(False)
            sock.connect_ex(("127.0.0.1", port))
        error, _ = fails(port, method="POST", json={}, deadline=0.3)
        for sock in waiting:
            sock.close()
    assert error.kind == "timeout_before"


def test_silence_after_the_request_is_unknown(hostile):
    port = hostile.serve(hostile.hang)
    error, seconds = fails(port, method="POST", json={}, deadline=0.3)
    assert error.kind == "unknown"
    assert error.maybe_done
    assert error.status is None
    assert seconds > 0.25


@pytest.mark.parametrize(
    ("data", "status"),
    [(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 500, None), (reply(b"z" * 500), 200)],
    ids=["in the head", "in the body"],
)
def test_a_drip_ends_at_the_one_deadline(hostile, data, status):
    cut = data.find(b"\r\n\r\n")
    fast, slow = (data[: cut + 4], data[cut + 4 :]) if status else (data[:20], data[20:])

    def answer(connection, request):
        connection.sendall(fast)
        hostile.drip(slow)(connection, request)

    error, seconds = fails(hostile.serve(answer), method="POST", json={}, deadline=0.4)
    assert (error.kind, error.status) == ("unknown", status)
    assert seconds < 10  # all of it would take fifteen


def test_a_server_that_does_not_read_ends_at_the_deadline(hostile):
    port = hostile.serve(hostile.hang, read=False)
    error, _ = fails(port, method="POST", content=bytes(30_000_000), deadline=0.5)
    assert error.kind == "unknown"


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (b"", None),
        (b"HTTP/1.1 200", None),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly", 200),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nonly", 200),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", 200),
        (b"SSH-2.0-OpenSSH\r\n\r\n", None),
        (reply(gzip.compress(b"x" * 1000, mtime=0)[:-9], Content_Encoding="gzip"), 200),
        (reply(b"no gzip", Content_Encoding="gzip"), 200),
    ],
)
def test_a_cut_or_senseless_answer_is_unknown(hostile, answer, status):
    error, _ = fails(hostile.serve(answer), method="POST", json={})
    assert (error.kind, error.status) == ("unknown", status)


def test_a_half_closed_connection_is_unknown(hostile):
    def answer(connection, _request):
        connection.shutdown(socket.SHUT_WR)
        hostile.gone.wait(20)

    assert fails(hostile.serve(answer), method="POST", json={})[0].kind == "unknown"


def test_an_answer_before_the_end_of_the_body_is_heard(hostile):
    def answer(connection, _request):
        connection.recv(100)
        connection.sendall(reply(b"too much", status="413 Content Too Large"))
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass

    port = hostile.serve(answer, read=False)
    assert net.request("POST", f"http://127.0.0.1:{port}/", content=bytes(3_000_000)).status == 413


def test_a_body_over_the_limit_is_not_read(hostile):
    def endless(connection, _request):
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n")
        while not hostile.gone.is_set():
            connection.sendall(bytes(65536))

    error, _ = fails(hostile.serve(endless), max_bytes=100_000)
    assert (error.kind, error.status) == ("too_large", 200)
    announced = b"HTTP/1.1 200 OK\r\nContent-Length: 100001\r\n\r\n"
    assert fails(hostile.serve(announced), max_bytes=100_000)[0].kind == "too_large"
    bomb = reply(gzip.compress(bytes(30_000_000), mtime=0), Content_Encoding="gzip")
    assert fails(hostile.serve(bomb), max_bytes=100_000)[0].kind == "too_large"
    control = net.request(
        "GET", f"http://127.0.0.1:{hostile.serve(reply(bytes(100_000)))}/", max_bytes=100_000
    )
    assert len(control.body) == 100_000


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "identity"])
def test_a_packed_answer_is_unpacked(hostile, encoding):
    body = {
        "gzip": gzip.compress(b"hallo", mtime=0),
        "deflate": __import__("zlib").compress(b"hallo"),
        "identity": b"hallo",
    }
    port = hostile.serve(reply(body[encoding], Content_Encoding=encoding))
    assert net.request("GET", f"http://127.0.0.1:{port}/").body == b"hallo"


def test_an_answer_that_is_no_json_is_unknown(hostile):
    for body in (b"<html>", b"[" * 200_000):
        answer = net.request("GET", f"http://127.0.0.1:{hostile.serve(reply(body))}/")
        with pytest.raises(NetError) as caught:
            answer.json()
        assert (caught.value.kind, caught.value.status) == ("unknown", 200)


def test_text_is_read_by_its_charset(hostile):
    for charset, body in (("iso-8859-1", b"\xfc"), ("utf-8", b"\xc3\xbc"), ("no-such", b"\xc3\xbc")):
        port = hostile.serve(reply(body, Content_Type=f"text/html; charset={charset}"))
        assert net.request("GET", f"http://127.0.0.1:{port}/").text() == "ü"


def test_header_injection_is_not_sent(hostile):
    port = hostile.serve(reply())
    error, _ = fails(port, headers={"X-A": "b\r\nX-Evil: 1"})
    assert error.kind == "blocked"
    assert all(b"X-Evil" not in request for request in hostile.seen)


def test_neither_log_nor_error_nor_repr_holds_a_secret(hostile, caplog):
    caplog.set_level(logging.DEBUG)
    port = hostile.serve(reply(b"SECRET", Set_Cookie="SECRET"))
    answer = net.request(
        "POST",
        f"http://127.0.0.1:{port}/botSECRET/x?t=SECRET",
        json={"a": "SECRET"},
        headers={"Authorization": "SECRET"},
    )
    error, _ = fails(hostile.serve(b""), path="/botSECRET?t=SECRET", headers={"Authorization": "SECRET"})
    assert b"SECRET" in hostile.seen[0]
    assert "127.0.0.1" in caplog.text  # control: something is logged
    assert "SECRET" not in caplog.text + repr(answer) + repr(error) + str(error)
