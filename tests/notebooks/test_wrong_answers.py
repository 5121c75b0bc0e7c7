"""Typical wrong answers to the exercises of 06 to 10 (00 to 05: `test_more_wrong_answers`).

Each row: what is written, and the reasons that are true there (empty: no known mistake).
"""

import pytest
from exercises import report_on, source_of
from test_unusual_answers import functions, gates

SVM = """rows = np.arange(len(X))
s = X @ W
m = np.maximum(0, s - s[rows, y][:, None] + 1)
m[rows, y] = 0
d = (m > 0) * 1.0
d[rows, y] = -d.sum(axis=1)
N = len(X)
"""
SOFTMAX = """rows = np.arange(len(scores))
e = np.exp(scores - scores.max(axis=1, keepdims=True))
p = e / e.sum(axis=1, keepdims=True)
N = len(scores)
"""
G = "g = 2 * (y_pred - y)\na = g @ w2.T\nreturn "
STEP = "_, h, g1, g2 = two_layer_gradients(x, y, w1, w2)\nreturn "
H1, H2 = "h1 = f(W1 @ x + b1)\n", "h2 = f(W2 @ h1 + b2)\n"


def of_gate(name, inputs, forward, rows):
    """`[cell, reasons]` for each backward of a gate."""
    cells = gates(name, inputs, forward, [f"return {answer}" for answer, _ in rows])
    return [(cell, said) for cell, (_, said) in zip(cells, rows, strict=True)]


def of_function(head, rows):
    """The same for each body of a function."""
    return [(*functions(head, [body]), said) for body, said in rows]


SAVED = "self.x, self.y = x, y; return "
WRONG = {
    "06 slip": of_gate("NotesGate", "x, y", SAVED + "x * y", [
        ("[self.y + dz, self.x + dz]", "adds_upstream"),
        ("[self.x * dz, self.y * dz]", "swaps_gradients"),
        ("[self.y, self.x]", "forgot_upstream"),
        ("[-self.y * dz, -self.x * dz]", "sign"),
        ("[dz, dz]", "forgot_local"),
        ("[self.y * dz]", "wrong_count"),
        ("[self.x * self.y * dz] * 2", "value_as_local"),
        ("[-self.x * dz, -self.y * dz]", "swaps_and_sign"),
    ]),
    "06 build": of_gate("SquareMixGate", "x, y", SAVED + "x * y**2", [
        ("[self.y**2 * dz, 2 * self.y * dz]", "wrong_local"),
        ("[2 * self.x * self.y * dz, self.y**2 * dz]", "swaps_gradients"),
        ("[self.y**2, 2 * self.x * self.y]", "forgot_upstream"),
        ("[self.y * dz, 2 * self.x * self.y * dz]", "wrong_local"),
        ("[self.y**2 * dz, self.x * self.y * dz]", "factor_two wrong_local"),
        ("[self.y**2 + dz, 2 * self.x * self.y + dz]", "adds_upstream"),
        ("[self.y**2 * dz, self.x**2 * dz]", "wrong_local"),
        ("self.y**2 * dz", "wrong_count"),
        ("[self.y^2 * dz, 2 * self.x * self.y * dz]", "caret"),
    ]),
    "06 right": [
        ("pairs = [(2, 3), (3, 1.5)]", "sum_not_product"),
        ("pairs = [(2, 2), (2, 2)]", "same_pair"),
        ("pairs = [(3, 1.5)]", "one_pair"),
        ("pairs = [(1.1, 11.001), (2, 2)]", "nearly_equal"),
        ("pairs = [(2, 2), (1, 1)]", "sum_not_product"),
        ("pairs = [(2, 2), (1, 10**12)]", "sum_not_product"),
    ],
    "06 alias-gate": of_gate("NotesReluGate", "x", "self.x = x; return np.maximum(x, 0.0)", [
        ("[np.multiply(dz, self.x > 0, out=dz)]", "changed_in_place"),
        ("dz.__imul__(self.x > 0)", "changed_in_place"),
        ("[dz]", "wrong_mask"),
        ("[self.x > 0]", "forgot_upstream"),
        ("[dz * self.x]", "max_gives_value"),
        ("[np.maximum(dz, 0.0)]", "wrong_mask"),
        ("[-1.0 * (self.x > 0) * dz]", "sign"),
        ("dz.sum() * (self.x > 0)", ""),
    ]) + of_gate("NotesReluGate", "x", "x[x < 0] = 0.0; return x", [("[dz]", "changed_in_place")]),
    "07 predict": [
        ("d_scores = [0.1, 0.6, 0.3]", "nothing_subtracted"),
        ("d_scores = [-0.1, -0.6, 0.7]", "sign"),
        ("d_scores = [0, 0, -0.7]", "right_class_alone"),
        ("d_scores = [0.1, 0.6, 0.7]", "gave_one_minus_p"),
        ("d_scores = [0.1, -0.4, 0.3]", "other_class"),
        ("d_scores = [0.1, 0.6, 0]", "right_class_lost_p"),
        ("d_scores = [0.9, 0.4, -0.7]", "gave_one_minus_p"),
        ("d_scores = [-0.9, -0.4, 0.7]", "gave_one_minus_p"),
        ("d_scores = [0.1, 0.6, 1.3]", "one_added"),
        ("d_scores = [-0.9, -0.4, -0.7]", "one_subtracted_everywhere"),
        ("d_scores = [0.1, 0.6, -0.3]", "gave_minus_p"),
        ("d_scores = [0.1, 0.6, -1.3]", ""),
        ("d_scores = 1.204", "probability_not_gradient wrong_shape"),
    ],
    "07 slip": of_function("svm_backward(X, W, y, reg)", [
        (SVM + "return d, 2 * reg * W", "forgot_divide_by_n"),
        (SVM + "return d / N, reg * W", "factor_two"),
        (SVM + "return d / N, 2 * W", "lambda_forgotten"),
        (SVM + "return d / d.size, 2 * reg * W", "divided_by_another_number"),
        (SVM + "return d / len(W), 2 * reg * W", "divided_by_another_number"),
        (SVM + "return d / N, 2 * reg * W * W", "not_differentiated"),
        (SVM + "return d / d.shape[1], 2 * reg * W", "divided_by_another_number"),
        (SVM + "return d / N, 0.5 * reg * W", ""),
        (SVM + "return d / N, 2 * reg * W.sum()", "penalty_summed"),
        (SVM + "return -d / N, 2 * reg * W", "sign"),
        (SVM + "return d / N, 2 * reg * W / N", "penalty_has_no_mean"),
        (SVM + "d[rows, y] = -1\nreturn d / N, 2 * reg * W", "right_class_once"),
        (SVM + "d[rows, y] = 0\nreturn d / N, 2 * reg * W", "right_class_forgotten"),
        (SVM + "return d / N, reg * W**2", "not_differentiated"),
        (SVM + "return d / N", "wrong_return"),
        (SVM + "d[rows, y] -= 1\nreturn d / N, 2 * reg * W", "right_class_counted"),
        (SVM.replace(" + 1)", ")") + "return d / N, 2 * reg * W", "margin_forgotten"),
    ]),
    "07 build": of_function("softmax_backward(scores, y)", [
        (SOFTMAX + "p[rows, y] -= 1\nreturn p", "forgot_divide_by_n"),
        (SOFTMAX + "p[rows, y] = 0\nreturn p / N", "right_class_lost_p"),
        (SOFTMAX + "return p / N", "nothing_subtracted"),
        (SOFTMAX + "p[rows, y] = 1 - p[rows, y]\nreturn p / N", "gave_one_minus_p"),
        (SOFTMAX + "return (p - y[:, None]) / N", "labels_subtracted"),
        (SOFTMAX + "p[rows, y] -= 1 / N\nreturn p", "one_part_divided"),
        (SOFTMAX + "p[rows, y] = (p[rows, y] - 1) / N\nreturn p", "one_part_divided"),
        (SOFTMAX + "p[rows, y] -= 1\nreturn p / p.shape[1]", "divided_by_another_number"),
        (SOFTMAX + "p[rows, y] -= 1\nreturn p * p / N", ""),
        (SOFTMAX + "p[rows, y] += 1\nreturn p / N", "one_added"),
        (SOFTMAX + "return (p - 1) / N", "one_subtracted_everywhere"),
        (SOFTMAX + "p[y] -= 1\nreturn p / N", "rows_not_entries"),
        (SOFTMAX + "p[rows, y] -= 1\nreturn p / p.size", "divided_by_another_number"),
        (SOFTMAX + "p[rows, y] -= 1\nreturn -p / N", "sign"),
        (SOFTMAX + "p = np.exp(scores)\np /= p.sum()\np[rows, y] -= 1\nreturn p / N", "p_not_by_row"),
        (SOFTMAX + "p = np.exp(scores)\np /= p.sum(0)\np[rows, y] -= 1\nreturn p / N", "p_not_by_row"),
    ]),
    "07 start": [
        ("softmax_at_start, hinge_at_start = 0.1, 9", "probability_not_loss"),
        ("softmax_at_start, hinge_at_start = np.log(0.1), 9", "log_of_probability"),
        ("softmax_at_start, hinge_at_start = np.log(10), 10", "right_class_counted"),
        ("softmax_at_start, hinge_at_start = np.log(10), 0", "margin_forgotten"),
        ("softmax_at_start, hinge_at_start = np.log(10), -9", "sign"),
        ("softmax_at_start, hinge_at_start = np.log(9), 9", "right_class_left_out"),
        ("softmax_at_start, hinge_at_start = 0, 9", ""),
        ("softmax_at_start, hinge_at_start = 1, 9", "other_logarithm"),
    ],
    "08 predict": [
        ("layers, neurons, parameters = 3, 110, 308310", "input_counted"),
        ("layers, neurons, parameters = 2, 3182, 308310", "input_counted"),
        ("layers, neurons, parameters = 2, 100, 308310", "hidden_only"),
        ("layers, neurons, parameters = 2, 110, 308200", "biases_forgotten"),
        ("layers, neurons, parameters = 2, 110, 307300", "last_layer_forgotten"),
        ("layers, neurons, parameters = 2, 110, 30730", "one_layer"),
        ("layers, neurons, parameters = 2, 110, 3072 * 110", "layers_added_first"),
        ("layers, neurons, parameters = 2, 110, 3073 * 100 + 100 + 100 * 10 + 2972", "input_in_place_of_output"),
        ("layers, neurons, parameters = 1, 110, 308310", "hidden_only"),
        ("layers, neurons, parameters = 2, 3172, 308310", "input_in_place_of_output"),
        ("layers, neurons, parameters = 2, 110, 3072 * 100 + 110", "last_layer_forgotten"),
    ],
    "08 slip": of_function("two_layers(W1, W2, x)", [
        ("return W2 @ W1 @ x", "no_activation"),
        ("return W2 @ np.maximum(0, W1 @ np.maximum(0, x))", "max_on_the_input"),
        ("return W2 @ np.minimum(0, W1 @ x)", "upside_down"),
        ("return W2 @ (W1 @ x > 0)", "mask_in_place_of_max"),
        ("return np.maximum(0, W2 @ W1 @ x)", "max_of_the_output"),
        ("return np.maximum(0, W2 @ np.maximum(0, W1 @ x))", "activation_on_output"),
        ("return W2 @ max(0, W1 @ x)", "one_number_at_a_time"),
        ("return W2 @ np.max(W1 @ x, 0)", "matrices_of_two max_along_an_axis"),
        ("return np.maximum(0, W1 @ x)", "second_layer_missing"),
        ("return W2 @ (np.maximum(0, W1) @ x)", "max_on_the_weights"),
        ("return W1 @ np.maximum(0, W2 @ x)", "matrices_of_two"),
        ("np.maximum(0, W1 @ x)", "not_answered"),
        ("return np.sum(np.maximum(0, W1 @ x))", "second_layer_missing"),
        ("return W2 @ np.tanh(W1 @ x)", "another_activation"),
        ("return W2 @ np.maximum(1, W1 @ x)", ""),
    ]),
    "08 build": of_function("feed_forward(x, W1, b1, W2, b2, W3, b3, f)", [
        (H1 + H2 + "return W3 @ h2", "bias_not_added"),
        (H1 + H2 + "return f(W3 @ h2 + b3)", "activation_on_output"),
        (H1 + H2 + "return f(W3 @ h2) + b3", "activation_on_output"),
        (H1 + H2 + "return W3 @ h1 + b3", "second_layer_skipped"),
        ("return W3 @ (W2 @ (W1 @ x + b1) + b2) + b3", "no_activation"),
        ("h1 = f(W1 @ x) + b1\n" + H2 + "return W3 @ h2 + b3", "bias_after_activation"),
        (H1 + "return W3 @ (W2 @ h1 + b2) + b3", "one_activation_missing"),
        (H1 + "h2 = f(W2 @ h1 + b1)\nreturn W3 @ h2 + b3", "bias_of_another_layer"),
        ("f = np.tanh\n" + H1 + H2 + "return W3 @ h2 + b3", "another_activation"),
        (H1 + H2 + "return h2 @ W3 + b3", "entry_by_entry wrong_shape"),
    ]),
    "09 slip": of_function("weight_shapes(N, D_in, H, D_out)", [
        ("return (H, D_in), (D_out, H)", "rows_are_outputs"),
        ("return (H, D_out), (D_in, H)", "exchanged"),
        ("return (N, H), (H, D_out)", "batch_as_width"),
        ("return (3, 5), (5, 2)", "by_heart"),
        ("return (1000, 100), (100, 10)", "by_heart"),
        ("return (D_in, 64), (64, D_out)", "by_heart"),
        ("return (D_in, N), (H, D_out)", "batch_as_width"),
        ("return (D_in, D_out), (H, D_out)", "neighbours_agree"),
        ("return (D_in, H), (D_out, H)", "neighbours_agree"),
    ]),
    "09 fill": of_function("backward_pass(x, y, h, y_pred, w2)", [
        (G + "{'w2': g.T @ h, 'w1': x.T @ (a * h * (1 - h))}", "transposed wrong_shape"),
        (G + "{'w2': h.T @ g, 'w1': x.T @ a}", "slope_forgotten"),
        (G + "{'w2': h.T @ g, 'w1': x.T @ (a + h * (1 - h))}", "adds_upstream"),
        (G + "{'w2': h.T @ g, 'w1': x.T @ (a * h * (h - 1))}", "sign"),
        (G + "{'w2': h.T @ y_pred, 'w1': x.T @ (a * h * (1 - h))}", ""),
        (G + "{'w2': h.T @ g, 'w1': x.T @ (a * h)}", "slope_has_two_factors"),
        (G + "{'w2': h.T @ g, 'w1': x.T @ (a * (1 - h**2))}", "slope_of_tanh"),
        (G + "{'w2': h.T @ g, 'w1': x.T @ (h * (1 - h))}", "slope_alone"),
        ("s = 1 / (1 + 2.718281828459045 ** -h)\n" + G + "{'w2': h.T @ g, 'w1': x.T @ (a * s * (1 - s))}", "sigmoid_twice"),
        (G + "{'w2': h.T @ (y_pred - y), 'w1': x.T @ (a * h * (1 - h))}", "factor_two"),
        (G + "{'w2': x.T @ g, 'w1': x.T @ (a * h * (1 - h))}", "input_in_place_of_h wrong_shape"),
        (G + "{'w2': h.T @ g / len(x), 'w1': x.T @ (a * h * (1 - h))}", "sum_not_mean"),
        (G + "{'dw2': h.T @ g, 'dw1': x.T @ (a * h * (1 - h))}", "other_keys"),
    ]),
    "09 build": of_function("training_step(x, y, w1, w2, rate)", [
        (STEP + "w1 + rate * g1, w2 + rate * g2", "uphill"),
        (STEP + "w1 - g1, w2 - g2", "rate_forgotten"),
        (STEP + "w1 + g1, w2 + g2", "uphill"),
        (STEP + "rate * g1 - w1, rate * g2 - w2", "sign"),
        (STEP + "w1 - 2 * rate * g1, w2 - 2 * rate * g2", "factor_two"),
        (STEP + "w1 - rate * w1, w2 - rate * w2", "gradient_forgotten"),
        (STEP + "w1 - 1e-4 * g1, w2 - 1e-4 * g2", "rate_not_used"),
        (STEP + "w1 - g1 / rate, w2 - g2 / rate", ""),
        (STEP + "g1, g2", "gradient_alone"),
        (STEP + "rate * g1, rate * g2", "step_to_subtract"),
        (STEP + "w1 - rate * g1, w2", "not_updated"),
        (STEP + "w2 - rate * g2, w1 - rate * g1", "exchanged wrong_shape"),
        (STEP + "w1 - 0.1 * g1, w2 - 0.1 * g2", "rate_not_used"),
        ("w1 -= rate\nreturn w1, w2", "changed_in_place"),
    ]),
    "10 predict": [
        ("zebra = 0.8", "largest_in_place_of_sum"),
        ("zebra = 2.9", "weights_not_used"),
        ("zebra = 3.3", "signs_of_weights_lost"),
        ("zebra = 2.5", "largest_in_place_of_sum"),
        ("zebra = 1.7", "sign"),
        ("zebra = 2 * 0.4 * -1 * 2.5", ""),
        ("zebra = 0", "activation_on_score"),
        ("zebra = -0.85", "mean_in_place_of_sum"),
        ("zebra = 4.6", "weights_exchanged"),
    ],
    "10 slip": of_function("horse_score(h, W2)", [
        ("return np.max(h) * np.max(W2)", ""),
        ("return h[0] * W2[0] + h[1] * W2[1]", "two_parts_alone"),
        ("return np.max(h)", "largest_in_place_of_sum"),
        ("return np.sum(h * W2[::-1])", "weights_exchanged"),
        ("return np.sum(np.maximum(0, h * W2))", "parts_below_zero_lost"),
        ("return np.sum(h)", "weights_not_used"),
        ("return np.mean(h * W2)", "mean_in_place_of_sum"),
        ("return h * W2", "not_summed"),
        ("return np.max(h) * W2[np.argmax(h)]", ""),
        ("return np.sum(h) * W2[0]", ""),
        ("return np.sum(h + W2)", ""),
        ("return np.maximum(0, h @ W2)", "activation_on_score"),
        ("for a, b in zip(h, W2):\n    s = a * b\nreturn s", "last_part_alone"),
    ]),
}  # fmt: skip
ROWS = [(exercise, *row) for exercise, rows in WRONG.items() for row in rows]


def judged(exercise, cell):
    """The mark, and the reasons as a set."""
    report = report_on(exercise, f"{source_of(exercise)}\n{cell}")
    return report.mark, set((report.reason or "").split(" or ")) - {""}


@pytest.mark.parametrize(("exercise", "cell", "true"), ROWS)
def test_a_wrong_answer_gets_no_reason_that_is_not_true(exercise, cell, true):
    mark, said = judged(exercise, cell)
    assert mark == "✗"
    assert said & set(true.split()) if len(said) == 2 else said <= set(true.split())


def test_most_get_their_reason():
    asked = [row for row in ROWS if row[2]]
    silent = [row for row in asked if not judged(*row[:2])[1] & set(row[2].split())]
    assert len(silent) <= 0.1 * len(asked), silent
    assert len(ROWS) >= 90
