"""The training view: a small net learns on circles, spirals or XOR, while one watches.

The kernel trains in short slices between its other work, so that cells and buttons stay usable. It
sends the numbers of a step at most ten times a second, and the browser draws them. (To draw a
Figure of matplotlib takes a thousand times as long as a step, and Stop would have to wait for it.)
"""

import asyncio
import signal
import threading
import time

import traitlets

from .. import words
from ..guidance.errors import GraphError
from ..lessons.trainer import Trainer
from ..pictures.plots import facts_of, training_picture, training_words
from .base import bundle
from .base.live_view import LiveView, validate
from .training_numbers import chosen_from, menus_of, shown_of
from .training_page import page_of

NEW_NET = ("data", "hidden", "layers", "activation")  # a change of these starts from step 0
ACTS = ("start", "step", "stop", "reset")
SLICE = 0.02  # seconds of work before the kernel may do something else
BETWEEN_PICTURES = 0.12  # seconds: about eight pictures a second
AT_MOST = 20_000  # steps of one Start


class TrainingView(LiveView):
    """Start, One step, Stop, and the same weights again. `training_view()` makes one.

    `view.trainer.record` is the present step: its net, loss and gradients. The view holds numbers
    only; training.js draws them.
    """

    kind = "training"
    by_hand = ("chosen",)
    _esm = bundle.script("training")

    menus = traitlets.Dict().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)  # {menu: value}
    scene = traitlets.Dict().tag(sync=True)
    frame = traitlets.Dict().tag(sync=True)
    answers = traitlets.Bytes().tag(sync=True)
    status = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    alt = traitlets.Unicode().tag(sync=True)
    running = traitlets.Bool().tag(sync=True)  # whether a Start is at work

    def __init__(self, *, pace=1, class_mode=False, **settings):
        self._stop = threading.Event()  # first: `close` asks it, also if a setting is refused
        self.trainer = Trainer(**settings)
        self._last_words = ""
        chosen = {**self.trainer.settings, "pace": pace}
        menus = menus_of(chosen)
        super().__init__(
            words={**words.VIEW, **words.PLOTS["sizes"], **words.TRAINING},
            class_mode=class_mode,
            menus=menus,
            chosen={name: chosen[name] for name in menus},
            alt=training_words(self.trainer),
            **shown_of(self.trainer, class_mode),
        )
        self.observe(lambda _: self._on_main(self._take_choices), "chosen")
        self.on_msg(lambda _, content, __: self._press(content))

    # ── what a student does ──────────────────────────────────────────────────────────────────────

    def start(self):
        """Train until Stop, in slices, while other cells can run."""
        self._refuse_while_running()
        if self._loop is None:
            raise GraphError("training_needs_a_loop")
        self._stop.clear()
        self._last_words = ""
        self.running = True
        self._task = self._loop.create_task(self._run())  # a loop keeps no task by itself
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
        self._begin_again("was_reset")

    def _begin_again(self, said):
        self._last_words = said  # a running training ends with this sentence
        self.stop()
        self.show()
        self.say(said)

    def set(self, **choices):
        """Choose as with the menus: `view.set(hidden=3, activation="tanh")`."""
        self.chosen = {**self.chosen, **choices}

    @validate("chosen")
    def _stand_in_the_menus(self, chosen):
        return chosen_from(self.menus, chosen)

    def picture(self):
        """The present step as a static picture."""
        return training_picture(self.trainer)

    def close(self):
        """Stop, and leave nothing behind."""
        self.stop()
        super().close()

    def line(self):
        """The present step in one line of text."""
        return words.TRAINING["line"].format(**facts_of(self.trainer))

    def __repr__(self):
        return self.line()

    def static_picture(self):
        return self.picture()

    def page_state(self):
        return {**page_of(self.trainer), "running": False}

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
            self.running = False
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
        begun, goal = time.monotonic(), self.trainer.record.step + self.chosen["pace"]
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
        with self.hold_sync():
            for name, shown in shown_of(self.trainer, self.class_mode).items():
                setattr(self, name, shown)
            if not self.running:  # a screen reader hears of a step when it rests
                self.alt = training_words(self.trainer)

    def say(self, code):
        """A sentence under the picture, read aloud by a screen reader. Returns it."""
        step = self.trainer.record.step
        self.said = words.TRAINING[code].format(step=step) if code else ""
        return self.said

    # ── controls ─────────────────────────────────────────────────────────────────────────────────

    def _press(self, content):
        """A button of the browser. Stop acts at once, whatever thread the click arrives on."""
        name = content.get("press") if isinstance(content, dict) else None
        if name == "stop":
            self.stop()
        elif name in ACTS and not (name == "start" and self.running):  # twice is once
            self._on_main(lambda: self._act(name, content.get("chosen", self.chosen)))

    def _act(self, name, chosen):
        """Press a button, with the menus as they stood then: their own message may come later."""
        self.chosen = chosen
        getattr(self, name)()

    def _take_choices(self):
        """A menu has moved. Learning rate and regularisation count from the next step on."""
        chosen = {name: value for name, value in self.chosen.items() if name != "pace"}
        settings = {**self.trainer.settings, **chosen}
        if any(settings[name] != self.trainer.settings[name] for name in NEW_NET):
            self.trainer = Trainer(**settings)
            self._begin_again("new_net")
        else:
            self.trainer.settings = settings

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
            self.said = str(problem)

    def _refuse_while_running(self):
        if self.running:
            raise GraphError("training_runs")


def training_view(data="circles", **settings):
    """Watch a small net learn (slides 88-89, and the case study of the notes).

    Settings: `hidden` units, `layers` 1 to 3, `activation`, `rate`, `regularisation`, `seed`, and
    `pace`, the steps between two pictures. `view.steps(100)` trains from Python, with the loss.
    `class_mode=True` is for a hall: large type, and four of the menus. Raises GraphError for a
    setting that the view cannot have.
    """
    return TrainingView(data=data, **settings)
