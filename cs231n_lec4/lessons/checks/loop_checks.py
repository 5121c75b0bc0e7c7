"""The check of the training loop of notebook 12: where w ends, and which slip ends there too."""

from ...checking.numbers import close
from ...checking.reports import RIGHT, Report, both, pair, safe, sentence, short, wrong
from ..graphs import one_weight

LOOPS = (  # numbers of the graph, rate, steps
    ({"w": 1.5, "x": 2.0, "y": 1.0}, 0.1, 3),
    ({"w": -0.5, "x": 1.5, "y": 2.0}, 0.05, 4),
)


@safe("train")
def check_loop(train):
    """Check `train(graph, rate, steps)`: w of L = (w x − y)² after so many steps downhill."""
    for values, rate, steps in LOOPS:
        yours, truth = (end_of(one, values, rate, steps) for one in (train, WALK))
        if not close(yours, truth):
            return wrong_loop(train, values, rate, steps)
    return Report(RIGHT, [sentence("loop_right", w=short(truth), steps=steps)])


def wrong_loop(train, *run):
    """The report on a run that ends at another w; a reason only if its slip gives every run."""
    runs = [run, *(other for other in LOOPS if other != run)]
    ends = [end_of(train, *one) for one in runs]
    reason = both(
        code
        for code, slip in SLIPS
        if all(close(end, end_of(slip, *one)) for end, one in zip(ends, runs, strict=True))
    )
    facts = {"rate": run[1], "steps": run[2], **pair(ends[0], end_of(WALK, *run))}
    return wrong(reason, sentence("loop_wrong", **facts), otherwise="unknown_loop")


def end_of(train, values, rate, steps):
    """w of a new graph after this training."""
    graph = one_weight(**values)
    train(graph, rate, steps)
    return graph["w"].value


def walk(
    adds=lambda k: False, back=lambda k: True, many=lambda n: n, downhill=1, size=None, kept=1
):
    """A training loop: in which steps backward adds, in which it runs, how many there are; how far
    w goes, and how much of it is kept."""

    def train(graph, rate, steps):
        for step in range(many(steps)):
            if back(step):
                grad = graph.backward(accumulate=adds(step))["w"]
            graph.forward(w=kept * graph["w"].value - downhill * (size or rate) * grad)

    return train


WALK = walk()
SLIPS = (
    ("gradients_pile_up", walk(adds=lambda step: True)),
    ("cleared_at_the_start_only", walk(adds=lambda step: step > 0)),
    ("gradient_of_the_start", walk(back=lambda step: step == 0)),
    ("uphill", walk(downhill=-1.0)),
    ("rate_forgotten", walk(size=1.0)),
    ("one_step_only", walk(many=lambda n: 1)),
    ("last_step_missing", walk(many=lambda n: n - 1)),
    ("step_without_weight", walk(kept=0.0)),
    ("not_updated", walk(downhill=0.0)),
)
