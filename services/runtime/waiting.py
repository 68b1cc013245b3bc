"""How long to wait before trying a server again."""

import random
from collections.abc import Callable, Iterator


def pauses(
    first: float = 0.25,
    ceiling: float = 30.0,
    jitter: Callable[[float, float], float] = random.uniform,
) -> Iterator[float]:
    """Yield seconds to wait, for ever: full jitter under a bound that doubles up to `ceiling`.

    Source: https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/
    """
    bound = first
    while True:
        yield jitter(0.0, bound)
        bound = min(bound * 2, ceiling)
