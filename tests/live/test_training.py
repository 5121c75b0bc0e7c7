"""Training that can be stopped, interrupted and run again, and never shows half a step."""

import asyncio
import gc
import random
import signal
import threading
import time
from queue import Empty

import ipywidgets
import numpy as np
import pytest
from jupyter_client.manager import start_new_kernel

from cs231n_lec4 import GraphError, activation_view, training_view
from cs231n_lec4.lessons import networks
from cs231n_lec4.lessons.trainer import Trainer
from cs231n_lec4.words.digits import short

LIVE = ipywidgets.widgets.widget._instances


pytestmark = pytest.mark.usefixtures("no_view_stays")


def is_whole(trainer, record=None):
    """Whether weights, loss and gradients of the record belong to one step."""
    record, s = record or trainer.record, trainer.settings
    arguments = (trainer.x, trainer.labels, s["activation"], s["regularisation"])
    again = networks.record_of(record.step, record.net, *arguments)
    same = all(
        (a.W == b.W).all() and (a.b == b.b).all()
        for a, b in zip(again.grads, record.grads, strict=True)
    )
    return same and again.loss == record.loss and len(trainer.losses) == record.step + 1


def press(view, button):
    """What a click on a button does."""
    view._handle_custom_msg({"press": button}, [])


# ── interrupts ───────────────────────────────────────────────────────────────────────────────────


class InPlaceTrainer(Trainer):
    """How not to do it: weights change one by one, so that an interrupt may leave half a step."""

    def step(self):
        for layer, grad in zip(self.record.net, self.record.grads, strict=True):
            layer.W[...] -= self.settings["rate"] * grad.W
            layer.b[...] -= self.settings["rate"] * grad.b
        return self._take(self.record.step + 1, self.record.net)


def interrupted_steps(trainer, times):
    """After each of so many interrupts at random moments: whether the record is whole."""
    draw, found = random.Random(0), []
    before = signal.signal(signal.SIGALRM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    try:
        for _ in range(times):
            try:  # the clock is set inside: on a busy machine it may ring at once
                # Again after a while: Python swallows an interrupt that falls into a collector's call.
                signal.setitimer(signal.ITIMER_REAL, draw.uniform(1e-4, 4e-3), 2.0)
                while True:
                    trainer.step()
            except KeyboardInterrupt:
                signal.setitimer(signal.ITIMER_REAL, 0)
                found.append(is_whole(trainer))
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return found


def test_200_interrupts_leave_the_parameters_of_one_whole_step():
    assert interrupted_steps(Trainer(data="xor", rate=0.1, hidden=20), 200) == [True] * 200


def test_changing_weights_in_place_would_not_survive_the_interrupts():
    assert not all(interrupted_steps(InPlaceTrainer(data="xor", rate=0.1, hidden=20), 200))


def test_a_loss_written_by_an_interrupted_step_is_replaced_by_the_next():
    trainer = Trainer()
    trainer.step()
    trainer._losses.append(99.0)  # what is left when the interrupt comes before the record
    assert is_whole(trainer)
    trainer.step()
    assert is_whole(trainer)
    assert 99.0 not in trainer.losses


def test_an_interrupt_of_steps_is_told_in_one_sentence(capsys):
    view = training_view()
    step, calls = view.trainer.step, []

    def stops_at_the_third():
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return step()

    view.trainer.step = stops_at_the_third
    view.steps(10)
    assert "Interrupted. Every weight is the one of step 2." in capsys.readouterr().out
    assert is_whole(view.trainer)


def test_stop_from_another_thread_ends_steps_that_run_in_a_cell(capsys):
    view = training_view("spirals")
    click = threading.Timer(0.3, lambda: press(view, "stop"))
    click.start()
    view.steps(100_000)
    reached = view.trainer.record.step
    assert f"Stopped after step {reached}." in capsys.readouterr().out
    assert 0 < reached < 100_000
    assert is_whole(view.trainer)
    view.steps(3)
    assert view.trainer.record.step == reached + 3


# ── Start, Stop, Step, Reset ─────────────────────────────────────────────────────────────────────


def test_steps_from_python_print_the_same_every_time(capsys):
    training_view("circles").steps(100)
    first = capsys.readouterr().out
    training_view("circles").steps(100)
    assert capsys.readouterr().out == first
    assert first.splitlines()[0].startswith("step 0: loss 0.6")
    assert first.splitlines()[-1].startswith("step 100: loss 0.0")
    assert len(first.splitlines()) == 6


def run_in_a_loop(work):
    """`work(view)` with a view that was made where an event loop runs."""

    async def main():
        view = training_view("spirals", hidden=20, pace=5)
        try:
            return await work(view)
        finally:
            view.close()
            await asyncio.sleep(0.3)

    return asyncio.run(main())


def test_start_trains_and_stop_from_another_thread_ends_it():
    async def work(view):
        view.start()
        await asyncio.sleep(0.5)
        threading.Thread(target=view.stop).start()
        begun = time.monotonic()
        while view.running:
            await asyncio.sleep(0.005)
        waited, step = time.monotonic() - begun, view.trainer.record.step
        await asyncio.sleep(0.1)
        assert view.trainer.record.step == step > 0
        assert is_whole(view.trainer)
        assert view.said == f"Stopped after step {step}. Every weight is the one of this step."
        assert view.frame["step"] == step
        return waited

    assert run_in_a_loop(work) < 0.5  # a busy machine; the long run asks for 0.2 s


def test_a_second_start_is_refused_with_a_sentence():
    async def work(view):
        view.start()
        with pytest.raises(GraphError, match="This training is running"):
            view.start()
        with pytest.raises(GraphError, match="Press Stop first"):
            view.steps(3)
        press(view, "start")
        assert view.said == "Training runs."

    run_in_a_loop(work)


def test_a_start_trains_the_net_that_the_menus_show_though_they_are_heard_later():
    async def work(view):
        chosen = {**view.chosen, "hidden": 3, "data": "xor"}
        view._handle_custom_msg({"press": "start", "chosen": chosen}, [])
        await asyncio.sleep(0.1)
        view.set_state({"chosen": chosen})  # what the browser sent before, and the kernel hears now
        await asyncio.sleep(0.2)
        assert view.running
        assert view.trainer.settings["data"] == "xor"
        assert view.trainer.record.step > 0

    run_in_a_loop(work)


def test_a_start_with_a_choice_that_is_none_says_so():
    async def work(view):
        view._handle_custom_msg({"press": "start", "chosen": {**view.chosen, "hidden": -1}}, [])
        assert not view.running
        assert "hidden" in view.said

    run_in_a_loop(work)


@pytest.mark.parametrize(("data", "rate"), [("circles", 100.0), ("xor", 30.0), ("spirals", 1e9)])
def test_a_curve_that_explodes_shows_it(data, rate):
    view = training_view(data, rate=rate)
    healthy = [view.trainer.step() for _ in range(200)]
    view.show()
    (*_, before, (step, loss)), frame = view.frame["losses"], view.frame
    assert not healthy[-1]
    assert (before[0], step) == (frame["step"], frame["step"] + 1)
    assert 100 * view.trainer.guessing <= loss <= 1e6 * view.trainer.guessing
    assert view.trainer.curve[-2:] == [before[1], loss]  # what the static picture draws
    view.reset()
    assert view.frame["losses"] == [[0, view.trainer.record.loss]]
    view.close()


def test_a_start_after_a_stop_goes_on_from_there():
    async def work(view):
        for _ in range(2):
            before = view.trainer.record.step
            view.start()
            await asyncio.sleep(0.4)
            view.stop()
            while view.running:
                await asyncio.sleep(0.01)
            assert view.trainer.record.step > before

    run_in_a_loop(work)


def test_a_new_net_while_training_starts_from_step_0():
    async def work(view):
        view.start()
        await asyncio.sleep(0.3)
        view.set(hidden=3)
        while view.running:
            await asyncio.sleep(0.01)
        assert view.trainer.record.step == 0
        assert view.trainer.record.net[0].W.shape == (2, 3)
        assert view.said == "This is another net, at step 0. Press Start to train it."
        assert len(view.frame["lines"]) == 3

    run_in_a_loop(work)


def test_start_outside_a_notebook_says_what_to_do():
    with pytest.raises(GraphError, match=r"call view.steps\(100\)"):
        training_view().start()


def test_the_learning_rate_counts_from_the_next_step_on():
    view = training_view()
    view.steps(3)
    before = view.trainer.record
    view.set(rate=0.01)
    assert view.trainer.record is before
    view.step()
    expected = before.net[0].W - 0.01 * before.grads[0].W
    assert np.array_equal(view.trainer.record.net[0].W, expected)


def test_reset_shows_step_0_with_the_same_weights():
    view = training_view()
    frame = dict(view.frame)
    view.steps(10)
    assert view.frame != frame
    view.reset()
    assert view.frame == frame


def test_a_training_that_explodes_keeps_the_last_good_step(capsys):
    view = training_view(hidden=20, rate=300.0)
    view.steps(300)
    told = capsys.readouterr().out
    assert "The loss explodes after step" in told
    assert "Choose a smaller rate" in told
    assert is_whole(view.trainer)
    assert np.isfinite(view.frame["losses"]).all()


def test_the_first_loss_stands_beside_the_loss_of_guessing():
    view = training_view("spirals")
    view.steps(5)
    assert "guessing costs ln 3 = 1.1" in view.status
    assert f"at step 0 the loss was {view.trainer.losses[0]:.3g}" in view.status


def test_choices_that_do_not_exist_are_refused():
    view = training_view()
    with pytest.raises(GraphError, match="relu, leaky_relu"):
        view.set(activation="cubic")
    with pytest.raises(GraphError, match="no setting 'speed'"):
        view.set(speed=2)


def test_the_map_is_coloured_as_the_net_answers():
    view = training_view("circles")
    view.steps(200)
    cells = np.frombuffer(view.answers, np.uint8).reshape(56, 56, 3).astype(int)
    middle, corner = cells[28, 28], cells[0, 0]
    assert middle[2] > middle[0]  # inside: blue
    assert corner[0] > corner[2]  # outside: orange


def test_the_lines_of_hidden_units_are_where_their_sums_are_0():
    view = training_view("xor", hidden=4)
    view.steps(20)
    W, b = view.trainer.record.net[0]
    for k, (x1, y1, x2, y2) in enumerate(view.frame["lines"]):
        for point in ((x1, y1), (x2, y2)):
            assert abs(point @ W[:, k] + b[k]) < 0.02


# ── nothing is left behind ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("make", [training_view, activation_view])
def test_closing_a_view_leaves_no_widget_and_no_thread(make):
    gc.collect()
    widgets, threads = set(LIVE), threading.active_count()
    view = make()
    assert set(LIVE) > widgets
    view.close()
    assert set(LIVE) == widgets
    assert threading.active_count() == threads


def test_a_picture_has_words_and_a_static_twin():
    view = training_view("circles")
    picture = view.picture()._repr_mimebundle_()
    assert picture["text/plain"].startswith("Training, step 0. Loss 0.6")
    assert '<img alt="Training, step 0.' in picture["text/html"]


def test_the_point_of_an_activation_goes_to_the_nearest_twentieth():
    view = activation_view()
    view.move(-2.01)
    assert view.x == -2.0
    assert "sigmoid: value 0.119, derivative 0.105" in repr(view)
    with pytest.raises(GraphError, match="outside the picture"):
        view.move(7)


def test_the_browser_gets_the_numbers_of_the_functions():
    view = activation_view(later=True)
    assert [curve["name"] for curve in view.curves][-2:] == ["GELU", "SiLU"]
    place = 120  # x = 0
    assert view.curves[0]["slopes"][place] == 0.25
    assert view.chain["left"][place][-1] == pytest.approx(0.003008, abs=1e-6)


def test_no_number_is_rounded_before_the_browser_rounds_it():
    view = activation_view(later=True)
    place = 130  # x = 0.5, where σ is 0.62246: with four digits first it would be shown as 0.623
    assert (
        short(view.chain["outputs"][place][0]) == short(view.curves[0]["values"][place]) == "0.622"
    )
    for x in (-3.35, 0.5, 1.15):
        k = round((x + 6) / 0.05)
        assert view.curves[0]["values"][k] == pytest.approx(1 / (1 + np.exp(-x)), rel=1e-12)
        outputs, slopes = view.chain["outputs"][k], view.chain["slopes"][k]
        assert slopes[1:] == pytest.approx([b * (1 - b) for b in outputs[1:]], rel=1e-12)


# ── in a kernel ──────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def kernel():
    """A real kernel; `kernel(code)` runs a cell and returns what it printed."""
    manager, client = start_new_kernel(kernel_name="python3")
    yield Kernel(manager, client)
    client.stop_channels()
    manager.shutdown_kernel(now=True)


class Kernel:
    def __init__(self, manager, client):
        self.manager, self.client, self.traffic = manager, client, []

    def __call__(self, code, seconds=120, cell="cell-1"):
        message = self.client.session.msg(
            "execute_request", content(code), metadata={"cellId": cell}
        )
        self.client.shell_channel.send(message)
        printed = []
        for got in self.until_idle(message["header"]["msg_id"], seconds):
            if got["msg_type"] == "stream" and got["content"]["name"] == "stdout":
                printed.append(got["content"]["text"])
            if got["msg_type"] == "error":
                raise AssertionError("\n".join(got["content"]["traceback"]))
        return "".join(printed).strip()

    def until_idle(self, parent, seconds):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            got = self.client.get_iopub_msg(timeout=seconds)
            self.traffic.append(got)
            ours = got["parent_header"].get("msg_id") == parent
            if ours and got["msg_type"] == "status" and got["content"]["execution_state"] == "idle":
                return
            if ours:
                yield got
        raise AssertionError("the cell did not end")

    def click(self, model, button, subshell=None):
        """What a browser sends when a button is clicked, on the main shell or on a subshell."""
        data = {"method": "custom", "content": {"press": button}}
        message = self.client.session.msg("comm_msg", {"comm_id": model, "data": data})
        if subshell:
            message["header"]["subshell_id"] = subshell
        self.client.shell_channel.send(message)

    def subshell(self):
        message = self.client.session.msg("create_subshell_request", {})
        self.client.control_channel.send(message)
        return self.client.get_control_msg(timeout=20)["content"]["subshell_id"]

    def listen(self, seconds):
        """Everything that the kernel says in so many seconds."""
        heard, end = [], time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            try:
                heard.append(self.client.get_iopub_msg(timeout=left))
            except Empty:
                break
        return heard


def content(code):
    return {
        "code": code,
        "silent": False,
        "store_history": True,
        "user_expressions": {},
        "allow_stdin": False,
    }


MAKE = """
import json, time, gc, os, threading
from cs231n_lec4 import training_view
view = training_view("spirals", hidden=20, pace=5)
"""
MODEL = "print(view.model_id)"


def test_a_training_sends_at_most_ten_pictures_and_200_kilobytes_a_second(kernel):
    import json

    kernel(MAKE)
    model = kernel(MODEL)
    kernel.click(model, "start")
    kernel.listen(1)
    heard = kernel.listen(4)
    kernel.click(model, "stop")
    updates = [message for message in heard if message["msg_type"] == "comm_msg"]
    size = sum(
        len(json.dumps(m["content"])) + sum(map(len, map(bytes, m["buffers"]))) for m in updates
    )
    assert 4 <= len(updates) <= 40
    assert size / 4 <= 200_000
    assert len(heard) / 4 <= 100


def test_cells_can_run_while_a_training_runs(kernel):
    kernel(MAKE)
    kernel("view.start()", cell="cell-2")
    kernel.listen(1)
    first = int(kernel("print(view.trainer.record.step)", cell="cell-3"))
    kernel.listen(1)
    second = int(kernel("print(view.trainer.record.step)", cell="cell-3"))
    assert 0 < first < second
    assert kernel("view.stop(); print(view.running)", cell="cell-4") == "True"
    kernel.listen(0.5)
    assert kernel("print(view.running)", cell="cell-4") == "False"


def test_an_interrupt_between_cells_ends_a_training(kernel):
    kernel(MAKE)
    kernel("view.start()", cell="cell-2")
    kernel.listen(1)
    kernel.manager.interrupt_kernel()
    kernel.listen(1)
    assert kernel("print(view.running, view.said)").startswith("False Interrupted. Every weight")
    assert kernel("print(1 + 1)") == "2"


COUNTS = """
from ipywidgets.widgets.widget import _instances
import comm
gc.collect()
print(len(_instances), len(comm.get_comm_manager().comms), threading.active_count())
"""


def test_running_the_cell_ten_times_leaves_nothing(kernel):
    after = []
    for _ in range(10):
        kernel(MAKE + "view.start()\nview", cell="cell-1")
        kernel.listen(0.4)
        after.append(kernel(COUNTS, cell="cell-9"))
    assert len(set(after[1:])) == 1, after


@pytest.mark.long
@pytest.mark.parametrize("where", ["main", "subshell"])
def test_stop_works_within_200_ms(kernel, where):

    kernel(MAKE)
    model = kernel(MODEL)
    subshell = kernel.subshell() if where == "subshell" else None
    kernel("view.stop = lambda: (globals().update(at=time.time()), view._stop.set())")
    waited = []
    for _ in range(50):
        kernel("view.start()", cell="cell-2")
        kernel.listen(0.3)
        sent = time.time()
        kernel.click(model, "stop", subshell)
        ended = float(kernel(WAIT, cell="cell-3"))
        waited.append(ended - sent)
    assert sorted(waited)[47] <= 0.2, sorted(waited)[-5:]


WAIT = """
import asyncio
while view.running:
    await asyncio.sleep(0.002)
print(time.time())
"""


@pytest.mark.long
def test_200_interrupts_of_a_kernel_leave_whole_steps(kernel):
    kernel(MAKE)
    draw = random.Random(1)
    for _ in range(200):
        kernel("view.start()", cell="cell-2")
        kernel.listen(draw.uniform(0.05, 0.3))
        kernel.manager.interrupt_kernel()
        kernel.listen(0.15)
        assert kernel(WHOLE, cell="cell-3") == "False True", kernel("print(view.said)")


WHOLE = """
from cs231n_lec4.lessons import networks
t = view.trainer
loss = networks.record_of(0, t.record.net, t.x, t.labels, "relu", 1e-3).loss
print(view.running, loss == t.record.loss and len(t.losses) == t.record.step + 1)
"""


@pytest.mark.long
def test_600_redraws_grow_the_kernel_by_at_most_10_megabytes(kernel):
    kernel(MAKE)
    weigh = "import psutil; gc.collect(); print(psutil.Process().memory_full_info().uss)"
    kernel("for _ in range(50): view.step()")
    before = int(kernel(weigh))
    kernel("for _ in range(600): view.step()")
    assert int(kernel(weigh)) - before <= 10_000_000


@pytest.mark.long
def test_100_pictures_drawn_while_a_training_runs_equal_the_serial_one(kernel):
    kernel(MAKE)
    kernel(PICTURE, cell="cell-2")
    serial = kernel("print(picture())", cell="cell-3")
    kernel("view.start()", cell="cell-4")
    for _ in range(100):
        assert kernel("print(picture())", cell="cell-3") == serial
    assert kernel("print(view.running)", cell="cell-3") == "True"


PICTURE = """
import hashlib
from cs231n_lec4.pictures.plots import training_picture
from cs231n_lec4.lessons.trainer import Trainer
other = Trainer(data="xor")
picture = lambda: hashlib.sha256(training_picture(other).png).hexdigest()
"""
