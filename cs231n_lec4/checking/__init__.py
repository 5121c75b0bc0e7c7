"""Central differences, and verdicts for a gate, a graph, an answer.

`nudges` measures, `uses` reads what the chain rule needs, `mistakes` computes the known wrong
numbers, `trials` runs a gate under test, `reports` writes the verdict; `checks`, `answers` and the
two laboratories ask the questions.
"""
