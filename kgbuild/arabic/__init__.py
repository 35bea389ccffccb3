"""Arabic: clitics, inflection, numbers and times, and the tokenizer that uses them."""
