"""Ways to get a draft: a live language model, recorded replies, batch files, or no model at all."""
