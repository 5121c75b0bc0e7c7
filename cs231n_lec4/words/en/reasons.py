"""Reports of the checks, and why an answer is wrong."""

# Reports of the checks. A report has at most three lines: the verdict, the numbers, what to do.
REPORTS = {
    "gate_right": "{where}: right. Its gradients with respect to {names} are what nudges measure.",
    "gate_kink": "{where}: not differentiable here. A kink or a tie has no single slope.",
    "gate_random": "{where}: forward gives another answer for the same inputs. It is random.",
    "forgot_self": "{where}: backward takes {names} from the notebook, not from its own forward.",
    "tie": "At a tie the shares add up to {yours}; upstream is {truth}.",
    "graph_unmeasured": "Nothing can be measured here with respect to {names}. Try other inputs.",
    "gate_unmeasured": "{where}: nothing can be measured here. Try other inputs.",
    "gradient_wrong": "{where}: the gradient with respect to {name} is not right.",
    "graph_right": "Right. The gradients with respect to {names} are what nudges measure.",
    "graph_kink": "Not differentiable here with respect to {names}. A kink or a tie has no "
    "single slope.",
    "answer_right": "{name}: {yours} is right.",
    "answer_rounded": "{name}: {yours} is right, rounded. With more digits it is {truth}.",
    "answer_rounded_entry": "{name}: right, rounded. With more digits {entry} is {truth}.",
    "answer_on_the_way": "{name}: {yours} is right, rounded on the way as on the slide. "
    "Exactly it is {truth}.",
    "answers_right": "All right: {names}.",
    "answer_wrong": "{name}: the gradient is not {yours}.",
    "value_wrong": "{name}: the value is not {yours}.",
    "answer_wrong_array": "{name}: the gradient is not right.",
    "value_wrong_array": "{name}: the value is not right.",
    "answer_kink": "{name}: not differentiable here. A kink or a tie has no single slope.",
    "not_answered": "{name}: no answer yet.",
    "measured": "Yours is {yours}, a nudge measures {truth}.",
    "measured_at": "Yours is {yours}, a nudge measures {truth}, at {inputs}, upstream {upstream}.",
    "measured_entry": "Yours is {yours} at {entry}, a nudge measures {truth}.",
    "computed": "Yours is {yours}, the graph computes {truth}.",
    "computed_entry": "Yours is {yours} at {entry}, the graph computes {truth}.",
    "one_sided": "A nudge to the left measures {left}, to the right {right}; yours is {yours}.",
    "shapes": "Yours has shape {yours}, the value has shape {truth}.",
    "too_large": "{where}: {count} numbers are too many to nudge one by one. Try smaller arrays.",
    "stopped": "{where} stopped.",
    "no_inputs": "{where}: give it numbers to work on, for example check_gate({where}, 3.0, -4.0).",
    "input_number": "input {k}",
    "array": "an array of shape {shape}",
    "yours_entry": "Yours is {yours} at {entry}.",
    # Jacobians.
    "builds_jacobian": "{where}: the gradients are right, but backward builds a matrix.",
    "as_a_matrix": "For {n} numbers it takes the memory of {n} × {n} numbers.",
    # Checks of a net: counts, and functions that a student writes.
    "product_impossible": "{name}: two of these matrices cannot be multiplied.",
    "nothing_returned": "{name} returned nothing. End it with return.",
    # The checks of notebook 09.
    "shapes_right": "The shapes follow D_in, H and D_out, and stay when N changes.",
    "shapes_wrong": "D_in = {D_in}, H = {H}, D_out = {D_out}: with N = 4 the shapes are {first}, with N = 7 {second}.",
    "other_kind_returned": "{name} returned something else. Return {expected}.",
    "called_with": "Called as {name}({given}).",
    "other_keys": "{name}: the keys are {keys}.",
    # The check of notebook 06.
    "pair_wrong": "({y}, {dz}): y + dz is {sum}, y * dz is {product}.",
    "pairs_so_far": "{count} of 2 different pairs so far.",
    "pairs_right": "{count} different pairs. At each of them the broken line gives the right number.",
}

# Why an answer is wrong, said only if this known mistake gives it. First what the number is, then
# what to do. Where two mistakes give it, `two` names both by their first sentences.
REASONS = {
    "two": "Two mistakes give this. Either: {first} Or: {second}",
    "forgot_upstream": "This is the local gradient alone. Multiply it by the upstream gradient.",
    "forgot_local": "This is the upstream gradient alone. Multiply it by the local gradient.",
    "adds_upstream": "This is local plus upstream. The chain rule multiplies them: use * in "
    "place of +.",
    "swaps_gradients": "This is the gradient that belongs to the other input. Exchange them.",
    "slope_at_output": "The derivative was taken at the gate's output. Take it at the input.",
    "max_gives_value": "A max gate's local gradient is 1 for the larger input, not its "
    "value. Pass on upstream · 1.",
    "wrong_mask": "The gradient goes through where the input decides: the larger one, or x > 0. "
    "Which ones did yours let through?",
    "transposed": "Rows and columns are exchanged. Look at which matrix needs .T and at the "
    "order of the product.",
    "missing_sum": "These are the terms one by one. Add them up over every output that the "
    "input reaches.",
    "missing_indicator": "Here every output depends on every row. Row i reaches output i only: "
    "put in 1[k = i].",
    "missing_sum_over_broadcast": "This value was repeated by broadcasting. Sum its gradient "
    "over the repeated axis.",
    "mean_instead_of_sum": "This is a mean. Gradients of several uses add up: take the sum.",
    "forgot_divide_by_n": "The forward pass takes a mean, so its gradient needs 1/n. In a "
    "mean loss n counts examples, else entries.",
    "norm_not_squared": "This belongs to the norm. The graph has the squared norm, whose "
    "gradient is 2x.",
    "one_path_of_two": "The value is used more than once, and this counts one path. Add the "
    "gradients of all paths.",
    "overwrote_at_a_branch": "The value is used more than once, and the last path replaced "
    "the others. Use += in place of =.",
    "forgot_to_repeat": "This is one number for each sum. Repeat it for every entry that was added.",
    "repeated_wrong_axis": "Upstream was repeated along another axis. Repeat it along the axis that was summed.",
    "overwrote_a_place": "A place was picked more than once, and the last gradient replaced the others. "
    "Add them.",
    "diagonal_alone": "Each output depends on the other scores too. Add what they hand back: "
    "−z_i z_j times upstream.",
    "half_of_a_path": "The path through the square has half of its gradient. The derivative of "
    "x² is 2x.",
    "multiplied_at_a_branch": "The gradients of several paths were multiplied. Where a wire "
    "branches they add.",
    "multiplied_at_add": "This is the other input times upstream, the rule of a × gate. Here is a + gate: its "
    "local gradient is 1.",
    "gave_the_sum": "This is the whole gradient of the value. Give only the share of this branch.",
    "gave_the_value": "This is the value on the wire. Give the gradient.",
    "sign": "Only the sign is wrong. Look for a minus that was lost or is one too many.",
    "factor_two": "This is twice the right number, or half of it. Look for a 2 that is missing or one "
    "too many.",
    "wrong_local": "Upstream is multiplied in correctly; the local gradient is not right. "
    "Derive it once more.",
    "forgot_self": "Save it in forward, such as self.x = x. Read self.x in backward.",
    "random": "Set random numbers once and save them; then forward and backward use the same ones.",
    "tie": "Where both are equal, one side may win, or each gets half. Both in full is too much.",
    "stale_cache": "Backward used numbers of another forward pass. Save what it needs in "
    "self, on every forward.",
    "not_zeroed": "The same backward gave another answer the second time. Set the gradient "
    "with =, do not add to an old one.",
    "wrong_shape": "A gradient has the shape of its value. Sum or transpose until it fits, "
    "and check the order.",
    "shape_of_value": "Compare the two shapes: rows first, then columns. A single number has the shape ().",
    "wrong_count": "Return one gradient for each input, in the order of the inputs.",
    "missing_self": "Both methods need self as their first argument.",
    "changed_in_place": "The arrays that come in belong to others. Make a new array in place "
    "of changing one.",
    "stopped": "Run that code by hand with the same numbers, and read the line that stops.",
    "gave_the_gradient": "This is the gradient on the wire. Give the value.",
    "gave_an_input": "This is an input of the gate. Apply the gate to it.",
    "added": "The inputs were added. Look at the sign in the gate.",
    "subtracted": "The inputs were subtracted. Look at the sign in the gate.",
    "multiplied": "The inputs were multiplied. Look at the sign in the gate.",
    "unknown": "Write it as upstream · local, and compare each factor with what you expect.",
    "unknown_number": "Compute it once more, step by step.",
    "unknown_value": "Follow the wires into this gate and compute it once more.",
    "builds_jacobian": "Multiply upstream by the diagonal, entry by entry. No np.diag, no np.eye, no @.",
    "identity_not_mask": "This is the identity. The diagonal has a 1 only where x > 0.",
    "diagonal_only": "This counts the diagonal only. The Jacobian has a row for each output and a "
    "column for each input, zeros included.",
    "sides_added": "The two sides were added. Multiply rows by columns.",
    "entries_not_bytes": "These are the entries. Each takes 4 bytes in float32, 8 in float64.",
    "bits_not_bytes": "These are bits. A byte has 8.",
    "other_dtype": "This is right for the other precision. float32 takes 4 bytes, float64 takes 8.",
    "input_counted": "The input layer was counted too. It only holds x: it computes nothing.",
    "hidden_only": "Only hidden layers were counted. The output layer has neurons and weights too.",
    "biases_forgotten": "Biases are missing. Each neuron has one.",
    "input_has_biases": "Inputs got biases too. Only neurons have a bias, and the inputs are no neurons.",
    "one_bias_a_layer": "Each layer got one bias. Each neuron has its own.",
    "units_not_weights": "These are units. Count a weight for each line between two units, then the biases.",
    "layers_multiplied": "All layers were multiplied together. Multiply neighbours, then add up the products.",
    "last_layer_forgotten": "The last layer is missing. It has weights and biases too.",
    "one_layer": "This is the linear classifier, one layer from the input to the classes. Count the hidden layer.",
    "max_on_the_input": "The max sees the wrong numbers. It belongs to the sums of the hidden units.",
    "bias_not_added": "The sum of a neuron has one part more than W @ h. Look at the model of a neuron.",
    "no_activation": "Nothing bends: without an activation the matrices are one matrix.",
    "activation_on_output": "The output has an activation too. It needs none: scores may be negative.",
    "one_activation_missing": "One hidden layer has no activation. Both need f.",
    "bias_after_activation": "The bias was added after the activation. A neuron adds it to its sum, inside f.",
    "max_on_the_weights": "The max sees the weights. It belongs to the sums of the hidden units, W1 @ x.",
    "mask_in_place_of_max": "A unit above 0 counts as 1 here. max(0, ·) keeps the sum itself.",
    "upside_down": "This keeps what is below 0. max(0, ·) keeps what is above.",
    "another_activation": "This is another activation. Use the one that is asked for.",
    "max_of_the_output": "The max sees the output only. It belongs between the layers, around W1 @ x.",
    "second_layer_missing": "These are the hidden units. The second layer is missing: W2 times them.",
    "bias_of_another_layer": "A bias was used in another layer. h1 takes b1, h2 takes b2, the output takes b3.",
    "sign_of_bias": "The biases were subtracted. A neuron adds its bias.",
    "outputs_only": "Only the output layer was counted. Hidden layers have neurons too.",
    "input_in_place_of_output": "The inputs were counted, and not the outputs. An input is no neuron, an output is one.",
    "some_biases_forgotten": "One layer has no biases here. Every neuron has one, hidden or output.",
    "layers_added_first": "Units were added before they were multiplied. Each pair of neighbours has its own product.",
    "one_number_at_a_time": "max(0, x), if and `and` compare single numbers. For an array use np.maximum(0, x).",
    "max_along_an_axis": "np.max looks for the largest entry of one array. np.maximum(0, x) compares entry by entry.",
    "for_one_number": "The module math takes single numbers. For an array use np: np.exp, np.maximum.",
    "entry_by_entry": "Two arrays of different shapes were combined entry by entry. Print both shapes: is a @ or a .T "
    "missing?",
    "function_stops": "Call it by hand with small matrices, and read the line that stops.",
    "matrices_of_two": "Read from right to left: W1 takes x, and W2 takes h. W1 has a row for each hidden unit.",
    "matrices_of_three": "Read from right to left: W1 takes x, W2 takes h1, W3 takes h2.",
    "batch_as_width": "The shapes follow N. The weights must stay when the number of examples changes.",
    "rows_are_outputs": "Rows and columns are exchanged. Here x stands on the left: x @ w1, so w1 has a row for "
    "each input.",
    "neighbours_agree": "In x @ w1 and h @ w2 the inner sizes must agree: w1 leads from D_in to H, w2 from H to D_out.",
    "slope_forgotten": "The sigmoid was left out on the way back. Multiply grad_h by its slope, h (1 - h).",
    "slope_has_two_factors": "The slope of the sigmoid has two factors: h times (1 - h).",
    "input_in_place_of_h": "This uses x. The input of the second layer is h.",
    "not_updated": "These are the old weights. Take a step: w - rate * gradient.",
    "uphill": "This goes along the gradient, so the loss rises. Go against it: minus in place of plus.",
    "rate_forgotten": "This is a step of size 1. Multiply the gradient by rate.",
    "step_without_weight": "This is the step alone, and it goes downhill. Add it to the old weight.",
    "step_to_subtract": "This is rate * gradient alone. Subtract it from the old weight.",
    "gradient_alone": "This is the gradient, not a weight. The new weight is w - rate * gradient.",
    "gradient_forgotten": "The rate was subtracted, but no gradient. Take a step: w - rate * gradient.",
    "rate_not_used": "The step does not follow rate. Use the argument, not a number.",
    "sum_not_mean": "This was divided by the number of examples. The loss of slide 88 is a sum, so nothing divides.",
    "exchanged": "The two are in each other's place. First what belongs to w1, then what belongs to w2.",
    "by_heart": "These are the sizes of one net. Use the arguments D_in, H and D_out.",
    "slope_of_tanh": "This is the slope of tanh. The sigmoid's is h (1 - h).",
    "slope_alone": "The upstream gradient is missing. Multiply grad_h by the slope h (1 - h).",
    "other_keys": 'The gradients are looked for under the keys "w1" and "w2".',
    "matrices_backward": "Write the shapes beside each array: x (N, D_in), h (N, H), y_pred (N, D_out), w2 (H, D_out).",
    "updated_too_early": "One gradient was computed with the other weight already new. Compute both gradients "
    "first, then update both.",
    # The checks of notebook 10.
    "largest_in_place_of_sum": "This is the largest part. A class score is the sum of all parts.",
    "weights_not_used": "W2 is not used. Each score in h is multiplied by its weight, then all are added.",
    "signs_of_weights_lost": "A negative weight speaks against the class. Keep its sign.",
    "parts_below_zero_lost": "Parts below 0 were left out. A template may speak against a class: add them too.",
    "activation_on_score": "A score may be negative. There is no max after the sum.",
    "mean_in_place_of_sum": "This is the mean of the parts. A class score is their sum.",
    "last_part_alone": "This is the last part alone. A class score is the sum of all parts.",
    "weights_exchanged": "The weights are in the other order. Multiply h[0] by W2[0], h[1] by W2[1].",
    "not_summed": "These are the parts, one for each template. A class score is their sum.",
    # The checks of notebook 07.
    "probability_not_loss": "This is the probability of the right class. The loss is -log of it.",
    "log_of_probability": "This is log p. The loss is -log p: a probability below 1 costs something.",
    "other_logarithm": "This is another logarithm. The loss takes the natural one, np.log.",
    "sum_over_classes": "Only the right class has a -log p in the loss. There is no sum over the classes.",
    "right_class_counted": "All classes were counted. The hinge sums over the wrong classes only.",
    "margin_forgotten": "The margin is missing: each wrong class costs max(0, s - s + 1).",
    "one_wrong_class": "This is one wrong class. The hinge sums over all of them.",
    "mean_over_classes": "The hinge is a sum over the wrong classes, no mean.",
    "nothing_subtracted": "This is p. The right class gets one less.",
    "one_subtracted_everywhere": "One is subtracted at the right class only.",
    "right_class_alone": "The wrong classes have a gradient too: their p.",
    "right_class_lost_p": "The right class has lost its p. It is p less 1, not a fixed number.",
    "divided_by_entries": "This was divided by all entries. The loss is a mean over examples: divide by their number.",
    "right_class_once": "The right score stands in every margin. It gets -1 for each open one.",
    "right_class_forgotten": "The right score stands in every margin, too. It gets -1 for each open one.",
    "margins_not_ones": "These are the margins. An open max gate hands on 1, not its value.",
    "lambda_forgotten": "The factor reg is missing.",
    "not_differentiated": "W is still squared. The derivative of W² is 2W.",
    "penalty_has_no_mean": "The penalty is no mean: only the data loss is divided by N.",
    "penalty_summed": "This is a sum. The gradient has an entry for each entry of W.",
    "one_added": "One is added at the right class. It is subtracted.",
    "rows_not_entries": "dscores[y] takes whole rows. dscores[rows, y] takes one entry of each row.",
    "matrices_of_batch": "X is (N, D), W is (D, C), scores are (N, C).",
    "gave_one_minus_p": "This is one minus p somewhere. The gradient is p, and p minus one at the right class.",
    "other_class": "One was subtracted at another class. Classes are counted from 0.",
    "probability_not_gradient": "This is the loss. The gradient has a number for each score.",
    # The check of notebook 06.
    "sum_not_product": "Choose y, then solve y + dz = y * dz for dz.",
    "nearly_equal": "Nearly: one number is rounded. Let Python compute the fraction.",
    "same_pair": "This pair stands there already. Find another one.",
    "one_pair": "One more is asked for.",
    "one_product": "h and W2 have one number for each template. Multiply them in pairs, and add.",
    "before_is_after": "This is the count of the other net. Before training is untrained, after is trained.",
    "another_unit": "This is a unit of the untrained net. Take the trained net's unit in both nets.",
}

# The columns of the gradient-check laboratory.
STEP_TABLE = ("h", "forward", "centred")

RETURNS = {
    "two shapes": "two shapes, such as (2, 3), (3, 1)",
    "pairs": "Give a list of pairs of numbers, such as [(3.0, 1.0), (4.0, 1.0)].",
    "scores and penalty": "both gradients: dscores, dpenalty",
    "two gradients": 'a dict with both gradients: {"w1": grad_w1, "w2": grad_w2}',
    "two weights": "both new weights: w1, w2",
}
