"""Where a message stands: opaque to everybody but the adapter that knows the platform."""

from dataclasses import dataclass, replace


@dataclass(frozen=True, repr=False, order=True)
class Place:
    """A channel or chat of one platform; ``address`` means something to its adapter alone.

    Args:
        thread: the message under which the talk goes on; empty for the channel itself.
    """

    platform: str
    address: str
    thread: str = ""

    def __repr__(self) -> str:
        return f"Place({self.platform})"

    def __str__(self) -> str:
        return repr(self)

    @property
    def key(self) -> str:
        """The form that settings and tables hold: ``platform:address``, without the thread."""
        return f"{self.platform}:{self.address}"

    @classmethod
    def parse(cls, key: str) -> "Place":
        """Read ``platform:address``, as in RAI_COUNCIL_PLACE; raises ValueError where a part is missing."""
        platform, _, address = key.partition(":")
        if not (platform and address):
            raise ValueError("a place is written platform:address, for example slack:C0123 or terminal:council")
        return cls(platform, address)


@dataclass(frozen=True, repr=False, order=True)
class MessageRef:
    """One message that was posted; ``message`` means something to the place's adapter alone."""

    place: Place
    message: str

    @property
    def thread(self) -> Place:
        """The place under this message."""
        return replace(self.place, thread=self.message)

    def __repr__(self) -> str:
        return f"MessageRef({self.place.platform})"

    def __str__(self) -> str:
        return repr(self)
