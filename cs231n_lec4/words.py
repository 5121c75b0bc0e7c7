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
    "value_is_not_a_number": "{name} got a {kind}.\nUse a number or an array: 2.0 or np.array([1.0, 2.0]).",
    "value_is_ragged": "{name} got rows of different lengths.\nA matrix needs equal rows.",
    "name_is_not_text": "A name must be text, got a {kind}.\nExample: Input(2.0, \"x\").",
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
    "gate_inputs": "{gate} takes {expected}, got {count}.",
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
    "gate_returned": "{gate}.forward returned a {kind}.\nReturn a number or an array.",
    "shapes_do_not_fit": "{gate} cannot work on the shapes {shapes}.{hint}\nNode {node}.",
    "gradient_count": "{gate} has {inputs} but backward returned {count}.\n"
    "Return one gradient for each input: {example}.\nNode {node}.",
    "gradient_missing": "{gate}.backward returned nothing for its input {name}.\n"
    "Return one gradient for each input.\nNode {node}.",
    "gradient_shape": "The gradient of {name} has shape {got}, but {name} has shape {expected}.\n"
    "They must be equal. {gate}.backward returned it.\nNode {node}.",
    # losses
    "scores_shape": "Scores of shape {got} have too many axes.\nUse one row an example, one column a class.",
    "labels_shape": "labels has shape {got}, but there are {examples} rows of scores.\n"
    "Give one class number for each row, not one column for each class.",
    "labels_are_whole": "Labels are class numbers 0, 1, 2, …; got {labels}.",
    "label_out_of_range": "Label {label}, but there are {classes} classes: 0 … {last}.",
    # graphs
    "graph_of_no_node": "A graph starts from its last node, got a {kind}.\n"
    "Example: ComputationalGraph(f) with f = x * y.",
    "unknown_input": "This graph has no input {name!r}.\nIts inputs are: {known}.",
    "unknown_node": "This graph has no node {name!r}.\nIts nodes are: {known}.",
    "upstream_needed": "{node} has shape {shape}, so there is no single output to take the gradient of.\n"
    "Sum it to one number, or give upstream=… of shape {shape}.",
    "upstream_shape": "upstream has shape {got}, but {node} has shape {expected}.\nThey must be equal.",
    "not_a_graph": "{function} expects a ComputationalGraph, got a {kind}.\nExample: {function}(ComputationalGraph(f)).",
    # pictures
    "no_layout_engine": "No Graphviz was found, so there is no picture.\nInstall it: pip install pygraphviz",
    "layout_failed": "Graphviz could not lay out this graph.\nTry a smaller part of it.",
    "too_large_to_draw": "This graph has {count} gates; a picture takes at most {most}.\nDraw a part of it.",
    "unknown_palette": "There is no palette {palette!r}.\nChoose one of: {known}.",
    "picture_kind": "{name!r} does not say which kind of picture.\nEnd the name in .svg, .png or .dot.",
    "no_source": "The source of {gate}.{method} cannot be read.\nDefine the class in a file or in a notebook cell.",
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


def count(n, noun):
    """`1 input`, `2 inputs`."""
    one, many = COUNTS[noun]
    return one if n == 1 else many.format(n=n)

ERRORS |= {
    "slider_range": "The range of {name} must be two numbers, the smaller first, got {given}.\n"
    "Example: explore(graph, {name}=(-5, 5)).",
}

# The live views. {name} and the like are filled in by the browser.
VIEW = {
    "view": "Computational graph with sliders",
    "reset": "Reset to the slide",
    "box": "value of {name}",
    "not_a_number": "“{text}” is not a number. {name} stays {value}. Write for example -4, 0.5 or 1/2.",
    "too_large": "“{text}” is too large. {name} stays {value}. Use a number between −1000000 and 1000000.",
    "nudge": "Nudge",
    "nudge_input": "input to nudge",
    "nudge_by": "by",
    "nudge_size": "size of the nudge",
    "nudge_sentence": "{input} changes by {step}. The gradient of {output} with respect to {input} is "
    "{gradient}, so we expect {gradient} × {step} = {expected}. {output} really changes by {change}.",
    "nudge_columns": ["wire", "real change", "gradient", "gradient × change"],
}
VIEW |= {
    "steps": "Steps",
    "step_first": "First step",
    "step_back": "Back",
    "step_next": "Next",
    "step_last": "Last step",
    "step_count": "Step {place} of {all}",
    "step_begin": "Only the inputs are known.",
    "step_forward": "Forward: the gate {gate} computes {node}.",
    "step_start": "Backward starts with the gradient of {of} with respect to itself.",
    "step_backward": "Backward: the gate {gate} sends a gradient to each of its inputs.",
    "step_sum": "{node} branches, so its gradients add.",
    "formula": "Formula of this step",
    "upstream": "upstream",
    "local": "local",
    "downstream": "downstream",
    "because": "with ",
    "node": "node",
    "value": "value",
    "gradient": "gradient",
}
VIEW_STATIC = "Run the cell to move the sliders."

# The steps of a pass, as a screen reader says them.
STEPS = {
    "forward": "Forward: {node} = {formula} = {numbers} = {value}.",
    "start": "Backward starts: the gradient of {of} with respect to {to} is 1.",
    "backward": "Through {through}: the gradient of {of} with respect to {to} is "
    "upstream times local, {numbers} = {value}.",
    "sum": "{to} branches: the gradient of {of} with respect to {to} is the sum {numbers} = {value}.",
}
