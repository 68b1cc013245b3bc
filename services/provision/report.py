"""What provisioning did, one line a thing."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Done:
    """One thing that is now as it should be, and what that took."""

    what: str
    state: Literal["created", "changed", "unchanged", "kept"]
    """Kept: it differs from what is wanted and stays, for the reason in `detail`."""
    detail: str = ""

    def __str__(self) -> str:
        """Write the line that the command prints."""
        return f"{self.state:9} {self.what}" + (f": {self.detail}" if self.detail else "")


class ProvisioningError(Exception):
    """Something stands that must not be changed, or a server refuses; says what and what to do."""


def state(there: object, wanted: object) -> Literal["created", "changed", "unchanged"]:
    """Name what putting `wanted` in the place of `there` (None: nothing) comes to."""
    if there is None:
        return "created"
    return "unchanged" if there == wanted else "changed"
