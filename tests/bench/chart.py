"""The chart: one field for each leg, a bar for each contestant, the range as a whisker."""

from pathlib import Path

import matplotlib as mpl

mpl.use("svg")

from matplotlib import pyplot as plt
from matplotlib.axes import Axes

from tests.bench.report import COLUMNS, TITLES
from tests.bench.summary import Spread, Summary

SHOWN = {
    "enrichment": ["per_cpu_second"],
    "transform": ["cpu"],
    "sink": ["per_second", "cpu"],
    "pool": ["sized_per_second"],
    "growth": ["per_second"],
    "path": ["per_second"],
    "latency": ["p50_s", "p99_s"],
}
OURS, THEIRS = "#2563a8", "#a8a29a"


def draw(found: Summary, file: Path) -> None:
    """Write the chart as SVG."""
    fields = [(leg, figure) for leg in found for figure in SHOWN[leg]]
    heights = [len(found[leg]) + 1.5 for leg, _ in fields]
    mpl.rcParams["svg.hashsalt"] = "newsreel"  # the same figures give the same file
    figure, axes = plt.subplots(
        len(fields),
        figsize=(9, 0.32 * sum(heights)),
        height_ratios=heights,
        layout="constrained",
        squeeze=False,
    )
    for (leg, name), field in zip(fields, axes.flat, strict=True):
        bars(field, {one: of[name] for one, of in found[leg].items() if name in of})
        field.set_title(f"{TITLES[leg]}: {COLUMNS[leg][name]}", loc="left", fontsize=10)
    figure.savefig(file, metadata={"Date": None})
    plt.close(figure)


def bars(field: Axes, spreads: dict[str, Spread]) -> None:
    """Draw one field."""
    names = list(spreads)
    middle = [one.median for one in spreads.values()]
    whiskers = [
        [one.median - one.least for one in spreads.values()],
        [one.most - one.median for one in spreads.values()],
    ]
    colours = [
        OURS if name.startswith(("newsreel", "enrich", *"0123456789")) else THEIRS for name in names
    ]
    drawn = field.barh(names, middle, xerr=whiskers, color=colours, capsize=3, height=0.7)
    field.bar_label(drawn, fmt="{:.3g}", padding=4, fontsize=8)
    field.invert_yaxis()
    field.margins(x=0.12)
    field.tick_params(labelsize=8)
    field.spines[["top", "right"]].set_visible(False)
