"""A small sound notebook, written by hand, in which the tests plant faults."""

import base64
import io

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from PIL import Image

ANSWER = """<details><summary>Hint</summary>

Add them.
</details>

<details><summary>Solution</summary>

```python
answer = 1 + 1
```
</details>"""


def png(colours=("white", "black")):
    """The base64 text of a small PNG with these colours side by side."""
    picture = Image.new("RGB", (len(colours), 1))
    for x, colour in enumerate(colours):
        picture.paste(colour, (x, 0, x + 1, 1))
    file = io.BytesIO()
    picture.save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


def image(alt='alt="two squares"', **kwargs):
    """The HTML of a picture."""
    return f'<img {alt} src="data:image/png;base64,{png(**kwargs)}">'


def printed(text, name="stdout"):
    """The output of a print."""
    return new_output("stream", name=name, text=text)


def shown(**data):
    """The output of a display; text_html stands for text/html."""
    return new_output("display_data", {k.replace("_", "/"): v for k, v in data.items()})


def failed(ename="ValueError"):
    """The output of a cell that failed."""
    return new_output("error", ename=ename, evalue="no", traceback=["ValueError: no"])


def code(name, source, *outputs, tag=None, count=None):
    """A code cell."""
    metadata = {"tags": [tag]} if tag else {}
    cell = new_code_cell(source, id=name, metadata=metadata, outputs=list(outputs))
    cell.execution_count = count
    return cell


def sound_notebook():
    """A notebook that passes every guard: a picture, an announced error and one exercise."""
    notebook = new_notebook(
        metadata={
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python", "file_extension": ".py"},
        }
    )
    notebook.cells = [
        new_markdown_cell("# A title", id="title"),
        code("picture", "picture", shown(text_html=image(), text_plain="a picture"), count=1),
        code("error", "raise ValueError('no')", failed(), tag="raises-exception", count=2),
        code("exercise", "answer = None", tag="exercise", count=3),
        code("check", CHECK, printed("✗ not yet\n"), tag="check", count=4),
        new_markdown_cell(ANSWER, id="answer"),
    ]
    return notebook


CHECK = 'print("✓ right" if answer == 2 else "✗ not yet")'
