"""Twenty saved pages keep their article and lose the rest; pages without an article are refused."""

from __future__ import annotations

import contextlib
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from summarizer.documents.html_pages import read_html, read_mhtml
from summarizer.errors import NoArticle, UnreadableDocument
from summarizer.models.document import Unit

from .files import STORY, article, page

PAGES = Path(__file__).parent.parent / "pages"
LABELS = tomllib.loads((PAGES / "labels.toml").read_text("utf-8"))
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
_TOKEN = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]|\w+")


def f1(text: str, label: str) -> float:
    """Of tokens as bags: words, and single characters of Chinese and Japanese."""
    told, wanted = Counter(_TOKEN.findall(text)), Counter(_TOKEN.findall(label))
    common = (told & wanted).total()
    return 2 * common / (told.total() + wanted.total()) if common else 0.0


def read(name: str) -> str:
    return read_html((PAGES / f"{name}.html").read_bytes(), name).text


def test_f1_is_that_of_bags_of_tokens() -> None:
    assert f1("a b b c", "a b d") == pytest.approx(2 * 2 / 7)
    assert f1("", "a") == 0.0
    assert f1("橋が開いた", "橋が閉じた") == pytest.approx(2 * 3 / 10)


def test_there_are_twenty_pages_with_labels() -> None:
    assert len(NAMES) == 20
    assert sorted(LABELS) == NAMES
    assert sorted(path.stem for path in PAGES.glob("*.txt")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_page_keeps_its_article_and_loses_the_rest(name: str) -> None:
    label = (PAGES / f"{name}.txt").read_text("utf-8")
    assert f1(read(name), label) >= 0.95


@pytest.mark.parametrize("name", NAMES)
def test_what_a_page_states_of_itself_is_read_and_never_invented(name: str) -> None:
    label = LABELS[name]
    about = read_html((PAGES / f"{name}.html").read_bytes(), name).about
    assert label["title"] in (about.get("title") or "") or (about.get("title") or "-") in label["title"]
    assert (about.get("published") or "") in ("", label["published"])


def test_most_dates_of_publication_are_found() -> None:
    dated = [name for name in NAMES if LABELS[name]["published"]]
    found = [n for n in dated if read_html((PAGES / f"{n}.html").read_bytes(), n).about.get("published")]
    assert len(found) >= 0.7 * len(dated)


@pytest.mark.parametrize(("field", "least"), [("outlet", 1.0), ("author", 0.75)])
def test_outlets_and_authors_are_found_and_are_those_of_the_page(field: str, least: float) -> None:
    named = {name: label[field] for name, label in LABELS.items() if label[field]}
    stated = {name: read_html((PAGES / f"{name}.html").read_bytes(), name).about for name in LABELS}
    found = {name: about.get(field) for name, about in stated.items() if about.get(field)}
    assert not [name for name, said in found.items() if named.get(name, "-") not in str(said)]
    assert len(found) >= least * len(named)


def test_every_block_is_a_numbered_paragraph() -> None:
    found = read_html(page(article()), "p")
    assert found.layout is not None
    assert found.layout.unit is Unit.PARAGRAPH
    lines = found.text.split("\n")
    assert [found.text[start:].split("\n")[0] for start in found.layout.starts] == lines
    assert lines == ["Cranes to work again by autumn", *STORY.split("\n")]
    assert found.layout.number_at(found.text.index("Orla Venner")) == 3


def test_the_zero_width_non_joiner_of_persian_words_stays() -> None:
    persian = "شورای بندر نوروال روز دوشنبه با کارگران دیدار کرد و گفت جرثقیل‌ها تا پاییز دوباره کار می‌کنند. " * 4
    found = read_html(page(f"<article><h1>جرثقیل‌ها کار می‌کنند</h1><p>{persian}</p></article>"), "p")
    assert "می‌کنند" in found.text
    assert found.about["title"] == "جرثقیل‌ها کار می‌کنند"


def test_a_pull_quote_that_repeats_the_text_is_left_out() -> None:
    body = article() + "<p>Its chair, Orla Venner, wants a written promise</p>"
    assert read_html(page(f"<main>{body}</main>"), "p").text.count("Orla Venner") == 1


@pytest.mark.parametrize("box", ["comments", "related-articles", "yorumlar", "newsletter-signup", "readAlso"])
def test_a_box_is_told_by_its_name(box: str) -> None:
    noise = "<p>Readers also liked a very long sentence about a bridge that nobody here has asked for, ever.</p>"
    body = f"<div class='c'>{article()}<div class='{box}'>{noise}</div></div>"
    assert "nobody here has asked" not in read_html(page(body), "p").text


@pytest.mark.parametrize("heading", ["Related articles", "Читайте также", "İlgili Haberler (3)", "関連記事"])
def test_a_box_is_told_by_its_heading(heading: str) -> None:
    noise = f"<h4>{heading}</h4><p>A sentence about a bridge that nobody here has asked for, at some length.</p>"
    assert (
        "nobody here"
        not in read_html(page(f"<div class='z1'>{article()}<div class='z2'>{noise}</div></div>"), "p").text
    )


@pytest.mark.parametrize(
    "body",
    [
        "<h1>404 Not Found</h1><p>The page you are looking for may have moved. " + "Try the search or the menu. " * 8,
        "<h1>Access denied</h1><p>" + "Our systems have detected unusual traffic from your network. " * 5,
        "<p>" + "Please enable JavaScript to view this site in full. " * 6,
        "<h1>Страница не найдена</h1><p>" + "Возможно, она была удалена или перенесена в другой раздел. " * 5,
        "<h1>Sign in</h1><p>" + "Log in to continue reading this story and many others like it. " * 5,
    ],
)
def test_an_error_page_or_a_wall_is_no_article(body: str) -> None:
    with pytest.raises(NoArticle, match="no article: the page says") as caught:
        read_html(page(body), "p")
    assert caught.value.document == "p"


def test_an_article_may_be_about_such_pages() -> None:
    days = "\n".join(f"On day {day} it went as on the day before. {STORY}" for day in range(1, 5))
    text = f"The ministry's site answered 404 not found all day.\n{days}"
    assert "404 not found" in read_html(page(article(text=text)), "p").text


@pytest.mark.parametrize(
    "data", [page(""), page("<nav><a href=x>Home</a></nav>"), page("<script>app()</script>"), b"<html>"]
)
def test_a_page_without_running_text_is_refused(data: bytes) -> None:
    with pytest.raises(NoArticle):
        read_html(data, "p")


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16", "utf-8-sig"])
def test_a_page_is_read_in_its_encoding(encoding: str) -> None:
    text = "Совет порта встретился с докерами в понедельник и обещал, что краны заработают к осени. " * 3
    named = encoding if not encoding.startswith("utf") else "utf-8"
    data = page(f"<article><p>{text}</p></article>", f"<meta charset={named}>").decode().encode(encoding)
    assert "краны заработают" in read_html(data, "p").text


def test_what_the_bytes_say_outweighs_a_wrong_charset() -> None:
    text = "Η λιμενική αρχή συναντήθηκε με τους λιμενεργάτες τη Δευτέρα και υπόσχεται γερανούς το φθινόπωρο. " * 3
    data = page(f"<article><p>{text}</p></article>", "<meta charset=windows-1252>")
    assert "λιμενεργάτες" in read_html(data, "p", charset="iso-8859-1").text


def test_hostile_nesting_ends_in_a_result_or_a_refusal() -> None:
    deep = "<div>" * 5_000 + STORY + "</div>" * 5_000
    with contextlib.suppress(NoArticle):
        assert "Norvale" in read_html(page(deep), "p").text


def test_a_web_archive_holds_a_page() -> None:
    body = page(article()).decode().replace("=", "=3D")
    archive = (
        "From: <Saved by a browser>\r\nSnapshot-Content-Location: https://example.org/cranes\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html\r\n'
        f"Content-Transfer-Encoding: quoted-printable\r\n\r\n{body}\r\n--b--\r\n"
    )
    found = read_mhtml(archive.encode(), "p")
    assert "Orla Venner" in found.text
    assert found.about["url"] == "https://example.org/cranes"
    with pytest.raises(UnreadableDocument):
        read_mhtml(b"MIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhello", "p")
