"""The training view: a small net learns on circles, spirals or XOR, while one watches.

The kernel trains in short slices between its other work, so that cells and buttons stay usable. It
sends the numbers of a step at most ten times a second, and the browser draws them. (To draw a
Figure of matplotlib takes a thousand times as long as a step, and Stop would have to wait for it.)
"""

import asyncio
import signal
import threading
import time

import anywidget
import ipywidgets
import numpy as np
import traitlets
from IPython.display import display

from .. import words
from ..guidance.errors import GraphError
from ..lessons.boundary import reach_of, unit_lines
from ..lessons.networks import sizes_of
from ..lessons.trainer import Trainer
from ..pictures.plots import answers, training_picture, training_words
from ..words.digits import short
from .base import bundle, registry
from .graph_view import running_loop

CHOICES = {
    "data": ["circles", "spirals", "xor"],
    "hidden": [1, 2, 3, 4, 6, 10, 20, 50],
    "layers": [1, 2, 3],
    "activation": ["relu", "leaky_relu", "elu", "tanh", "sigmoid", "none"],
    "rate": [0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0, 100.0],
    "regularisation": [0.0, 0.0001, 0.001, 0.01, 0.1],
    "pace": [1, 5, 20, 100],
}
NEW_NET = ("data", "hidden", "layers", "activation")  # a change of these starts from step 0
SLICE = 0.02  # seconds of work before the kernel may do something else
BETWEEN_PICTURES = 0.12  # seconds: about eight pictures a second
AT_MOST = 20_000  # steps of one Start
CELLS = 56  # the map of answers is 56 × 56 cells
MOST_POINTS = 200  # of the loss curve


class TrainingPanel(anywidget.AnyWidget):
    """The picture. It holds numbers only; training.js draws them."""

    _esm = bundle.script("training")
    _css = bundle.style("view", "training", "hall_charts")

    scene = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    answers = traitlets.Bytes().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    class_mode = traitlets.Bool().tag(sync=True)


class TrainingView:
    """Start, One step, Stop, and the same weights again. `training_view()` makes one.

    `view.trainer.record` is the present step: its net, loss and gradients.
    """

    def __init__(self, **settings):
        pace = settings.pop("pace", 1)
        class_mode = settings.pop("class_mode", False)
        self.trainer = Trainer(**settings)
        self._stop = threading.Event()
        self._loop = running_loop()
        self._task = None
        self._last_words = ""
        self.panel = TrainingPanel(class_mode=class_mode)
        self.controls = {
            name: menu(name, {**self.trainer.settings, "pace": pace}[name]) for name in CHOICES
        }
        self.box = self._box()
        self.show()
        registry.keep("training", self)

    # ── what a student does ──────────────────────────────────────────────────────────────────────

    def start(self):
        """Train until Stop, in slices, while other cells can run."""
        if self.running:
            raise GraphError("training_runs")
        if self._loop is None:
            raise GraphError("training_needs_a_loop")
        self._stop.clear()
        self._last_words = ""
        self._task = self._loop.create_task(self._run())
        self.say("started")

    def stop(self):
        """Stop after the present step. May be called from any thread."""
        self._stop.set()

    def step(self):
        """One step of gradient descent."""
        self._refuse_while_running()
        healthy = self.trainer.step()
        self.show()
        self.say("" if healthy else "diverged")

    def steps(self, count, every=None):
        """Train `count` steps here and now. Prints the loss at every so many steps."""
        self._refuse_while_running()
        every, first = every or max(1, count // 5), self.trainer.record.step
        self._stop.clear()
        print(self.line())
        try:
            self._train_here(first + count, every)
        except KeyboardInterrupt:
            print(self.say("interrupted"))
        self.show()

    def _train_here(self, last, every):
        shown = time.monotonic()
        while self.trainer.record.step < last:
            if self._stop.is_set():  # a click on Stop can arrive on another thread
                print(self.say("stopped"))
                return
            if not self.trainer.step():
                print(self.say("diverged"))
                return
            if self.trainer.record.step % every == 0 or self.trainer.record.step == last:
                print(self.line())
            if time.monotonic() - shown > BETWEEN_PICTURES:
                self.show()
                shown = time.monotonic()

    def reset(self):
        """Step 0 again, with the same first weights."""
        self.trainer.reset()
        self._begin_again()

    def _begin_again(self):
        self._last_words = "was_reset"  # a running training ends with this sentence
        self.stop()
        self.show()
        self.say("was_reset")

    def set(self, **choices):
        """Choose as with the menus: `view.set(hidden=3, activation="tanh")`."""
        for name, choice in choices.items():
            if name not in CHOICES:
                raise GraphError("unknown_setting", name=name, known=", ".join(CHOICES))
            if choice not in [value for _, value in self.controls[name].options]:
                known = ", ".join(str(value) for _, value in self.controls[name].options)
                raise GraphError("unknown_choice", name=name, given=choice, known=known)
            self.controls[name].value = choice

    def picture(self):
        """The present step as a static picture."""
        return training_picture(self.trainer)

    def close(self):
        """Stop, and leave nothing behind."""
        self.stop()
        registry.forget(self)
        self._on_main(self._close_widgets)

    def _close_widgets(self):
        for button in self.buttons.values():
            button._click_handlers.callbacks.clear()
        registry.close_tree(self.box)

    @property
    def running(self):
        """Whether a Start is at work."""
        return self._task is not None and not self._task.done()

    def line(self):
        """The present step in one line of text."""
        return words.TRAINING["line"].format(**facts_of(self.trainer))

    def __repr__(self):
        return self.line()

    def _ipython_display_(self):
        """Two outputs: a static picture for every viewer, and the live one, which hides it."""
        shown = self.picture()._repr_mimebundle_()
        shown["text/plain"] = repr(self)
        note = words.TRAINING["static"]
        shown["text/html"] = f'<div class="cs231n-static">{shown["text/html"]}<p>{note}</p></div>'
        display(shown, raw=True)
        display(self.box._repr_mimebundle_(), raw=True)

    # ── slices ───────────────────────────────────────────────────────────────────────────────────

    async def _run(self):
        """Slices of steps and pauses. Every way out leaves a whole step and a true picture."""
        last, ending = self.trainer.record.step + AT_MOST, "stopped"
        try:
            while not self._stop.is_set() and ending == "stopped":
                begun = time.monotonic()
                self._listen_for_interrupts()
                ending = await self._one_picture(last)
                self.show()
                await self._rest(begun + BETWEEN_PICTURES)
        except KeyboardInterrupt:
            ending = "interrupted"
        finally:
            self._task = None
            self._ignore_interrupts()
            self.show()
            self.say(self._last_words or ending)

    # Between cells the kernel ignores interrupts; a training that runs there should still hear one.
    # While a cell runs, an interrupt is the cell's: then the kernel has set a handler of its own.

    def _listen_for_interrupts(self):
        if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
            signal.signal(signal.SIGINT, self._interrupted)

    def _ignore_interrupts(self):
        if signal.getsignal(signal.SIGINT) == self._interrupted:
            signal.signal(signal.SIGINT, signal.SIG_IGN)

    def _interrupted(self, *_):
        self._last_words = "interrupted"
        self._stop.set()

    async def _one_picture(self, last):
        """The steps of one picture, at most SLICE seconds of them at a time."""
        begun, goal = time.monotonic(), self.trainer.record.step + self.controls["pace"].value
        while self.trainer.record.step < min(goal, last) and not self._stop.is_set():
            if not self.trainer.step():
                return "diverged"
            if time.monotonic() - begun > SLICE:
                await asyncio.sleep(0.001)
                begun = time.monotonic()
        return "finished" if self.trainer.record.step >= last else "stopped"

    async def _rest(self, until):
        while time.monotonic() < until and not self._stop.is_set():
            await asyncio.sleep(0.02)

    # ── what is shown ────────────────────────────────────────────────────────────────────────────

    def show(self):
        """Send the present step to the browser, all of it in one message."""
        trainer = self.trainer
        with self.panel.hold_sync():
            self.panel.words = panel_words(trainer)
            self.panel.scene = scene_of(trainer)
            self.panel.answers = answers_of(trainer)
            status = "status_in_class" if self.panel.class_mode else "status"
            self.panel.status = words.TRAINING[status].format(**facts_of(trainer))
            if not self.running:  # a screen reader hears of a step when it rests
                self.panel.alt = training_words(trainer)
            self.panel.frame = frame_of(trainer)

    def say(self, code):
        """A sentence under the picture, read aloud by a screen reader. Returns it."""
        step = self.trainer.record.step
        self.panel.said = words.TRAINING[code].format(step=step) if code else ""
        return self.panel.said

    # ── controls ─────────────────────────────────────────────────────────────────────────────────

    def _box(self):
        acts = {"start": self.start, "step": self.step, "stop": self.stop, "reset": self.reset}
        self.buttons = {name: self._button(name, act) for name, act in acts.items()}
        for control in self.controls.values():
            control.observe(lambda change: self._on_main(self._chosen), "value")
        for name, control in self.controls.items():
            control.add_class(f"training-{name}")
        menus = ipywidgets.Box(list(self.controls.values())).add_class("training-controls")
        buttons = ipywidgets.HBox(list(self.buttons.values())).add_class("training-buttons")
        box = ipywidgets.VBox([menus, buttons, self.panel])
        if self.panel.class_mode:
            box.add_class("for-class")
        return box.add_class("cs231n-live").add_class("cs231n-training")

    def _button(self, name, act):
        button = ipywidgets.Button(description=words.TRAINING[name])
        if name == "stop":  # at once, whatever thread the click arrives on
            button.on_click(lambda _: act())
        else:
            button.on_click(lambda _: self._on_main(act))
        return button

    def _chosen(self):
        """A menu has moved. Learning rate and regularisation count from the next step on."""
        chosen = {name: menu.value for name, menu in self.controls.items() if name != "pace"}
        settings = {**self.trainer.settings, **chosen}
        if settings == self.trainer.settings:
            return
        new_net = any(settings[name] != self.trainer.settings[name] for name in NEW_NET)
        if not new_net:
            self.trainer.settings = settings
            return
        self.trainer = Trainer(**settings)
        self._begin_again()

    def _on_main(self, act):
        """Do it on the main thread, between two slices; a click may arrive on another one."""
        if threading.current_thread() is threading.main_thread() or self._loop is None:
            self._try(act)
        else:
            self._loop.call_soon_threadsafe(self._try, act)

    def _try(self, act):
        try:
            act()
        except GraphError as problem:
            self.panel.said = str(problem)

    def _refuse_while_running(self):
        if self.running:
            raise GraphError("training_runs")


def training_view(data="circles", **settings):
    """Watch a small net learn (slides 88-89, and the case study of the notes).

    Settings: `hidden` units, `layers` 1 to 3, `activation`, `rate`, `regularisation`, `seed`, and
    `pace`, the steps between two pictures. `view.steps(100)` trains from Python, with the loss.
    `class_mode=True` is for a hall: large type, and four of the menus.
    """
    return TrainingView(data=data, **settings)


def menu(name, chosen):
    """A labelled menu. A setting that is not in the list is added to it."""
    values = CHOICES[name] if chosen in CHOICES[name] else sorted({*CHOICES[name], chosen})
    named = words.TRAINING["layer_names"] if name == "layers" else {}
    options = [
        (named.get(value, f"{value:g}" if isinstance(value, float) else str(value)), value)
        for value in values
    ]
    label = words.TRAINING["controls"][name]
    return ipywidgets.Dropdown(options=options, value=chosen, description=label)


def scene_of(trainer):
    """What stays the same while one net trains."""
    points = np.column_stack([trainer.x.round(3), trainer.labels]).tolist()
    scene = {"points": points, "edge": reach_of(trainer.x), "cells": CELLS}
    return {**scene, "guessing": trainer.guessing}


def frame_of(trainer):
    """The numbers of one step, few enough to send them ten times a second."""
    record, losses = trainer.record, trainer.losses
    steps = np.unique(np.linspace(0, record.step, MOST_POINTS).round().astype(int)).tolist()
    lines = unit_lines(record.net, reach_of(trainer.x)).reshape(-1, 4)
    return {
        "step": record.step,
        "losses": [[step, float(losses[step])] for step in steps],
        "lines": lines.round(3).tolist(),
        "weights": list(map(float, sizes_of(record.net))),
        "grads": list(map(float, sizes_of(record.grads))),
    }


def answers_of(trainer):
    """The colours of the map, as bytes: the top row first, three for each cell."""
    net, activation = trainer.record.net, trainer.settings["activation"]
    colours = answers(net, reach_of(trainer.x), activation, count=CELLS)[::-1]
    return (255 * colours).round().astype(np.uint8).tobytes()


def facts_of(trainer):
    """Numbers as text, for the sentences."""
    return {
        "step": trainer.record.step,
        "loss": short(trainer.record.loss),
        "first": short(trainer.losses[0]),
        "percent": f"{100 * trainer.accuracy:.0f}",
        "classes": trainer.classes,
        "guessing": short(trainer.guessing),
    }


def panel_words(trainer):
    """The texts of the picture."""
    text, sizes = words.TRAINING, words.PLOTS["sizes"]
    guess = text["guess"].format(classes=trainer.classes)
    parts = {key: sizes[key] for key in ("weights", "grads", "layer")}
    return {"panels": list(text["panels"]), "guess": guess, **parts}
