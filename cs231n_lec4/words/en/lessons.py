"""Words of single notebooks: the map, plots, nets, training, templates, does it work here."""

# The lecture as a map: file → title and the question that the notebook answers.
MAP = {
    "label": "Map of the lecture",
    "where": "p. {slides} · min {minutes}",
    "parts": {
        "numbers": "One number at a time",
        "matrices": "Vectors and matrices",
        "code": "From the graph to code",
        "networks": "Neural networks",
        "after": "After the lecture",
        "whole": "The whole lecture",
    },
    "stops": {
        "00_start_here": (
            "0 · Start here",
            "What is this lecture for, and how do these pages work?",
        ),
        "01_computational_graphs": ("1 · Computational graphs", "What does a gradient say?"),
        "02_sigmoid_neuron": ("2 · The sigmoid neuron", "How far can many small gates carry us?"),
        "03_gate_patterns": ("3 · Gate patterns", "What does each kind of gate do to a gradient?"),
        "04_jacobians": ("4 · Jacobians", "How large is the derivative of a vector?"),
        "05_matrix_gradients": ("5 · Gradients of matrices", "Where does the transpose come from?"),
        "06_forward_backward_api": ("6 · Forward and backward as code", "How do I write a gate?"),
        "07_losses_as_graphs": ("7 · Losses as graphs (lab)", "How do I check a gradient?"),
        "08_neural_networks": ("8 · Neural networks", "Why does a network need a non-linearity?"),
        "09_training_a_two_layer_net": (
            "9 · Training a two-layer net",
            "How do gradients train a network?",
        ),
        "10_templates": ("10 · Templates (lab)", "What do the rows of the first matrix look for?"),
        "11_your_own_engine": (
            "11 · Your own engine in forty lines",
            "What is inside a library, and why does it walk backwards?",
        ),
        "12_to_pytorch_and_the_assignment": (
            "12 · To PyTorch and the assignment",
            "How do I read PyTorch's loop and the assignment?",
        ),
        "lecture": ("The lecture for a hall", "How do I show it to a class?"),
    },
}

# Cells that ask for a prediction.
PREDICT = {
    "first": "First your prediction: write it in place of None, a number or words in quotes. Then run this "
    "cell again.",
    "yours": "You predicted: {prediction}",
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
    "loss": {
        "x": "step",
        "y": "loss",
        "guessing": "guessing",
        "curve": "{name}: from {first} to {last}.",
        "alt": "The loss over {steps} steps, on a logarithmic scale. {curves}",
    },
    "boundary": "A map of what the net answers: {classes} classes, {points} points, {percent} % of them "
    "on the side of their own class. Thin lines show where a hidden unit's sum is 0.",
    "features": {
        "angle": "angle",
        "alt": "The same points twice. By x1 and x2 they are a disc in a ring; by r and angle two bands "
        "side by side, which a straight line separates.",
    },
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
    "sides": " Rows from above: {rows}. Columns from the left: {columns}.",
    "images": "{count} small images. {titles}",
    "seeds": {
        "y": "held-out accuracy",
        "part": "{name}: mean {mean}, from {low} to {high}.",
        "alt": "Each dot is one seed. {parts}",
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
        "The picture engine does not draw. {said}",
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

# The shopping graph: what its inputs and its last two gates are called.
SHOPPING = {
    "apples": "apples",
    "apple": "apple_price",
    "oranges": "oranges",
    "orange": "orange_price",
    "tax": "tax",
    "cost": "cost",
    "total": "total",
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
        "pace": "steps per picture",
    },
    "choice_names": {
        "layers": {1: "1 (linear)", 2: "2", 3: "3"},
        "data": {"circles": "circles", "spirals": "spirals", "xor": "xor"},
        "activation": {"none": "none"},
    },
    "start": "Start",
    "step": "One step",
    "stop": "Stop",
    "reset": "Same weights again",
    "started": "Training runs.",
    "stopped": "Stopped after step {step}. Every weight is the one of this step.",
    "interrupted": "Interrupted. Every weight is the one of step {step}.",
    "finished": "Paused after step {step}. Press Start to go on.",
    "was_reset": "Step 0, with the same first weights as before.",
    "new_net": "This is another net, at step 0. Press Start to train it.",
    "diverged": "The loss explodes after step {step}: a step of this learning rate jumps over the valley. "
    "The net of step {step} is kept. Choose a smaller rate, then “Same weights again”.",
    "static": "Run the cell to train.",
    "page_keeps": "This page keeps its net: hidden units, layers and activation. In the notebook they can "
    "be chosen too.",
    "needs_python": "These numbers are computed by Python. Here they stay as they were saved.",
    "guess": "ln {classes}: guessing",
}

# The live Jacobian. {n} and {entries} are counts with commas, {memory} and {direct} are sizes in float32.
JACOBIAN = {
    "view": "Jacobian of a ReLU",
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

# The memory of a table, from bytes on, each unit 1024 of the one before.
MEMORY = ("{size} bytes", "{size} KiB", "{size} MiB", "{size} GiB", "{size} TiB", "{size} PiB")

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

# The classes of the animals, by what code calls them.
ANIMALS = {
    "bear": "bear",
    "bird": "bird",
    "cat": "cat",
    "cow": "cow",
    "dog": "dog",
    "elephant": "elephant",
    "giraffe": "giraffe",
    "horse": "horse",
    "sheep": "sheep",
    "zebra": "zebra",
}

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
    "little": "Unit {unit}: {count} of its 25 favourites are of the class {name}. Before training one class "
    "had {most}. So small a difference can be chance: it proves nothing.",
    "nothing": "Unit {unit}: {count} of its 25 favourites are of the class {name}. Before training one class "
    "had {most}. What the untrained unit shows, too, proves nothing.",
}

# What many seeds of one small net give.
SEEDS = (
    "{data}, hidden units: {hidden}, {steps} steps: {low:.0%} to {high:.0%} right; "
    "at least {enough:.0%} with {count} of {seeds} seeds"
)

# Notebook 11, forward mode beside reverse mode: the titles of the passes, and the counter.
PASSES = {
    "forward": "forward {number}: {name}",
    "reverse": "backward 1: f",
    "counter": "Passes: {passes} · products: {products} · gradients known: "
    "{known} of {all} ({gradients})",
}

# Notebook 11, three ways to a derivative: the columns.
THREE_WAYS = ("lines", "symbolic: x", "numeric: off", "gates", "automatic: off")

# Notebook 12: a package that is missing.
OPTIONAL = (
    "{name} is not installed here, so cells with `if {name}` do nothing. "
    "To run them: write %pip install {name} in a cell, run it, and restart the kernel."
)
