"""Central differences, and verdicts for a gate, a graph, an answer.

Read `nudges` first, which measures, then `uses`, what the chain rule needs, and `table`, the known
mistakes as formulas over it; `mistakes` asks the table. `trials` runs a gate under test, `reports`
writes the verdict; `checks` and `answers` ask the questions, with `ties` and `own_gates`, what
an exercise asks besides. `graphs` and `numbers` are the tools.
"""
