"""Units and currencies: how they are written, and what one of each is in its base unit.

The enricher reads them in articles, the indexer writes base units, the search reads what a person
asks for; so the tables are nobody's own.
"""
