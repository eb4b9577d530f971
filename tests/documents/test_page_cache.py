"""Pages kept in a file."""

from __future__ import annotations

import logging
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path

import pytest
from multidict import CIMultiDict

from summarizer.documents.page_cache import Kept, PageCache, fresh_until, validator

NOW = 2_000_000_000.0
PAGE = Kept(
    "http://plain.test/a", "http://plain.test/b", "text/html", "koi8-r", b"\xff\0<p>", "2033-05-18T03:33:20+00:00",
    '"tag"', "Wed, 18 May 2033 03:33:20 GMT", NOW * 2,
)  # fmt: skip


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a cache can be made."""
    return tmp_path / "folder" / "pages.sqlite"


@pytest.fixture
def cache(path: Path) -> Iterator[PageCache]:
    """An empty cache in a file."""
    opened = PageCache(path)
    yield opened
    opened.close()


def test_a_page_comes_back_as_it_was_also_after_the_file_was_closed(path: Path) -> None:
    for _ in range(2):
        cache = PageCache(path)
        bare = Kept("http://plain.test/c", "http://plain.test/c", "", None, b"", "2033-05-18T03:33:20+00:00")
        cache.put(PAGE)
        cache.put(bare)
        cache.close()
    cache = PageCache(path)
    assert (cache.get(PAGE.asked), cache.get(bare.asked), cache.get("http://plain.test/x")) == (PAGE, bare, None)
    cache.close()


def test_a_newer_page_takes_the_place_of_an_older_one(cache: PageCache, path: Path) -> None:
    cache.put(PAGE)
    cache.put(replace(PAGE, body=b"New."))
    found = cache.get(PAGE.asked)
    assert found is not None
    assert found.body == b"New."
    with sqlite3.connect(path) as reader:
        assert reader.execute("SELECT count(*) FROM pages").fetchone() == (1,)
    reader.close()


def test_the_oldest_pages_are_dropped_when_the_file_is_full(path: Path) -> None:
    """By when they were fetched, not by when they were put."""
    cache = PageCache(path, most=2_500)
    for hour in (2, 3, 1):
        body = random.Random(hour).randbytes(1_000)  # does not get smaller
        cache.put(
            replace(PAGE, asked=f"http://plain.test/{hour}", body=body, fetched=f"2033-05-18T0{hour}:00:00+00:00")
        )
    kept = [hour for hour in (1, 2, 3) if cache.get(f"http://plain.test/{hour}")]
    cache.close()
    assert kept == [2, 3]


def test_a_file_that_is_no_cache_is_a_warning_and_no_cache(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_bytes(b"This is no database. " * 100)
    cache = PageCache(path)
    cache.put(PAGE)
    assert cache.get(PAGE.asked) is None
    cache.close()
    assert [(record.levelno, "cannot be used" in record.message) for record in caplog.records] == [
        (logging.WARNING, True)
    ]


def test_a_folder_that_cannot_be_made_is_a_warning_and_no_cache(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.write_text("a file")
    cache = PageCache(path)
    assert cache.get(PAGE.asked) is None
    assert "cannot be used" in caplog.text


@pytest.mark.parametrize(
    "statement", ["UPDATE pages SET body = 'no'", "UPDATE pages SET body = x'00'", "DROP TABLE pages"]
)
def test_a_cache_that_breaks_while_it_is_used_is_a_warning(
    cache: PageCache, path: Path, caplog: pytest.LogCaptureFixture, statement: str
) -> None:
    cache.put(PAGE)
    with sqlite3.connect(path) as writer:
        writer.execute(statement)
    writer.close()
    assert cache.get(PAGE.asked) is None
    cache.put(PAGE)
    assert caplog.text.count("cannot be used") == 1


def test_a_closed_cache_neither_finds_nor_keeps_nor_complains(
    cache: PageCache, caplog: pytest.LogCaptureFixture
) -> None:
    cache.close()
    cache.put(PAGE)
    assert cache.get(PAGE.asked) is None
    assert not caplog.records


def test_several_processes_share_a_file(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from dataclasses import replace\n"
        "from tests.documents.test_page_cache import PAGE, PageCache\n"
        "cache = PageCache(Path(sys.argv[1]))\n"
        "for n in range(30): cache.put(replace(PAGE, asked=f'http://plain.test/{sys.argv[2]}/{n}'))\n"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(path), str(n)], stderr=subprocess.PIPE) for n in range(3)
    ]
    assert [(process.communicate(timeout=60)[1], process.returncode) for process in running] == [(b"", 0)] * 3
    cache = PageCache(path)
    assert all(cache.get(f"http://plain.test/{p}/{n}") for p in range(3) for n in range(30))
    cache.close()


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 0.0), ({"Cache-Control": "max-age=60"}, NOW + 60), ({"Cache-Control": "public, MAX-AGE=60"}, NOW + 60),
        ({"Cache-Control": "max-age=60, no-cache"}, 0.0), ({"Cache-Control": "no-store"}, None),
        ({"Cache-Control": "max-age=60, No-Store"}, None), ({"Cache-Control": "max-age=60", "Vary": "*"}, None),
        ({"Cache-Control": "max-age=60", "Vary": "Accept"}, NOW + 60), ({"Cache-Control": "s-maxage=60"}, 0.0),
        ({"Cache-Control": "max-age=60", "Age": "50"}, NOW + 10), ({"Cache-Control": "max-age=60", "Age": "x"}, NOW + 60),
        ({"Cache-Control": "max-age=-60"}, 0.0), ({"Cache-Control": "max-age=" + "9" * 5_000}, NOW + 31_536_000),
        ({"Cache-Control": "max-age=0", "Expires": formatdate(NOW + 60)}, NOW), ({"Expires": formatdate(NOW + 60)}, NOW + 60),
        ({"Expires": formatdate(NOW - 60)}, 0.0), ({"Expires": "0"}, 0.0), ({"Expires": "Wed, 99 Foo 2033"}, 0.0),
        ({"Expires": "Fri, 31 Dec 9999 23:59:59 GMT"}, NOW + 31_536_000),
    ],
)  # fmt: skip
def test_how_long_an_answer_may_be_used_is_what_its_headers_say(
    headers: dict[str, str], expected: float | None
) -> None:
    """At most for a year."""
    assert fresh_until(CIMultiDict(headers), NOW) == expected


def test_a_page_is_worth_keeping_when_it_is_fresh_or_can_be_asked_about() -> None:
    bare = replace(PAGE, etag=None, last_modified=None, fresh_until=0.0)
    assert not bare.is_useful
    assert replace(bare, fresh_until=time.time() + 9).is_useful
    assert replace(bare, etag="x").conditions == {"If-None-Match": "x"}
    assert PAGE.conditions == {"If-None-Match": '"tag"', "If-Modified-Since": "Wed, 18 May 2033 03:33:20 GMT"}


@pytest.mark.parametrize(("value", "expected"), [('W/"a"', 'W/"a"'), ("\udcff", None), ("", None), ("a" * 2_000, None)])
def test_only_what_can_be_sent_back_is_kept_of_a_header(value: str, expected: str | None) -> None:
    assert validator(CIMultiDict(ETag=value), "ETag") == expected
