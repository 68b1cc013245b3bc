"""The trained model as a folder that the enricher loads."""

from hashlib import sha256
from pathlib import Path

from spacy.language import Language
from thinc.api import set_dropout_rate

from training.learning import recogniser, student

NAME = "newsreel_ner"
DESCRIPTION = "People, organisations, places and other names in English news"
LICENCE = "see README.md"
SPACY = ">=3.8,<3.9"
EDITION = 1
"""Of the recipe and its sources; the weights' own fingerprint follows it in the version."""


def write(model: Language, folder: Path) -> str:
    """Write a trained model without the words of the texts it learned from; return its version."""
    clean = student(model)
    set_dropout_rate(recogniser(clean).model, 0.0)  # as spaCy does when the model is used
    clean.meta.update(name=NAME, description=DESCRIPTION, license=LICENCE, spacy_version=SPACY)
    clean.to_disk(folder)
    clean.meta["version"] = f"{EDITION}+{fingerprint(folder)}"
    clean.to_disk(folder)
    return str(clean.meta["version"])


def fingerprint(folder: Path) -> str:
    """Tell weights apart by eight digits of their hash."""
    return sha256((folder / "ner" / "model").read_bytes()).hexdigest()[:8]
