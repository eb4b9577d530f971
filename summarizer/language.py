"""Which language a text is in, as an ISO 639 code."""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter

from .errors import ConfigurationError
from .language_model import language_model

UNDETERMINED = "und"
"""ISO 639-2 code of a text whose language cannot be told."""

_SAMPLE = 600  # characters given to the detector, which takes time by the byte and gains nothing from more
_NOISE = re.compile(r"https?://\S+|www\.\S+|(?<!\S)\S+@\S+|[@#]\w+|\bpic\.twitter\.com\S*")
_LETTERS = re.compile(r"[^\W\d_]+")
_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
_LATIN = re.compile("[A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff]+")

# What the detector tells apart and a news report does not: spoken and ancient varieties are written in the standard
# language, and a code of ISO 639-1 is preferred where there is one.
_STANDARD = {
    "ary": "ar", "arz": "ar", "fuv": "ff", "grc": "el", "gug": "gn", "hbo": "he", "kik": "ki", "sdh": "ku",
    "uzs": "uz", "wuu": "zh", "yue": "zh", "zxx": UNDETERMINED,
}  # fmt: skip
_WITHDRAWN = {"in": "id", "iw": "he", "ji": "yi", "jw": "jv", "mo": "ro", "sh": "sr"}

# Scripts in which the news of one language is written (first letter, last letter, language), so that nothing has to be
# weighed; Japanese uses Han beside its kana.
_SCRIPTS = (
    ("\u0370", "\u03ff", "el"), ("\u1f00", "\u1fff", "el"), ("\u0531", "\u058f", "hy"), ("\u0e00", "\u0e7f", "th"),
    ("\u0e80", "\u0eff", "lo"), ("\u10a0", "\u10ff", "ka"), ("\u1c90", "\u1cbf", "ka"), ("\u1780", "\u17ff", "km"),
    ("\u1100", "\u11ff", "ko"), ("\uac00", "\ud7af", "ko"), ("\u3040", "\u30ff", "ja"), ("\u3400", "\u4dbf", "zh"),
    ("\u4e00", "\u9fff", "zh"),
)  # fmt: skip

_OWN_SCRIPT = "[" + "".join(f"{first}-{last}" for first, last, _ in _SCRIPTS) + "]"
"""Compiled on first use, which takes 4 ms: a text whose language is known does without."""

# ISO 639-3 and ISO 639-1, side by side, for the languages that have both; after it the ISO 639-2/B codes that differ.
_TABLE = """
aar aa abk ab afr af aka ak amh am ara ar arg an asm as ava av ave ae aym ay aze az bak ba bam bm bel be ben bn bis bi
bod bo bos bs bre br bul bg cat ca ces cs cha ch che ce chu cu chv cv cor kw cos co cre cr cym cy dan da deu de div dv
dzo dz ell el eng en epo eo est et eus eu ewe ee fao fo fas fa fij fj fin fi fra fr fry fy ful ff gla gd gle ga glg gl
glv gv grn gn guj gu hat ht hau ha heb he her hz hin hi hmo ho hrv hr hun hu hye hy ibo ig ido io iii ii iku iu ile ie
ina ia ind id ipk ik isl is ita it jav jv jpn ja kal kl kan kn kas ks kat ka kau kr kaz kk khm km kik ki kin rw kir ky
kom kv kon kg kor ko kua kj kur ku lao lo lat la lav lv lim li lin ln lit lt ltz lb lub lu lug lg mah mh mal ml mar mr
mkd mk mlg mg mlt mt mon mn mri mi msa ms mya my nau na nav nv nbl nr nde nd ndo ng nep ne nld nl nno nn nob nb nor no
nya ny oci oc oji oj ori or orm om oss os pan pa pli pi pol pl por pt pus ps que qu roh rm ron ro run rn rus ru sag sg
san sa sin si slk sk slv sl sme se smo sm sna sn snd sd som so sot st spa es sqi sq srd sc srp sr ssw ss sun su swa sw
swe sv tah ty tam ta tat tt tel te tgk tg tgl tl tha th tir ti ton to tsn tn tso ts tuk tk tur tr twi tw uig ug ukr uk
urd ur uzb uz ven ve vie vi vol vo wln wa wol wo xho xh yid yi yor yo zha za zho zh zul zu
alb sq arm hy baq eu bur my chi zh cze cs dut nl fre fr geo ka ger de gre el ice is mac mk mao mi may ms per fa rum ro
slo sk tib bo wel cy cmn zh pes fa arb ar
"""
_PAIRS = _TABLE.split()
_SHORT = dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True))
_ASSIGNED = frozenset(_SHORT.values())


def detect(text: str) -> str:
    """Language of a text: an ISO 639-1 code, ISO 639-3 where there is none, "und" when it cannot be told.

    Where a script belongs to one language it decides, else py3langid's model, which takes 0.6 s and 60 MB to load. Both
    judge a sample of about 600 characters, so that the time does not grow with the text. The sample comes from the
    middle of each third of the text, without addresses and handles, and without Latin words where another script
    prevails: menus above a report and posts embedded below it do not decide.
    """
    sample = _sample(text)
    if not any(map(str.isalpha, sample)):
        sample = " ".join(word[0] for word in itertools.islice(_LETTERS.finditer(_NOISE.sub(" ", text)), _SAMPLE // 5))
        if not sample:
            return UNDETERMINED
    code = _by_script(sample)
    if code:
        return code
    scores = language_model().scores(sample)
    code = max(scores, key=scores.__getitem__, default=UNDETERMINED)
    return _STANDARD.get(code, code)


def stated(code: str) -> str:
    """A language as a user states it, as the code used here: lower case, region and script dropped, two letters if any.

    >>> stated("pt-BR"), stated("ELL"), stated("zh_Hans_CN"), stated("ckb")
    ('pt', 'el', 'zh', 'ckb')

    Raises:
        ConfigurationError: it is no code of ISO 639.
    """
    tag = _TAG.fullmatch(code.strip())
    base = tag[1].lower() if tag else ""
    base = _SHORT.get(base, _WITHDRAWN.get(base, base))
    if not base or (len(base) == 2 and base not in _ASSIGNED):
        raise ConfigurationError(
            f"{code!r} is not a language code",
            remedy="Give an ISO 639 code, such as az, el, nl, fa or pt-BR, or leave it out to have it detected",
        )
    return base


def _sample(text: str) -> str:
    if len(text) > _SAMPLE:
        text = " ".join(_window(text, number) for number in range(3))
    text = _NOISE.sub(" ", text)
    letters = sum(map(str.isalpha, text))
    latin = sum(map(len, _LATIN.findall(text)))
    if 0.3 * letters <= letters - latin < letters:
        text = _LATIN.sub(" ", text)
    return text


def _by_script(sample: str) -> str | None:
    """The language that nine in ten letters tell by their script alone; None when they do not."""
    if not re.search(_OWN_SCRIPT, sample):
        return None
    counts = Counter(map(_language_of_script, filter(str.isalpha, sample)))
    letters = counts.total()
    if counts["ja"] > 0.1 * letters:
        counts["ja"] += counts["zh"]
    for language, count in counts.items():
        if language and count >= 0.9 * letters:
            return language
    return None


@functools.lru_cache(4096)
def _language_of_script(letter: str) -> str | None:
    return next((language for first, last, language in _SCRIPTS if first <= letter <= last), None)


def _window(text: str, third: int) -> str:
    size = _SAMPLE // 3
    start = (2 * third + 1) * len(text) // 6 - size // 2
    window = text[start : start + size]
    first, last = window.find(" "), window.rfind(" ")  # cut words look like another language's
    return window[first + 1 : last] if 0 <= first < 30 and last > size - 30 else window
