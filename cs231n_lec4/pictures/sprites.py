"""Many small images as one PNG, which a live view cuts into tiles. The PNG is a data URI."""

import io

import numpy as np
from PIL import Image

from .grids import SIGNED
from .images import as_base64

FEW_GREYS = 4  # silhouettes are nearly black and white: two bits a pixel keep the file small
GREYS = 16  # for means of silhouettes
SIGNED_STEPS = 31  # an odd number, so that 0 is white


def grey_sprite(images, columns, greys=FEW_GREYS):
    """Images (N, 28, 28) with entries from 0 to 1, which is black; `columns` of them in a row."""
    # One image after the other: a thousand at once would take 30 MB for the steps in between.
    levels = np.array([((1 - image) * (greys - 1)).round().astype(np.uint8) for image in images])
    palette = np.repeat(np.linspace(0, 255, greys).round().astype(np.uint8), 3)
    return data_uri(sheet_of(levels, columns, greys - 1), palette, bits=2 if greys == 4 else 4)


def signed_sprite(templates, columns):
    """Templates (N, 28, 28), each with its own scale: orange below 0, white, blue above."""
    templates = np.asarray(templates)
    limits = np.abs(templates).max(axis=(1, 2), keepdims=True)
    steps = np.round((templates / limits + 1) / 2 * (SIGNED_STEPS - 1)).astype(np.uint8)
    colours = SIGNED(np.linspace(0, 1, SIGNED_STEPS))[:, :3]
    palette = (255 * colours).round().astype(np.uint8).ravel()
    return data_uri(sheet_of(steps, columns, SIGNED_STEPS // 2), palette, bits=8)


def sheet_of(tiles, columns, empty):
    """Tiles (N, H, W) row by row as one array; places that are left over hold `empty`."""
    count, height, width = tiles.shape
    rows = -(-count // columns)
    sheet = np.full((rows * columns, height, width), empty, np.uint8)
    sheet[:count] = tiles
    return sheet.reshape(rows, columns, height, width).swapaxes(1, 2).reshape(rows * height, -1)


def data_uri(sheet, palette, bits):
    """Numbers of colours as a PNG with this palette."""
    image = Image.fromarray(sheet).convert("P")
    image.putpalette(palette.tolist())
    file = io.BytesIO()
    image.save(file, "PNG", optimize=True, bits=bits)
    return f"data:image/png;base64,{as_base64(file.getvalue())}"
