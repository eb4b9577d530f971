"""URLs, saved pages and PDFs as inputs of the command line."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ..documents.files import STORY, article, docx, page, pdf
from .conftest import Cli
from .support import BRIDGE, lines, write

META = (
    '<meta property="og:site_name" content="Quay Post"><meta name="author" content="Ada Holm">'
    '<meta property="article:published_time" content="2024-05-06T10:00:00Z">'
)


@dataclass
class Site:
    """A site with a few pages; counts what it was asked."""

    port: int = 0
    asked: Counter[str] = field(default_factory=Counter)
    pages: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()
    site.pages = {
        "/cranes.html": (200, "text/html; charset=utf-8", page(article(), META)),
        "/report.pdf": (200, "application/pdf", pdf([STORY, "A second page of the report about the cranes."])),
        "/plain": (200, "text/plain; charset=utf-8", BRIDGE.encode()),
        "/soft-404": (200, "text/html", page("<h1>Page not found</h1><p>" + "Try our search instead, please. " * 9)),
        "/empty": (200, "text/html", b""),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked[self.path] += 1
            status, kind, body = site.pages.get(self.path, (404, "text/plain", b"no"))
            fresh = self.headers.get("If-None-Match") == '"1"'
            self.send_response(304 if fresh else status)
            self.send_header("Content-Type", kind)
            self.send_header("ETag", '"1"')
            self.send_header("Content-Length", "0" if fresh else str(len(body)))
            self.end_headers()
            self.wfile.write(b"" if fresh else body)

        def log_message(self, *args: object) -> None:
            """Nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        site.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield site
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture(scope="module")
def _site() -> Iterator[Site]:
    with serving() as site:
        yield site


@pytest.fixture
def site(_site: Site) -> Site:
    _site.asked.clear()
    return _site


def test_a_url_becomes_a_brief_whose_evidence_says_the_paragraph(cli: Cli, site: Site) -> None:
    done = cli("brief", site.url("/cranes.html"), "--allow-private", "--model", "offline", "-f", "jsonl")
    assert done.code == 0, done.err
    (brief,) = lines(done.out)
    about = brief["document"]
    assert (about["id"], about["title"], about["outlet"]) == ("cranes", "Cranes to work again by autumn", "Quay Post")
    assert (about["url"], about["source"]) == (site.url("/cranes.html"), site.url("/cranes.html"))
    assert (about["author"], about["published"]) == ("Ada Holm", "2024-05-06")
    spans = [span for statement in brief["summary"] for span in statement["evidence"]]
    assert {span["paragraph"] for span in spans} <= {1, 2, 3}
    assert all(span["page"] is None for span in spans)


def test_an_address_of_this_machine_is_refused_unless_it_is_meant(cli: Cli, site: Site) -> None:
    done = cli("brief", site.url("/cranes.html"), "--model", "offline", "-f", "jsonl")
    assert done.code == 3
    assert lines(done.out)[0]["kind"] == "AddressRefused"
    assert "--allow-private" in done.err
    assert not site.asked


def test_what_cannot_be_used_is_named_and_the_others_are_done(cli: Cli, site: Site, tmp_path: Path) -> None:
    write(tmp_path, a=BRIDGE)
    inputs = [site.url(path) for path in ("/soft-404", "/gone", "/empty", "/report.pdf")]
    done = cli(
        "brief",
        tmp_path / "a.txt",
        *inputs,
        "ftp://example.org/x",
        "--allow-private",
        "--model",
        "offline",
        "-f",
        "jsonl",
    )
    assert done.code == 1
    rows = lines(done.out)
    assert [row.get("kind") for row in rows] == [
        None,
        "NoArticle",
        "FetchFailed",
        "EmptyDocument",
        None,
        "AddressRefused",
    ]
    assert [row["document"] for row in rows if "kind" in row] == [*inputs[:3], "ftp://example.org/x"]
    assert "Page not found" in rows[1]["message"]
    assert "404" in rows[2]["message"]
    assert rows[4]["document"]["pages"] == 2


def test_credentials_in_an_address_are_refused_and_never_shown(cli: Cli) -> None:
    done = cli("brief", "https://ada:hunter2@example.org/x", "--model", "offline", "-f", "jsonl")
    assert done.code == 3
    assert "hunter2" not in done.out + done.err


def test_a_page_that_has_not_changed_is_not_sent_again(cli: Cli, site: Site) -> None:
    url = site.url("/cranes.html")
    first = cli("brief", url, "--allow-private", "--model", "offline", "-f", "jsonl")
    again = cli("brief", url, "--allow-private", "--model", "offline", "-f", "jsonl")
    assert lines(first.out)[0]["document"] == lines(again.out)[0]["document"]
    assert site.asked["/cranes.html"] >= 1
    site.pages["/cranes.html"] = (500, "text/plain", b"broken")
    try:
        still = cli("brief", url, "--allow-private", "--model", "offline", "-f", "jsonl")
        assert still.code == 0, "a server that says 304 sends no body"
        anew = cli("brief", url, "--allow-private", "--fresh", "--model", "offline", "-f", "jsonl")
        assert anew.code == 3
    finally:
        site.pages["/cranes.html"] = (200, "text/html; charset=utf-8", page(article(), META))


def test_a_text_page_is_read_as_text(cli: Cli, site: Site) -> None:
    done = cli("brief", site.url("/plain"), "--allow-private", "--model", "offline", "-f", "jsonl")
    assert lines(done.out)[0]["document"]["characters"] == len(BRIDGE)


def test_pages_are_shown_with_the_sentences(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "report.pdf").write_bytes(pdf([STORY, "Mayor Ada Holm met the union of Norvale again on Friday."]))
    for form, shown in (("md", "(p. 1)"), ("terminal", "p. 1  ")):
        done = cli("brief", tmp_path / "report.pdf", "--model", "offline", "-f", form)
        assert done.code == 0
        assert shown in done.out
        assert "2 pages" in " ".join(done.out.split())


def test_saved_files_of_all_formats_are_one_run(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "a.html").write_bytes(page(article(), META))
    (tmp_path / "b.pdf").write_bytes(pdf([STORY + "\nA PDF."]))
    (tmp_path / "c.docx").write_bytes(docx([STORY, "A file of a word processor."]))
    done = cli("brief", tmp_path, "--model", "offline", "-f", "jsonl")
    assert done.code == 0, done.err
    assert [row["document"]["id"] for row in lines(done.out)] == ["a", "b", "c"]
