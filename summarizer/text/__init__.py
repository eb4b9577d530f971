"""Text made comparable: folding with a way back, function words, numerals."""
