"""Classic mistakes, planted. Each row: a gate, where it is tried, the input blamed, and the reason.

The reason is None where no single known mistake fits.
"""

import numpy as np

import cs231n_lec4 as c
from cs231n_lec4 import Gate


class AddsInPlaceOfMultiplying(c.MultiplyGate):
    def backward(self, dz):
        return [self.y + dz, self.x + dz]


class WithoutSelf:
    def forward(x, y):
        return x * y

    def backward(dz):
        return [dz, dz]


class ForgetsUpstream(c.MultiplyGate):
    def backward(self, dz):
        return [self.y, self.x]


class AddsOnes(c.AddGate):
    def backward(self, dz):
        return [1.0, 1.0]


class PassesUpstreamOn(c.MultiplyGate):
    def backward(self, dz):
        return [dz, dz]


class KeepsItsOwnInput(c.MultiplyGate):
    def backward(self, dz):
        return [self.x * dz, self.y * dz]


class ReturnsTheWrongOrder(c.DivideGate):
    def backward(self, dz):
        return super().backward(dz)[::-1]


class SubtractsWithoutMinus(c.SubtractGate):
    def backward(self, dz):
        return [dz, dz]


class DividesWithoutSquare(c.DivideGate):
    def backward(self, dz):
        return [dz / self.y, -self.x / self.y * dz]


class LosesTheMinus(c.ReciprocalGate):
    def backward(self, dz):
        return [dz / self.x**2]


class ExpTimesItsInput(c.ExpGate):
    def forward(self, x):
        self.x = x
        return super().forward(x)

    def backward(self, dz):
        return [self.x * dz]


class LogTimesItsInput(c.LogGate):
    def backward(self, dz):
        return [self.x * dz]


class OnePlusSigmoid(c.SigmoidGate):
    def backward(self, dz):
        return [self.z * (1.0 + self.z) * dz]


class SlopeOfTheOutput(c.SigmoidGate):
    def backward(self, dz):
        s = 1.0 / (1.0 + c.exp(-self.z))
        return [s * (1.0 - s) * dz]


class TanhWithoutSquare(c.TanhGate):
    def backward(self, dz):
        return [(1.0 - self.z) * dz]


class MasksTheGradient(c.ReluGate):
    def backward(self, dz):
        return [(np.asarray(dz) > 0) * dz]


class ForgetsTheMask(c.ReluGate):
    def backward(self, dz):
        return [dz]


class MaskUpsideDown(c.ReluGate):
    def backward(self, dz):
        return [np.logical_not(self.is_on) * dz]


class MaxGivesTheValue(c.MaxGate):
    def forward(self, x, y):
        self.x, self.y = x, y
        return super().forward(x, y)

    def backward(self, dz):
        return [self.x * dz, 0.0] if self.x_wins else [0.0, self.y * dz]


class MaxToTheSmaller(c.MaxGate):
    def backward(self, dz):
        return super().backward(dz)[::-1]


class MaxToBoth(c.MaxGate):
    def backward(self, dz):
        return [dz, dz]


class Square(Gate):
    def forward(self, x):
        self.x = x
        return x * x

    def backward(self, dz):
        return 2.0 * self.x * dz


class SquareWithoutTwo(Square):
    def backward(self, dz):
        return self.x * dz


class ForgetsToTranspose(c.MatMulGate):
    def backward(self, dz):
        return [np.outer(dz, self.y), self.x @ dz]


class GivesTheTransposed(c.MatMulGate):
    def backward(self, dz):
        return [np.outer(self.y, dz), self.x.T @ dz]


class SumsNothing:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x @ y

    def backward(self, dz):
        return [np.outer(dz, self.y), self.x * dz[:, None]]


class SumGivesOneNumber(c.SumGate):
    def backward(self, dz):
        return [dz]


class MeanWithoutN(c.MeanGate):
    def backward(self, dz):
        return [dz * np.ones_like(self.x)]


class BiasNotSummed:
    def forward(self, x, b):
        return x + b

    def backward(self, dz):
        return dz, dz


class BiasAveraged(BiasNotSummed):
    def backward(self, dz):
        return dz, dz.mean(axis=0)


class HalfTheSquaredNorm(c.SquaredNormGate):
    def backward(self, dz):
        return [self.x * dz]


class NormInPlaceOfItsSquare(c.SquaredNormGate):
    def backward(self, dz):
        return [self.x * dz / np.sqrt(np.sum(self.x * self.x))]


class SumsRows:
    def forward(self, x):
        self.x = x
        return x.sum(axis=0)

    def backward(self, dz):
        return np.repeat(dz[None, :], len(self.x), axis=0)


class ForgetsToRepeat(SumsRows):
    def backward(self, dz):
        return dz


class RepeatsAlongColumns(SumsRows):
    def backward(self, dz):
        return np.repeat(dz[:, None], len(self.x), axis=1)


class MeanOfColumns:
    def forward(self, x):
        self.x = x
        return x.mean(axis=1)

    def backward(self, dz):
        return dz[:, None] * np.ones_like(self.x)


class MeanNotRepeated(MeanOfColumns):
    def backward(self, dz):
        return dz / self.x.shape[1]


class MeanAlongRows(MeanOfColumns):
    def backward(self, dz):
        return dz / self.x.shape[1] * np.ones_like(self.x)


class NotTransposedBack(c.TransposeGate):
    def backward(self, dz):
        return [dz]


class OverwritesPlaces(c.PickGate):
    index = (0, 2, 0)

    def forward(self, x):
        self.x = x
        return x[list(self.index)]

    def backward(self, dz):
        dx = np.zeros_like(self.x)
        dx[list(self.index)] = dz
        return [dx]


class DiagonalAlone(c.SoftmaxGate):
    def backward(self, dz):
        return [self.z * (1.0 - self.z) * dz]


class LossWithoutN(c.BinaryCrossEntropyGate):
    labels = (1.0, 0.0, 1.0)

    def backward(self, dz):
        return [(self.p - self.y) * dz]


class SharesOneMemory:
    def forward(self, x, y):
        SharesOneMemory.saved = x, y
        return x * y

    def backward(self, dz):
        x, y = SharesOneMemory.saved
        return [y * dz, x * dz]


class RemembersTheFirst:
    saved = None

    def forward(self, x, y):
        self.saved = self.saved or (x, y)
        return x * y

    def backward(self, dz):
        x, y = self.saved
        return [y * dz, x * dz]


x, y = 0.5, 0.25


class ReadsGlobals:
    def forward(self, a, b):
        return a * b

    def backward(self, dz):
        return [y * dz, x * dz]


class AddsToItsLastAnswer:
    def __init__(self):
        self.dx = self.dy = 0.0

    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, dz):
        self.dx += self.y * dz
        self.dy += self.x * dz
        return [self.dx, self.dy]


class OneGradientForTwo(c.MultiplyGate):
    def backward(self, dz):
        return [self.y * dz]


class ReturnsNothing(c.MultiplyGate):
    def backward(self, dz):
        self.y * dz


class ChangesUpstream(c.ReluGate):
    def backward(self, dz):
        dz[np.logical_not(self.is_on)] = 0.0
        return [dz]


class Stops(c.MultiplyGate):
    def backward(self, dz):
        return [self.y * dz, self.x[0] * dz]


W, V = [[1.0, 2.0], [-0.5, 3.0]], [0.7, -1.2]
TALL = [[1.0, 2.0], [-0.5, 3.0], [0.3, 0.1]]
ROWS, BIAS = [[1.0, 2.0, 0.5], [-1.0, 0.3, 2.0], [0.1, 0.2, 0.4], [3.0, 1.0, 1.5]], [0.1, 0.2, 0.3]
GAP = (3.0, -4.0)

WRONG_GATES = [
    (AddsInPlaceOfMultiplying, GAP, "x", "adds_upstream"),
    (WithoutSelf, GAP, "self", "missing_self"),
    (ForgetsUpstream, GAP, "x", "forgot_upstream"),
    (AddsOnes, GAP, "x", "forgot_upstream"),
    (PassesUpstreamOn, GAP, "x", "forgot_local"),
    (KeepsItsOwnInput, GAP, "x", "swaps_gradients"),
    (ReturnsTheWrongOrder, GAP, "x", "swaps_gradients"),
    (SubtractsWithoutMinus, GAP, "y", "sign"),
    (DividesWithoutSquare, GAP, "y", "wrong_local"),
    (LosesTheMinus, (1.37,), "x", "sign"),
    (ExpTimesItsInput, (0.5,), "x", "value_as_local"),
    (LogTimesItsInput, (2.0,), "x", "value_as_local"),
    (OnePlusSigmoid, (1.0,), "x", "wrong_local"),
    (SlopeOfTheOutput, (1.0,), "x", "slope_at_output"),
    (SlopeOfTheOutput, ([1.0, -0.5],), "x", "slope_at_output"),
    (TanhWithoutSquare, (0.5,), "x", "wrong_local"),
    (MasksTheGradient, (3.0,), "x", "wrong_mask"),
    (ForgetsTheMask, (3.0,), "x", "wrong_mask"),
    (MaskUpsideDown, ([3.0, -1.0],), "x", "wrong_mask"),
    (MaxGivesTheValue, (2.0, -1.0), "x", "max_gives_value"),
    (MaxToTheSmaller, (2.0, -1.0), "x", "wrong_mask"),
    (MaxToBoth, (2.0, -1.0), "y", "wrong_mask"),
    (SquareWithoutTwo, (3.0,), "x", "factor_two"),
    (ForgetsToTranspose, (W, V), "y", "transposed"),
    (GivesTheTransposed, (TALL, V), "x", "transposed"),
    (SumsNothing, (TALL, V), "y", "missing_sum"),
    (SumGivesOneNumber, (V,), "x", "wrong_shape"),
    (MeanWithoutN, ([1.0, 2.0, 4.0],), "x", "forgot_divide_by_n"),
    (BiasNotSummed, (ROWS, BIAS), "b", "missing_sum_over_broadcast"),
    (BiasAveraged, (ROWS, BIAS), "b", "mean_instead_of_sum"),
    (HalfTheSquaredNorm, ([1.0, 2.0, 4.0],), "x", "factor_two"),
    (NormInPlaceOfItsSquare, ([1.0, 2.0, 4.0],), "x", "norm_not_squared"),
    (ForgetsToRepeat, (TALL,), "x", "forgot_to_repeat"),
    (ForgetsToRepeat, (W,), "x", "forgot_to_repeat"),
    (RepeatsAlongColumns, (TALL,), "x", "repeated_wrong_axis"),
    (RepeatsAlongColumns, (W,), "x", "repeated_wrong_axis"),
    (MeanOfColumns, (ROWS,), "x", "forgot_divide_by_n"),
    (MeanNotRepeated, (TALL,), "x", "forgot_to_repeat"),
    (MeanAlongRows, (W,), "x", "repeated_wrong_axis"),
    (NotTransposedBack, (TALL,), "x", "transposed"),
    (NotTransposedBack, (W,), "x", "transposed"),
    (OverwritesPlaces, ([1.0, 2.0, 4.0],), "x", "overwrote_a_place"),
    (OverwritesPlaces, (TALL,), "x", "overwrote_a_place"),
    (DiagonalAlone, ([1.0, 2.0, 0.5],), "x", "diagonal_alone"),
    (DiagonalAlone, (TALL,), "x", "diagonal_alone"),
    (LossWithoutN, ([1.0, 2.0, 0.5],), "scores", "forgot_divide_by_n"),
    (SharesOneMemory, GAP, "x", "stale_cache"),
    (RemembersTheFirst, GAP, "x", "stale_cache"),
    (ReadsGlobals, GAP, "a", "wrong_local"),
    (AddsToItsLastAnswer, GAP, "AddsToItsLastAnswer", "not_zeroed"),
    (OneGradientForTwo, GAP, "OneGradientForTwo", "wrong_count"),
    (ReturnsNothing, GAP, "ReturnsNothing", "wrong_count"),
    (ChangesUpstream, ([3.0, -1.0],), "ChangesUpstream", "changed_in_place"),
    (Stops, GAP, "Stops", "stopped"),
]
