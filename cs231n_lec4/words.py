"""Every sentence a person reads, as whole-sentence templates.

Code elsewhere names a sentence and its facts; it never builds one. A second language is a second file.
"""

# Errors: what happened and where, then what to do. At most four short lines each.
ERRORS = {
    # values and names
    "value_is_text": "{name} got the text {value!r}.\nWrite the number without quotes.",
    "value_is_bool": "{name} got {value}. Gates work on numbers.\nDid you mean {number}?",
    "value_is_complex": "{name} got the complex number {value}.\nUse a real number.",
    "value_is_node": "{name} got a node where a number is expected.\nUse its number: node.value.",
    "value_is_not_a_number": "{name} needs a number or an array of numbers, not {kind}.\nExamples: 2.0, np.array([1.0, 2.0]).",
    "value_is_ragged": "{name} got rows of different lengths.\nA matrix needs equal rows.",
    "name_is_not_text": "A name must be text, not {kind}.\nExample: Input(2.0, \"x\").",
    "name_is_not_a_name": "{name!r} cannot be a name.\n"
    "Use letters, digits and _, and start with a letter: \"x0\", \"w_left\".",
    "input_without_name": "Input needs a value and a name.\nExample: Input(2.0, \"x\").",
    "two_of_one_name": "Two different nodes are called {name!r}.\nGive one of them another name.",
    # nodes in Python and NumPy expressions
    "node_as_bool": "A node has no yes or no: {node}.\n"
    "Compare its number: node.value > 0.\nFor the larger of two nodes: maximum(a, b).",
    "node_compared": "Nodes cannot be compared with {sign}.\n"
    "Compare the numbers: a.value {sign} b.value.\nFor the larger of two nodes: maximum(a, b).",
    "node_equals_number": "== does not compare a node with a number.\nUse node.value == {other}.",
    "node_as_number": "{node} is a node, and Python asked for a plain number.\n"
    "To stay in the graph use exp(node), log(node), tanh(node), …\nFor the number: node.value.",
    "node_has_no_parts": "{node} cannot be indexed, counted or looped over.\n"
    "For a number of it: node.value[...].",
    "node_parts_are_fixed": "{node}: its numbers cannot be changed one by one.\n"
    "Make a new array, and set it by graph.forward({name}=new_value).",
    "no_such_gate": "There is no gate for {operation}.\nUse {instead}.",
    "numpy_does_not_know_nodes": "np.{function} does not know nodes.\n"
    "Use {instead}.\nFor the number: np.{function}(node.value).",
    "array_of_nodes": "An array of nodes is not a node.\nUse one Input with an array, or node.value of each.",
    "node_changed_in_place": "{sign} on {node} would make a new node; {name} would stay as it is.\n"
    "To change an input: graph.forward({name}=new_value).",
    "not_a_node": "{name} expects a node, got a {kind}.\nMake one first: x = Input(2.0, \"x\").",
    "unknown_attribute": "{kind} has no {attribute!r}.{guess}",
    # gates
    "backward_before_forward": "{gate}.backward needs the numbers of a forward pass.\n"
    "Call gate.forward({arguments}) first.",
    "gate_never_stored": "{gate} uses self.{word}, but forward never stores it.\n"
    "Write self.{word} = … in forward, or give the class a setting of this name.{guess}",
    "gate_inputs": "{gate} takes {expected}, got {count}.\nWrite {gate}({arguments}).",
    "gate_without_self": "In class {gate}, {method}({arguments}) lacks self.\n"
    "Write: def {method}(self, {arguments}).",
    "gate_is_a_class": "{gate} is a class; {method} works on a gate.\n"
    "Make a gate first: gate = {gate}()\nThen: gate.{method}({arguments})",
    "gate_own_init": "{gate} defines __init__ without calling super().__init__(*inputs).\n"
    "Leave __init__ out; write a setting as a class attribute: slope = 0.1.",
    "gate_setting": "{gate} has no setting {setting!r}.\nIt has: {known}.",
    "gate_word_is_taken": "{gate}.{method} stores self.{word}, but every node already has a {word}.\n"
    "Choose another name, for example self.saved_{word}.",
    "gate_without_method": "{gate} has no {method} method.\nA gate needs forward(self, …) and backward(self, dz).",
    "gate_stopped": "{gate} stopped in {method}.\n{problem}\nNode {node}, inputs: {values}.",
    "gate_returned": "{gate}.forward returned no number, but {kind}.\nReturn a number or an array.",
    "shapes_do_not_fit": "{gate} cannot work on the shapes {shapes}.{hint}\nNode {node}.",
    "gradient_count": "{gate} has {inputs} but backward returned {count}.\n"
    "Return one gradient for each input: {example}.\nNode {node}.",
    "gradient_missing": "{gate}.backward returned nothing for its input {name}.\n"
    "Return one gradient for each input.\nNode {node}.",
    "gradient_shape": "The gradient of {name} has shape {got}, but {name} has shape {expected}.\n"
    "They must be equal. {gate}.backward returned it.\nNode {node}.",
    # losses
    "scores_shape": "Scores of shape {got} have too many axes.\nUse one row an example, one column a class.",
    "labels_shape": "labels has shape {got}, but these scores need shape ({examples},).\n"
    "Give one class number for each row, not one column for each class.",
    "labels_are_whole": "Labels are class numbers 0, 1, 2, …; got {labels!r}.",
    "label_out_of_range": "Label {label}, but there are {classes} classes: 0 … {last}.",
    "gate_adds_up": "{gate}: a second backward call gave another answer than the first.\n"
    "Set the gradient with =, do not add it to an old one.",
    # graphs
    "graph_of_empty_gate": "{gate} has no inputs, so there is nothing to compute.\n"
    "Build it from nodes, for example {gate}(x, y).",
    "gates_in_a_circle": "These gates form a circle: {circle}.\n"
    "A computational graph flows one way. Give the older value an Input of its own.",
    "graph_of_no_node": "A graph starts from its last node, not from {kind}.\n"
    "Example: ComputationalGraph(f) with f = x * y.",
    "unknown_input": "This graph has no input {name!r}.\nIts inputs are: {known}.",
    "unknown_node": "This graph has no node {name!r}.\nIts nodes are: {known}.",
    "update_needs_a_loss": "An update goes against the gradient of one loss; {node} has shape {shape}.\n"
    "Sum it to one number first: {node}.sum().",
    "update_rate": "update must be one number and parameters at least one name, got update={given}.\n"
    "Example: step_through(graph, update=0.1, parameters=[\"w\"]).",
    "upstream_needed": "{node} has shape {shape}, so there is no single output to take the gradient of.\n"
    "Sum it to one number, or give upstream=… of shape {shape}.",
    "upstream_shape": "upstream has shape {got}, but {node} has shape {expected}.\nThey must be equal.",
    "not_a_graph": "{function} expects a ComputationalGraph, not {kind}.\nExample: {function}(ComputationalGraph(f)).",
    "node_of_another_graph": "Node {node} belongs to another graph.\n"
    "Was the cell that made it run again? Then run all cells from the top.",
    "constant_has_no_gradient": "{name} does not depend on any input, so it has no gradient here.\n"
    "These have one: {known}.",
    "nudge_size": "h must be a number above 0, got {h!r}.\nUse h=1e-6.",
    # formulas
    "formula_is_not_text": "A formula is text, not {kind}.\n"
    "Example: parse(\"(x + y) * z\", x=-2, y=5, z=-4).",
    "formula_is_empty": "The formula is empty.\nExample: (x + y) * z.",
    "formula_too_long": "The formula has {count} characters; it may have {most}.\n"
    "Use a shorter one.",
    "formula_too_many_parts": "The formula has {count} parts; it may have {most}.\n"
    "Use a shorter one.",
    "formula_too_deep": "The formula has more than {most} levels of brackets or signs.\n"
    "Use a flatter one.",
    "formula_character": "The character {character} ({number}) cannot stand in a formula.\n"
    "Use letters, digits, brackets and + - * / **.",
    "formula_quotes": "A formula has no quotes in it: {formula}\n"
    "Write names and numbers as they are: x * 2.",
    "formula_compares": "A formula cannot compare or negate: {formula}\n"
    "For the larger of two write max(x, y).",
    "formula_equals": "Write only the right-hand side, without = : ; in it: {formula}\n"
    "Example: (x + y) * z.",
    "formula_caret": "^ is not a power in Python: {formula}\nWrite {instead}.",
    "formula_index": "A formula has no square or curly brackets: {formula}\n"
    "Write x0, x1 for parts of x.",
    "formula_attribute": "A dot belongs to a number only: {formula}\n"
    "Write exp(x), not np.exp(x); 0.5, not x.y.",
    "formula_sign": "This formula has a sign that is not known: {formula}\n"
    "The signs are + - * / ** @ and brackets.",
    "formula_word": "{word!r} is a word of Python and cannot stand in a formula.\n"
    "Use another name.",
    "formula_times": "A times sign is missing: {formula}\nWrite {instead}.",
    "formula_unclear": "This cannot be read as a formula: {formula}\n"
    "Are all brackets closed, and is there something on both sides of every sign?",
    "formula_part": "This formula has a part that is not allowed: {formula}\n"
    "Use numbers, names, brackets, + - * / ** and the known functions. The decimal sign is a "
    "point: 0.5.",
    "formula_number": "A number in the formula is too large: {formula}\nUse numbers below 1e308.",
    "formula_needs_value": "{name} has no value.\nGive it one: parse(…, {name}=1.0).",
    "formula_extra_value": "There is a value for {name}, but no {name} in the formula "
    "{formula}.\n"
    "Leave it out, or use the name.",
    "formula_without_names": "The formula {formula} has no name in it, so nothing can flow.\n"
    "Example: (x + y) * z.",
    "formula_function_name": "{name} is a function.\nWrite what it works on, in brackets: {name}({inputs}).",
    "formula_e": "e has no value.\nFor e to the power x write exp(x).",
    "formula_unknown_function": "There is no function {name}.\nThe functions are: {known}.",
    "formula_inputs": "{name} takes {expected}, got {count}.\n"
    "Write its inputs between the brackets.",
    # jacobians and sources
    "jacobian_too_large": "This Jacobian would be {m} × {n} and take {size}.\n"
    "Nobody builds it: backward multiplies by it without having it (slide 57).",
    "jacobian_too_large_square": "This Jacobian would be {m} × {n} and take {size}.\n"
    "If the gate works entry by entry it is diagonal: {n} numbers hold it all.\n"
    "Nobody builds it: backward multiplies by it without having it (slide 57).",
    "jacobian_of_what": "jacobian works on a graph and one name, or on a gate and numbers.\n"
    "Examples: jacobian(graph, \"x\") and jacobian(ReluGate(), x).",
    "source_not_found": "The source of {name} cannot be read.\n"
    "Run the cell that defines it, then this one again.",
    # pictures
    "no_layout_engine": "No Graphviz was found, so there is no picture.\nInstall it: pip install pygraphviz",
    "layout_failed": "Graphviz could not lay out this graph.\nDraw a smaller part of it.",
    "too_large_to_draw": "This graph has {count} gates; a picture takes at most {most}.\nDraw a part of it.",
    "unknown_palette": "There is no palette {palette!r}.\nChoose one of: {known}.",
    "no_folder": "There is no folder {folder!r}.\nMake it first, or save somewhere else.",
    "digits_range": "digits must be a whole number from 0 to {most}, got {given!r}.",
    "fold_of_what": "fold takes labels, each with a list of gates.\n"
    "Example: fold={{\"σ\": [\"v5\", \"v6\", \"v7\", \"f\"]}}.",
    "picture_kind": "{name!r} does not say which kind of picture.\nEnd the name in .svg, .png or .dot.",
}

# Reports of the checks. A report has at most three lines: the verdict, the numbers, what to do.
REPORTS = {
    "gate_right": "{where}: right. Its gradients with respect to {names} are what nudges "
    "measure.",
    "gate_kink": "{where}: not differentiable here. A kink or a tie has no single slope.",
    "gate_unmeasured": "{where}: nothing can be measured here. Try other inputs.",
    "gradient_wrong": "{where}: the gradient with respect to {name} is not right.",
    "graph_right": "Right. The gradients with respect to {names} are what nudges measure.",
    "graph_kink": "Not differentiable here with respect to {names}. A kink or a tie has no "
    "single slope.",
    "answer_right": "{name}: {yours} is right.",
    "answer_rounded": "{name}: {yours} is right, rounded. With more digits it is {truth}.",
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
    "measured_at": "Yours is {yours}, a nudge measures {truth}, at {inputs}, upstream "
    "{upstream}.",
    "measured_entry": "Yours is {yours} at {entry}, a nudge measures {truth}.",
    "computed": "Yours is {yours}, the graph computes {truth}.",
    "computed_entry": "Yours is {yours} at {entry}, the graph computes {truth}.",
    "one_sided": "A nudge to the left measures {left}, to the right {right}; yours is {yours}.",
    "shapes": "Yours has shape {yours}, the value has shape {truth}.",
    "too_large": "{where}: {count} numbers are too many to nudge one by one. Try smaller arrays.",
    "stopped": "{where} stopped.",
    "no_inputs": "{where}: give it numbers to work on, for example check_gate({where}, 3.0, "
    "-4.0).",
    "input_number": "input {k}",
    "array": "an array of shape {shape}",
    "yours": "Yours is {yours}.",
    "yours_entry": "Yours is {yours} at {entry}.",
}

# Why an answer is wrong, said only if this is the one known mistake that gives it.
REASONS = {
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
    "forgot_divide_by_n": "The forward pass takes a mean, so its gradient needs 1/n. Divide "
    "by the number of entries.",
    "norm_not_squared": "This belongs to the norm. The graph has the squared norm, whose "
    "gradient is 2x.",
    "one_path_of_two": "The value is used more than once, and this counts one path. Add the "
    "gradients of all paths.",
    "overwrote_at_a_branch": "The value is used more than once, and the last path replaced "
    "the others. Use += in place of =.",
    "multiplied_at_a_branch": "The gradients of several paths were multiplied. Where a wire "
    "branches they add.",
    "multiplied_at_add": "This is the other input times upstream, the rule of a × gate. Here is a + gate: its "
    "local gradient is 1.",
    "gave_the_sum": "This is the whole gradient of the value. Give only the share of this "
    "branch.",
    "gave_the_value": "This is the value on the wire. Give the gradient.",
    "sign": "Only the sign is wrong. Look for a minus that was lost or is one too many.",
    "factor_two": "This is wrong by a factor of 2. Look at the square, at ½, and for a "
    "gradient added twice.",
    "wrong_local": "Upstream is multiplied in correctly; the local gradient is not right. "
    "Derive it once more.",
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
    "took_the_larger": "This is the larger input. Look at the sign in the gate.",
    "unknown": "Write it as upstream · local, and compare each factor with what you expect.",
    "unknown_number": "Compute it once more, step by step.",
    "gave_the_value or swaps_gradients": "This is the value on the wire, or the gradient of the other "
    "input. Give upstream · local for this input.",
    "unknown_value": "Follow the wires into this gate and compute it once more.",
}

# Pictures: what a screen reader says, the columns of the table beside it, and the legend.
PICTURE = {
    "alt": "Computational graph. {parts}.",
    "wire": "{name}: value {value}, gradient {gradient}",
    "wire_without_gradient": "{name}: value {value}",
    "branch": "{name} into {gate}",
    "columns": ("node", "value", "gradient"),
    "legend_value": "value above the line",
    "legend_gradient": "gradient below",
}

COUNTS = {"input": ("1 input", "{n} inputs"), "gradient": ("1 gradient", "{n} gradients")}
DID_YOU_MEAN = "\nDid you mean {guess!r}?"
DID_YOU_MEAN_SHAPES = "\nDid you mean {guess}?"
SHAPES_OF = {
    "product": "\nThe left needs as many columns as the right has rows.",
    "number": "\n@ multiplies matrices and vectors. For numbers write *.",
    "entries": "\nEntry by entry, two shapes must be equal from the right, or 1.",
}


def count(n, noun):
    """`1 input`, `2 inputs`."""
    one, many = COUNTS[noun]
    return one if n == 1 else many.format(n=n)

ERRORS |= {
    "slider_range": "The range of {name} must be two numbers, the smaller first, got {given}.\n"
    "Example: explore(graph, {name}=(-5, 5)).",
    "slider_not_finite": "{name} cannot be {given} in a live view.\n"
    "Use finite numbers. draw(graph) shows inf and nan too.",
    "upstream_of_one_gate": "Only a graph of one gate takes an upstream gradient from outside; "
    "here are {count}.\nLeave upstream= out.",
    "slider_shape": "{name} has shape {got}, but in this view it has shape {expected}.\n"
    "Make a new graph for another shape.",
    "page_of_what": "A page is made of a list of live views, not of {kind}.\n"
    "Example: save_page(\"page.html\", [explore(graph)], \"My graph\").",
}

# The live views. {name} and the like are filled in by the browser.
VIEW = {
    "view": "Computational graph with sliders",
    "reset": "Reset to the slide",
    "many_sliders": "{count} sliders",
    "box": "value of {name}",
    "not_a_number": "“{text}” is not a number. {name} stays {value}. Write for example -4, 0.5 or 1/2.",
    "too_large": "“{text}” is too large. {name} stays {value}. Use a number between −1000000 and 1000000.",
    "nudge": "Nudge",
    "nudge_input": "input to nudge",
    "nudge_by": "by",
    "nudge_size": "size of the nudge",
    "nudge_help": "Press Nudge to move one input a little, and to see what really changes.",
    "nudge_sentence": "{input} changes by {step}. The gradient of {output} with respect to {input} is "
    "{gradient}, so we expect {gradient} × {factor} = {expected}. {output} really changes by {change}.",
    "nudge_columns": ["wire", "real change", "gradient", "gradient × change"],
}
VIEW |= {
    "steps": "Steps",
    "step_first": "First step",
    "step_back": "Back",
    "step_next": "Next",
    "step_last": "Last step",
    "step_count": "Step {place} of {all}",
    "step_keys": "Arrow keys step, Home and End go to the ends, Escape leaves",
    "step_begin": "Only the inputs are known.",
    "step_forward": "Forward: the gate {gate} computes {node}.",
    "step_start": "Backward starts with the gradient of {of} with respect to itself.",
    "step_backward": "Backward: the gate {gate} sends a gradient to each of its inputs.",
    "step_sum": "{node} branches, so its gradients add.",
    "step_page_ends": "Here the page ends: Python updates arrays, in the notebook.",
    "step_update": "Update: parameters move against gradients.",
    "step_update_overflow": "The next update would be too large for a number: the loss explodes. "
    "Go back, or begin again with a smaller step.",
    "step_count_round": "Round {round}, step {place} of {all}",
    "step_losses": "{of} in each round: {losses}",
    "formula": "Formula of this step",
    "upstream": "upstream",
    "local": "local",
    "downstream": "downstream",
    "because": "with\u00a0",
    "node": "node",
    "value": "value",
    "gradient": "gradient",
}
VIEW_STATIC = "Run the cell to move the sliders. If none appear then, this page does not allow live views."
VIEW |= {
    "picture": "Computational graph. {parts}.",
    "said_wire": "{name}: value {value}, gradient {gradient}",
    "said_value": "{name}: value {value}",
    "entry": "{name}{place}: value {value}, gradient {gradient}",
    "entry_value": "{name}{place}: value {value}",
    "entry_keys": "{name}, shape {shape}. Arrow keys go through its entries.",
    "entry_help": "Point at an array, or reach it with Tab, to read one entry.",
    "needs_python": "These numbers are computed by Python. Here they stay as they were saved.",
    "waiting": "Python has not answered yet. If this stays, run the cell again.",
}

# The steps of a pass, as a screen reader says them.
STEPS = {
    "forward": "Forward: {node} = {formula} = {numbers} = {value}.",
    "start": "Backward starts: the gradient of {of} with respect to {to} is 1.",
    "backward": "Through {through}: the gradient of {of} with respect to {to} is "
    "upstream times local, {numbers} = {value}.",
    "sum": "{to} branches: the gradient of {of} with respect to {to} is the sum {numbers} = {value}.",
    "update": "Update: {to} ← {to} − {rate} · (the gradient of {of} with respect to {to}) = "
    "{before} − {rate} · {grad} = {after}.",
}
# The same where a graph holds arrays: the lines of code, then what stands on the wire.
CODE_STEPS = {
    "forward": "Forward: {code}. The value of {node} is {value}.",
    "start": "Backward starts: {code}.",
    "backward": "Through {through}: {code}.",
    "sum": "{to} branches, so its gradients add: {code}. The sum is {gradient}.",
    "update": "Update: {code}.",
}
LANGUAGE = "en"
PAGE_TITLE = "A computational graph"
EXTRA_SLIDERS = {"upstream": "upstream gradient"}
VIEW |= {
    "pattern_distributor": "A gradient distributor: every input receives the upstream gradient.",
    "pattern_router": "A gradient router: the larger input receives the upstream gradient, the other 0.",
    "pattern_switcher": "A gradient switcher: each input receives the other input's value times upstream.",
}

# Networks, data, plots and training.
ERRORS |= {
    "net_sizes": "A net needs two or more layer sizes, whole numbers above 0, got {given}.\n"
    "Example: 3, 4, 2 means 3 inputs, 4 hidden units, 2 outputs.",
    "examples_shape": "x has shape {x} and labels has shape {labels}.\n"
    "Give one row of x and one class number 0, 1, 2, … for each example.",
    "unexpected_shape": "{name} has shape {got}, but it should have shape {expected}.\n"
    "Look at the shapes of the matrix, the bias and the input: a column is (4, 1), not (4,).",
    "unknown_data": "There is no data set {name!r}.\nChoose one of: {known}.",
    "data_changed": "{file} is not the file that came with this package.\nInstall the package again.",
    "unknown_activation": "There is no activation {name!r}.\nChoose one of: {known}.",
    "unknown_choice": "{name} cannot be {given!r}.\nChoose one of: {known}.",
    "unknown_setting": "A training has no setting {name!r}.\nIt has: {known}.",
    "setting_whole": "{name} must be a whole number, {least} or more; got {given!r}.",
    "setting_number": "{name} must be a finite number, got {given!r}.",
    "training_needs_a_loop": "Start works in a notebook only.\nIn a program call view.steps(100).",
    "training_runs": "This training is running.\nPress Stop first, or call view.stop().",
}

ERRORS |= {
    "fold_is_open": "The gates folded into {label} must have one way out, through {last}.\n"
    "Another of them is used outside. Fold fewer gates, or more.",
}
VIEW |= {"fold": "Fold {count} gates into {label}", "unfold": "Open {label}"}

ERRORS |= {
    "quiz_needs_numbers": "A quiz needs a graph of single numbers whose gates the browser can compute.\n"
    "Use explore(graph) for this one.",
    "nothing_to_ask": "There is nothing to ask: no hidden wire carries a gradient.\n"
    "The gradient of the output with respect to itself is always 1.",
    "answer_is_one_number": "The answer for {name} must be one number, got {given}.\n"
    "Example: view.answer({name}=-4).",
    "unknown_blank": "This quiz has no blank {name!r}.\nIts blanks are: {known}.",
}

# The quiz. {label} is one of quiz_label; reasons come from REASONS.
QUIZ = {
    "view": "Computational graph with blanks",
    "quiz": "Quiz",
    "quiz_check": "Check",
    "quiz_hint": "Hint",
    "quiz_reveal": "Reveal",
    "quiz_fresh": "New numbers",
    "quiz_reset": "Numbers of the slide",
    "quiz_next": "Next question",
    "quiz_again": "First question again",
    "quiz_count": "{right} of {all} right",
    "quiz_label": {
        "gradient": "the gradient of {f} with respect to {x}",
        "sum": "the gradient of {f} with respect to {x}",
        "share": "the share of {through} in the gradient of {f} with respect to {x}",
        "value": "the value of {x}",
    },
    "quiz_empty": "Write a number into a box of the picture first. Enter checks it.",
    "quiz_not_a_number": "“{text}” is not a number. Write for example -4, 0.5 or 1/2.",
    "quiz_too_large": "“{text}” is too large. Use a number between −1000000 and 1000000.",
    "quiz_right": "✓ {answer} is right: {label}.",
    "quiz_rounded": "It comes from rounded numbers. Without rounding on the way it is {number}.",
    "quiz_wrong": "✗ {answer} is not {label}.",
    "quiz_nudge": "A nudge: {x} changes by {step}, {f} changes by {change}. "
    "Divide the second change by the first.",
    "quiz_look": {
        "share": "Follow only the path through the gate {gate} that computes {through}.",
        "sum": "Add the gradients of all paths.",
        "value": "Read the numbers on the wires that enter the gate {gate}.",
    },
    "quiz_hint_lines": {
        "gradient": [
            "Upstream is the gradient of {f} with respect to {through}.",
            "The local gradient of the gate {gate} with respect to {x} is {local}.",
            "Multiply the two.",
        ],
        "share": [
            "Upstream is the gradient of {f} with respect to {through}.",
            "The local gradient of the gate {gate} with respect to {x} is {local} on this path.",
            "Multiply the two.",
        ],
        "sum": [
            "{x} is used {count} times. Find upstream · local for each path.",
            "Where a wire branches, the gradients add.",
        ],
        "value": ["Apply the gate {gate} to the numbers on the wires that enter it."],
    },
    "quiz_truth": "The number is {number}: {label}.",
    "quiz_options": "Answers",
    "quiz_question": "{place} of {all}. What is {label}?",
    "quiz_vote": "Vote: A, B, C or D.",
    "quiz_talk": "First vote: {first}. Talk to your neighbour, then vote again.",
    "quiz_second_vote": "First vote: {first}. Second vote: {second}.",
}

# The lecture as a map: file → title and the question that the notebook answers.
MAP = {
    "label": "Map of the lecture",
    "where": "p. {slides} · min {minutes}",
    "parts": {
        "numbers": "One number at a time",
        "matrices": "Vectors and matrices",
        "code": "From the graph to code",
        "networks": "Neural networks",
        "whole": "The whole lecture",
    },
    "stops": {
        "01_computational_graphs": ("1 · Computational graphs", "What does a gradient say?"),
        "02_sigmoid_neuron": ("2 · The sigmoid neuron", "How far can many small gates carry us?"),
        "03_gate_patterns": ("3 · Gate patterns", "What does each kind of gate do to a gradient?"),
        "04_jacobians": ("4 · Jacobians", "How large is the derivative of a vector?"),
        "05_matrix_gradients": ("5 · Gradients of matrices", "Where does the transpose come from?"),
        "06_forward_backward_api": ("6 · Forward and backward as code", "How do I write a gate?"),
        "07_losses_as_graphs": ("7 · Losses as graphs (lab)", "How do I check a gradient?"),
        "08_neural_networks": ("8 · Neural networks", "Why does a network need a non-linearity?"),
        "09_training_a_two_layer_net": ("9 · Training a two-layer net", "How do gradients train a network?"),
        "10_templates": ("10 · Templates (lab)", "What do the rows of the first matrix look for?"),
        "lecture": ("The lecture for a hall", "How do I show it to a class?"),
    },
}

PLOTS = {
    "downhill": {
        "x": "weight w1",
        "y": "weight w2",
        "title": "The loss as a landscape",
        "start": "start",
        "lowest": "lowest loss",
        "alt": "A landscape over two weights, darker where the loss is lower. A path of {steps} small steps "
        "goes downhill, from a loss of {first} to {last}.",
    },
}

# "Does everything work here?": for each item what is right, and what is wrong and what to do.
SETUP = {
    "python": (
        "Python is new enough.",
        "This is Python {version}; 3.10 or newer is needed. Install a newer Python, then run make lab again.",
    ),
    "packages": (
        "All packages are installed.",
        "These packages are missing: {missing}. Close JupyterLab, then start it with make lab.",
    ),
    "picture": (
        "The picture engine draws.",
        "There is no picture engine. Install it: pip install pygraphviz. Then restart the kernel.",
    ),
    "numbers": (
        "The graph computes the lecture's numbers.",
        "The graph computes wrong numbers: {found}. Fetch the files again, then run make lab.",
    ),
    "ask_browser": "△ The browser has not answered. Run this cell. If this line stays, reload the page and run the "
    "cell again.",
    "browser": "✓ Live views work in this browser.",
    "kernel": "✓ What you do in a live view reaches Python, and the answer comes back.",
    "no_kernel": "△ Python has not answered the browser yet. Restart the kernel and run the cell again.",
}

PLOTS |= {
    "loss": {
        "x": "step",
        "y": "loss",
        "guessing": "guessing",
        "curve": "{name}: from {first} to {last}.",
        "alt": "The loss over {steps} steps, on a logarithmic scale. {curves}",
    },
    "boundary": "A map of what the net answers: {classes} classes, {points} points, {percent} % of them "
    "on the side of their own class. Thin lines show where a hidden unit's sum is 0.",
    "sizes": {
        "weights": "weights",
        "grads": "gradients",
        "layer": "layer {number}",
        "part": "Layer {k}: weights {weight}, gradients {grad}.",
        "alt": "The length of each layer's weights and gradients. {parts}",
    },
    "activation": {
        "slope": "derivative",
        "alt": "{name} and its derivative. At x = {x} the value is {value} and the slope is {slope}.",
    },
    "matrix": "A matrix of {rows} rows and {columns} columns as coloured cells; {filled} entries are not 0.",
    "images": "{count} small images. {titles}",
    "bars": {"part": "{name} {number}", "alt": "{title} Bars: {parts}."},
    "seeds": {
        "y": "held-out accuracy",
        "part": "{name}: mean {mean}, from {low} to {high}.",
        "alt": "Each dot is one seed. {parts}",
    },
}

TRAINING = {
    "panels": ("what the net answers", "loss at each step", "length of weights and gradients"),
    "alt": "Training, step {step}. Loss {loss}; it was {first} at step 0, and guessing among {classes} "
    "classes costs ln {classes} = {guessing}. {percent} % of the points are on the side of their class. "
    "Length of the weights of each layer: {weights}; of the gradients: {grads}.",
    "status": "Step {step} · loss {loss} · {percent} % right · at step 0 the loss was {first}; "
    "guessing costs ln {classes} = {guessing}",
    "status_in_class": "Step {step} · loss {loss} · {percent} % right",
    "line": "step {step}: loss {loss}, {percent} % right",
    "view": "Training of a small net",
    "controls": {
        "data": "data",
        "hidden": "hidden units (H)",
        "layers": "layers",
        "activation": "activation",
        "rate": "learning rate",
        "regularisation": "regularisation",
        "pace": "steps a picture",
    },
    "layer_names": {1: "1 (linear)", 2: "2", 3: "3"},
    "start": "Start",
    "step": "One step",
    "stop": "Stop",
    "reset": "Same weights again",
    "started": "Training runs.",
    "stopped": "Stopped after step {step}. Every weight is the one of this step.",
    "interrupted": "Interrupted. Every weight is the one of step {step}.",
    "finished": "Paused after step {step}. Press Start to go on.",
    "was_reset": "Step 0, with the same first weights as before.",
    "diverged": "The loss explodes after step {step}: a step of this learning rate jumps over the valley. "
    "The net of step {step} is kept. Choose a smaller rate, then “Same weights again”.",
    "static": "Run the cell to train.",
    "guess": "ln {classes}: guessing",
}

# Jacobians.
REPORTS |= {
    "builds_jacobian": "{where}: the gradients are right, but backward builds a matrix.",
    "as_a_matrix": "For {n} numbers it takes the memory of {n} × {n} numbers.",
}
REASONS |= {
    "builds_jacobian": "Multiply upstream by the diagonal, entry by entry. No np.diag, no np.eye, no @.",
    "identity_not_mask": "This is the identity. The diagonal has a 1 only where x > 0.",
    "diagonal_only": "This counts the diagonal only. The Jacobian has a row for each output and a "
    "column for each input, zeros included.",
    "sides_added": "The two sides were added. Multiply rows by columns.",
    "entries_not_bytes": "These are the entries. Each takes 4 bytes in float32, 8 in float64.",
    "bits_not_bytes": "These are bits. A byte has 8.",
    "other_dtype": "This is right for the other precision. float32 takes 4 bytes, float64 takes 8.",
}

# The columns of the gradient-check laboratory.
STEP_TABLE = ("h", "forward", "centred")

# The live Jacobian. {n} and {entries} are counts with commas, {memory} and {direct} are sizes in float32.
JACOBIAN = {
    "jacobian_view": "Jacobian of a ReLU",
    "sizes": "Entries of x:",
    "shift": "add to every x",
    "counter": "{n} × {n} = {entries} entries, {memory} in float32. Not zero: {ones}.",
    "counter_only": "{n} × {n} = {entries} entries, {memory} in float32.",
    "alt": "Jacobian of a ReLU, {n} rows and {n} columns: {ones} ones on the diagonal, all other entries 0.",
    "alt_not_built": "An empty square: the Jacobian with {n} rows and {n} columns is not built.",
    "axes": "row i: output z[i], column j: input x[j]",
    "not_built": "not built",
    "sides": ("output i", "input j"),
    "jacobian_columns": ["i", "x", "upstream", "Jᵀ · upstream", "upstream · (x > 0)"],
    "more_rows": "These are the first {rows} of {n} rows.",
    "both_ways": "By the matrix: {entries} multiplications. Directly: {n}. Largest difference: {off}.",
    "costs": [
        "The matrix would take {memory}. At most {n} of its {entries} entries can differ from 0.",
        "The direct formula upstream · (x > 0) takes {n} multiplications, and {direct} for the answer.",
    ],
}

ACTIVATIONS = {
    "view": "Activation functions and their derivatives",
    "slider": "x, the sum that goes into the activation",
    "box": "value of x",
    "value": "value",
    "slope": "derivative",
    "flat": "derivative below {limit}: the gradient vanishes",
    "caption": "{name} = {formula}",
    "numbers": "value {value}, derivative {slope}",
    "numbers_in_class": ("● {value}", "■ {slope}"),
    "sentence": "At x = {x} the derivative is below {limit} in {names}.",
    "sentence_none": "At x = {x} no derivative is below {limit}.",
    "not_a_number": "“{text}” is not a number between {low} and {high}.",
    "chain": "Four sigmoids in a row: what is left of the gradient",
    "chain_columns": ("", "1st σ", "2nd σ", "3rd σ", "4th σ"),
    "chain_output": "output",
    "chain_slope": "its derivative",
    "chain_left": "gradient with respect to x so far",
    "row": "{name}: value {value}, derivative {slope}",
    "static": "Run the cell to move x.",
}
ERRORS |= {
    "point_outside": "x = {x} is outside the picture.\nUse a number from {low} to {high}.",
}

ERRORS |= {
    "ask_options": "A question needs two to four answers and a reason for each; got {count} and {reasons}.",
    "ask_right": "{letter!r} is not the letter of an answer.\nThe letters are: {known}.",
}
VIEW |= {"ask": "A question with answers", "ask_again": "Vote again"}

NET_PICTURES = {
    "net": "{sizes}: {neurons} neurons,\n{weights} weights + {biases} biases = {parameters} parameters",
    "uncounted": "A net with layers of {sizes} units; each unit is connected with every unit of the next layer.",
    "input": "input\n{size}",
    "hidden": "hidden\n{size}",
    "output": "output\n{size}",
}

# The live net. `rows` and `notes` belong together; "?" stands for what is to be predicted.
NET_VIEW = {
    "view": "A net whose layers can be changed",
    "input": "inputs",
    "hidden": "hidden {k}",
    "output": "outputs",
    "depth": "hidden layers",
    "box": "{name}: number",
    "reset": "Back to the first net",
    "show": "show the counts",
    "rows": {
        "neurons": "neurons",
        "weights": "weights",
        "biases": "biases",
        "parameters": "parameters",
    },
    "notes": {
        "neurons": "the input layer is not counted",
        "weights": "one for each connection",
        "biases": "one for each neuron",
        "parameters": "weights and biases",
    },
    "unknown": "?",
    "named": "A {layers}-layer net, which is also called a {hidden}-hidden-layer net.",
    "named_linear": "A 1-layer net, without a hidden layer: a linear classifier.",
    "first_line": "{sizes}. {name}",
    "line": "{row}: {sum} = {total} ({note})",
    "short_line": "{row}: {total} ({note})",
    "alt": "A net with layers of {sizes} units. Each unit is connected with every unit of the next layer.",
    "said": "{sizes}. Neurons {neurons}, weights {weights}, biases {biases}, parameters {parameters}. {named}",
    "not_a_number": "“{text}” is not a number. {name} stays {value}. Write a whole number, for example 100.",
    "too_large": "“{text}” is too large. {name} stays {value}. Use a whole number up to 10,000.",
    "out_of_range": "{name} stays {value}. Use a whole number from {low} to {high}.",
}
ERRORS |= {
    "net_view_sizes": "A net in this view has 2 to 6 layers of 1 to 10,000 units, the input first; got {given}.\n"
    "Example: net_view(3, 4, 2).",
}

# Checks of a net: counts, and functions that a student writes.
REPORTS |= {
    "product_impossible": "{name}: two of these matrices cannot be multiplied.",
    "nothing_returned": "{name} returned nothing. End it with return.",
}
REASONS |= {
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
    "function_stops": "Call it by hand with small matrices, and read the line that stops.",
    "matrices_of_two": "Read from right to left: W1 takes x, and W2 takes h. W1 has a row for each hidden unit.",
    "matrices_of_three": "Read from right to left: W1 takes x, W2 takes h1, W3 takes h2.",
}

# The checks of notebook 09.
REPORTS |= {
    "shapes_right": "The shapes follow D_in, H and D_out, and stay when N changes.",
    "shapes_wrong": "D_in = {D_in}, H = {H}, D_out = {D_out}: with N = 4 the shapes are {first}, with N = 7 {second}.",
    "other_kind_returned": "{name} returned something else. Return {expected}.",
    "arrays_changed": "An array that came in has other numbers now.",
}
REASONS |= {
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
    "step_without_weight": "This is the step alone. Add it to the old weight.",
    "updated_too_early": "The gradient of w2 was computed with the new w1. Compute both gradients first, then "
    "update both.",
}

RETURNS = {
    "two shapes": "two shapes, such as (2, 3), (3, 1)",
    "two gradients": "a dict with both gradients: {\"w1\": grad_w1, \"w2\": grad_w2}",
    "two weights": "both new weights: w1, w2",
}

# The neuron beside its model. One row for each part: in the cell, in the model, and which part it is.
NEURON = {
    "cell": ("axon of\nanother cell", "synapse", "dendrite", "cell body", "axon"),
    "model": ("input x", "weight w", "wire w·x", "sum and bias", "output f(…)"),
    "unknown": "?",
    "alt": "Above, a sketch of a nerve cell; below, the model of a neuron. Parts that correspond stand under "
    "each other: {parts}. The activation f stands between the sum and the output.",
    "alt_part": "{cell} and {model}",
    "alt_hidden": "Above, a sketch of a nerve cell: axons of other cells end at synapses on its "
    "dendrites; these lead to the cell body, and an axon leaves it and branches. Below, the model of a neuron "
    "with question marks at its five kinds of parts, to be named.",
    "answer": "Answer",
}

# The checks of notebook 10.
REASONS |= {
    "largest_in_place_of_sum": "This is the largest part. A class score is the sum of all parts.",
    "weights_not_used": "W2 is not used. Each score in h is multiplied by its weight, then all are added.",
    "signs_of_weights_lost": "A negative weight speaks against the class. Keep its sign.",
    "one_product": "h and W2 have one number for each template. Multiply them in pairs, and add.",
    "before_is_after": "This is the count of the other net. Before training is untrained, after is trained.",
    "another_unit": "This is a unit of the untrained net. Take the trained net's unit in both nets.",
}

ERRORS |= {"unknown_animal": "There is no class {animal!r}.\nThe classes are: {known}."}

# Templates: the horse that turns.
ERRORS |= {
    "no_hidden_layer": "This net has no hidden layer, so it has no hidden units.\n"
    "Take a net with some: train_animals(32).",
}
ERRORS |= {"unknown_middle": "The middle cannot be {given!r}.\nChoose one of: {known}."}
TEMPLATES = {
    "view": "A horse that turns, and the scores of its templates",
    "slider": "where the horse faces",
    "ends": ["left", "right"],
    "middles": "In the middle:",
    "half": "half of each",
    "front": "mean of {fronts} real horses from the front",
    "picture": "Picture of a horse. It {place}.",
    "places": {
        "left": "faces left",
        "towards_left": "is between left and middle",
        "middle": "is in the middle",
        "towards_right": "is between middle and right",
        "right": "faces right",
    },
    "two": "two templates",
    "one": "one template",
    "rows": {
        "left": "h[0] = max(0, row 0 · x)",
        "right": "h[1] = max(0, row 1 · x)",
        "score": "W2 h = h[0] + h[1]",
        "single": "mean horse · x",
    },
    "cut": "before max(0, ·): {sum}",
    "line": "The horse {place}: h = ({left}, {right}), W2 h = {score}; the single template: {single}.",
    "both": "Both scores are above 0: the ReLU changes nothing, and W2 W1 is a single template, too.",
    "one_off": "The ReLU cuts one score off at 0. A single template cannot do that.",
    "both_off": "The ReLU cuts both scores off at 0: the net sees no horse here.",
}

# Templates: a hidden unit that is followed.
ERRORS |= {"not_that_many": "There is no {name} {given}.\nUse a whole number from 0 to {last}."}
UNITS = {
    "view": "Hidden units, trained and before training",
    "units": "Hidden unit:",
    "unit": "hidden unit {unit}",
    "images": "Image x:",
    "nets": ["trained", "before training"],
    "row": "row {unit} of W1",
    "h": "h[{unit}] = max(0, row · x) = {h}",
    "columns": ["class", "weight in W2", "", "h · weight", "score"],
    "favourites": "25 favourites of all classes: {counts}",
    "count": "{name} {count}",
    "line": "Hidden unit {unit}, image {image}: h is {trained} trained, {untrained} before training",
    "more": "Unit {unit}: {count} of its 25 favourites are of the class {name}. Before training no class "
    "had more than {most}. Training made that difference, here and with this seed.",
    "nothing": "Unit {unit}: {count} of its 25 favourites are of the class {name}. Before training one class "
    "had {most}. What the untrained unit shows, too, proves nothing.",
}

# The lecture for a hall: titles, and a question for each scene. `because` has a sentence for each option.
ERRORS |= {"unknown_scene": "There is no scene {name!r}.\nThe scenes are: {known}."}
HALL = {
    "loss": {
        "title": "0' · From scores to a loss (slides 4–8)",
        "question": "W is used twice: for the scores, and for the penalty. What happens to its two gradients?",
        "options": ["The larger one counts", "They add", "Their mean counts", "The last one counts"],
        "right": "B",
        "because": [
            "The smaller one would be lost.",
            "Each use moves the loss a little. Together they move it by the sum.",
            "A mean would be right only for a mean of uses.",
            "A common slip in code: = where += belongs.",
        ],
    },
    "first": {
        "title": "5' · The first example (slides 12–23)",
    },
    "gate": {
        "title": "13' · One gate from close (slides 24–29)",
        "question": "A × gate holds 3 and −4. From upstream comes 2. What does it hand to the input that is 3?",
        "options": ["−8", "2", "6", "−4"],
        "right": "A",
        "because": [
            "Upstream 2, times the other input's value, −4.",
            "That is upstream alone.",
            "That goes to the other input.",
            "That is the local gradient alone.",
        ],
    },
    "fold": {
        "title": "18' · The neuron, and folding (slides 30–45)",
        "question": "We fold the last four gates of the neuron into one. Which numbers outside the fold change?",
        "options": ["All gradients", "None", "The gradients of the weights", "The output"],
        "right": "B",
        "because": [
            "The product of four local gradients is one local gradient.",
            "The fold computes the same function, so it has the same gradient.",
            "What reaches the weights is what leaves the fold.",
            "The value is the same: 0.73.",
        ],
    },
    "patterns": {
        "title": "29' · Patterns, and a tie (slides 46–50)",
        "question": "w = −1 loses against z = 2 in a max gate. What is the gradient of f with respect to w?",
        "options": ["−1", "0", "2", "−2"],
        "right": "B",
        "because": [
            "That is the value of w.",
            "A small change of w changes nothing: z is still larger.",
            "That goes to the winner, z.",
            "The sign does not turn in a max gate.",
        ],
    },
    "branch": {
        "title": "34' · A wire that branches (slide 51)",
        "question": "Two paths lead from b to e. One has the gradient 2, the other 3. Nudge b by 0.1: what does e do?",
        "options": ["It grows by 0.2", "It grows by 0.3", "It grows by about 0.5", "It grows by 0.6"],
        "right": "C",
        "because": [
            "That is the first path alone.",
            "That is the second path alone.",
            "Both paths carry the nudge: 0.1 · (2 + 3). Gradients add.",
            "That would be the product of the two.",
        ],
    },
    "jacobian": {
        "title": "37' · The Jacobian that nobody builds (slides 52–57)",
        "question": "z = max(0, x) for 4096 numbers. How many entries does its Jacobian have?",
        "options": ["4,096", "8,192", "16,777,216", "409,600"],
        "right": "C",
        "because": [
            "So many can differ from zero: the diagonal.",
            "In and out together are 8,192 numbers.",
            "4096 × 4096. All but the diagonal are zero, so nobody builds it.",
            "That is a batch of 100 such vectors.",
        ],
    },
    "norm": {
        "title": "41' · ‖Wx‖², entry by entry (slides 58–74)",
        "question": "f = ‖Wx‖² with q = Wx. What is the gradient of f with respect to W?",
        "options": ["2 q xᵀ", "2 x qᵀ", "2 Wᵀ q", "2 W x"],
        "right": "A",
        "because": [
            "Entry i, j is 2 qᵢ xⱼ: a column times a row.",
            "For a 2 × 2 W the shape fits too. The shape rule alone does not decide.",
            "That is the gradient of f with respect to x.",
            "That is the gradient of f with respect to q.",
        ],
    },
    "broken": {
        "title": "48' · A broken gate (slides 75–81)",
        "question": "A multiply gate from some lecture notes. Which line is wrong?",
        "options": ["self.x = x", "return x * y", "dx = self.y + dz", "return [dx, dy]"],
        "right": "C",
        "because": [
            "The gate must remember x for its backward pass.",
            "Forward is right.",
            "The chain rule multiplies: dx = self.y * dz.",
            "One gradient for each input, in their order.",
        ],
    },
    "layers": {
        "title": "55' · One layer, two layers (slides 83–88)",
        "question": "Leave max(0, ·) out of f = W2 max(0, W1 x). What can f do that W x cannot?",
        "options": ["Nothing", "More classes", "Curved boundaries", "Larger images"],
        "right": "A",
        "because": [
            "W2 W1 is one matrix. The non-linearity makes the second layer worth having.",
            "One W can have any number of rows.",
            "A product of matrices is a matrix: the boundaries stay straight.",
            "The size of x does not depend on the layers.",
        ],
    },
    "training": {
        "title": "63' · Training (slides 88–89)",
        "question": "Forward, backward, update. Which of them changes the weights?",
        "options": ["Forward", "Backward", "All three", "Update"],
        "right": "D",
        "because": [
            "Forward computes the loss with the weights as they are.",
            "Backward computes gradients. It changes no weight.",
            "Only the last one does.",
            "The update steps against the gradient. Backpropagation ends before it.",
        ],
    },
    "activations": {
        "title": "67' · The neuron and its activations (slides 90–99)",
        "question": "The input of a sigmoid is 10. How much of the upstream gradient gets through?",
        "options": ["All of it", "Half of it", "A quarter", "Almost nothing"],
        "right": "D",
        "because": [
            "That is a ReLU at 10.",
            "At no input does a sigmoid let half of it through.",
            "A quarter is its best, at 0.",
            "σ′(10) is about 0.00005. The neuron is saturated.",
        ],
    },
    "exit": {
        "title": "72' · Exit question",
        "question": "e = (a + b)(b + 1) at a = 2, b = 3. What is the gradient of e with respect to b?",
        "options": ["4", "5", "20", "9"],
        "right": "D",
        "because": [
            "That is one path: through a + b.",
            "That is one path: through b + 1.",
            "That is the value of e.",
            "Two paths, 4 and 5. Where a wire branches, gradients add.",
        ],
    },
}
