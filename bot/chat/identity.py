"""Who acts: the one value that names a person, kept out of every sealed room."""

from dataclasses import dataclass


@dataclass(frozen=True, repr=False, order=True)
class Actor:
    """A person as one platform names them.

    Args:
        platform: ``slack``, ``teams`` or ``terminal``.
        tenant: the workspace or organisation on that platform.
        user: the platform's own id of the person.
    """

    platform: str
    tenant: str
    user: str

    def __repr__(self) -> str:
        # A repr ends up in logs and error texts, where no person may stand.
        return f"Actor({self.platform})"

    def __str__(self) -> str:
        return repr(self)

    @property
    def address(self) -> str:
        """The form that settings and tables hold: ``platform:tenant:user``."""
        return f"{self.platform}:{self.tenant}:{self.user}"

    @classmethod
    def parse(cls, address: str) -> "Actor":
        """Read ``platform:tenant:user``; raises ValueError where a part is missing."""
        parts = address.split(":", 2)
        if len(parts) < 3 or not all(parts):
            raise ValueError("a person is written platform:tenant:user, for example slack:T0123:U0456")
        return cls(*parts)
