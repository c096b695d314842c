"""A second extractor: a language model behind any OpenAI-compatible address, asked one passage at a time. Off unless asked for.

It adds to what the rules found and replaces nothing. Every fact must quote its words; the words are looked up here, in the
passage that was sent, and what cannot be found there is dropped and counted. Nothing in this package is imported, nor the
optional `openai` (extra `llm`), before somebody names an address.
"""
