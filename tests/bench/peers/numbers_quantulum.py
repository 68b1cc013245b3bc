"""Numbers with their units, by quantulum3 (without its classifier).

`python -m tests.bench.peers.numbers_quantulum FILE`
"""

from collections.abc import Iterable, Iterator

from quantulum3 import parser

from tests.bench.percore import Found, main


def numbers(texts: Iterable[str]) -> Iterator[Found]:
    """Find them."""
    for text in texts:
        yield [(*one.span, one.unit.name) for one in parser.parse(text)]


if __name__ == "__main__":
    main(numbers)
