"""What a query in Kibana's own language asks of the mapping.

The grammar is Kibana's (packages/kbn-es-query/src/kuery/grammar): a field, then a colon or a
comparison; braces after the colon ask that what is inside hold for one and the same nested part.
"""

import re
from collections.abc import Iterator

from tests.unit.kibana.mapping import ORDERED, Mapping

TOKEN = re.compile(r'"(?:\\.|[^"\\])*"|<=|>=|[:<>(){}]|[^\s:<>(){}"]+')
OPERATORS = {":", "<", "<=", ">", ">="}
OPENED = {"}": "{", ")": "("}


def misasked(query: str, mapping: Mapping) -> Iterator[str]:
    """List what the query asks that the mapping can't answer."""
    tokens = TOKEN.findall(query)
    if re.sub(r"\s", "", query) != re.sub(r"\s", "", "".join(tokens)):
        yield f"{query} is not to be read"
        return
    yield from _unbalanced(query, tokens)
    inside = ""
    ahead = [*tokens[1:], "", ""]
    for word, operator, value in zip(tokens, ahead, ahead[1:], strict=False):
        if word == "}":
            inside = ""
        if operator in OPERATORS:
            name = inside + word.strip('"')
            inside = f"{name}." if value == "{" else inside
            yield from _field(name, operator, value, mapping)
            if value != "{":
                yield from _place(name, inside, mapping)


def _field(name: str, operator: str, value: str, mapping: Mapping) -> Iterator[str]:
    field = mapping.get(name)
    if field is None:
        yield f"there is no field {name} to ask for"
    elif (value == "{") != (field.type == "nested"):
        yield f"{name} is of type {field.type}: braces are for nested ones"
    elif operator != ":" and field.type not in ORDERED:
        yield f"{name} is of type {field.type}, which has no more and no less"


def _place(name: str, inside: str, mapping: Mapping) -> Iterator[str]:
    if name in mapping and mapping[name].nested and not inside:
        yield f"{name} is nested: ask for it in braces"


def _unbalanced(query: str, tokens: list[str]) -> Iterator[str]:
    opened: list[str] = []
    for token in tokens:
        if token in OPENED.values():
            opened.append(token)
        elif token in OPENED and (not opened or opened.pop() != OPENED[token]):
            yield f"{query} closes what is not open"
            return
    if opened:
        yield f"{query} leaves {opened[-1]} open"
