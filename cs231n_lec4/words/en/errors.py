"""Errors: what happened and where, then what to do. At most four short lines each."""

ERRORS = {
    # values and names
    "value_is_text": "{name} got the text {value!r}.\nWrite the number without quotes.",
    "value_is_bool": "{name} got {value}. Gates work on numbers.\nDid you mean {number}?",
    "value_is_complex": "{name} got the complex number {value}.\nUse a real number.",
    "value_is_node": "{name} got a node where a number is expected.\nUse its number: node.value.",
    "value_is_not_a_number": "{name} needs a number or an array of numbers, not {kind}.\nExamples: 2.0, np.array([1.0, 2.0]).",
    "value_is_ragged": "{name} got rows of different lengths.\nA matrix needs equal rows.",
    "name_is_not_text": 'A name must be text, not {kind}.\nExample: Input(2.0, "x").',
    "name_is_not_a_name": "{name!r} cannot be a name.\n"
    'Use letters, digits and _, and start with a letter: "x0", "w_left".',
    "input_without_name": 'Input needs a value and a name.\nExample: Input(2.0, "x").',
    "two_of_one_name": "Two different nodes are called {name!r}.\nGive one of them another name.",
    # nodes in Python and NumPy expressions
    "node_as_bool": "A node has no yes or no: {node}.\n"
    "Compare its number: node.value > 0.\nFor the larger of two nodes: maximum(a, b).",
    "node_compared": "Nodes cannot be compared with {sign}.\n"
    "Compare the numbers: a.value {sign} b.value.\nFor the larger of two nodes: maximum(a, b).",
    "node_equals_number": "== does not compare a node with a number.\nUse node.value == {other}.",
    "node_as_number": "{node} is a node, and Python asked for a plain number.\n"
    "To stay in the graph use exp(node), log(node), tanh(node), …\nFor the number: node.value.",
    "node_is_no_list": "{node} cannot be counted or looped over: a graph is built once, for arrays of any length.\n"
    "Pick a part with node[0], or use node.value.",
    "node_parts_are_fixed": "{node}: its numbers cannot be changed one by one.\n"
    "Make a new array, and set it by graph.forward({name}=new_value).",
    "no_such_gate": "There is no gate for {operation}.\nUse {instead}.",
    "numpy_does_not_know_nodes": "np.{function} does not know nodes.\n"
    "Use {instead}.\nFor the number: np.{function}(node.value).",
    "array_of_nodes": "An array of nodes is not a node.\nUse one Input with an array, or node.value of each.",
    "node_changed_in_place": "{sign} on {node} would make a new node; {name} would stay as it is.\n"
    "To change an input: graph.forward({name}=new_value).",
    "unknown_attribute": "{kind} has no {attribute!r}.{guess}",
    # gates
    "backward_before_forward": "{gate}.backward needs the numbers of a forward pass.\n"
    "Call gate.forward({arguments}) first.",
    "gate_never_stored": "{gate} uses self.{word}, but forward never stores it.\n"
    "Write self.{word} = … in forward, or give the class a setting of this name.{guess}",
    "gate_argument_with_self": "{gate} uses self.{word}, but {word} is an argument of backward.\n"
    "Write {word}, without self.",
    "gate_expected": "{name} expects a gate, not {given}.\nMake one with brackets: {name} = MultiplyGate().",
    "gate_inputs": "{gate} takes {expected}, got {count}.\nWrite {gate}({arguments}).",
    "gate_without_self": "In class {gate}, {method}({arguments}) lacks self.\n"
    "Write: def {method}(self, {arguments}).",
    "gate_own_init": "{gate} defines __init__ without calling super().__init__(*inputs).\n"
    "Leave __init__ out; write a setting as a class attribute: slope = 0.1.",
    "gate_setting": "{gate} has no setting {setting!r}.\nIt has: {known}.",
    "gate_word_is_taken": "{gate}.{method} stores self.{word}, but every node already has a {word}.\n"
    "Choose another name, for example self.saved_{word}.",
    "gate_without_method": "{gate} has no {method} method.\nA gate needs forward(self, …) and backward(self, dz).",
    "gate_stopped": "{gate} stopped in {method}.\n{problem}\nNode {node}, inputs: {values}.",
    "gate_changes_array": "{gate}.{method} changes an array that came in.\n"
    "It belongs to others too. Make a new array in place of changing it.\nNode {node}.",
    "gate_returned": "{gate}.forward returned no number, but {kind}.\nReturn a number or an array.",
    "gate_returned_cache": "{gate}.forward returned a tuple, as functions that return (out, cache) do.\n"
    "Return the output alone. Keep what backward needs in self.",
    "shapes_do_not_fit": "{gate} cannot work on the shapes {shapes}.{hint}\nNode {node}.",
    "setting_does_not_fit": "{gate} cannot use {setting} {given} on the shape {shape}.{hint}\nNode {node}.",
    "gradient_count": "{gate} has {inputs} but backward returned {count}.\n"
    "Return one gradient for each input: {example}.\nNode {node}.",
    "gradient_missing": "{gate}.backward returned nothing for its input {name}.\n"
    "Return one gradient for each input.\nNode {node}.",
    "gradient_shape": "The gradient of {name} has shape {got}, but {name} has shape {expected}.\n"
    "They must be equal. {gate}.backward returned it.\nNode {node}.",
    # losses
    "scores_shape": "Scores of shape {got} have too many axes.\nUse one row an example, one column a class.",
    "labels_shape": "labels has shape {got}, but the examples need shape ({examples},).\n"
    "Give one class number for each row, not one column for each class.",
    "labels_are_whole": "Labels are class numbers 0, 1, 2, …; got {labels!r}.",
    "answers_shape": "The labels have shape {got}, the scores {expected}.\nGive each score a label of its own.",
    "answer_out_of_range": "The label {label} is not between 0 and 1.\nWrite 1 for yes and 0 for no.",
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
    'Example: step_through(graph, update=0.1, parameters=["w"]).',
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
    'Example: parse("(x + y) * z", x=-2, y=5, z=-4).',
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
    "formula_inputs": "{name} takes {expected}, got {count}.\nWrite {instead}.",
    # jacobians and sources
    "jacobian_too_large": "This Jacobian would be {m} × {n} and take {size}.\n"
    "Nobody builds it: backward multiplies by it without having it (slide 57).",
    "jacobian_too_large_square": "This Jacobian would be {m} × {n} and take {size}.\n"
    "If the gate works entry by entry it is diagonal: {n} numbers hold it all.\n"
    "Nobody builds it: backward multiplies by it without having it (slide 57).",
    "jacobian_not_a_table": "The Jacobian by {name} cannot be shown as a table here.\n"
    "Take an array that one gate uses once, in a graph that ends in one number, with at most {most} "
    "entries going in and {most} coming out.",
    "jacobian_of_what": "jacobian works on a graph and one name, or on a gate and numbers.\n"
    'Examples: jacobian(graph, "x") and jacobian(ReluGate(), x).',
    "source_not_found": "The source of {name} cannot be read.\n"
    "Run the cell that defines it, then this one again.",
    # pictures
    "no_layout_engine": "No Graphviz was found, so there is no picture.\nInstall it: pip install pygraphviz. "
    "If that has no wheel for your system, install the program dot:\n"
    "conda install graphviz, or apt, apk or brew install graphviz. Then restart the kernel.",
    "layout_failed": "Graphviz is installed, but it made no picture. It says:\n{said}\n"
    "Install it again: pip install --force-reinstall pygraphviz, or the program dot: conda install graphviz. "
    "Then restart the kernel.",
    "layout_slow": "Graphviz found no picture of this graph within {seconds} seconds.\nDraw a smaller part of it.",
    "too_large_to_draw": "This graph has {count} gates; a picture takes at most {most}.\nDraw a part of it.",
    "unknown_palette": "There is no palette {palette!r}.\nChoose one of: {known}.",
    "no_folder": "There is no folder {folder!r}.\nMake it first, or save somewhere else.",
    "digits_range": "digits must be a whole number from 0 to {most}, got {given!r}.",
    "fold_of_what": "fold takes labels, each with a list of gates.\n"
    'Example: fold={{"σ": ["v5", "v6", "v7", "f"]}}.',
    "picture_kind": "{name!r} does not say which kind of picture.\nEnd the name in .svg, .png or .dot.",
    "slider_range": "The range of {name} must be two numbers, the smaller first, got {given}.\n"
    "Example: explore(graph, {name}=(-5, 5)).",
    "slider_too_many": "{name} has {size} entries. A live view has sliders for at most {most}.\n"
    "Leave the range of {name} out.",
    "slider_not_finite": "{name} cannot be {given} in a live view.\n"
    "Use finite numbers. draw(graph) shows inf and nan too.",
    "upstream_of_one_gate": "Only a graph of one gate with single numbers takes an upstream "
    "gradient from outside.\nLeave upstream= out.",
    "slider_shape": "{name} has shape {got}, but in this view it has shape {expected}.\n"
    "Make a new graph for another shape.",
    "page_of_what": "A page is made of a list of live views, not of {kind}.\n"
    'Example: save_page("page.html", [explore(graph)], "My graph").',
    # Networks, data, plots and training.
    "net_sizes": "A net needs two or more layer sizes, whole numbers above 0, got {given}.\n"
    "Example: 3, 4, 2 means 3 inputs, 4 hidden units, 2 outputs.",
    "examples_shape": "x has shape {x}.\nGive one row of numbers for each example: shape (N, D). One example is x[None].",
    "examples_width": "x has shape {x}, but this net takes rows of {width} numbers.\n"
    "Give one row for each example: shape (N, {width}).",
    "net_too_large": "A net of the sizes {sizes} would have {count:,} parameters; it may have 10,000,000.\n"
    "Use fewer units. The last size is the largest label plus 1: labels are 0, 1, 2, …",
    "unexpected_shape": "{name} has shape {got}, but it should have shape {expected}.\n"
    "Look at the shapes of the matrix, the bias and the input: a column is (4, 1), not (4,).",
    "unknown_data": "There is no data set {name!r}.\nChoose one of: {known}.",
    "unknown_activation": "There is no activation {name!r}.\nChoose one of: {known}.",
    "answers_without_names": "The answers need their names.\nKeep these: {{{example}}}.",
    "unknown_choice": "{name} cannot be {given!r}.\nChoose one of: {known}.",
    "unknown_setting": "A training has no setting {name!r}.\nIt has: {known}.",
    "setting_whole": "{name} must be a whole number, {least} or more; got {given!r}.",
    "setting_number": "{name} must be a finite number, got {given!r}.",
    "training_needs_a_loop": "Start works in a notebook only.\nIn a program call view.steps(100).",
    "training_runs": "This training is running.\nPress Stop first, or call its stop().",
    "fold_is_open": "The gates folded into {label} must have one way out, through {last}.\n"
    "Another of them is used outside. Fold fewer gates, or more.",
    "quiz_needs_numbers": "A quiz needs a graph that the browser can compute. {why}\n"
    "Use explore(graph) for this one.",
    "nothing_to_ask": "There is nothing to ask: no hidden wire carries a gradient whose numbers a picture shows.\n"
    "The gradient of the output with respect to itself is always 1.",
    "answer_is_one_number": "The answer for {name} must be one number, got {given}.\n"
    "Example: view.answer({name}=-4).",
    "unknown_blank": "This quiz has no blank {name!r}.\nIts blanks are: {known}.",
    "trait_value": "{name} cannot be {given}.\nIt stays as it was.",
    "point_outside": "x = {x} is outside the picture.\nUse a number from {low} to {high}.",
    "ask_options": "A question needs two to four answers and a reason for each; got {count} and {reasons}.",
    "ask_right": "{letter!r} is not the letter of an answer.\nThe letters are: {known}.",
    "net_view_sizes": "A net in this view has 2 to 6 layers of 1 to 10,000 units, the input first; got {given}.\n"
    "Example: net_view(3, 4, 2).",
    "unknown_animal": "There is no class {animal!r}.\nThe classes are: {known}.",
    # Templates.
    "no_hidden_layer": "This net has no hidden layer, so it has no hidden units.\n"
    "Take a net with some: train_animals(32).",
    "unknown_middle": "The middle cannot be {given!r}.\nChoose one of: {known}.",
    "not_that_many": "There is no {name} {given}.\nUse a whole number from 0 to {last}.",
    # The lecture for a hall, and its language.
    "unknown_scene": "There is no scene {name!r}.\nThe scenes are: {known}.",
    "unknown_language": "There are no words in the language {language!r}.\nThe languages are: {known}.",
}

COUNTS = {"input": ("1 input", "{n} inputs"), "gradient": ("1 gradient", "{n} gradients")}

ANOTHER_GATE = "a gate of this package, or write one"  # in place of a NumPy function of a node

NONE = "none"  # of what is known

ARRAY, ARRAY_OF = "an array of shape {shape}", "an array of {kind}"

AND = " and "

DID_YOU_MEAN = "\nDid you mean {guess!r}?"

PRODUCT_THAT_FITS = "\nThe inner sizes must agree. {guess} would fit."

SHAPES_OF = {
    "product": "\nThe left needs as many columns as the right has rows.",
    "number": "\n@ multiplies matrices and vectors. For numbers write *.",
    "batch": "\nThe axes in front of the matrices must be equal from the right, or 1.",
    "empty": "\nThere is no entry to work on.",
    "entries": "\nEntry by entry, two shapes must be equal from the right, or 1.",
}

# What a setting of a gate needs.
SETTINGS_OF = {
    "axis": "\nAxes are counted from 0, or from the end: -1 is the last.",
    "shape": "\nBoth shapes must hold equally many numbers; one -1 is filled in.",
    "index": "\nPlaces are counted from 0 along each axis, or from the end: -1 is the last.",
}
