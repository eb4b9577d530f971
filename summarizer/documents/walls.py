"""What pages say that hold no article: not found, forbidden, a login, a check for robots."""

from __future__ import annotations

import re

_SAID = (
    r"\b(?:40[0-9]|50[0-4])\b.{0,20}\b(?:error|not found|forbidden|unavailable|gateway)",
    r"\b(?:error|http)\W{0,3}(?:40[0-9]|50[0-4])\b",
    r"page (?:not found|cannot be found|doesn.t exist|does not exist|you (?:requested|(?:are|were) looking for))",
    r"access (?:denied|to this page has been denied)",
    r"(?:enable|activate) javascript|javascript is (?:disabled|required)",
    r"verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot|checking your browser|unusual traffic|captcha",
    r"(?:log|sign) in to (?:continue|read)|subscribe to (?:continue|read)",
    r"service unavailable|temporarily unavailable",
    r"seite (?:wurde )?nicht gefunden|page (?:introuvable|non trouvée)|página no (?:encontrada|existe)",
    r"pagina non trovata",
    r"sayfa bulunamadı|страница не найдена|сторінку не знайдено|η σελίδα δεν βρέθηκε",
    r"الصفحة غير موجودة|صفحه (?:مورد نظر )?(?:یافت|پیدا) نشد|הדף לא נמצא",
    r"页面不存在|找不到(?:该|此)?页面|ページが見つかりません|페이지를 찾을 수 없습니다",
)
_WALL = re.compile("|".join(_SAID), re.IGNORECASE)
_SHORT = 1_200
"""Characters above which no text is taken for that of such a page."""


def wall_in(title: str, text: str) -> str | None:
    """The words that say that a page is no article, None when it may be one.

    Args:
        title: of the page.
        text: what was taken for its article.
    """
    found = _WALL.search(f"{title}\n{text}") if len(text) < _SHORT else None
    return " ".join(found[0].split()) if found else None
