"""What stands in front of a person: a modal, a page, a message or a whisper."""

from dataclasses import dataclass

from tests.doubles.slack.seen import Json, seen_blocks


@dataclass(frozen=True)
class Surface:
    """Something in front of a person: a modal, a page, a message or a whisper."""

    kind: str
    content: Json
    channel: str = ""

    @property
    def blocks(self) -> list[Json]:
        """Its blocks."""
        return list(self.content.get("blocks", []))

    def shown(self) -> str:
        """What it says; a modal's title first, its buttons last."""
        if self.kind != "modal":
            return seen_blocks(self.blocks) or str(self.content.get("text", ""))
        send = f"[{self.content['submit']['text']}]" if "submit" in self.content else ""
        return "\n\n".join(filter(None, (self.content["title"]["text"], seen_blocks(self.blocks), send)))
