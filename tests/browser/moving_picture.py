"""The moving picture of the README: a hand drags z, and the gradients of x and y follow.

`python -m tests.browser.moving_picture` makes it anew from a page saved by the package.
"""

import io
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import sync_playwright

from cs231n_lec4 import explore, lecture

from . import lab

FILE = Path(__file__).parent / "slider.gif"
WIDTH, HEIGHT = 640, 330
PLACES = [-4, -4, -3.6, -3, -2.2, -1.2, -0.2, 0.8, 1.8, 2.6, 3, 3, 2.2, 1, -0.6, -2, -3.2, -4]
MILLISECONDS = 140


def main():
    """Save a page, move its first slider, and join the screenshots."""
    page_file = explore(lecture.add_multiply(), x=(-5, 5), nudge=False).save(
        Path(tempfile.mkdtemp()) / "page.html", "(x + y) z"
    )
    with sync_playwright() as playwright:
        page = lab.new_page(lab.launch(playwright), viewport=(WIDTH, HEIGHT))
        lab.open_page(page, page_file)
        page.add_style_tag(content="h1, .backward, .reset, .problem { display: none !important }")
        frames = [frame(page, place) for place in PLACES]
    first, *rest = frames
    first.save(
        FILE, save_all=True, append_images=rest, duration=MILLISECONDS, loop=0, optimize=True
    )
    print(f"{FILE.name}: {FILE.stat().st_size / 1000:.0f} kB")


def frame(page, place):
    """One screenshot with the slider of z at `place`."""
    page.locator("input[type=range]").last.evaluate(
        "(slider, value) => { slider.value = value; slider.dispatchEvent(new Event('input')); }",
        place,
    )
    page.wait_for_timeout(60)
    return Image.open(io.BytesIO(page.screenshot())).convert("P", palette=Image.ADAPTIVE, colors=32)


if __name__ == "__main__":
    main()
