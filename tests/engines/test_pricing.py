"""What tokens cost."""

from __future__ import annotations

import pytest

from summarizer.engines.pricing import batch_cost_of, cost_of
from summarizer.models.exchange import Usage


def test_tokens_cost_what_the_price_list_says() -> None:
    assert cost_of(Usage(1, 1_000_000, 0), "gpt-4o-mini", "openai") == pytest.approx(0.15)
    assert cost_of(Usage(1, 0, 1_000_000), "gpt-4o-mini", "openai") == pytest.approx(0.60)


def test_cached_tokens_cost_less() -> None:
    whole = cost_of(Usage(1, 1_000_000, 0), "gpt-4o-mini", "openai")
    cached = cost_of(Usage(1, 1_000_000, 0, 500_000), "gpt-4o-mini", "openai")
    assert whole is not None
    assert cached is not None
    assert cached < whole


@pytest.mark.parametrize(
    ("provider", "model", "cached", "written"),
    [
        ("openai", "gpt-4o-mini", 0.5, 1.0),
        ("anthropic", "claude-3-haiku-20240307", 0.12, 1.2),
        ("google", "gemini-2.5-flash", 0.1, 1.0),
    ],
)
def test_tokens_of_a_cache_have_prices_of_their_own(provider: str, model: str, cached: float, written: float) -> None:
    fresh = cost_of(Usage(1, 100_000, 0), model, provider)
    assert fresh is not None
    assert cost_of(Usage(1, 100_000, 0, 100_000), model, provider) == pytest.approx(fresh * cached)
    assert cost_of(Usage(1, 100_000, 0, written_tokens=100_000), model, provider) == pytest.approx(fresh * written)


def test_a_dated_model_has_the_price_of_its_kind() -> None:
    assert cost_of(Usage(1, 1_000_000, 0), "gpt-4o-mini-2024-07-18", "openai") == pytest.approx(0.15)


@pytest.mark.parametrize(
    ("usage", "model", "provider"),
    [
        (Usage(1, None, 5), "gpt-4o-mini", "openai"),
        (Usage(1, 5, None), "gpt-4o-mini", "openai"),
        (Usage(1, 5, 5), "no-such-model", "openai"),
        (Usage(1, 5, 5), "gpt-4o-mini", "no-such-provider"),
        (Usage(1, 5, 5, 100), "gpt-4o-mini", "openai"),
    ],
    ids=["input not known", "output not known", "model not known", "provider not known", "more cached than sent"],
)
def test_a_cost_that_cannot_be_known_is_none(usage: Usage, model: str, provider: str) -> None:
    assert cost_of(usage, model, provider) is None


def test_no_tokens_cost_nothing() -> None:
    assert cost_of(Usage(1, 0, 0, 0), "gpt-4o-mini", "openai") == 0


def test_a_batch_costs_half() -> None:
    usage = Usage(1, 1_000_000, 1_000_000)
    for model, provider in (
        ("gpt-4o-mini", "openai"),
        ("gpt-4o-mini-2024-07-18", "openai"),
        ("openai/gpt-oss-20b", "groq"),
    ):
        live = cost_of(usage, model, provider)
        assert live is not None
        assert batch_cost_of(usage, model, provider) == pytest.approx(live / 2)


@pytest.mark.parametrize(
    ("usage", "model", "provider"),
    [
        (Usage(1, 5, 5), "gpt-3.5-turbo-instruct", "openai"),
        (Usage(1, 5, 5), "no-such-model", "openai"),
        (Usage(1, 5, None), "gpt-4o-mini", "openai"),
    ],
    ids=["no batch price", "model not known", "output not known"],
)
def test_a_batch_price_that_is_not_listed_is_none(usage: Usage, model: str, provider: str) -> None:
    assert batch_cost_of(usage, model, provider) is None
