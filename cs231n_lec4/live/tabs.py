"""Several pictures in one place: `tabs({"x": draw(graph), …})`."""

from ipywidgets import HTML, Tab


def tabs(pictures):
    """A tab for each picture, under its title. The browser changes them; no kernel is asked.

    `pictures` is {title: picture}, each with its words for a screen reader.
    """
    pages = [HTML(picture._repr_mimebundle_()["text/html"]) for picture in pictures.values()]
    return Tab(pages, titles=[*pictures], selected_index=0)
