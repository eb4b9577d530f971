"""The package: everything public from one place, heavy libraries only when something is computed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import summarizer.evaluation as evaluation
from summarizer.errors import MissingExtra
from summarizer.evaluation import align, bootstrap, rouge, score_failure

from .briefs import reference

HEAVY = {"numpy", "scipy", "yaml", "rouge_score", "sacrebleu", "nltk", "absl", "anyascii"}


def _loaded(code: str, root: Path) -> set[str]:
    program = f"{code}\nimport sys; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    return set(done.stdout.splitlines()[-1].split())


def test_importing_the_package_loads_nothing_heavy_not_even_pydantic(root: Path) -> None:
    assert not _loaded("import summarizer.evaluation", root) & (HEAVY | {"pydantic", "rapidfuzz"})


def test_importing_every_name_loads_nothing_heavy(root: Path) -> None:
    assert not _loaded("from summarizer.evaluation import *", root) & HEAVY


def test_reading_and_scoring_loads_no_overlap_measures(root: Path) -> None:
    code = "from tests.evaluation.briefs import *; from summarizer.evaluation import *; r = reference(); score_brief(brief_of(r), r)"
    assert not _loaded(code, root) & {"rouge_score", "sacrebleu", "nltk", "absl"}


@pytest.mark.parametrize("name", evaluation.__all__)
def test_every_exported_name_is_there(name: str) -> None:
    assert getattr(evaluation, name).__name__ == name
    assert name in dir(evaluation)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = evaluation.nothing


@pytest.mark.parametrize(
    ("module", "named", "call"),
    [
        ("scipy.optimize", "scipy", lambda: align("ab", "ab", lambda one, other: float(one == other))),
        ("numpy", "numpy", lambda: bootstrap([score_failure(reference(), "no reply")], ["failures"])),
        ("rouge_score.rouge_scorer", "rouge_score", lambda: rouge("a", "a")),
        ("yaml", "yaml", reference),
    ],
)
def test_a_missing_library_names_the_install_line(
    module: str, named: str, call: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingExtra, match=rf'needs {named}, .*pip install "summarizer\[eval\]"'):
        call()  # type: ignore[operator]
