"""Numbers, ordinals, shares, ages, money, dimensions and temperatures, by recognizers-text-suite.

`python -m tests.bench.peers.numbers_recognizers FILE`
"""

from collections.abc import Iterable, Iterator

from recognizers_suite import (
    Culture,
    recognize_age,
    recognize_currency,
    recognize_dimension,
    recognize_number,
    recognize_ordinal,
    recognize_percentage,
    recognize_temperature,
)

from tests.bench.percore import Found, main

RECOGNIZERS = (
    recognize_number,
    recognize_ordinal,
    recognize_percentage,
    recognize_age,
    recognize_currency,
    recognize_dimension,
    recognize_temperature,
)


def numbers(texts: Iterable[str]) -> Iterator[Found]:
    """Find them."""
    for text in texts:
        yield [
            (one.start, one.end + 1, one.type_name)
            for recognize in RECOGNIZERS
            for one in recognize(text, Culture.English)
        ]


if __name__ == "__main__":
    main(numbers)
