"""The checks of single notebooks: what a student wrote, and the likeliest reason if it is wrong.

Each gives a Report and never raises. A reason is told only where a known mistake gives the very
answer; where answers to several questions are asked for, where it gives all of them.
"""
