"""``python -m gallery slack|teams``: pictures of every card and form, in light and dark, and a page that shows them."""

import argparse
import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from gallery import slack, teams
from gallery.browser import GalleryProblem, Page, browser
from gallery.build import built
from gallery.index import PAGES, index
from tests.showcase.scenes import Scene, scenes

PLACE = Path(__file__).parents[1] / "docs" / "gallery"
PLATFORMS = {"slack": slack.frame, "teams": teams.frame}
THEMES = ("light", "dark")
SHARPNESS = {"slack": 2.0, "teams": 1.25}
"""Picture pixels a side for one of the page; Teams' pictures hold three widths each."""

TALLEST = 7_000
"""Pixels of a picture's height: what would be taller is less sharp."""


def main() -> int:
    """Draw what was asked for; what is missing is said, with how to get it."""
    parser = argparse.ArgumentParser(prog="python -m gallery", description="Pictures of every card and form.")
    parser.add_argument("platform", choices=PLATFORMS)
    parser.add_argument("--only", default="", metavar="WORD", help="draw the scenes whose name holds this")
    parser.add_argument("--into", type=Path, default=PLACE, metavar="FOLDER", help="where the pictures go")
    asked = parser.parse_args()
    try:
        asyncio.run(draw(asked.platform, asked.only, asked.into))
    except GalleryProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


async def draw(platform: str, only: str, into: Path) -> None:
    """Take the pictures; those of scenes that are no more go away."""
    chosen = [scene for scene in scenes() if only in scene.name]
    folder = into / platform
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        address = built(platform, Path(work))
        async with browser() as page:
            await page.opened(address)
            taken = [file for scene in chosen for file in await _taken(page, scene, platform, folder)]
    _squeeze(taken)
    if not only:
        for file in set(folder.glob("*.png")) - set(taken):
            file.unlink()
        (into / PAGES[platform]).write_text(index(chosen, platform), "utf-8")
    size = sum(file.stat().st_size for file in taken)
    print(f"{len(taken)} pictures of {len(chosen)} scenes in {folder}, {size / 1_000_000:.1f} MB")


async def _taken(page: Page, scene: Scene, platform: str, folder: Path) -> list[Path]:
    frame = json.dumps(PLATFORMS[platform](scene))
    files: list[Path] = []
    for theme in THEMES:
        size = await page.evaluated(f"window.show({frame}, {theme!r})")
        width, height = float(str(size["width"])), float(str(size["height"]))
        files.append(folder / f"{scene.name}-{theme}.png")
        files[-1].write_bytes(await page.pictured(width, height, min(SHARPNESS[platform], TALLEST / height)))
    return files


def _squeeze(files: list[Path]) -> None:
    """Fewer colours where pngquant is there: a third of the size, with no difference to see."""
    if files and (program := shutil.which("pngquant")):
        subprocess.run(
            (program, "--force", "--skip-if-larger", "--ext=.png", "--quality=80-100", "--", *files), check=False
        )


if __name__ == "__main__":
    sys.exit(main())
