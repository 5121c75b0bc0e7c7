"""What people know from other libraries, and what to write for it here: code, so no language's."""

# A node has no such attribute, and NumPy's function of that name does not know nodes.
INSTEAD = {
    "dot": "A @ node",
    "matmul": "A @ node",
    "max": "maximum(a, b)",
    "exp": "exp(node)",
    "log": "log(node)",
    "tanh": "tanh(node)",
    "square": "node ** 2",
    "sqrt": "node ** 0.5",
}

# What is looked for in a node.
OF_A_NODE = INSTEAD | {
    "gradient": "grad",
    "gradients": "grad",
    "derivative": "grad",
    "adjoint": "grad",
    "delta": "grad",
    "val": "value",
    "data": "value",
    "number": "value",
    "result": "value",
    "output": "value",
    "item": "value",
    "numpy": "value",
    "detach": "value",
    "label": "name",
    "title": "name",
    "parents": "inputs",
    "children": "inputs",
    "args": "inputs",
    "requires_grad": "wants_grad",
    "shape": "value.shape",
    "size": "value.size",
    "ndim": "value.ndim",
    "dtype": "value.dtype",
    "transpose": "T",
    "flatten": "reshape(-1)",
    "softmax": "softmax(node)",
    "forward": "graph.forward()",
    "backward": "graph.backward()",
    "zero_grad": "graph.backward()",
    "relu": "relu(node)",
    "sigmoid": "sigmoid(node)",
}

# NumPy functions of a node; for every other one: `words.ANOTHER_GATE`.
OF_NUMPY = INSTEAD | {
    "sum": "node.sum()",
    "mean": "node.mean()",
    "transpose": "node.T",
    "reshape": "node.reshape(shape)",
    "maximum": "maximum(a, b)",
    "reciprocal": "1 / node",
    "negative": "-node",
}

# What is looked for in a graph.
OF_A_GRAPH = {
    "zero_grad": "graph.backward()",
    "gradients": "graph.backward()",
    "grads": "graph.backward()",
    "grad": 'graph["x"].grad',
    "value": "graph.output.value",
    "loss": "graph.output.value",
    "step": "graph.forward(x=…)",
    "update": "graph.forward(x=…)",
    "run": "graph.forward()",
    "parameters": "graph.inputs",
}
