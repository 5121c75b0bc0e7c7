"""The lecture for a hall: titles, and a question for each scene: its answers, and why each one.

A title begins with the minute at which its scene is planned. `notes` are for the speaker.
"""

HALL = {
    "loss": {
        "title": "0' · From scores to a loss (slides 4–8)",
        "notes": "Read the wires first: two scores, the hinge, the penalty. After the answer raise w1 until the hinge wakes up.",
        "question": "s0 = 4 is the right score, s1 = 1 a wrong one. s1 rises by 0.1. By about how much does max(0, s1 − s0 + 1) change?",
        "answers": [
            ("−0.1", "That would be a nudge of s0 where the hinge is awake."),
            ("0", "s1 − s0 + 1 is −2. There the hinge is flat: it sends no gradient to the scores."),
            ("0.1", "That is so where the hinge is awake, above s1 = 3."),
            ("1.1", "The margin 1 is no part of the change."),
        ],
        "right": "B",
    },
    "first": {
        "title": "5' · The first example (slides 12–23)",
        "notes": "Four questions, from the output back to the inputs. Ask what each number says before it is revealed.",
    },
    "gate": {
        "title": "13' · One gate from close (slides 24–29)",
        "notes": "Say upstream, local, downstream once for each input. Then drag x: only the gradient at y moves.",
        "question": "A × gate holds 3 and −4. From upstream comes 2. What does it hand to the input that is 3?",
        "answers": [
            ("−8", "Upstream 2, times the other input's value, −4."),
            ("2", "That is upstream alone."),
            ("6", "That goes to the other input."),
            ("−4", "That is the local gradient alone."),
        ],
        "right": "A",
    },
    "fold": {
        "title": "18' · Folding four gates into one (slides 30–45)",
        "notes": "Vote before you fold. Then fold and open it again: no number outside changes.",
        "question": "The last four gates fold into one: σ = 0.73. Upstream is 1. What leaves it?",
        "answers": [
            ("0.20", "(1 − 0.73) · 0.73 · 1. The four local gradients have the same product."),
            ("0.27", "That is 1 − σ alone. The local gradient is (1 − σ) · σ."),
            ("0.73", "That is the value. The local gradient is (1 − σ) · σ."),
            ("1.00", "That is upstream alone. A fold has a local gradient too."),
        ],
        "right": "A",
    },
    "patterns": {
        "title": "29' · Patterns of gates (slides 46–50)",
        "notes": "After the answer name the gates: add hands on, × swaps, max chooses. Then drag w above z.",
        "question": "weight · input: the weight is 0.01, the input 1000. Whose gradient is larger?",
        "answers": [
            ("The input's", "It gets the weight times upstream: 0.01 · upstream."),
            ("The weight's", "A × gate swaps: it gets 1000 · upstream. Large inputs make large gradients of weights."),
            ("They are equal", "An add gate does that."),
            ("Upstream decides", "Upstream is the same for both: one is 100,000 times the other."),
        ],
        "right": "B",
    },
    "branch": {
        "title": "34' · A wire that branches (slide 51)",
        "notes": "Press → up to b. Stop there: two shares arrive, and the last step adds them.",
        "question": "Two paths lead from b to e. One has the gradient 2, the other 3. Nudge b by 0.1: what does e do?",
        "answers": [
            ("It grows by about 0.2", "That is the first path alone."),
            ("It grows by about 0.3", "That is the second path alone."),
            ("It grows by about 0.5", "Both paths carry the nudge: 0.1 · (2 + 3). Gradients add."),
            ("It grows by about 0.6", "That would be the product of the two."),
        ],
        "right": "C",
    },
    "jacobian": {
        "title": "37' · The Jacobian that nobody builds (slides 52–57)",
        "notes": "Move one entry of x past 0 and watch the diagonal. Then choose 4,096: how many entries has the matrix?",
        "question": "z = max(0, x) at x = (1, −2, 3, −1). Upstream is (4, −1, 5, 9). What does it hand to x?",
        "answers": [
            ("(4, 0, 5, 0)", "An entry of upstream gets through where its x is above 0."),
            ("(4, −1, 5, 9)", "That is upstream alone."),
            ("(4, 0, 5, 9)", "That cuts by the sign of upstream. The sign of x decides."),
            ("(1, 0, 3, 0)", "That is z, the value."),
        ],
        "right": "A",
    },
    "norm": {
        "title": "41' · ‖Wx‖², entry by entry (slides 58–74)",
        "notes": "Shapes first: the gradient of W is 2 × 2, as W is. Then one entry: W01 gets 2 · q0 · x1.",
        "question": "f = ‖Wx‖² with q = Wx. What is the gradient of f with respect to W?",
        "answers": [
            ("2 q xᵀ", "Entry i, j is 2 qᵢ xⱼ: a column times a row."),
            ("2 x qᵀ", "For a 2 × 2 W the shape fits too. The shape rule alone does not decide."),
            ("2 Wᵀ q", "That is the gradient of f with respect to x."),
            ("2 W x", "That is the gradient of f with respect to q."),
        ],
        "right": "A",
    },
    "broken": {
        "title": "48' · A gate remembers (slides 75–81)",
        "notes": "Show self.x and self.y on the slide. In the picture each × is an object of its own, so a gets 4.",
        "question": "One MultiplyGate computes a · b = 3 · 4, then also c · d = 5 · 6. Upstream is 1. What does its backward hand to a?",
        "answers": [
            ("4", "That is b. The second forward has put 6 in its place."),
            ("5", "That is c: it would go to b."),
            ("6", "Its last forward left self.y = 6. Each place needs a gate of its own."),
            ("3", "That is the value of a."),
        ],
        "right": "C",
    },
    "layers": {
        "title": "53' · One layer, two layers (slides 83–88)",
        "notes": "Drag w1 above 0: the second unit wakes up. Then ask what stays of W2 without max.",
        "question": "Leave max(0, ·) out of f = W2 max(0, W1 x). What can f do that W x cannot?",
        "answers": [
            ("Two templates for one class", "W2 W1 has one row for each class: one template each."),
            ("More: it has more weights", "More weights, but no new function: W2 W1 is one matrix."),
            ("Multiply two entries of x", "It multiplies weights with each other, never two entries of x."),
            ("Nothing", "W2 (W1 x) = (W2 W1) x. Only max(0, ·) makes the second layer worth having."),
        ],
        "right": "D",
    },
    "templates": {
        "title": "58' · Templates (slide 86)",
        "notes": "Turn the horse slowly to the middle. Two templates stay apart; one template becomes a horse with two heads.",
        "question": "A template of left-facing horses and one of right-facing horses both score 3: h = (3, 3). W2 = (1, 1). What is the horse score?",
        "answers": [
            ("3", "That is the larger one. W2 adds, it does not choose."),
            ("6", "1 · 3 + 1 · 3: a weighted sum of scores. Two medium scores can beat one high one."),
            ("9", "Scores are not multiplied with each other."),
            ("2", "That is the sum of the weights alone."),
        ],
        "right": "B",
    },
    "training": {
        "title": "63' · Training (slides 88–89)",
        "notes": "Walk one round: forward, backward, update. After the answer t starts a real training, and stops it.",
        "question": "L = (2w − 1)² is 4 at w = 1.5, its gradient is 8. The rate is 1. What is L after one update?",
        "answers": [
            ("0", "A rate of 1/8 would land there."),
            ("4", "A rate of 1/4 would land there, as far on the other side."),
            ("−4", "The update changes w, not L. And a square is never negative."),
            ("196", "w becomes 1.5 − 8 = −6.5, and (−14)² = 196. Far too long a step."),
        ],
        "right": "D",
    },
    "activations": {
        "title": "67' · Activations (slides 90–99)",
        "notes": "Drag the point to 6 and to −6. Where a curve is flat, no gradient gets through.",
        "question": "Four sigmoids stand one after another, and the input of each is 0. How much of upstream gets through all four?",
        "answers": [
            ("1", "That adds four quarters. Along a path gradients multiply."),
            ("1/4", "One sigmoid lets that through: σ′(0) is 1/4."),
            ("1/256", "1/4 · 1/4 · 1/4 · 1/4. And 1/4 is the most that a sigmoid lets through."),
            ("1/16", "That is two of them."),
        ],
        "right": "C",
    },
    "exit": {
        "title": "72' · Exit question",
        "notes": "Everybody votes alone. Then ask for the two paths that lead from b to e.",
        "question": "e = (a + b)(b + 1) at a = 2, b = 3. What is the gradient of e with respect to b?",
        "answers": [
            ("4", "That is one path: through a + b."),
            ("5", "That is one path: through b + 1."),
            ("20", "That is the value of e."),
            ("9", "Two paths, 4 and 5. Where a wire branches, gradients add."),
        ],
        "right": "D",
    },
}  # fmt: skip
