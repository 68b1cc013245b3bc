"""Which articles the words of a search find, and in what order."""

import re
from typing import Any, Literal

from services.search.criteria import Criteria, searched_words

Clause = dict[str, Any]

# Chosen on the judged queries of tests/ranking. Boosts for phrases, for words that stand close
# together and for words that name an entity changed the figure by less than one query does.
_FIELDS = ["title^1.5", "body"]
_OPERATOR = re.compile(r'["|*+()]|(?<!\S)-')
_SHORT = 3
_OF_MANY = "75%"


def words_clause(criteria: Criteria) -> Clause:
    """Match the words in the title or the body, inflected forms too.

    Up to three must all be there, of more three quarters; of loose criteria any is enough.
    `"…"` keeps words together, `|` is or, `-` is not, `*` ends a prefix: whoever writes one means
    every word. The other operators are off: fuzziness and slop are slow, and `~` stands in texts
    that people paste.
    """
    words = searched_words(criteria.words)
    operator: Literal["and", "or"] = "and"
    clause: Clause = {}
    if is_loosenable(criteria.words) and (criteria.loose or len(words.split()) > _SHORT):
        operator = "or"
        clause = {} if criteria.loose else {"minimum_should_match": _OF_MANY}
    return {
        "simple_query_string": {
            "query": words,
            "fields": _FIELDS,
            "default_operator": operator,
            "flags": "AND|OR|NOT|PHRASE|PRECEDENCE|PREFIX|WHITESPACE",
            "lenient": True,
            **clause,
        }
    }


def is_loosenable(words: str) -> bool:
    """Tell whether some of the words can do for all: there are several, and no operator."""
    return len(searched_words(words).split()) > 1 and not _OPERATOR.search(words)
