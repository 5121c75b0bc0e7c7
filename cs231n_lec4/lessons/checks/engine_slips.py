"""Slips of a backward pass: for each, the gradients that an engine with this slip gives.

An engine walks over nodes that have `.inputs` and `.local`, in some order, and each node sends a
share to each of its inputs.
"""

from ...engine.graph import topological_order


def walk(order, share):
    """An engine: the order in which the nodes send, and what an input then holds."""

    def run(output):
        grads = first_gradients(output)
        for node in order(output):
            for x, local in zip(node.inputs, node.local, strict=True):
                grads[x] = share(grads[x], grads[node], local)
        return grads

    return run


def first_gradients(output):
    """{node: 0}, and 1 for the output."""
    return dict.fromkeys(topological_order(output), 0.0) | {output: 1.0}


def last_first(output):
    """The right order: every gate before its inputs."""
    return reversed(topological_order(output))


def breadth_first(output):
    """The output, its inputs, their inputs, …: each once."""
    nodes = [output]
    for node in nodes:
        nodes += [x for x in dict.fromkeys(node.inputs) if x not in nodes]
    return nodes


def depth_first(output):
    """Down the first input to its end, then the next: each node once, when it is first met."""
    return dict.fromkeys(every_path(output))


def every_path(output):
    """Down every path from the output: a gate as often as paths lead to it."""
    return [output, *(node for x in output.inputs for node in every_path(x))]


def repeated_order(output):
    """The reversed list of an `order` that never asks whether a node is there."""
    return [output, *(node for x in reversed(output.inputs) for node in repeated_order(x))]


def sent_at_once(output):
    """An engine that goes on to an input as soon as one share has come, with all it holds."""
    grads = first_gradients(output)

    def send(node):
        for x, local in zip(node.inputs, node.local, strict=True):
            grads[x] += grads[node] * local
            send(x)

    send(output)
    return grads


def right_share(grad, upstream, local):
    """The sum at a branch, of upstream times local."""
    return grad + upstream * local


SLIPS = (
    ("nothing_sent", walk(last_first, lambda grad, upstream, local: grad)),
    ("overwrote_at_a_branch", walk(last_first, lambda grad, upstream, local: upstream * local)),
    ("one_path_of_two", walk(last_first, lambda grad, up, local: grad or up * local)),
    ("forgot_upstream", walk(last_first, lambda grad, upstream, local: grad + local)),
    ("forgot_local", walk(last_first, lambda grad, upstream, local: grad + upstream)),
    ("adds_upstream", walk(last_first, lambda grad, upstream, local: grad + upstream + local)),
    ("sign", walk(last_first, lambda grad, upstream, local: grad - upstream * local)),
    ("not_reversed", walk(topological_order, right_share)),
    ("share_too_late", walk(breadth_first, right_share)),
    ("share_too_late", walk(depth_first, right_share)),
    ("sent_twice", walk(repeated_order, right_share)),
    ("sent_twice", sent_at_once),
)
