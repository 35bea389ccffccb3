"""Models that find names besides the lexicons. Off unless they are asked for; nothing here is loaded before.

A model is one callable, `Suggester`: text in, `Suggestion`s out. `kgbuild.extractors.suggestions` fits them into the
document, where they never overrule what lexicon and rules found. `kgbuild_transformers` (a token classifier) and
`kgbuild_llm` (a language model behind an endpoint) are spaCy components that stand between `entities` and `linking`.
"""
