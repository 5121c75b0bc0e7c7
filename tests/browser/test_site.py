"""The whole site in a browser, from disk: every view lives, nothing overflows, axe is content."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe

from classroom import site

pytestmark = [pytest.mark.browser, pytest.mark.long]
LIMIT = 4 * 2**20  # bytes, a language; the goal is 3, and the deck alone takes 0.9
SCREENS = {"laptop": {}, "phone": {"phone": True}}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site.main([str(folder)])
    return folder


@pytest.fixture(params=SCREENS)
def page(request, pages):
    return pages(**SCREENS[request.param])


def test_every_page_lives_from_disk(folder, page):
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
    for path in sorted(folder.rglob("*.html")):
        page.goto(path.as_uri())
        dead = page.evaluate(
            "() => [...document.querySelectorAll('.cs231n-place')]"
            ".filter((p) => !p.querySelector('svg, canvas, input, button')).length"
        )
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert (dead, errors) == (0, []), path.name
        assert wide <= 0, (path.name, wide)
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []


def test_every_page_is_open_to_all(folder, pages):
    page = pages()
    found = {}
    for path in sorted(folder.rglob("*.html")):
        page.goto(path.as_uri())
        result = Axe().run(page)
        if result.violations_count:
            found[path.name] = [v["id"] for v in result.response["violations"]]
    assert found == {}


def test_the_site_is_small_and_paints_soon(folder, pages):
    page = pages()
    languages = [folder / "ko"] if (folder / "ko").is_dir() else []
    sizes = {"all": site.size(folder), **{place.name: site.size(place) for place in languages}}
    engine = (folder / "graphviz.js").stat().st_size  # loaded by one page alone
    assert sizes["all"] - engine - sum(site.size(place) for place in languages) < LIMIT
    for path in sorted(folder.glob("*.html")):
        page.goto(path.as_uri())
        painted = page.evaluate(
            "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"
        )
        print(f"{path.name}: {len(gzip.compress(path.read_bytes())) >> 10} KB, paint {painted} ms")
    print(sizes)
