"""Invented news in six languages: it means nothing, but has the shape of news where that matters here.

Real scripts, a Zipf distribution of words, sentences of 8 to 24 words, paragraphs, numbers, quotation marks, names and
negations. Sizes are in characters (code points). All of it is seeded: every run sees the same text.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Sequence
from dataclasses import dataclass

COMMON = 14
"""Words at the front of each list that are the most frequent ones."""

_WORDS = {
    "en": "the of and to in a that on for with was by said from government minister president country election police "
    "court company market people protest border troops agreement report officials capital attack storm flood "
    "parliament economy prices union workers hospital school climate energy sanctions negotiations ceasefire "
    "investigation spokesman statement yesterday region evacuated announced rejected",
    "es": "el de la que en y los por con para una del se gobierno ministro presidente país elección policía tribunal "
    "empresa mercado población protesta frontera tropas acuerdo informe funcionarios capital ataque tormenta "
    "inundación parlamento economía precios sindicato trabajadores hospital escuela clima energía sanciones "
    "negociación investigación portavoz declaración región evacuados anunció rechazó ayer",
    "el": "το και της του η να με για από στην που στο οι ένα κυβέρνηση υπουργός πρόεδρος χώρα εκλογές αστυνομία "
    "δικαστήριο εταιρεία αγορά άνθρωποι διαμαρτυρία σύνορα στρατεύματα συμφωνία έκθεση αξιωματούχοι πρωτεύουσα "
    "επίθεση καταιγίδα πλημμύρα κοινοβούλιο οικονομία τιμές συνδικάτο εργαζόμενοι νοσοκομείο σχολείο κλίμα ενέργεια "
    "κυρώσεις διαπραγματεύσεις έρευνα εκπρόσωπος δήλωση περιοχή ανακοίνωσε απέρριψε χθες",
    "fa": "و در به از که این را با برای آن یک تا بر می‌شود دولت وزیر رئیس‌جمهور کشور انتخابات پلیس دادگاه شرکت بازار "
    "مردم اعتراض مرز نیروها توافق گزارش مقامات پایتخت حمله طوفان سیل مجلس اقتصاد قیمت‌ها اتحادیه کارگران بیمارستان "
    "مدرسه اقلیم انرژی تحریم‌ها مذاکرات آتش‌بس تحقیقات سخنگو بیانیه دیروز منطقه تخلیه اعلام‌کرد رد‌کرد خبرگزاری",
    "ru": "и в на что с по он как из для за от к также правительство министр президент страна выборы полиция суд "
    "компания рынок люди протест граница войска соглашение доклад чиновники столица атака буря наводнение парламент "
    "экономика цены профсоюз рабочие больница школа климат энергия санкции переговоры расследование представитель "
    "заявление вчера регион эвакуированы объявил отклонил агентство",
    "zh": "的 在 和 了 是 对 与 将 被 从 由 向 到 给 政府 部长 总统 国家 选举 警方 法院 公司 市场 人民 抗议 边境 军队 协议 报告 "
    "官员 首都 袭击 风暴 洪水 议会 经济 价格 工会 工人 医院 学校 气候 能源 制裁 谈判 停火 调查 声明 昨天 地区 疏散 宣布 拒绝 "
    "记者 消息 表示",
}
LANGUAGES = tuple(_WORDS)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a language's sentences may hold beside plain words (names, negations, numbers in words), and its marks."""

    given: tuple[str, ...]
    surnames: tuple[str, ...]
    negations: tuple[str, ...]
    amounts: tuple[str, ...]
    quotes: str = "«»"
    stop: str = "."
    comma: str = ","
    space: str = " "


FACTS = {
    "en": Facts(("Marta", "Viktor", "Samir", "Elena"), ("Kovacs", "Haddad", "Lindqvist"), ("not", "never"),
                ("twelve", "fifty", "thousand", "million"), "“”"),
    "es": Facts(("Lucía", "Andrés", "Samir", "Elena"), ("Ibáñez", "Haddad", "Quiroga"), ("no", "nunca"),
                ("doce", "cincuenta", "mil", "millones")),
    "el": Facts(("Μαρία", "Βίκτωρ", "Σαμίρ", "Ελένη"), ("Κόβατς", "Χαντάντ", "Πετρίδης"), ("δεν", "μην"),
                ("δώδεκα", "πενήντα", "χιλιάδες", "εκατομμύρια")),
    "fa": Facts(("مریم", "بهروز", "سمیر", "لیلا"), ("کاظمی", "حداد", "رستمی"), ("هرگز", "نیست"),
                ("دوازده", "پنجاه", "هزار", "میلیون"), comma="،"),
    "ru": Facts(("Марта", "Виктор", "Самир", "Елена"), ("Ковач", "Хаддад", "Линдквист"), ("не", "никогда"),
                ("двенадцать", "пятьдесят", "тысяч", "миллионов")),
    "zh": Facts(("伟", "芳", "磊", "静"), ("欧阳", "诸葛", "慕容"), ("没有", "未"), ("十二", "五十", "三千", "八百"),
                "“”", "。", "，", ""),
}  # fmt: skip


def stock(language: str) -> tuple[str, ...]:
    """Content words of a language, without its most frequent ones."""
    return tuple(_WORDS[language].split()[COMMON:])


@functools.cache
def _vocabulary(language: str, size: int = 1500) -> tuple[str, ...]:
    """The listed words, then words spliced from halves of them, most frequent first."""
    rng = random.Random(f"vocabulary {language}")
    words = list(dict.fromkeys(_WORDS[language].split()))
    stems, known = words[COMMON:], set(words)
    while len(words) < size:
        one, other, third = rng.choice(stems), rng.choice(stems), rng.choice(stems)
        if language == "zh":
            word = one[0] + other[-1] + (third[0] if len(words) > 600 else "")
        else:
            word = one[: (len(one) + 1) // 2] + other[len(other) // 2 :]
            word = third[:3] + word if len(words) > 600 else word
        if word not in known:
            known.add(word)
            words.append(word)
    return tuple(words)


@functools.cache
def _weights(size: int) -> tuple[float, ...]:
    return tuple(1 / (rank + 4) for rank in range(size))


def full_name(rng: random.Random, language: str) -> str:
    """A name as this language writes it: the family name first in Chinese."""
    facts = FACTS[language]
    given, surname = rng.choice(facts.given), rng.choice(facts.surnames)
    return surname + given if language == "zh" else f"{given} {surname}"


def sentence(rng: random.Random, language: str) -> str:
    """One sentence; of ten, four hold a number, three a quotation, four a name, three a negation, two a number word."""
    facts, words = FACTS[language], _vocabulary(language)
    out = rng.choices(words, _weights(len(words)), k=rng.randint(8, 24))
    if language in ("en", "es", "el", "ru"):
        out = [word.capitalize() if rng.random() < 0.05 else word for word in out]
        out[0] = out[0].capitalize()
    if rng.random() < 0.3:
        first = rng.randrange(2, len(out) - 4)
        out[first] = facts.quotes[0] + out[first]
        out[first + 3] += facts.quotes[1]
    out[rng.randrange(3, len(out) - 1)] += facts.comma
    number, name = f"{rng.randint(3, 9999):,}", full_name(rng, language)
    extras = ((0.4, number), (0.4, name), (0.3, rng.choice(facts.negations)), (0.2, rng.choice(facts.amounts)))
    for chance, extra in extras:
        if rng.random() < chance:
            out.insert(rng.randrange(2, len(out) - 2), extra)
    return facts.space.join(out) + facts.stop


def text(rng: random.Random, language: str, size: int) -> str:
    """A headline and paragraphs, of just about `size` characters."""
    blocks = [sentence(rng, language)[:80]]
    length = 0
    while length < size:
        blocks.append(FACTS[language].space.join(sentence(rng, language) for _ in range(rng.randint(3, 6))))
        length += len(blocks[-1]) + 2
    return "\n\n".join(blocks)[:size].rstrip()


def reports(count: int, size: int = 2500, languages: Sequence[str] = LANGUAGES) -> list[str]:
    """Texts of `size` characters, the languages taking turns."""
    return [text(random.Random(f"report {i}"), languages[i % len(languages)], size) for i in range(count)]
