"""Pictures as PNG data: few colours, words for screen readers, and no glare on a dark page."""

import base64
import html
import io
from functools import lru_cache

import PIL.Image

DPI = 192  # twice the 96 of CSS: sharp on a projector
MOST_PIXELS = 4_000_000  # a picture of 150 gates would have a hundred million, and nobody reads it
DARK = ':is([data-jp-theme-light="false"], .vscode-dark, .theme-dark)'
# A graph's white paper becomes dark and its inks keep their hue; a plot, whose light and dark mean
# something, is dimmed.
ON_DARK = {
    "turned": "invert(0.88) hue-rotate(180deg)",
    "dimmed": "brightness(0.72)",
}


class Image:
    """PNG data with its words, which a screen reader reads and `print` says."""

    def __init__(self, png, alt, width):
        self.png, self.alt, self.width = png, alt, width

    def __repr__(self):
        return self.alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        return bundle(self.png, self.alt, self.width, repr(self))


def bundle(png, alt, width, text, on_dark="dimmed"):
    """The picture for every viewer: `<img alt>` on a page, the PNG itself on paper, text elsewhere.

    `width` in pixels of CSS. `on_dark`: what a dark page does to it, "turned" or "dimmed".
    """
    data = base64.b64encode(png).decode()
    kind = f"cs231n-{on_dark}"
    style = f"<style>{DARK} .{kind}{{filter:{ON_DARK[on_dark]}}}</style>"
    image = (
        f'<img alt="{html.escape(alt)}" class="{kind}" width="{width}" '
        f'style="max-width:100%;height:auto" src="data:image/png;base64,{data}">'
    )
    return {"text/plain": text, "text/html": image + style, "image/png": data}


@lru_cache(maxsize=128)
def with_few_colours(png, most=256):
    """The same PNG with few colours: a third of the size, and no difference to be seen."""
    small = io.BytesIO()
    picture = PIL.Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(most, dither=PIL.Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()


def dpi_for(width, height):
    """Two pixels for each pixel of CSS, and fewer where the picture would be very large."""
    pixels = width * height * (DPI / 96) ** 2
    return DPI if pixels <= MOST_PIXELS else int(DPI * (MOST_PIXELS / pixels) ** 0.5)
