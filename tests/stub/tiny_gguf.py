"""A tiny random-weight Llama model with a byte vocabulary, for tests against a real llama.cpp server.

    python -m tests.stub.tiny_gguf OUT.gguf      (needs: gguf, numpy)

About 300 kB; what it says is noise, but a server loads it, samples from it, and enforces a JSON Schema on it. What
ends a string or a list is made likelier, so that an answer comes to its end.
"""

from __future__ import annotations

import sys
from typing import Any

WIDTH, HEADS, FEED_FORWARD, CONTEXT = 64, 4, 128, 16384
VOCABULARY = [b"<unk>", b"<s>", b"</s>", *(f"<0x{byte:02X}>".encode() for byte in range(256))]
CONTROLS, QUOTE, OPENING, CLOSING = slice(3, 3 + 32), 3 + ord('"'), 3 + ord("{"), 3 + ord("]")
CHAT = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant: "


def write(path: str) -> None:
    """Write the model in GGUF."""
    import gguf

    writer = gguf.GGUFWriter(path, "llama")
    _describe(writer)
    _add_tensors(writer)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _describe(writer: Any) -> None:
    writer.add_name("tiny-random")
    writer.add_context_length(CONTEXT)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(1)
    writer.add_feed_forward_length(FEED_FORWARD)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_vocab_size(len(VOCABULARY))
    writer.add_file_type(0)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(VOCABULARY)
    writer.add_token_scores([0.0] * len(VOCABULARY))
    writer.add_token_types([2, 3, 3] + [6] * 256)  # unknown, control, control, bytes
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(2)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(CHAT)


def _add_tensors(writer: Any) -> None:
    import numpy as np

    chance = np.random.default_rng(0)

    def noise(*shape: int) -> Any:
        return (chance.standard_normal(shape) * 0.3).astype(np.float32)

    def add(name: str, *shape: int, scale: float = 1.0) -> None:
        writer.add_tensor(name, noise(*shape) * np.float32(scale))

    def add_norm(name: str) -> None:
        writer.add_tensor(name, np.ones(WIDTH, np.float32))

    embedding, output = noise(len(VOCABULARY), WIDTH), noise(len(VOCABULARY), WIDTH)
    embedding[:, 0] = 2.0  # a direction that every state has in common: a bias for the output
    output[CONTROLS, 0] = -1.0
    output[[QUOTE, OPENING, CLOSING], 0] = 1.2, 1.0, 0.7
    writer.add_tensor("token_embd.weight", embedding)
    writer.add_tensor("output.weight", output)
    add_norm("output_norm.weight")
    for part in ("attn_q", "attn_k", "attn_v"):
        add(f"blk.0.{part}.weight", WIDTH, WIDTH)
    add("blk.0.attn_output.weight", WIDTH, WIDTH, scale=0.02)
    add("blk.0.ffn_gate.weight", FEED_FORWARD, WIDTH)
    add("blk.0.ffn_up.weight", FEED_FORWARD, WIDTH)
    add("blk.0.ffn_down.weight", WIDTH, FEED_FORWARD, scale=0.02)
    add_norm("blk.0.attn_norm.weight")
    add_norm("blk.0.ffn_norm.weight")


if __name__ == "__main__":
    write(sys.argv[1])
