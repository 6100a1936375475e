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
        platform, tenant, user = address.split(":", 2)
        if not (platform and tenant and user):
            raise ValueError("an actor's address has three parts: platform:tenant:user")
        return cls(platform, tenant, user)
