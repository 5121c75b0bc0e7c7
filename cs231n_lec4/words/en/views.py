"""Pictures and live views: what a button, a legend or a screen reader says."""

# Pictures: what a screen reader says, the columns of the table beside it, and the legend.
PICTURE = {
    "alt": "Computational graph. {parts}.",
    "wire": "{name}: value {value}, gradient {gradient}",
    "wire_without_gradient": "{name}: value {value}",
    "branch": "{name} into {gate}",
    "columns": ("node", "value", "gradient"),
    "legend_value": "value above the line",
    "legend_gradient": "gradient below",
    "gates": {"softmax loss": "softmax loss", "hinge loss": "hinge loss"},
    "not_finite_value": "Forward, {name} is the first value that is ∞ (too large) or NaN (no number).",
    "not_finite_gradient": "Backward, the gradient of {output} with respect to {name} is the first that "
    "is ∞ (too large) or NaN (no number).",
    "engine_ended": "its process ended with code {code}",
}

# The live views. {name} and the like are filled in by the browser.
VIEW = {
    "view": "Computational graph with sliders",
    "reset": "Reset",
    "nameless": "No name leads to this graph any more: a cell made a new one. Run this cell again.",
    "many_sliders": "{count} sliders",
    "box": "value of {name}",
    "not_a_number": "“{text}” is not a number. {name} stays {value}. Write for example -4, 0.5 or 1/2.",
    "too_large": "“{text}” is too large. {name} stays {value}. Use a number between −1000000 and 1000000.",
    "grab": "{name}, on its wire",
    "trace": "{output} while {input} moves. The slope of the orange line is the gradient, {gradient}.",
    "trace_alone": "{output} while {input} moves.",
    "held_help": "Drag a blue number at an input, or reach it with Tab and press an arrow key; Enter "
    "lets you type. Small numbers say what changes: the real change above, gradient × change below.",
    "held_help_array": "Drag a blue number at an input. By keys: Tab to its array, arrow keys to the "
    "number, Enter takes it. Arrow keys move it, Enter lets you type, Escape lets go. Small "
    "numbers: the real change above, gradient × change below, added up.",
    "held_sentence": "{input} changes by {step}. The gradient of {output} with respect to {input} is "
    "{gradient}, so we expect {gradient} × {factor} = {expected}. {output} really changes by {change}.",
    "held_change": "{input} changes by {step}. {output} really changes by {change}.",
    "steps": "Steps",
    "step_first": "First step",
    "step_back": "Back",
    "step_next": "Next",
    "step_last": "Last step",
    "backward": "Backward",
    "backward_all": "All gradients",
    "backward_keys": "Each press sends the gradient through one gate. Arrow right does the same",
    "step_count": "Step {place} of {all}",
    "step_keys": "Arrow keys step, Home and End go to the ends, Escape leaves",
    "step_begin": "Only the inputs are known.",
    "step_forward": "Forward: the gate {gate} computes {node}.",
    "step_start": "Backward starts with the gradient of {of} with respect to itself.",
    "step_backward": "Backward: the gate {gate} sends a gradient to each of its inputs.",
    "step_sum": "{node} branches, so its gradients add.",
    "step_page_ends": "Here the page ends: this update needs Python, in the notebook.",
    "step_update": "Update: parameters move against gradients.",
    "step_update_overflow": "The next update would be too large for a number: the loss explodes. "
    "Go back, or begin again with a smaller step.",
    "step_count_round": "Round {round}, step {place} of {all}",
    "step_losses": "{of} in each round: {losses}",
    "formula": "Formula of this step",
    "listing": "The same steps as code. Arrow up and down go from line to line",
    "gate_keys": "Gate {gate} computes {node}. Arrow up and down go from gate to gate.",
    "pass_forward": "# forward",
    "pass_backward": "# backward",
    "pass_update": "# update",
    "upstream": "upstream",
    "local": "local",
    "downstream": "downstream",
    "because": "with\u00a0",
    "node": "node",
    "value": "value",
    "gradient": "gradient",
    "picture": "Computational graph. {parts}.",
    "said_wire": "{name}: value {value}, gradient {gradient}",
    "said_value": "{name}: value {value}",
    "entry": "{name}{place}: value {value}, gradient {gradient}",
    "entry_paths": "{name}{place}: value {value}. It reaches {reached}. Its gradient is {terms} = {gradient}",
    "entry_value": "{name}{place}: value {value}",
    "entry_keys": "{name}, shape {shape}. Arrow keys go through its entries.",
    "entry_take": "{name}, shape {shape}. Arrow keys go through its entries, Enter takes one to move it.",
    "entry_help": "Point at an array, or reach it with Tab, to read one entry.",
    "jacobian_table": "One row for each output, one column for each input. Arrow keys go from slope to slope.",
    "jacobian_product": "Jᵀ · upstream",
    "jacobian_help": "Point at a slope, or reach the table with Tab and press arrow keys. ▶ multiplies "
    "the next column by upstream.",
    "jacobian_slope": "∂{q}/∂{x} = {slope}",
    "jacobian_unused": "∂{q}/∂{x} = 0, whatever the numbers are: {q} is made without {x}.",
    "jacobian_sum": "Column {x} times upstream, added up. The gradient of {f} with respect to {x} is "
    "{terms} = {gradient}. The other products are 0.",
    "only_python": {
        "gate": "Only Python can compute {node}, the gate {gate}.",
        "large": "{node} has more than {most} numbers, too many for a browser.",
        "empty": "{node} is an array without numbers. Only Python computes with that.",
        "short": "{node} has numbers of 32 bits. Only Python computes with these.",
    },
    "as_saved": "Here all numbers stay as they were saved.",
    "waiting": "Python has not answered yet. If this stays, run the cell again.",
    "pattern_distributor": "A gradient distributor: every input receives the upstream gradient.",
    "pattern_router": "A gradient router: the larger input receives the upstream gradient, the other 0.",
    "pattern_switcher": "A gradient switcher: each input receives the other input's value times upstream.",
    "fit": "Whole picture",
    "fold": "Fold {count} gates into {label}",
    "unfold": "Open {label}",
    "ask": "A question with answers",
    "ask_again": "Vote again",
    "hands": "Count hands",
    "hands_counted": "{letter}: {count} · {all} in all",
}

# The lecture as a page. {minute} and {planned} are numbers of minutes.
DECK = {
    "scenes": "Scenes",
    "back": "Scene before",
    "next": "Next scene",
    "count": "{number} / {all}",
    "minutes": "minute {minute} · planned {planned}",
    "keys": "n, p: scenes · A–D: vote · r: reveal · ← →: steps · t: training · h: count hands · "
    "s: these notes · m: set the clock to this scene · f: full screen",
}

VIEW_STATIC = (
    "Run the cell to move the sliders. If none appear then, this page does not allow live views."
)

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
    "backward": "Through {through}: {code}. {to} receives {gradient}.",
    "sum": "{to} branches, so its gradients add: {code}. The sum is {gradient}.",
    "update": "Update: {code}. {to} is now {value}.",
}

PAGE_TITLE = "A computational graph"

EXTRA_SLIDERS = {"upstream": "upstream gradient"}

# The quiz. {label} is one of quiz_label; reasons come from REASONS.
QUIZ = {
    "view": "Computational graph with blanks",
    "quiz": "Quiz",
    "quiz_check": "Check",
    "quiz_hint": "Hint",
    "quiz_reveal": "Reveal",
    "quiz_fresh": "New numbers",
    "quiz_reset": "First numbers",
    "quiz_next": "Next question",
    "quiz_again": "First question again",
    "quiz_count": "{right} of {all} right",
    "quiz_so_far": "{right} of {all} so far",
    "quiz_done": "{right} of {all}: all right",
    "sum_of": "the sum of {f}",
    "quiz_label": {
        "size": "{x}.shape[{axis}]",
        "entry": "the gradient of {f} with respect to {x}",
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
        "size": "Write down the shapes that enter the gate {gate}: {shapes}.",
        "share": "Follow only the path through the gate {gate} that computes {through}.",
        "sum": "Add the gradients of all paths.",
        "value": "Read the numbers on the wires that enter the gate {gate}.",
    },
    "quiz_hint_lines": {
        "size": [
            "The shapes that enter the gate {gate} are {shapes}.",
            "@ adds along the last axis of its first factor, a sum along its own: that axis is gone. "
            "Entry by entry, an axis of length 1 is repeated.",
        ],
        "entry": [
            "{x} reaches {reached}.",
            "Multiply the gradient of {f} with respect to each of these by its slope with respect to {x}.",
            "Add the products.",
        ],
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
    "quiz_vote": "Vote: {letters}.",
    "quiz_talk": "First vote: {first}. Talk to your neighbour, then vote again.",
    "quiz_second_vote": "First vote: {first}. Second vote: {second}.",
}
