"""The guarded fetcher against a hostile server, and against a good one."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from summarizer.documents.addresses import Network
from summarizer.documents.fetching import Fetcher, FetchOptions, Page
from summarizer.errors import AddressRefused, ConfigurationError, FetchFailed, InputError, MissingExtra
from summarizer.version import __version__

from .hostile import CASES, OK, SECONDS, TEXT, Case, Hostile, Talk, is_this_machine, network

QUICK = FetchOptions(timeout=SECONDS, max_bytes=1_000_000, pause=0)
MARGIN = 1.5  # seconds that a busy machine may need beyond the time for a page
MOST_KILOBYTES = 300_000


@pytest.fixture(scope="module")
def hostile() -> Iterator[Hostile]:
    """The server, for the tests that change nothing of it."""
    with Hostile() as server:
        yield server


@pytest.fixture
def server() -> Iterator[Hostile]:
    """A server of the test's own."""
    with Hostile() as server:
        yield server


@pytest.fixture
def fetcher() -> Iterator[Fetcher]:
    """A fetcher that knows only the test's server."""
    with Fetcher(QUICK, network=network()) as fetcher:
        yield fetcher


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.sentence.replace(" ", "_"))
def test_a_hostile_answer(hostile: Hostile, fetcher: Fetcher, case: Case) -> None:
    """Ends in time, as the error that the case names, about the URL that was asked for."""
    url = hostile.url(case.path, case.host)
    began = time.monotonic()
    with pytest.raises(case.error) as raised:
        fetcher.fetch(url)
    assert time.monotonic() - began < SECONDS + MARGIN
    assert type(raised.value) is case.error
    assert re.search(case.words, str(raised.value))
    assert raised.value.document == url
    assert raised.value.remedy
    assert "hunter2" not in str(raised.value)


def test_all_hostile_answers_together_take_little_memory(hostile: Hostile, root: Path) -> None:
    """With the limits that users have, eight at once, in a process of its own."""
    program = [sys.executable, "-m", "tests.documents.hostile", str(hostile.port)]
    done = subprocess.run(program, cwd=root, capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    told = json.loads(done.stdout)
    assert told["kinds"] == [case.error.__name__ for case in CASES]
    assert told["kilobytes"] < MOST_KILOBYTES


def test_a_page_comes_with_what_the_server_states_about_it(server: Hostile, fetcher: Fetcher) -> None:
    server.behaviours["/a"] = lambda talk: talk.answer("Grüße".encode(), "Content-Type: Text/HTML; charset=koi8-r")
    asked = server.url("/a?b=c#part")
    page = fetcher.fetch(asked)
    assert page == Page(asked, server.url("/a?b=c"), "text/plain", None, TEXT, page.fetched)
    page = fetcher.fetch(server.url("/a"))
    assert (page.content_type, page.charset, page.body) == ("text/html", "koi8-r", "Grüße".encode())
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00", page.fetched)


@pytest.mark.parametrize(
    ("encoding", "body"),
    [
        ("gzip", gzip.compress(TEXT)), ("deflate", zlib.compress(TEXT)), ("deflate", zlib.compress(TEXT)[2:-4]),
        ("gzip, deflate", zlib.compress(gzip.compress(TEXT))), ("identity", TEXT), ("", TEXT),
    ],
)  # fmt: skip
def test_a_compressed_page_is_unpacked(server: Hostile, fetcher: Fetcher, encoding: str, body: bytes) -> None:
    server.behaviours["/a"] = lambda talk: talk.answer(body, f"Content-Encoding: {encoding}")
    assert fetcher.fetch(server.url("/a")).body == TEXT


@pytest.mark.parametrize(
    "answer",
    [
        OK + b"Transfer-Encoding: chunked\r\n\r\n9\r\nMinisters\r\n18;a=b\r\n met in Tunis on Monday.\r\n0\r\n\r\n",
        OK + b"\r\n" + TEXT,
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + OK + b"\r\n" + TEXT,
        b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + TEXT,
        OK + b"X-Policy: " + b"a" * 20_000 + b"\r\n\r\n" + TEXT,
        OK + b"Content-Length: 33\r\n\r\n" + TEXT + b"HTTP/1.1 200 OK\r\n\r\nand more",
    ],
    ids=["chunks", "until closed", "after hints", "an older HTTP", "a long header", "more than one answer"],
)
def test_answers_of_every_valid_shape_are_read(server: Hostile, fetcher: Fetcher, answer: bytes) -> None:
    server.behaviours["/a"] = lambda talk: talk.send(answer)
    assert fetcher.fetch(server.url("/a")).body == TEXT


def test_redirects_are_followed_to_the_page(server: Hostile, fetcher: Fetcher) -> None:
    server.behaviours["/a"] = lambda talk: talk.redirect("/b?c#d", "301 Moved Permanently")
    server.behaviours["/b?c"] = lambda talk: talk.redirect("//other.test:PORT/e")
    page = fetcher.fetch(server.url("/a"))
    assert (page.asked, page.url, page.body) == (server.url("/a"), server.url("/e", "other.test"), TEXT)


def test_what_follows_a_line_feed_in_a_redirect_is_not_followed(server: Hostile, fetcher: Fetcher) -> None:
    server.behaviours["/a"] = lambda talk: talk.redirect("/b\nLocation: http://127.0.0.2/")
    assert fetcher.fetch(server.url("/a")).url == server.url("/b")


def test_the_robots_txt_of_every_host_on_the_way_is_obeyed(server: Hostile, fetcher: Fetcher) -> None:
    server.behaviours["/a"] = lambda talk: talk.redirect("http://forbids.test:PORT/b")
    with pytest.raises(
        AddressRefused, match=r"redirected to http://forbids.test:\d+/b: the robots.txt of forbids.test"
    ):
        fetcher.fetch(server.url("/a"))
    assert not server.asked("/b")


def test_without_robots_nothing_is_asked_but_the_page(server: Hostile) -> None:
    with Fetcher(FetchOptions(robots=False, pause=0), network=network()) as fetcher:
        assert fetcher.fetch(server.url("/a", "forbids.test")).body == TEXT
    assert [request.path for request in server.requests] == ["/a"]
    assert "obeys" not in server.requests[0].headers["user-agent"]


def test_the_fetcher_says_who_it_is_and_sends_nothing_else_about_the_user(server: Hostile, fetcher: Fetcher) -> None:
    """Also robots.txt is asked for by name."""
    fetcher.fetch(server.url("/a"))
    robots, page = server.requests
    assert (robots.path, page.path, page.method) == ("/robots.txt", "/a", "GET")
    assert robots.headers == page.headers
    assert set(page.headers) == {"host", "user-agent", "accept", "accept-encoding", "connection"}
    assert page.headers["user-agent"] == (
        f"summarizer/{__version__} (reads news reports for analysts; obeys robots.txt)"
    )
    assert page.headers["accept-encoding"] == "gzip, deflate"


def test_cookies_are_not_sent_back(server: Hostile, fetcher: Fetcher) -> None:
    server.behaviours["/a"] = lambda talk: talk.answer(
        b"", "Set-Cookie: id=1; Path=/", "Location: /b", status="302 Found"
    )
    fetcher.fetch(server.url("/a"))
    fetcher.fetch(server.url("/b"))
    assert [request.path for request in server.requests] == ["/robots.txt", "/a", "/b", "/b"]
    assert not [request for request in server.requests if "cookie" in request.headers]


def test_proxies_of_the_environment_are_not_used(
    server: Hostile, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9/")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert fetcher.fetch(server.url("/a")).body == TEXT


def test_a_connection_that_ends_before_an_answer_is_tried_once_more(server: Hostile, fetcher: Fetcher) -> None:
    server.behaviours["/a"] = lambda talk: talk.answer() if len(server.asked("/a")) == 2 else talk.reset()
    server.behaviours["/b"] = Talk.reset
    assert fetcher.fetch(server.url("/a")).body == TEXT
    with pytest.raises(FetchFailed, match="ended before an answer"):
        fetcher.fetch(server.url("/b"))
    assert len(server.asked("/b")) == 2


@pytest.mark.parametrize(
    "answer", [OK + b"Content-Length: 500\r\n\r\nMinisters", b"HTTP/1.1 500 Broken\r\n\r\n", b"no\r\n\r\n"]
)
def test_an_answer_that_has_begun_is_not_asked_for_again(server: Hostile, fetcher: Fetcher, answer: bytes) -> None:
    server.behaviours["/a"] = lambda talk: talk.send(answer)
    with pytest.raises(FetchFailed):
        fetcher.fetch(server.url("/a"))
    assert len(server.asked("/a")) == 1


def test_no_connection_is_a_failure_that_names_the_host(fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailed, match=r"no connection to 127\.0\.0\.1 \(Connection refused\)"):
        fetcher.fetch("http://127.0.0.1:1/")


def test_https_without_a_certificate_is_no_safe_connection(server: Hostile, fetcher: Fetcher) -> None:
    with pytest.raises(FetchFailed, match=r"no safe connection to plain\.test"):
        fetcher.fetch(server.url("/a").replace("http:", "https:"))


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("http://127.0.0.2/", "127.0.0.2 is not"), ("http://[::1]/", "::1 is not"), ("http://127.1/", "unusual"),
        ("ftp://plain.test/", "addresses of ftp"), ("http://me:hunter2@plain.test/", "a password"),
    ],
)  # fmt: skip
def test_a_refused_address_is_not_even_looked_up(fetcher: Fetcher, url: str, words: str) -> None:
    with pytest.raises(AddressRefused, match=words) as refused:
        fetcher.fetch(url)
    assert "hunter2" not in str(refused.value)


def test_private_addresses_are_fetched_when_that_is_allowed_and_other_rules_stay(server: Hostile) -> None:
    options = FetchOptions(allow_private=True, pause=0)
    with Fetcher(options) as fetcher:
        assert fetcher.fetch(f"http://127.0.0.1:{server.port}/a").body == TEXT
        for url in ("file:///etc/passwd", "http://me:hunter2@127.0.0.1/", "http://127.1/"):
            with pytest.raises(AddressRefused):
                fetcher.fetch(url)
    with Fetcher() as fetcher, pytest.raises(AddressRefused, match=r"127\.0\.0\.1 is not"):
        fetcher.fetch(f"http://127.0.0.1:{server.port}/a")


def test_the_address_is_checked_again_where_the_connection_is_made(server: Hostile) -> None:
    """As if the name had changed after it was looked at."""
    seen: list[str] = []

    def changing(address: object) -> bool:
        seen.append(str(address))
        return len(seen) == 1

    changed = replace(network(), is_public=changing)
    with Fetcher(QUICK, network=changed) as fetcher, pytest.raises(AddressRefused, match=r"127\.0\.0\.1 is not"):
        fetcher.fetch(server.url("/a"))
    assert seen == ["127.0.0.1", "127.0.0.1"]
    assert not server.requests


def test_pages_of_a_host_are_fetched_one_after_the_other_with_a_pause(server: Hostile) -> None:
    starts: list[float] = []
    server.behaviours["/a"] = lambda talk: (starts.append(time.monotonic()), talk.answer())
    with Fetcher(FetchOptions(pause=0.1), network=network()) as fetcher:
        assert all(isinstance(page, Page) for page in fetcher.fetch_all([server.url("/a")] * 3))
    assert all(later - earlier >= 0.09 for earlier, later in pairwise(starts))
    assert len(starts) == 3


def test_waiting_for_its_turn_costs_a_page_nothing(server: Hostile) -> None:
    with Fetcher(FetchOptions(pause=0.3, timeout=0.5), network=network()) as fetcher:
        pages = list(fetcher.fetch_all([server.url("/a")] * 4))
    assert [type(page) for page in pages] == [Page] * 4


def test_results_come_in_the_order_of_the_urls_and_hosts_do_not_wait_for_each_other(
    server: Hostile, fetcher: Fetcher
) -> None:
    meeting = threading.Barrier(8)

    def together(talk: Talk) -> None:
        meeting.wait(5)
        talk.answer(talk.request.headers["host"].encode())

    server.behaviours["/a"] = together
    urls = [server.url("/a", f"host{n}.test") for n in range(8)]
    urls.insert(3, "ftp://plain.test/")
    results = list(fetcher.fetch_all(urls))
    assert isinstance(results.pop(3), AddressRefused)
    assert [page.body.partition(b":")[0] for page in results if isinstance(page, Page)] == [
        f"host{n}.test".encode() for n in range(8)
    ]


def test_urls_are_read_a_few_ahead_and_the_rest_is_given_up_when_the_caller_stops(
    server: Hostile, fetcher: Fetcher
) -> None:
    read: list[str] = []

    def urls() -> Iterator[str]:
        while True:
            read.append(server.url(f"/{len(read)}"))
            yield read[-1]

    results = fetcher.fetch_all(urls())
    first = next(results)
    results.close()
    assert isinstance(first, Page)
    assert first.asked == read[0]
    assert len(read) <= 20
    assert fetcher.fetch(server.url("/last")).body == TEXT


def test_many_threads_may_use_one_fetcher(server: Hostile, fetcher: Fetcher) -> None:
    with ThreadPoolExecutor(8) as pool:
        pages = list(pool.map(fetcher.fetch, [server.url(f"/{n}", f"host{n % 4}.test") for n in range(40)]))
    assert [page.url for page in pages] == [server.url(f"/{n}", f"host{n % 4}.test") for n in range(40)]
    assert len(server.asked("/robots.txt")) == 4


def test_closing_ends_what_is_under_way(server: Hostile) -> None:
    asked = threading.Event()
    server.behaviours["/a"] = lambda talk: (asked.set(), server.over.wait(10))
    fetcher = Fetcher(FetchOptions(timeout=30), network=network())
    with ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(fetcher.fetch, server.url("/a")) for _ in range(2)]
        assert asked.wait(5)
        began = time.monotonic()
        fetcher.close()
        errors = [future.exception() for future in waiting]
    assert time.monotonic() - began < MARGIN
    assert [type(error) for error in errors] == [FetchFailed] * 2
    assert "closed before the page came" in str(errors[0])


def test_a_closed_fetcher_fetches_nothing_and_may_be_closed_again(server: Hostile, fetcher: Fetcher) -> None:
    fetcher.close()
    fetcher.close()
    with pytest.raises(FetchFailed, match="closed"):
        fetcher.fetch(server.url("/a"))
    assert [type(result) for result in fetcher.fetch_all([server.url("/a")])] == [FetchFailed]


def test_no_thread_is_left(server: Hostile) -> None:
    before = threading.active_count()
    with Fetcher(QUICK, network=network()) as fetcher:
        assert threading.active_count() == before
        fetcher.fetch(f"http://127.0.0.1:{server.port}/a")
        assert [thread.name for thread in threading.enumerate()].count("summarizer-fetcher") == 1
    assert "summarizer-fetcher" not in [thread.name for thread in threading.enumerate()]


def test_an_error_of_a_list_does_not_hold_what_was_read(hostile: Hostile, fetcher: Fetcher) -> None:
    """It may be kept for long."""
    (error,) = fetcher.fetch_all([hostile.url("/a_gzip_bomb_is_too_large")])
    assert isinstance(error, InputError)
    assert (error.__traceback__, error.__cause__, error.__context__) == (None, None, None)


def test_a_fault_of_a_library_costs_only_its_page(
    server: Hostile, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("summarizer.documents.pages.is_page", lambda *_, **__: 1 / 0)
    with pytest.raises(FetchFailed, match="unexpected ZeroDivisionError"):
        fetcher.fetch(server.url("/a"))


def test_without_protego_a_fetcher_that_obeys_robots_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "protego", None)
    with pytest.raises(MissingExtra, match="Protego"):
        Fetcher()
    Fetcher(FetchOptions(robots=False)).close()


def test_importing_the_fetcher_loads_no_client(root: Path) -> None:
    code = "import sys; import summarizer.documents.fetching; print({'aiohttp', 'yarl', 'protego'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


@pytest.mark.parametrize("numbers", [{"max_bytes": 0}, {"timeout": 0}, {"redirects": -1}, {"pause": -1}])
def test_numbers_out_of_range_are_refused(numbers: dict[str, int]) -> None:
    with pytest.raises(ConfigurationError, match="above 0"):
        FetchOptions(**numbers)  # type: ignore[arg-type]


class TestCache:
    """Pages kept between two runs."""

    @pytest.fixture
    def path(self, tmp_path: Path) -> Path:
        """The file."""
        return tmp_path / "pages.sqlite"

    def _fetch(self, path: Path, url: str, **options: bool) -> Page:
        with Fetcher(FetchOptions(pause=0, **options), path, network()) as fetcher:  # type: ignore[arg-type]
            return fetcher.fetch(url)

    def test_a_fresh_page_costs_no_request(self, server: Hostile, path: Path) -> None:
        server.behaviours["/a"] = lambda talk: talk.answer(
            gzip.compress(TEXT),
            "Cache-Control: max-age=60",
            "Content-Encoding: gzip",
            "Content-Type: text/html; charset=x",
        )
        first = self._fetch(path, server.url("/a"))
        asked = len(server.requests)
        again = self._fetch(path, server.url("/a#part"))
        assert (first.cached, again.cached, len(server.requests)) == (False, True, asked)
        assert (again.asked, again.url, again.content_type, again.charset, again.body, again.fetched) == (
            server.url("/a#part"), server.url("/a"), "text/html", "x", TEXT, first.fetched
        )  # fmt: skip

    def test_an_unchanged_page_is_not_sent_again(self, server: Hostile, path: Path) -> None:
        def answer(talk: Talk) -> None:
            if talk.request.headers.get("if-none-match") == '"1"':
                talk.answer(b"", "Cache-Control: max-age=60", status="304 Not Modified")
            else:
                talk.answer(TEXT, 'ETag: "1"', "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT")

        server.behaviours["/a"] = answer
        pages = [self._fetch(path, server.url("/a")) for _ in range(3)]
        assert [(page.cached, page.body) for page in pages] == [(False, TEXT), (True, TEXT), (True, TEXT)]
        first, second = server.asked("/a")  # the third is fresh
        assert "if-none-match" not in first.headers
        assert second.headers["if-modified-since"] == "Wed, 21 Oct 2015 07:28:00 GMT"

    def test_a_changed_page_takes_the_place_of_the_old_one(self, server: Hostile, path: Path) -> None:
        server.behaviours["/a"] = lambda talk: talk.answer(
            b"%d" % len(server.asked("/a")), f'ETag: "{len(server.requests)}"'
        )
        assert [self._fetch(path, server.url("/a")).body for _ in range(3)] == [b"1", b"2", b"3"]
        assert len({request.headers.get("if-none-match") for request in server.asked("/a")}) == 3

    def test_conditions_are_only_put_to_the_place_that_gave_the_page(self, server: Hostile, path: Path) -> None:
        server.behaviours["/a"] = lambda talk: talk.redirect("/b")
        server.behaviours["/b"] = lambda talk: (
            talk.send(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 33\r\n\r\n")  # that of the page, as allowed
            if "if-none-match" in talk.request.headers
            else talk.answer(TEXT, 'ETag: "1"')
        )
        pages = [self._fetch(path, server.url("/a")) for _ in range(2)]
        assert [(page.cached, page.url) for page in pages] == [(False, server.url("/b")), (True, server.url("/b"))]
        assert not [request for request in server.asked("/a") if "if-none-match" in request.headers]

    @pytest.mark.parametrize(("status", "asked"), [("301 Moved Permanently", 1), ("302 Found", 2)])
    def test_only_a_lasting_redirect_is_remembered(self, server: Hostile, path: Path, status: str, asked: int) -> None:
        """Where a temporary one leads today may be yesterday's news tomorrow."""
        server.behaviours["/a"] = lambda talk: talk.redirect("/b", status)
        server.behaviours["/b"] = lambda talk: talk.answer(TEXT, "Cache-Control: max-age=60", 'ETag: "1"')
        for _ in range(2):
            self._fetch(path, server.url("/a"))
        assert len(server.asked("/a")) == asked

    def test_what_must_not_be_kept_is_not(self, server: Hostile, path: Path) -> None:
        server.behaviours["/a"] = lambda talk: talk.answer(TEXT, "Cache-Control: no-store, max-age=60", 'ETag: "1"')
        assert [self._fetch(path, server.url("/a")).cached for _ in range(2)] == [False, False]
        assert not [request for request in server.requests if "if-none-match" in request.headers]

    def test_a_fresh_answer_can_be_asked_for(self, server: Hostile, path: Path) -> None:
        server.behaviours["/a"] = lambda talk: talk.answer(b"%d" % len(server.asked("/a")), "Cache-Control: max-age=60")
        assert [self._fetch(path, server.url("/a"), fresh=fresh).body for fresh in (False, False, True, False)] == [
            b"1", b"1", b"2", b"2"
        ]  # fmt: skip

    def test_errors_are_not_kept(self, server: Hostile, path: Path) -> None:
        server.behaviours["/a"] = lambda talk: talk.answer(b"", "Cache-Control: max-age=60", status="404 Not Found")
        for _ in range(2):
            with pytest.raises(FetchFailed):
                self._fetch(path, server.url("/a"))
        assert len(server.asked("/a")) == 2

    def test_a_kept_page_that_is_asked_about_is_under_the_same_rules(self, server: Hostile, path: Path) -> None:
        """The name leads elsewhere now."""
        server.behaviours["/a"] = lambda talk: talk.answer(TEXT, 'ETag: "1"')
        self._fetch(path, server.url("/a"))

        async def elsewhere(host: str, port: int) -> list[str]:
            return ["127.0.0.2"]

        changed = Network(is_this_machine, elsewhere)
        with (
            Fetcher(QUICK, path, changed) as fetcher,
            pytest.raises(AddressRefused, match=r"test leads to 127\.0\.0\.2"),
        ):
            fetcher.fetch(server.url("/a"))

    def test_a_fresh_page_of_a_private_address_is_refused_when_that_is_not_allowed(
        self, server: Hostile, path: Path
    ) -> None:
        server.behaviours["/a"] = lambda talk: talk.answer(TEXT, "Cache-Control: max-age=60")
        url = f"http://127.0.0.1:{server.port}/a"
        with Fetcher(FetchOptions(allow_private=True, pause=0), path) as fetcher:
            fetcher.fetch(url)
        with Fetcher(FetchOptions(pause=0), path) as fetcher, pytest.raises(AddressRefused):
            fetcher.fetch(url)

    def test_a_broken_cache_costs_nothing_but_itself(
        self, server: Hostile, path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        path.write_bytes(b"This is no database. " * 100)
        assert self._fetch(path, server.url("/a")).body == TEXT
        assert "cannot be used" in caplog.text
