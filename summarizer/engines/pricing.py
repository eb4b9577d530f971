"""What tokens cost, by the price list of the genai-prices package; imported on first use."""

from __future__ import annotations

from ..models.exchange import Usage


def cost_of(usage: Usage, model: str, provider: str) -> float | None:
    """US dollars for these tokens; None when the price or the tokens are not known."""
    if usage.input_tokens is None or usage.output_tokens is None:
        return None
    import genai_prices

    tokens = genai_prices.Usage(
        input_tokens=usage.input_tokens, output_tokens=usage.output_tokens, cache_read_tokens=usage.cached_tokens
    )
    try:
        return float(genai_prices.calc_price(tokens, model_ref=model, provider_id=provider).total_price)
    except (LookupError, ValueError):
        return None
