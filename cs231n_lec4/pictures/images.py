"""Pictures as PNG data: few colours, words for screen readers, and no glare on a dark page."""

import base64
import html
import io
from functools import lru_cache

import PIL.Image

from ..words.console import Printed

DPI = 192  # twice the 96 of CSS: sharp on a projector
MOST_PIXELS = 4_000_000  # a picture of 150 gates would have a hundred million, and nobody reads it
DARK = ':is([data-jp-theme-light="false"], .vscode-dark, .theme-dark)'
# A graph's white paper becomes dark and its inks keep their hue; a plot, whose light and dark mean
# something, is dimmed.
ON_DARK = {"turned": "invert(0.88) hue-rotate(180deg)", "dimmed": "brightness(0.72)"}


class Image(Printed):
    """PNG data with its words, which a screen reader reads and `print` says."""

    def __init__(self, png, alt, width):
        self.png, self.alt, self.width = png, alt, width

    def __repr__(self):
        return self.alt

    def _repr_mimebundle_(self, include=None, exclude=None):
        return bundle(self.png, self.alt, self.width, repr(self))


def bundle(png, alt, width, text, on_dark="dimmed"):
    """The picture for every viewer: `<img alt>` on a page, the PNG itself on paper, text elsewhere.

    `width` in pixels of CSS.
    """
    shown = image_tag(png, alt, width, on_dark)
    return {"text/plain": text, "text/html": shown, "image/png": as_base64(png)}


def image_tag(picture, alt, width, on_dark="dimmed", kind="png"):
    """`<img alt>` that holds its own data, PNG or "svg+xml". A dark page has it "turned" or
    "dimmed"."""
    look = f"cs231n-{on_dark}"
    return (
        f'<img alt="{html.escape(alt)}" class="{look}" width="{width}" '
        f'style="max-width:100%;height:auto" src="data:image/{kind};base64,{as_base64(picture)}">'
        f"<style>{DARK} .{look}{{filter:{ON_DARK[on_dark]}}}</style>"
    )


def as_base64(data):
    """Bytes as text."""
    return base64.b64encode(data).decode()


@lru_cache(maxsize=128)
def with_few_colours(png, most=64):
    """The same PNG with few colours: a third of the size, and no difference to be seen."""
    small = io.BytesIO()
    picture = PIL.Image.open(io.BytesIO(png)).convert("RGB")
    picture.quantize(most, dither=PIL.Image.Dither.NONE).save(small, "png", optimize=True)
    return small.getvalue()


def dpi_for(width, height):
    """Two pixels for each pixel of CSS, and fewer where the picture would be very large."""
    pixels = width * height * (DPI / 96) ** 2
    return DPI if pixels <= MOST_PIXELS else int(DPI * (MOST_PIXELS / pixels) ** 0.5)
