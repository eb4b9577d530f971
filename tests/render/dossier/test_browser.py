"""The page in a real browser: what is clicked, typed, shown, printed."""

from __future__ import annotations

import json

import pytest

from summarizer.render.dossier import to_page

from .hostile import hostile
from .sample import AZ, EL, FA, TEXTS

webdriver = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
Keys = webdriver.Keys

WIDE, PHONE = (1400, 900), (360, 740)

CONTRASTS = """
const parse = (color) => color.match(/[\\d.]+/g).map(Number);
const light = (rgb) => rgb.slice(0, 3).map((v) => v / 255).map((v) => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
  .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
const ground = (node) => { for (let n = node; n; n = n.parentElement) {
  const c = parse(getComputedStyle(n).backgroundColor); if (c.length < 4 || c[3] > 0) return c; } return [255, 255, 255]; };
const found = [];
for (const node of document.querySelectorAll("body *")) {
  if (!node.checkVisibility() || node.closest(".vh, .dot, script")) continue;
  if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
  const style = getComputedStyle(node);
  const [a, b] = [light(parse(node.closest("svg") ? style.fill : style.color)), light(ground(node))];
  found.push([(Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05), node.className.toString(), node.textContent.slice(0, 40)]);
}
return found;
"""


class Reader:
    """One who looks at the page."""

    def __init__(self, driver, page):
        self.driver, self._page = driver, page

    def opens(self, size=WIDE, scheme="light", scripts=True):
        self.cdp("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=size[0],
            height=size[1],
            deviceScaleFactor=1,
            mobile=size[0] < 600,
        )
        self.media(scheme=scheme)
        self.driver.get("about:blank")
        for kind in ("browser", "performance"):
            self.driver.get_log(kind)
        self.driver.get(self._page.as_uri())
        return self

    def cdp(self, command, **arguments):
        return self.driver.execute_cdp_cmd(command, arguments)

    def media(self, kind="", scheme="light"):
        self.cdp("Emulation.setEmulatedMedia", media=kind, features=[{"name": "prefers-color-scheme", "value": scheme}])

    def one(self, selector):
        return self.driver.find_element("css selector", selector)

    def all(self, selector):
        return self.driver.find_elements("css selector", selector)

    def run(self, script, *arguments):
        return self.driver.execute_script(script, *arguments)

    def lit(self):
        """Text, language and direction of the passages that are lit."""
        found = self.all("#s1-panel .passage.lit p")
        return [(p.text, p.get_attribute("lang"), p.get_attribute("dir")) for p in found]

    def shown(self):
        """Texts of the passages of the first story that can be seen."""
        return [p.text for p in self.all("#s1-panel .passage p") if p.is_displayed()]

    def presses(self, *keys):
        for key in keys:
            webdriver.ActionChains(self.driver).send_keys(key).perform()

    def tabs_to(self, element):
        for _ in range(200):
            if self.run("return document.activeElement === arguments[0]", element):
                return
            self.presses(Keys.TAB)
        raise AssertionError("not reached with the keyboard")

    def width(self):
        return self.run("return document.documentElement.scrollWidth")


@pytest.fixture
def reader(chromium, page):
    return Reader(chromium, page)


RAILWAY = "#s1 .summary > li:nth-child(2)"
ITS_PASSAGES = [(TEXTS[EL][1], "el", "ltr"), (TEXTS[FA][2], "fa", "rtl")]


def test_a_click_on_a_statement_lights_its_passages_in_their_language_and_direction(reader):
    reader.opens()
    assert len(reader.shown()) == 19
    assert reader.lit() == []
    say = reader.one(f"{RAILWAY} .say")
    say.click()
    assert reader.lit() == ITS_PASSAGES
    assert reader.shown() == [text for text, _, _ in ITS_PASSAGES]
    assert say.get_attribute("aria-pressed") == "true"
    assert reader.one("#s1-panel .status").text == "2 sentences of R2 Greek, R4 Persian"
    ground = "return getComputedStyle(document.querySelector(arguments[0])).borderLeftColor"
    assert reader.run(ground, ".passage.lit") != reader.run(ground, "#s2 .passage")


def test_only_the_words_that_the_chosen_claim_quotes_are_marked(reader):
    reader.opens().one(f"{RAILWAY} .say").click()
    assert [piece.text for piece in reader.all(".words.lit")] == ["بازگشایی راه آهن"]


def test_a_second_click_or_the_button_shows_all_passages_again(reader):
    reader.opens().one(f"{RAILWAY} .say").click()
    reader.one(f"{RAILWAY} .say").click()
    assert len(reader.shown()) == 19
    reader.one(f"{RAILWAY} .say").click()
    reader.one("#s1-panel .all").click()
    assert len(reader.shown()) == 19
    assert not reader.one("#s1-panel .all").is_displayed()
    assert reader.one(f"{RAILWAY} .say").get_attribute("aria-pressed") == "false"


def test_a_click_on_a_report_lights_only_what_it_says(reader):
    reader.opens().one(f"{RAILWAY} .chip:last-of-type").click()
    assert reader.lit() == ITS_PASSAGES[1:]


def test_a_cell_of_the_matrix_lights_what_that_report_says(reader):
    reader.opens().one("#s1 .matrix .cell[title='24 August 2025']").click()
    assert {text for text, _, _ in reader.lit()} == set(TEXTS[AZ][:2])


def test_choosing_in_another_story_leaves_the_first(reader):
    reader.opens().one(f"{RAILWAY} .say").click()
    reader.one("#s2 .lead .say").click()
    assert len(reader.shown()) == 19
    assert len(reader.all("#s2-panel .lit")) == 2
    assert len(reader.all("[aria-pressed=true]")) == 1


def test_all_is_done_by_keyboard_alone(reader):
    say = reader.opens().one("#s1 .lead .say")
    reader.tabs_to(say)
    assert reader.run("return getComputedStyle(arguments[0]).outlineStyle", say) == "solid"
    reader.presses(Keys.ENTER)
    assert len(reader.lit()) == 4
    reader.presses(Keys.ESCAPE)
    assert reader.lit() == []
    assert reader.run("return document.activeElement === arguments[0]", say)
    reader.presses(Keys.SPACE)
    assert len(reader.lit()) == 4
    reader.tabs_to(reader.one("#s1-panel .all"))
    reader.presses(Keys.ENTER)
    assert reader.lit() == []
    assert reader.run("return document.activeElement === arguments[0]", say)


def test_the_panel_stands_beside_on_a_wide_screen_and_below_on_a_phone(reader):
    reader.opens(WIDE).one(f"{RAILWAY} .say").click()
    assert reader.one("#s1-panel").rect["x"] > reader.one(f"{RAILWAY} .text").rect["x"] + 600
    reader.opens(PHONE)
    reader.run("arguments[0].scrollIntoView({block: 'center'})", reader.one(f"{RAILWAY} .say"))
    reader.one(f"{RAILWAY} .say").click()
    panel, say = (
        reader.run("const r = arguments[0].getBoundingClientRect(); return [r.top, r.bottom]", e)
        for e in (reader.one("#s1-panel"), reader.one(f"{RAILWAY} .say"))
    )
    assert say[1] <= panel[0] + 1
    assert panel[1] == pytest.approx(PHONE[1], abs=1)


@pytest.mark.parametrize("size", [PHONE, (320, 600), (768, 1024), WIDE], ids=str)
def test_the_page_never_scrolls_sideways(reader, size):
    reader.opens(size)
    assert reader.width() <= size[0]
    reader.run("document.querySelectorAll('details').forEach((d) => d.toggleAttribute('open', true))")
    assert reader.width() <= size[0]
    reader.one(f"{RAILWAY} .say").click()
    assert reader.width() <= size[0]
    boxes = reader.run("return [...document.querySelectorAll('.wide')].map((b) => b.getBoundingClientRect().right)")
    assert len(boxes) == 5
    assert max(boxes) <= size[0]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, WIDE], ids=str)
def test_all_text_can_be_read_in_both_themes(reader, scheme, size):
    reader.opens(size, scheme)
    reader.run("document.querySelectorAll('details').forEach((d) => d.toggleAttribute('open', true))")
    reader.run("arguments[0].click()", reader.one(f"{RAILWAY} .say"))
    reader.run("document.getAnimations().forEach((a) => a.finish())")
    contrasts = reader.run(CONTRASTS)
    assert len(contrasts) > 200
    assert [found for found in contrasts if found[0] < 4.5] == []


def test_the_two_themes_differ(reader):
    grounds = [
        reader.opens(scheme=scheme).run("return getComputedStyle(document.body).backgroundColor")
        for scheme in ("light", "dark")
    ]
    assert grounds == ["rgb(251, 250, 246)", "rgb(21, 24, 27)"]


def test_nothing_moves_for_one_who_wants_less_motion(reader):
    reader.opens()
    seconds = "return getComputedStyle(document.querySelector('.passage')).transitionDuration"
    reader.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "no-preference"}])
    assert "0.18s" in reader.run(seconds)
    reader.cdp("Emulation.setEmulatedMedia", features=[{"name": "prefers-reduced-motion", "value": "reduce"}])
    assert reader.run(seconds) == "0s"


def test_nothing_is_fetched_and_nothing_goes_wrong(reader):
    reader.opens()
    for element in reader.all("#s1 .say")[:4]:
        element.click()
    events = [json.loads(entry["message"])["message"] for entry in reader.driver.get_log("performance")]
    asked = [event["params"]["request"]["url"] for event in events if event["method"] == "Network.requestWillBeSent"]
    assert [address for address in asked if not address.startswith(("file:", "about:"))] == []
    assert len(asked) == 1
    assert reader.driver.get_log("browser") == []


def test_the_policy_of_the_page_stops_other_scripts(reader):
    reader.opens()
    reader.run(
        "const s = document.createElement('script'); s.textContent = 'document.title = \"taken\"'; document.body.append(s);"
    )
    assert reader.driver.title != "taken"


def test_without_javascript_all_is_readable_and_reports_lead_to_their_sentences(reader):
    reader.opens(scripts=False)
    assert len(reader.shown()) == 19
    assert reader.all("[aria-pressed]") == []
    chip = reader.one(f"{RAILWAY} .chip:last-of-type")
    chip.click()
    target = reader.one(":target p")
    assert (target.text, target.get_attribute("lang")) == (TEXTS[FA][2], "fa")


def test_print_shows_the_sentences_as_endnotes_whatever_was_chosen(reader):
    reader.opens().one(f"{RAILWAY} .say").click()
    reader.media("print")
    assert len(reader.shown()) == 19
    assert not reader.one(".all").is_displayed()
    assert reader.run("return getComputedStyle(arguments[0]).position", reader.one("#s1-panel")) == "static"
    panel = reader.run("return arguments[0].getBoundingClientRect().top", reader.one("#s1-panel"))
    assert panel >= reader.run("return arguments[0].getBoundingClientRect().bottom", reader.one("#s1-checks"))


def test_what_is_folded_is_opened_for_print_and_folded_again(reader):
    reader.opens()
    assert reader.all("main details[open]") == []
    reader.run("dispatchEvent(new Event('beforeprint'))")
    assert reader.all("main details:not([open])") == []
    reader.run("dispatchEvent(new Event('afterprint'))")
    assert reader.all("main details[open]") == []


def test_hostile_strings_run_nothing_and_widen_nothing(chromium, tmp_path):
    path = tmp_path / "hostile.html"
    path.write_text(to_page(hostile()), encoding="utf-8")
    reader = Reader(chromium, path).opens(PHONE)
    reader.run("document.querySelectorAll('details').forEach((d) => d.toggleAttribute('open', true))")
    assert reader.width() <= PHONE[0]
    for element in reader.all("#s1 .say")[:10]:
        reader.run("arguments[0].click()", element)
    assert reader.driver.get_log("browser") == []
    assert len(reader.all("script")) == 1
