"""Central differences, and verdicts for a gate, a graph, an answer.

`nudges` measures, `mistakes` computes the known wrong numbers, `trials` runs a gate under test,
`reports` writes the verdict; `checks`, `answers` and the two laboratories ask the questions.
"""
