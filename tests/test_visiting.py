"""Claims about fetching one page: what is public comes in as any document does, and this machine's own network stays out."""

import datetime as dt
import gzip
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from itinerary import online
from itinerary.errors import InputError, ItineraryError
from itinerary.online import wire
from itinerary.online.transport import addresses, is_public
from itinerary.online.visiting import Hop, Reply
from itinerary.reading import SourceKind
from tests import documents as made
from tests.nearby import answering
from tests.test_documents import ARTICLE, PROSE

PUBLIC = ["93.184.215.14"]
HTML = {"content-type": "text/html; charset=utf-8"}


class Net:
    """A net of pages by address; it remembers what was asked, and of whom."""

    def __init__(self, pages: dict[str, Reply], names: dict[str, list[str]] | None = None) -> None:
        self.pages, self.names, self.hops = pages, names or {}, list[Hop]()

    def resolve(self, host: str) -> list[str]:
        return self.names.get(host, PUBLIC)

    def send(self, hop: Hop, timeout: float) -> Reply:
        assert 0 < timeout <= 20
        self.hops.append(hop)
        return self.pages.get(f"{hop.scheme}://{hop.header}{hop.target}", Reply(404))

    def fetch(self, address: str):
        return online.fetch_page(address, resolve=self.resolve, send=self.send)


def to(address: str, status: int = 302) -> Reply:
    """A redirect."""
    return Reply(status, headers={"location": address})


# --- what comes in ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["https://a.example/walk?x=1", "a.example/walk?x=1", " https://A.example/walk?x=1#map "])
def test_a_page_comes_in_with_title_date_and_address(address):
    net = Net({"https://a.example/walk?x=1": Reply(200, ARTICLE, HTML)})
    source = net.fetch(address)
    assert (source.title, source.published) == ("Ann’s voyage", dt.date(2023, 9, 17))
    assert (source.kind, source.address) == (SourceKind.PAGE, "https://a.example/walk?x=1")
    assert PROSE in source.text
    assert len(net.hops) == 1


def test_a_pdf_and_a_plain_text_come_in_as_well():
    net = Net(
        {
            "https://a.example/a": Reply(200, made.pdf([made.printed("To Bergen.")])),
            "https://a.example/b": Reply(200, b"To Bergen."),
        }
    )
    assert [(s.kind, s.text) for s in map(net.fetch, ("a.example/a", "a.example/b"))] == [
        (SourceKind.PDF, "To Bergen."), (SourceKind.TEXT, "To Bergen."),
    ]  # fmt: skip


def test_the_address_may_tell_the_day():
    page = made.page(f"<article><h1>North</h1><p>{PROSE}</p><p>{PROSE}</p></article>")
    net = Net({"https://a.example/2023/09/17/north": Reply(200, page, HTML)})
    assert net.fetch("https://a.example/2023/09/17/north").published == dt.date(2023, 9, 17)


def test_letters_beyond_ascii_are_sent_as_the_net_wants_them():
    net = Net({"https://xn--mlaga-xqa.example/ca%C3%B1a%20b?q=%C3%A9": Reply(200, b"To Bergen.")})
    assert net.fetch("https://málaga.example/caña%20b?q=é").text == "To Bergen."


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_to_the_end(status):
    net = Net({
        "http://a.example/": to("https://a.example/x", status), "https://a.example/x": to("/y", status),
        "https://a.example/y": Reply(200, b"To Bergen."),
    })  # fmt: skip
    assert net.fetch("http://a.example").address == "https://a.example/y"


@pytest.mark.parametrize("location", ["/caña b", "/ca\u00c3\u00b1a b", "/ca%C3%B1a%20b", " /ca%C3%B1a%20b#top "])
def test_a_redirect_is_followed_as_it_was_meant(location):
    net = Net({"https://a.example/": to(location), "https://a.example/ca%C3%B1a%20b": Reply(200, b"To Bergen.")})
    assert net.fetch("https://a.example/").text == "To Bergen."


# --- what stays out ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["", "walk", "ftp://a.example/", "file:///etc/passwd", "https://", "https://u:p@a.example/", "https://a.example:x/", "a b",
     "https://a.example/a b", "https://a.example/\r\nX: y", "https://[::1",
     "javascript:alert(1)", "https://" + "a" * 70 + ".example",
     "https://a.example/" + "a" * 3000, "data://text/html,x", "https://a.example:99999/"],
)  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused_unasked(address):
    net = Net({}, {"walk": []})
    with pytest.raises(InputError, match=r"no address of a web page|no server"):
        net.fetch(address)
    assert net.hops == []


PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1",
    "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fec0::1",
    "ff02::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a00:1::1", "64:ff9b::a00:1", "64:ff9b:1::1",
    "2001:db8::1", "2001:0:a00:1::f5ff:fffe",
]  # fmt: skip


@pytest.mark.parametrize("ip", PRIVATE)
def test_a_name_that_stands_for_a_private_address_is_refused_unasked(ip):
    for found in ([ip], [*PUBLIC, ip]):
        net = Net({}, {"a.example": found})
        with pytest.raises(InputError, match="private network"):
            net.fetch("https://a.example/")
        assert net.hops == []


@pytest.mark.parametrize("ip", ["93.184.215.14", "8.8.8.8", "2606:2800:220:1::1", "::ffff:8.8.8.8", "64:ff9b::808:808"])
def test_public_addresses_are_public(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.1", "2130706433", "0x7f000001", "0177.0.0.1", "0", "[::1]", "[::]", "[::ffff:127.0.0.1]",
     "[::ffff:7f00:1]",
     "localhost", "LOCALHOST.", "10.0.0.1", "167772161", "169.254.169.254", "[fe80::1]", "１２７.0.0.1", "127。0。0。1"],
)  # fmt: skip
def test_this_machine_is_refused_however_it_is_written(host):
    net = Net({})
    with pytest.raises(InputError, match=r"private network|no server|no address"):
        online.fetch_page(f"http://{host}/", resolve=addresses, send=net.send)
    assert net.hops == []


@pytest.mark.parametrize(
    "target", ["http://inside.example/", "http://127.0.0.1/", "file:///etc/passwd", "ftp://a.example/", "", "//"]
)
def test_a_redirect_to_where_we_don_t_go_is_not_followed(target):
    net = Net({"http://a.example/": to(target)}, {"inside.example": ["10.0.0.1"], "127.0.0.1": ["127.0.0.1"]})
    with pytest.raises(InputError):
        net.fetch("http://a.example/")
    assert len(net.hops) == 1


def test_nothing_goes_from_https_to_http():
    net = Net({"https://a.example/": to("http://a.example/x"), "http://a.example/x": Reply(200, b"Bergen")})
    with pytest.raises(InputError, match="sends on"):
        net.fetch("https://a.example/")
    assert len(net.hops) == 1


def test_a_name_that_changes_its_address_is_asked_at_the_one_that_was_checked():
    answers = iter([PUBLIC, ["127.0.0.1"]])
    net = Net({"https://a.example/": Reply(200, b"To Bergen.")})
    online.fetch_page("https://a.example/", resolve=lambda host: next(answers), send=net.send)
    assert net.hops[0].ips == tuple(PUBLIC)
    assert next(answers) == ["127.0.0.1"]  # nobody has looked a second time


def test_a_page_that_sends_round_in_circles_is_given_up():
    net = Net({"https://a.example/": to("/x"), "https://a.example/x": to("/")})
    with pytest.raises(InputError, match="in circles"):
        net.fetch("https://a.example/")
    assert len(net.hops) == 2


def test_a_page_that_sends_on_and_on_is_given_up():
    net = Net({f"https://a.example/{n}": to(f"/{n + 1}") for n in range(20)})
    with pytest.raises(InputError, match="more than 5 times"):
        net.fetch("https://a.example/0")
    assert len(net.hops) == 6


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.text(max_size=60), st.text(st.sampled_from("htps:/@[]%?#.1 a\\é\u3002\n"), max_size=40))
@example("http://[v1.x]/", "http://[::ffff:1.2.3.4%25eth0]/")
@example("https://a.example:0/", "//:80")
def test_no_address_and_no_redirect_gets_past_us(address, location):
    net = Net({"https://a.example/": to(location), "https://b.example/": Reply(200, b"To Bergen.")})
    for wanted in (address, location, f"https://{location}/", "https://a.example/"):
        try:
            assert net.fetch(wanted).text
        except InputError as error:
            assert str(error).strip().endswith((".", "…"))
    assert all(hop.scheme in ("http", "https") and hop.ips == tuple(PUBLIC) for hop in net.hops)
    assert all(c.isprintable() and c.isascii() and c != " " for hop in net.hops for c in hop.target + hop.header)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (Reply(404), "no page at .*404"),
        (Reply(403), "not shown to programs"),
        (Reply(503), "in trouble"),
        (Reply(204), "empty"),
        (Reply(304), "can't be fetched"),
        (Reply(200, b""), "empty"),
        (Reply(200, made.page("<script>x()</script>"), HTML), "holds no text"),
        (Reply(200, b"\x89PNG\r\n\x1a\n\0"), "picture"),
        (Reply(200, made.locked_pdf()), "password"),
        (Reply(200, bytes(range(32)) * 9), "no readable text"),
    ],
)
def test_a_page_without_a_text_is_one_sentence(reply, words):
    with pytest.raises(InputError, match=words) as refused:
        Net({"https://a.example/": reply}).fetch("https://a.example/")
    assert "\n" not in str(refused.value)


def test_a_name_that_nobody_knows_is_one_sentence():
    with pytest.raises(InputError, match=r"no server 'a\.example'"):
        Net({}, {"a.example": []}).fetch("https://a.example/")


def test_a_look_up_that_hangs_runs_out_of_time():
    over = threading.Event()
    with pytest.raises(InputError, match="looked up in time"):
        online.fetch_page("https://a.example/", timeout=0.05, resolve=lambda host: [str(over.wait(5))], send=Net({}).send)
    over.set()


# --- over the wire, to a server on this machine -----------------------------------------------------------------------

Answer = Callable[[BaseHTTPRequestHandler], None]


class Server:
    """A server on this machine with one answer."""

    def __init__(self) -> None:
        self.answer: Answer = says(b"To Bergen.")
        self.asked: list[BaseHTTPRequestHandler] = []
        self.over = threading.Event()
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                server.asked.append(self)
                server.answer(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self.http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self.http.server_port}"

    def fetch(self, timeout: float = 20.0, path: str = "/"):
        return online.fetch_page(self.address + path, timeout=timeout, allow_loopback=True)


def says(body: bytes, status: int = 200, **headers: str) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        try:
            handler.wfile.write(body)
        except ConnectionError:  # the visitor has seen enough
            handler.close_connection = True

    return answer


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server()
    with answering(server.http):
        yield server
        server.over.set()


def test_a_page_comes_over_the_wire_with_nothing_told_of_the_user(server):
    server.answer = says(ARTICLE, Content_Type="text/html")
    assert server.fetch(path="/a?b=c").title == "Ann’s voyage"
    (asked,) = server.asked
    assert (asked.path, asked.headers["Host"]) == ("/a?b=c", server.address.removeprefix("http://"))
    assert not {"cookie", "referer", "authorization", "origin"} & {name.lower() for name in asked.headers}


def test_without_leave_nothing_on_this_machine_is_asked(server):
    with pytest.raises(InputError, match="private network"):
        online.fetch_page(server.address)
    assert server.asked == []


@pytest.mark.parametrize("target", ["http://10.0.0.1/", "http://169.254.169.254/latest/meta-data", "http://[fd00::1]/"])
def test_leave_for_this_machine_is_none_for_its_network(server, target):
    server.answer = says(b"", 302, Location=target)
    with pytest.raises(InputError, match="private network"):
        server.fetch()


def test_a_packed_page_is_unpacked(server):
    server.answer = says(gzip.compress(ARTICLE), Content_Encoding="gzip")
    assert server.fetch().title == "Ann’s voyage"


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_without_end_is_cut_off(server, monkeypatch, packed):
    monkeypatch.setattr(wire, "LARGEST_PAGE", 1_000_000)
    server.answer = says(gzip.compress(bytes(9_000_000)), Content_Encoding="gzip") if packed else says(b"a" * 9_000_000)
    with pytest.raises(InputError, match="more than 1 MB"):
        server.fetch()


def hangs(server: Server) -> Answer:
    return lambda handler: server.over.wait(5) and None


def trickles(server: Server) -> Answer:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.0 200 OK\r\n")
        try:
            while not server.over.wait(0.02):
                handler.wfile.write(b"X-More: 1\r\n")
        except ConnectionError:
            handler.close_connection = True

    return answer


@pytest.mark.parametrize("answer", [hangs, trickles])
def test_a_server_that_hangs_or_trickles_runs_out_of_time(server, answer):
    server.answer = answer(server)
    began = time.monotonic()
    with pytest.raises(InputError, match=r"in time|can't be reached"):
        server.fetch(timeout=0.3)
    assert time.monotonic() - began < 3


def garbage(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"220 mail.example ESMTP\r\n")
    handler.close_connection = True


def hangs_up(handler: BaseHTTPRequestHandler) -> None:
    handler.close_connection = True


@pytest.mark.parametrize(
    "answer", [garbage, hangs_up, says(b"\x1f\x8b nonsense", Content_Encoding="gzip"), says(b"x", Content_Length="99")]
)
def test_a_server_that_talks_nonsense_is_one_sentence(server, answer):
    server.answer = answer
    with pytest.raises(InputError, match="can't be reached"):
        server.fetch()


def test_a_server_that_is_not_there_or_speaks_no_tls_is_one_sentence(server):
    with pytest.raises(InputError, match="can't be reached"):
        online.fetch_page(server.address.replace("http:", "https:"), allow_loopback=True)
    server.http.socket.close()
    with pytest.raises(ItineraryError, match="can't be reached"):
        server.fetch()
