"""Live views of a graph: explore, step_through, quiz."""
