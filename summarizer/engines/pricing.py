"""What tokens cost, by the price list of the genai-prices package; imported on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..models.exchange import Usage

if TYPE_CHECKING:
    from genai_prices.types import PriceCalculation


def cost_of(usage: Usage, model: str, provider: str) -> float | None:
    """US dollars for these tokens; None when the price or the tokens are not known."""
    found = _calculated(usage, model, provider)
    return None if found is None else float(found.total_price)


def batch_cost_of(usage: Usage, model: str, provider: str) -> float | None:
    """US dollars for tokens that came by the provider's batch API; None also when the list has no batch price."""
    found, live = _calculated(usage, model, provider, processing="batch"), _calculated(usage, model, provider)
    if found is None or live is None or found.model_price == live.model_price:
        return None
    return float(found.total_price)


def _calculated(usage: Usage, model: str, provider: str, **context: str) -> PriceCalculation | None:
    if usage.input_tokens is None or usage.output_tokens is None:
        return None
    import genai_prices

    tokens = genai_prices.Usage(
        input_tokens=usage.input_tokens,
        output_tokens=usage.output_tokens,
        cache_read_tokens=usage.cached_tokens,
        cache_write_tokens=usage.written_tokens,
    )
    try:
        return genai_prices.calc_price(tokens, model_ref=model, provider_id=provider, price_context=context)
    except (LookupError, ValueError):
        return None
