"""Wrong answers to the quizzes of 00 to 05, beside those of test_quiz: none gets a false reason.

Each row: the graph, the blank, what is typed, and the reasons that are true there.
"""

import test_quiz
from test_more_wrong_answers import is_true
from test_quiz import judged

from cs231n_lec4 import lecture

ROWS = [
    ("add_multiply", "q", "3", "gave_the_value swaps_gradients"),
    ("add_multiply", "q", "4", "sign"),
    ("add_multiply", "q", "1", "forgot_local"),
    ("add_multiply", "q", "-3", "adds_upstream"),
    ("add_multiply", "x", "-2", "gave_the_value"),
    ("add_multiply", "x", "1", "forgot_upstream"),
    ("add_multiply", "x", "-20", "multiplied_at_add"),
    ("add_multiply", "y", "8", "multiplied_at_add"),
    ("add_multiply", "y", "5", "gave_the_value"),
    ("sigmoid_neuron", "v7", "0.53", "sign"),
    ("sigmoid_neuron", "v7", "1.37", "gave_the_value"),
    ("sigmoid_neuron", "v6", "1", "forgot_upstream"),
    ("sigmoid_neuron", "v5", "0.37", "forgot_upstream"),
    ("sigmoid_neuron", "v5", "-0.53", "forgot_local"),
    ("sigmoid_neuron", "v4", "-0.2", "sign forgot_local"),
    ("sigmoid_neuron", "v4", "-1", "gave_the_value forgot_upstream"),
    ("sigmoid_neuron", "w0", "-1", "forgot_upstream"),
    ("sigmoid_neuron", "w0", "0.2", "sign forgot_local"),
    ("sigmoid_neuron", "x0", "0.2", "forgot_local"),
    ("sigmoid_neuron", "x1", "0.39", "swaps_and_sign"),
    ("sigmoid_neuron", "w1", "-0.59", "swaps_gradients"),
    ("gate_patterns", "z", "4", "max_gives_value"),
    ("gate_patterns", "w", "2", "wrong_mask"),
    ("gate_patterns", "w", "-2", "max_gives_value"),
    ("gate_patterns", "x", "6", "swaps_gradients"),
    ("gate_patterns", "y", "3", "forgot_upstream"),
    ("gate_patterns", "x", "-4", "forgot_upstream"),
    ("gate_patterns", "v1", "1", "forgot_upstream"),
    ("branch", "b", "3", "one_path_of_two"),
    ("branch", "b", "6", "multiplied_at_a_branch"),
    ("branch", "a", "1", "forgot_upstream"),
    ("branch", "a", "6", "value_as_local"),
    ("squared_norm_spelled_out", "q0", "0.22", "gave_the_value factor_two"),
    ("squared_norm_spelled_out", "q0", "0.048", "value_as_local"),
    ("squared_norm_spelled_out", "q0", "2", ""),
    ("squared_norm_spelled_out", "W01", "0.4", "forgot_upstream"),
    ("squared_norm_spelled_out", "W01", "0.44", "forgot_local"),
    ("squared_norm_spelled_out", "W01", "0.22", "swaps_gradients"),
    ("squared_norm_spelled_out", "x0", "0.044", "one_path_of_two overwrote_at_a_branch"),
    ("squared_norm_spelled_out", "x0", "-0.007", "multiplied_at_a_branch"),
    ("squared_norm_spelled_out", "w1_0", "0.1", "forgot_upstream"),
    ("squared_norm_spelled_out", "w1_0", "0.088", "swaps_gradients"),
]


def said():
    """Each row's true reasons, and those that the quiz gives."""
    questions = [(graph, {}, key, text) for graph, key, text, _ in ROWS]
    verdicts = judged(questions)
    assert not any(verdict["right"] for verdict in verdicts)
    given = [set(filter(None, (v["reason"] or "").split(" or "))) for v in verdicts]
    return [(row, set(row[3].split()), reasons) for row, reasons in zip(ROWS, given, strict=True)]


def test_a_wrong_answer_in_a_quiz_gets_no_reason_that_is_not_true(monkeypatch):
    monkeypatch.setattr(test_quiz, "GRAPHS", {row[0]: getattr(lecture, row[0]) for row in ROWS})
    rows = said()
    assert [row for row, true, reasons in rows if not is_true(reasons, true)] == []
    asked = [(row, bool(reasons)) for row, true, reasons in rows if true]
    assert all(told for _, told in asked), asked
