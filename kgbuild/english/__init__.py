"""English: numbers and times, and the tokenizer."""
