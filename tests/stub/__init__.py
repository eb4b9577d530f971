"""An OpenAI-compatible server without a model: for tests, and to measure what the software itself costs.

Its replies are drafts put together from the numbered sentences of the request, so that grounding accepts them. Faults
are chosen per request: scripted in order, by the request, or by chance.
"""
