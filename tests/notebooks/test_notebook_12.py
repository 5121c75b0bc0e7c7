"""Notebook 12: slips are told by name, the text says what comes out, with PyTorch and without."""

import contextlib
import importlib.util
import io
import re
import subprocess
import sys

import numpy as np
import pytest
from exercises import answer_to
from nbformat.v4 import new_code_cell
from notebook_tools import NOTEBOOKS, ROOT, code_cells, read, run, solution, solve, tags, text_of

from cs231n_lec4 import (
    Input,
    binary_cross_entropy,
    check_gradients,
    lecture,
    parse,
    softmax_loss,
)
from cs231n_lec4.lessons.checks import assignment_checks, loop_checks
from cs231n_lec4.live.setup import optional
from cs231n_lec4.words import OPTIONAL, REASONS


def plain(outputs):
    """What outputs say as text."""
    return "".join(o.get("text", "") or o.get("data", {}).get("text/plain", "") for o in outputs)


PATH = NOTEBOOKS / "12_to_pytorch_and_the_assignment.ipynb"
BOOK = read(PATH)
SOURCES = {cell.id: cell.source for cell in BOOK.cells}
OUTPUTS = {cell.id: plain(cell.outputs) for cell in code_cells(BOOK)}
EXERCISES = ("fill", "build", "slip")
has_torch = importlib.util.find_spec("torch") is not None
needs_torch = pytest.mark.skipif(not has_torch, reason="torch is not installed")


def names(*cells, old="", new=""):
    """What the student's cells leave behind, solved; one piece is replaced by another."""
    text = "\n\n".join(
        solution(SOURCES.get(f"{name}-answer", "")) or SOURCES[name] for name in cells
    )
    assert old in text, old
    space = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(SOURCES["imports"], space)
        exec(text.replace(old, new), space)
    return space


def checked(name, old="", new=""):
    """The report of a check on an answer with this slip."""
    return eval(SOURCES[f"{name}-check"], names("layer", name, old=old, new=new))


# ── wrong answers ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", EXERCISES)
def test_the_solution_is_right_and_the_answer_received_is_not(name):
    right = solution(SOURCES[f"{name}-answer"])
    assert checked(name).mark == "✓"
    assert checked(name, right, SOURCES[name]).mark == "✗"


DX, DW, DB = "dout @ W.T", "X.T @ dout", "dout.sum(axis=0)"
P_Y = "(p - y) / len(scores)"
BACK, MOVE = "graph.backward()", '- rate * grads["w"]'
SLIPS = [
    ("fill", DX, "None", "not_answered"),
    ("fill", DX, "(dout @ W.T).T", "transposed"),
    ("fill", DX, "W @ dout", "matrices_of_layer"),
    ("fill", DX, "dout", "wrong_shape"),
    ("fill", DX, "np.ones(dout.shape) @ W.T", "forgot_upstream"),
    ("fill", DW, "dout.T @ X", "transposed"),
    ("fill", DW, "-X.T @ dout", "sign"),
    ("fill", DW, "X.T @ dout / len(X)", "mean_of_shares"),
    ("fill", DB, "dout", "missing_sum_over_broadcast"),
    ("fill", DB, "dout.sum(axis=1)", "summed_over_outputs"),
    ("fill", DB, "dout.sum()", "summed_over_all"),
    ("fill", DB, "dout.mean(axis=0)", "mean_of_shares"),
    ("fill", DB, "dout[0]", "one_path_of_two"),
    ("fill", DB, "np.full(W.shape[1], len(X) * 1.0)", "forgot_upstream"),
    ("fill", "dX, dW, db", "db, dW, dX", "other_gradient"),
    ("fill", "return dX, dW, db", "return {'dX': dX}", "wrong_return"),
    ("fill", "return dX, dW, db", "pass", "not_answered"),
    ("fill", DB, "dout.sum(axis=0); dout *= 2", "changed_in_place"),
    ("build", P_Y, "p - y", "forgot_divide_by_n"),
    ("build", P_Y, "(y - p) / len(scores)", "sign"),
    ("build", P_Y, "y - p", "sign"),
    ("build", P_Y, "p / len(scores)", "label_not_subtracted"),
    ("build", P_Y, "(p - y) * p * (1 - p) / len(scores)", "slope_not_cancelled"),
    ("build", P_Y, "(p - y) * p * (1 - p)", "slope_not_cancelled"),
    ("build", P_Y, "(p - y) / (p * (1 - p)) / len(scores)", "stopped_at_p"),
    ("build", P_Y, "(scores - y) / len(scores)", "score_in_place_of_p"),
    ("build", P_Y, "np.mean(p - y)", "one_mean"),
    ("build", P_Y, "None", "not_answered"),
    ("build", P_Y, "(p - y) / n", "unknown_name"),
    ("slip", BACK, "graph.backward(accumulate=True)", "gradients_pile_up"),
    ("slip", BACK, "graph.backward(accumulate=step > 0)", "cleared_at_the_start_only"),
    ("slip", BACK, "grads if step else graph.backward()", "gradient_of_the_start"),
    ("slip", MOVE, '+ rate * grads["w"]', "uphill"),
    ("slip", MOVE, '- grads["w"]', "rate_forgotten"),
    ("slip", MOVE, "", "not_updated"),
    ("slip", "    return losses", "        return losses", "one_step_only"),
    ("slip", MOVE, '- rate * grads["x"]', None),
]
OTHER_WORDS = ("not_answered", "wrong_return", "wrong_shape")


@pytest.mark.parametrize(("name", "old", "new", "reason"), SLIPS)
def test_a_slip_is_called_by_its_name(name, old, new, reason):
    report = checked(name, old, new)
    assert (report.mark, report.reason) == ("✗", reason)
    if reason not in OTHER_WORDS:
        assert REASONS[reason or "unknown_loop"].partition(".")[0] in repr(report)


OTHERWISE = [
    ("fill", DX, "np.einsum('nm,dm->nd', dout, W)"),
    ("fill", DB, "np.ones(len(dout)) @ dout"),
    ("fill", "return dX, dW, db", "return [dX, dW, db]"),
    ("build", P_Y, "np.where(y == 1, p - 1, p) / scores.size"),
    ("slip", BACK, "{'w': graph.backward()['w']}"),
]


@pytest.mark.parametrize(("name", "old", "new"), OTHERWISE)
def test_a_right_answer_written_otherwise_is_right(name, old, new):
    assert checked(name, old, new).mark == "✓"


def test_a_loop_that_stops_is_told_where():
    report = loop_checks.check_loop(lambda graph, rate, steps: 1 / 0)
    assert (report.mark, report.reason) == ("✗", "stopped")
    assert "ZeroDivisionError" in repr(report)


def mistakes():
    """(what, truth, {code: numbers}) of every truth of the two checks."""
    for sizes in assignment_checks.LAYERS:
        X, W, _, dout = assignment_checks.numbers(*sizes)
        yield from assignment_checks.layer_gradients(X, W, dout).items()
    for scores, y in assignment_checks.ANSWERS:
        yield "scores", assignment_checks.loss_gradient(scores, y)


@pytest.mark.parametrize(("name", "truth"), [*mistakes()])
def test_no_mistake_gives_the_truth_or_what_another_mistake_gives(name, truth):
    numbers = [(code, np.asarray(number)) for code, number in truth.mistakes]
    for k, (code, number) in enumerate(numbers):
        assert number.shape != np.shape(truth.value) or not np.allclose(number, truth.value), code
        same = [c for c, n in numbers[:k] if n.shape == number.shape and np.allclose(n, number)]
        assert set(same) <= {code}


def test_each_slip_of_a_loop_ends_elsewhere():
    trains = [("right", loop_checks.WALK), *loop_checks.SLIPS]
    ends = [[loop_checks.end_of(train, *one) for one in loop_checks.LOOPS] for _, train in trains]
    for one in np.transpose(ends):
        assert len(set(np.round(one, 6))) == len(trains)


# ── what the text says ───────────────────────────────────────────────────────────────────────────


def played(*cells):
    return names("question", *cells)


def test_the_bias_receives_the_sum_that_is_named():
    space = played("bias")
    grads = [space["batch"][name].grad for name in ("o1", "o2", "o3", "b")]
    np.testing.assert_allclose(grads, [2, -1, 4, 5])
    assert "2, −1 and 4. b receives their sum, 5" in SOURCES["bias-seen"]


def test_the_gradient_of_a_mean_loss_is_the_mean_of_those_of_its_examples():
    space = played()
    X, W, b = (space[name].value for name in "XWb")
    alone = [
        lecture.ready(softmax_loss(Input(x, "x") @ W + Input(b, "b"), label)).backward()["b"]
        for x, label in zip(X, space["labels"], strict=True)
    ]
    np.testing.assert_allclose(np.mean(alone, axis=0), space["net"].backward()["b"])


def test_the_factors_of_the_binary_loss_are_those_of_the_text():
    graph = lecture.binary_loss()
    p = graph["p"].value
    assert (round(graph["p"].grad, 2), round(graph["s"].grad, 2)) == (-1.37, -0.27)
    assert graph["s"].grad == pytest.approx(p - 1)
    assert "−1.37 · 0.73 · 0.27 = −0.27" in SOURCES["cancel-seen"]
    far = lecture.binary_loss(w=-8.0)
    assert far["p"].grad < -1e6
    assert far["s"].grad == pytest.approx(-1.0)
    assert np.isnan(lecture.binary_loss(w=-400.0)["s"].grad)
    assert lecture.ready(binary_cross_entropy(Input(-802.0, "s"), 1)).backward()["s"] == -1.0


@pytest.mark.parametrize("label", [0.0, 0.1, 0.9, 1.0])
def test_p_minus_y_also_for_labels_between(label):
    graph = lecture.ready(binary_cross_entropy(Input(0.7, "s"), label))
    assert graph.backward()["s"] == pytest.approx(1 / (1 + np.exp(-0.7)) - label)


def test_the_scores_of_the_softmax_receive_p_minus_y():
    space = played("softmax")
    grads = [space["classes"].backward()[name] for name in ("s0", "s1", "s2")]
    np.testing.assert_allclose(grads, [-0.7, 0.5, 0.2])
    assert "−0.7, 0.5, 0.2" in SOURCES["softmax-seen"]
    scores = Input(np.log([3.0, 5.0, 2.0]), "s")
    np.testing.assert_allclose(lecture.ready(softmax_loss(scores, 0)).backward()["s"], grads)


def test_accumulate_adds_eight_each_time():
    assert lecture.one_weight().backward()["w"] == 8.0
    assert answer_to(16, "12 adds") == ["24.0"]
    assert "24" in SOURCES["adds-seen"]


def test_the_repaired_loop_goes_down_each_time_and_the_one_received_does_not():
    solved = played("slip")["train"](lecture.one_weight(), 0.1, 3)
    assert solved == sorted(solved, reverse=True)
    printed = [float(loss) for loss in OUTPUTS["slip"].split()]
    assert printed != sorted(printed, reverse=True)


LINES = re.compile(r"^\| `(.*?)` \|", re.MULTILINE)


def test_the_lines_of_batch_norm_are_the_graph_and_the_short_formula_too():
    space = played("norm")
    numbers = {node: space[node].value for node in ("xc", "inv", "xhat", "gamma")}
    numbers |= {"dout": space["given"], "N": 3}
    exec("\n".join(LINES.findall(SOURCES["norm-seen"])), numbers)
    grads = space["norm"].backward()
    for name in ("x", "gamma", "beta"):
        np.testing.assert_allclose(numbers[f"d{name}"], grads[name], rtol=1e-9)
    [short] = re.findall(r"^`dx = (.*)`$", SOURCES["norm-seen"], re.MULTILINE)
    np.testing.assert_allclose(eval(short, numbers), grads["x"], rtol=1e-9, atol=1e-12)
    assert check_gradients(space["norm"])


# ── a package that is missing ───────────────────────────────────────────────────────────────────


def test_a_package_that_is_there_is_handed_over_in_silence(capsys):
    assert optional("numpy") is np
    assert capsys.readouterr().out == ""


def test_a_package_that_is_missing_is_one_line(capsys):
    assert optional("no_such_package") is None
    assert capsys.readouterr().out == OPTIONAL.format(name="no_such_package") + "\n"


def torch_cells(notebook):
    return [cell for cell in code_cells(notebook) if "torch" in tags(cell)]


def test_every_cell_that_needs_torch_says_so_and_is_tagged():
    first, *others = torch_cells(BOOK)
    assert first.source == 'torch = optional("torch")'
    assert all(re.search(r"^if torch\b", cell.source, re.MULTILINE) for cell in others)
    for cell in code_cells(BOOK):
        assert ("torch" in tags(cell)) == bool(re.search(r"\btorch\b", cell.source)), cell.id


def test_without_torch_one_line_says_so_and_nothing_stops(tmp_path):
    notebook = solve(read(PATH))
    notebook.cells.insert(0, new_code_cell("import sys\nsys.modules['torch'] = None"))
    first, *others = torch_cells(run(notebook, tmp_path))
    assert text_of(first.outputs).strip() == OPTIONAL.format(name="torch")
    assert [cell.outputs for cell in others] == [[]] * len(others)


def left_out():
    """The module conftest.py of the repository."""
    spec = importlib.util.spec_from_file_location("left_out", ROOT / "conftest.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_cell_is_left_out_of_the_comparison_only_where_its_package_is_missing(monkeypatch):
    cell = new_code_cell("", metadata={"tags": ["torch"]})
    conftest = left_out()
    monkeypatch.setitem(sys.modules, "torch", None)
    assert conftest.missing(cell) == ["torch"]
    assert conftest.missing(new_code_cell("")) == []
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: name)
    assert conftest.missing(cell) == []


# ── with PyTorch ─────────────────────────────────────────────────────────────────────────────────


def test_the_notebook_was_saved_where_torch_is():
    saved = "".join(OUTPUTS[cell.id] for cell in torch_cells(BOOK))
    assert OPTIONAL.format(name="torch") not in saved
    assert all(OUTPUTS[name] for name in ("four-ways", "loop"))


def test_what_the_text_says_of_torch_is_what_came_out():
    db = played()["net"].backward()["b"]
    assert f"({db[0]:.4f}, −{-db[1]:.4f})" in SOURCES["four-ways-seen"]
    assert f"tensor([ {db[0]:.4f}, {db[1]:.4f}]" in OUTPUTS["four-ways"]
    losses = re.findall(r"loss (\d\.\d{4})", OUTPUTS["loop"])
    assert "from {} to {}, then to {}".format(*losses) in SOURCES["loop-seen"]


@needs_torch
def test_three_of_the_six_lines_stop_and_the_others_leave_what_the_text_says():
    said = answer_to("what I think", "12 rules")
    assert [re.findall(r"w\.grad is (.*)", line) for line in said] == [
        ["8.0"], ["16.0"], [], [], ["19.0"], [],
    ]  # fmt: skip
    assert all(number in SOURCES["rules-seen"] for number in ("8.", "16.", "19."))


def test_the_losses_of_the_loop_are_those_of_the_graph():
    space, losses = played(), []
    net = space["net"]
    for _ in range(3):
        grads = net.backward()
        losses.append(f"{net.output.value:.4f}")
        net.forward(**{name: net[name].value - 0.5 * grads[name] for name in "Wb"})
    assert re.findall(r"loss (\d\.\d{4})", OUTPUTS["loop"]) == losses


@needs_torch
def test_the_four_ways_agree():
    space = played("layer", "fill", "two-ways", "torch", "function", "four-ways")
    ways = {way: np.asarray(db) for way, db in space["grads"].items()}
    assert list(ways) == ["gates", "functions", "Function", "PyTorch"]
    for db in ways.values():
        np.testing.assert_allclose(db, ways["gates"], rtol=1e-12)


@needs_torch
@pytest.mark.parametrize("seed", range(3))
def test_the_losses_have_the_gradients_of_torch(seed):
    import torch

    random = np.random.default_rng(seed)
    scores, labels = random.normal(size=(5, 4)), random.integers(4, size=5)
    tensor = torch.tensor(scores, requires_grad=True)
    torch.nn.functional.cross_entropy(tensor, torch.tensor(labels)).backward()
    grad = lecture.ready(softmax_loss(Input(scores, "s"), labels)).backward()["s"]
    np.testing.assert_allclose(grad, tensor.grad.numpy(), rtol=1e-9, atol=1e-12)
    y = random.integers(2, size=(5, 4)) * 1.0
    tensor = torch.tensor(scores, requires_grad=True)
    loss = torch.nn.functional.binary_cross_entropy_with_logits(tensor, torch.tensor(y))
    loss.backward()
    graph = lecture.ready(binary_cross_entropy(Input(scores, "s"), y))
    assert graph.output.value == pytest.approx(loss.item())
    np.testing.assert_allclose(graph.backward()["s"], tensor.grad.numpy(), rtol=1e-9, atol=1e-12)


@needs_torch
def test_the_slope_of_a_relu_at_0_is_that_of_torch_as_notebook_seven_says():
    import torch

    x = torch.tensor(0.0, requires_grad=True)
    torch.relu(x).backward()
    assert x.grad.item() == parse("relu(x)", x=0.0).backward()["x"] == 0.0


@pytest.mark.long
@needs_torch
@pytest.mark.parametrize("path", [PATH, NOTEBOOKS / "ko" / PATH.name], ids=["en", "ko"])
def test_with_torch_every_number_of_its_cells_is_compared(path):
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-q", "-rs"]
    command += [f"--nbval-sanitize-with={ROOT}/tests/nbval_sanitize.cfg", str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    assert f"{len(code_cells(BOOK))} passed" in done.stdout
