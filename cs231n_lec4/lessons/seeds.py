"""How often does a training find its answer? One net from many seeds: other points, other weights.

python -m cs231n_lec4.lessons.seeds
"""

from .. import words
from .trainer import Trainer

STEPS, ENOUGH = 400, 0.95
PLAN = {"circles": (1, 2, 3, 4), "xor": (1, 2, 3, 4, 6)}  # data: hidden units


def shares_right(data, hidden, seeds=20, steps=STEPS, rate=0.3):
    """The share of points on the right side after so many steps, for each seed from 0 on."""
    return [trained(seed, steps, data=data, hidden=hidden, rate=rate) for seed in range(seeds)]


def trained(seed, steps, **settings):
    """The share of points on the right side after the last step."""
    trainer = Trainer(seed=seed, **settings)
    while trainer.record.step < steps and trainer.step():
        pass
    return trainer.accuracy


def how_many(shares, enough=ENOUGH):
    """How many of the seeds reach `enough`."""
    return sum(share >= enough for share in shares)


def line_of(data, hidden, seeds=20):
    """What so many seeds of one net give, in one line."""
    shares = shares_right(data, hidden, seeds)
    facts = {"data": data, "hidden": hidden, "seeds": seeds, "steps": STEPS, "enough": ENOUGH}
    ends = {"low": min(shares), "high": max(shares), "count": how_many(shares)}
    return words.SEEDS.format(**facts, **ends)


if __name__ == "__main__":
    for data, sizes in PLAN.items():
        for hidden in sizes:
            print(line_of(data, hidden), flush=True)
