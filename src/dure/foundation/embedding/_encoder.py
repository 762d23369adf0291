"""Gives the weights to encoder.c, which does the arithmetic, and calls it."""

import ctypes
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from dure.foundation.embedding._weights import BLOCK, E5Weights, codes

_LIBRARY = Path(__file__).with_name("encoder.so")
_PANEL, _QUAD, _MIDDLE = 16, 4, 128


class Encoder:
    """A BERT encoder over the weights of a file. Several threads may use one."""

    def __init__(self, weights: E5Weights) -> None:
        self._library = _opened()
        self._kept: list[Any] = []
        self._width = weights.width
        layers = (_Layer * weights.layers)(
            *(self._layer(weights, f"l{number}") for number in range(weights.layers))
        )
        shape = weights.layers, weights.width, weights.heads, weights.inner
        first = self._norm(weights, "emb.ln")
        self._encoder = _Encoder(layers, first, *shape, weights.epsilon)

    def means(
        self, pieces: NDArray[np.float32], lengths: Sequence[int], threads: int = 1
    ) -> NDArray[np.float32]:
        """Return the mean over the tokens of each text after the last layer.

        `pieces` are the embedded tokens of all texts one after the other, `lengths` says how many
        each text has. Up to `threads` share each text. A mean depends neither on the other texts
        nor on the number of threads. Holds no lock meanwhile.
        """
        counts = np.array(lengths, np.int32)
        pieces = np.ascontiguousarray(pieces, np.float32)
        if pieces.shape != (counts.sum(), self._width) or counts.min() < 1:
            raise ValueError(f"{pieces.shape} pieces are no texts of {lengths} tokens")
        means = np.empty((len(counts), self._width), np.float32)
        texts = pieces.ctypes.data, counts.ctypes.data, len(counts)
        if self._library.encode(
            ctypes.byref(self._encoder), *texts, max(1, threads), means.ctypes.data
        ):
            raise MemoryError("no memory left to read texts in")
        return means

    def _layer(self, weights: E5Weights, at: str) -> "_Layer":
        products = [self._linear(weights, f"{at}.{name}") for name in ("q", "k", "v", "ao", "fi")]
        outer = self._linear(weights, f"{at}.fo", weights.inner)
        norms = self._norm(weights, f"{at}.aln"), self._norm(weights, f"{at}.oln")
        return _Layer(*products, outer, *norms)

    def _norm(self, weights: E5Weights, name: str) -> "_Norm":
        return _Norm(
            self._place(weights.floats(f"{name}.w")), self._place(weights.floats(f"{name}.b"))
        )

    def _linear(self, weights: E5Weights, name: str, inputs: int = 0) -> "_Linear":
        """Lay a matrix out as encoder.c reads it.

        No sum overflows. In 16 bits come 16 products of an activation (0 to 255) and a code (-8 to
        7): at most 255 * 8 * 16 = 32,640. In 32 bits, once the middle of the activations is taken
        away: at most 127 * 8 * inputs times the largest scale, which is chosen for that.
        """
        inputs = inputs or weights.width
        packed = weights.blocks(f"{name}.w", inputs)
        outputs, blocks = packed.shape
        whole = codes(packed)
        exact = packed["scale"].astype(np.float32)
        largest = min(2**15 - 1, (2**31 - 1) // (127 * 8 * inputs))
        units = np.maximum(np.abs(exact).max(axis=1) / largest, np.finfo(np.float32).tiny)
        scales = np.rint(exact / units[:, None]).astype(np.int16)
        offsets = -_MIDDLE * (whole.sum(axis=2, dtype=np.int32) * scales).sum(axis=1)
        panels = outputs // _PANEL
        by_quad = whole.reshape(panels, _PANEL, blocks, BLOCK // _QUAD, _QUAD)
        by_block = scales.reshape(panels, _PANEL, blocks).transpose(0, 2, 1)
        return _Linear(
            self._place(by_quad.transpose(0, 2, 3, 1, 4)),
            self._place(np.repeat(by_block, 2, axis=-1)),
            self._place(offsets.astype(np.int32)),
            self._place(units),
            self._place(weights.floats(f"{name}.b")),
            inputs,
            outputs,
        )

    def _place(self, values: NDArray[Any]) -> int:
        values = np.ascontiguousarray(values)
        self._kept.append(values)
        return values.ctypes.data


def _opened() -> ctypes.CDLL:
    if not _LIBRARY.exists():
        raise RuntimeError(f"{_LIBRARY} is missing: `make setup` compiles it")
    library = ctypes.CDLL(str(_LIBRARY))
    if not library.supported():
        raise RuntimeError(
            "the bundled text model needs a processor with AVX2;"
            " name another model in DURE_EMBEDDING (docs/how-to/run-it.md)"
        )
    library.encode.argtypes = [ctypes.c_void_p] * 3 + [ctypes.c_int] * 2 + [ctypes.c_void_p]
    return library


class _Linear(ctypes.Structure):
    _fields_ = (
        *((name, ctypes.c_void_p) for name in ("codes", "scales", "offsets", "units", "bias")),
        ("inputs", ctypes.c_int32),
        ("outputs", ctypes.c_int32),
    )


class _Norm(ctypes.Structure):
    _fields_ = (("scale", ctypes.c_void_p), ("shift", ctypes.c_void_p))


class _Layer(ctypes.Structure):
    _fields_ = (
        *((name, _Linear) for name in ("query", "key", "value", "attended", "inner", "outer")),
        ("after_attention", _Norm),
        ("after_inner", _Norm),
    )


class _Encoder(ctypes.Structure):
    _fields_ = (
        ("layers", ctypes.POINTER(_Layer)),
        ("first", _Norm),
        *((name, ctypes.c_int32) for name in ("depth", "width", "heads", "inner")),
        ("epsilon", ctypes.c_float),
    )
