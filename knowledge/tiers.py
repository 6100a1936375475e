"""Which search there is: the table that we ship, or the model that somebody installed."""

import logging
from pathlib import Path
from typing import Literal, TypeAlias

from knowledge import model, static
from knowledge.space import Embedder

log = logging.getLogger(__name__)

Tier: TypeAlias = Literal["default", "full"]


def embedder(data_dir: Path) -> Embedder:
    """The best there is: the installed model, else the table; a damaged model is told in the log and not used."""
    try:
        return of_tier("full", data_dir)
    except model.NoModel as error:
        if (model.folder_of(data_dir) / model.FILE).exists():
            log.warning("%s Until then the built-in table answers.", error)
        return of_tier("default", data_dir)


def of_tier(tier: Tier, data_dir: Path) -> Embedder:
    """The embedder of one tier.

    Raises:
        NoModel: the full tier is wanted and its model is not installed, or damaged.
    """
    if tier == "default":
        return static.table()
    found = model.read(model.folder_of(data_dir))
    if found is None:
        raise model.NoModel("The full tier's model is not installed. Install it: rai kb model install")
    return found
