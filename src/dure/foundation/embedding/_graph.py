"""Writes the bundled model as an ONNX graph; needed once, when the cache folder is empty.

The graph takes the embedded word pieces of ONE text and returns the mean of its tokens. In 8-bit
arithmetic a batch shares the scale of its activations: one text at a time keeps a vector
independent of the texts it was computed with.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper, save
from onnxruntime.quantization import QuantType, quantize_dynamic

from dure.foundation.embedding._weights import E5Weights

_CONTRIB = "com.microsoft"
_OPSETS = [helper.make_opsetid("", 20), helper.make_opsetid(_CONTRIB, 1)]
_IR_VERSION = 9  # of opset 20, so that every ONNX Runtime since 1.17 reads the file
_LAYERS_WITH_OUTLIERS = range(4, 8)


def write_e5(weights: E5Weights, path: Path) -> None:
    """Write the encoder of multilingual-e5-small with 8-bit arithmetic.

    Weights use 7 of the 8 bits: with all 8 the sums overflow on processors without VNNI, and
    vectors would depend on the machine. The products that hold the outliers stay in floats
    (cosine to the exact model .998 instead of .996, measured).
    """
    exact = path.with_suffix(".float")
    write_exact_e5(weights, exact)
    quantize_dynamic(
        exact,
        path,
        per_channel=True,
        reduce_range=True,
        nodes_to_exclude=[f"l{layer}.fo" for layer in _LAYERS_WITH_OUTLIERS],
        weight_type=QuantType.QInt8,
        extra_options={"DefaultTensorType": TensorProto.FLOAT},
    )
    exact.unlink()


def write_exact_e5(weights: E5Weights, path: Path) -> None:
    """Write the same encoder in 32-bit floats."""
    model = _e5(weights)
    # Else a warning asks for a pre-processing that gains nothing here: the graph is as it should be.
    helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
    save(model, path)


class _Graph:
    """Collects nodes and weights; every method returns the name of its output."""

    def __init__(self) -> None:
        self._nodes: list[Any] = []
        self._weights: list[Any] = []

    def weight(self, values: NDArray[Any]) -> str:
        name = f"w{len(self._weights)}"
        self._weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, *inputs: str, outputs: int = 1, **how: Any) -> Any:
        names = [f"n{len(self._nodes)}_{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(kind, inputs, names, **how))
        return names[0] if outputs == 1 else names

    def linear(self, x: str, matrix: NDArray[Any], bias: NDArray[Any], name: str = "") -> str:
        product = self.node("MatMul", x, self.weight(matrix), name=name)
        return str(self.node("Add", product, self.weight(bias)))

    def normed(self, x: str, scale: NDArray[Any], shift: NDArray[Any], epsilon: float) -> str:
        weights = self.weight(scale), self.weight(shift)
        return str(self.node("LayerNormalization", x, *weights, axis=-1, epsilon=epsilon))

    def model(self, output: str, columns: int) -> ModelProto:
        self._nodes.append(helper.make_node("Identity", [output], ["mean"]))
        pieces = helper.make_tensor_value_info("pieces", TensorProto.FLOAT, [1, "length", columns])
        mean = helper.make_tensor_value_info("mean", TensorProto.FLOAT, [1, columns])
        graph = helper.make_graph(self._nodes, "encoder", [pieces], [mean], self._weights)
        return helper.make_model(graph, opset_imports=_OPSETS, ir_version=_IR_VERSION)


def _e5(weights: E5Weights) -> ModelProto:
    graph, width = _Graph(), weights.width
    epsilon = float(weights.epsilon)

    def linear(x: str, name: str, columns: int) -> str:
        return graph.linear(
            x, weights.matrix(f"{name}.w", columns).T, weights.floats(f"{name}.b"), name
        )

    def normed(x: str, name: str) -> str:
        return graph.normed(x, weights.floats(f"{name}.w"), weights.floats(f"{name}.b"), epsilon)

    x = normed("pieces", "emb.ln")
    for layer in range(weights.layers):
        at = f"l{layer}"
        names = [f"{at}.q", f"{at}.k", f"{at}.v"]
        joined = graph.linear(
            x,
            np.concatenate([weights.matrix(f"{name}.w", width) for name in names]).T,
            np.concatenate([weights.floats(f"{name}.b") for name in names]),
        )
        query, key, value = graph.node("Split", joined, outputs=3, axis=-1, num_outputs=3)
        attended = graph.node(
            "MultiHeadAttention", query, key, value, domain=_CONTRIB, num_heads=weights.heads
        )
        x = normed(graph.node("Add", x, linear(attended, f"{at}.ao", width)), f"{at}.aln")
        inner = graph.node("Gelu", linear(x, f"{at}.fi", width))
        x = normed(graph.node("Add", x, linear(inner, f"{at}.fo", weights.inner)), f"{at}.oln")
    mean = graph.node("ReduceMean", x, graph.weight(np.array([1])), keepdims=0)
    return graph.model(mean, width)
