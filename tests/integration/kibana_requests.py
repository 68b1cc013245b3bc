"""What Kibana asks of Elasticsearch for a chart, a list or a map, as far as ours need it.

Kibana's last value is a top_metrics aggregation, which Elasticsearch from Maven does not have; a
top hit sorts and takes the same field.
"""

from tests.unit.kibana.kql import TOKEN
from tests.unit.kibana.mapping import Object

COMPARED = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}


def aggregations(layer: Object) -> Object:
    """Put each group inside the one before it, and what is computed into the innermost."""
    columns = {name: layer["columns"][name] for name in layer["columnOrder"]}
    asked: Object = {}
    for name, column in columns.items():
        metric = None if column["isBucketed"] else _metric(column)
        asked |= {name: metric} if metric else {}
    for name, column in reversed(columns.items()):
        if column["isBucketed"]:
            asked = {name: _group(column, columns) | ({"aggs": asked} if asked else {})}
    return asked


def _group(column: Object, columns: Object) -> Object:
    field, params = column["sourceField"], column["params"]
    if column["operationType"] == "date_histogram":
        return {"date_histogram": {"field": field, "calendar_interval": "month"}}
    if column["operationType"] == "range":
        ends = [{k: v for k, v in r.items() if v is not None} for r in params["ranges"]]
        ranges = [{"key": r.pop("label"), **r} for r in ends]
        return {"range": {"field": field, "ranges": ranges}}
    by = params["orderBy"]["columnId"]
    counted = columns[by]["operationType"] == "count"
    order = {"_count" if counted else by: params["orderDirection"]}
    return {"terms": {"field": field, "size": params["size"], "order": order}}


def _metric(column: Object) -> Object | None:
    field, params = column["sourceField"], column["params"]
    match column["operationType"]:
        case "count":
            return {"filter": query(column["filter"]["query"])} if "filter" in column else None
        case "unique_count":
            return {"cardinality": {"field": field}}
        case "last_value":
            newest = {"sort": [{params["sortField"]: "desc"}], "size": 1}
            return {"top_hits": newest | {"docvalue_fields": [field], "_source": False}}
        case "percentile" | "median" as operation:
            percent = params["percentile"] if operation == "percentile" else 50
            return {"percentiles": {"field": field, "percents": [percent]}}
        case operation:
            return {operation: {"field": field}}


def query(kql: str) -> Object:
    """Ask the same in Elasticsearch's language."""
    return _either(TOKEN.findall(kql), "") if kql else {"match_all": {}}


def _either(tokens: list[str], path: str) -> Object:
    clauses = [_all(tokens, path)]
    while tokens[:1] == ["or"]:
        tokens.pop(0)
        clauses.append(_all(tokens, path))
    return {"bool": {"should": clauses}}


def _all(tokens: list[str], path: str) -> Object:
    clauses = [_one(tokens, path)]
    while tokens[:1] == ["and"]:
        tokens.pop(0)
        clauses.append(_one(tokens, path))
    return {"bool": {"filter": clauses}}


def _one(tokens: list[str], path: str) -> Object:
    word = tokens.pop(0)
    if word == "not":
        return {"bool": {"must_not": _one(tokens, path)}}
    name, operator, value = path + word.strip('"'), tokens.pop(0), tokens.pop(0)
    if value == "{":
        inside = _either(tokens, f"{name}.")
        assert tokens.pop(0) == "}"
        return {"nested": {"path": name, "query": inside}}
    if operator != ":":
        return {"range": {name: {COMPARED[operator]: float(value)}}}
    return {"exists": {"field": name}} if value == "*" else {"match": {name: value.strip('"')}}
