"""Bundles a page's script and style into one HTML file, with esbuild."""

import subprocess
from pathlib import Path

from gallery.browser import GalleryProblem

HERE = Path(__file__).parent
ESBUILD = HERE / "node_modules" / ".bin" / "esbuild"
HTML = (
    '<!doctype html><meta charset="utf-8"><link rel="stylesheet" href="page.css">'
    '<div id="root"></div><script src="page.js"></script>'
)


def built(platform: str, folder: Path) -> str:
    """The address of a platform's page, made in this folder."""
    if not ESBUILD.exists():
        raise GalleryProblem("The renderer is missing. With node 20 or newer: npm install --prefix gallery")
    subprocess.run(
        (
            ESBUILD,
            HERE / f"{platform}.jsx",
            "--bundle",
            "--jsx=automatic",
            "--log-level=warning",
            "--define:process.env.NODE_ENV='production'",
            f"--outfile={folder / 'page.js'}",
        ),
        check=True,
    )
    page = folder / "page.html"
    page.write_text(HTML, "utf-8")
    return page.as_uri()
