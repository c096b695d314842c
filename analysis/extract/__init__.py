"""From a document's text to the facts that it claims: one module a kind, the same verb (`find_facts`) in each.

`pipeline.Extractor` is what calls them. It is not imported here: places and datelines are also asked for by what reads facts,
and the parser takes half a second to load.
"""
