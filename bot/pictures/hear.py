"""What runs beside the shop where a transcriber is set up: `python -m bot.pictures.hear ENGINE
FOLDER`. The model is loaded once; then each Ogg file on standard input (a length of four bytes
before it) is answered by its words on standard output in the same way.

Engines are libraries the operator installs (vosk, sherpa-onnx) with a model folder of theirs.
"""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import av

RATE = 16_000
Hear = Callable[[bytes], str]
"""Mono PCM, 16 bits at RATE → words."""


def vosk(folder: Path) -> Hear:
    """https://alphacephei.com/vosk: a folder as their site packs it."""
    library: Any = import_module("vosk")
    model = library.Model(str(folder))

    def hear(pcm: bytes) -> str:
        recognizer = library.KaldiRecognizer(model, RATE)
        recognizer.AcceptWaveform(pcm)
        return str(json.loads(recognizer.FinalResult()).get("text", ""))

    return hear


def sherpa_onnx(folder: Path) -> Hear:
    """https://k2-fsa.github.io/sherpa/onnx: an offline transducer (tokens, encoder, decoder,
    joiner).
    """
    library: Any = import_module("sherpa_onnx")
    part = {name: str(next(folder.glob(f"{name}*.onnx"))) for name in PARTS}
    recognizer = library.OfflineRecognizer.from_transducer(
        tokens=str(folder / "tokens.txt"), num_threads=1, **part
    )

    def hear(pcm: bytes) -> str:
        stream = recognizer.create_stream()
        samples = memoryview(pcm).cast("h")
        stream.accept_waveform(RATE, [sample / 32768 for sample in samples])
        recognizer.decode_stream(stream)
        return str(stream.result.text)

    return hear


PARTS = ("encoder", "decoder", "joiner")
ENGINES: dict[str, Callable[[Path], Hear]] = {"vosk": vosk, "sherpa_onnx": sherpa_onnx}


def pcm_of(ogg: bytes) -> bytes:
    mono = av.AudioResampler(format="s16", layout="mono", rate=RATE)
    with av.open(io.BytesIO(ogg), "r") as source:
        frames = [f for frame in source.decode(audio=0) for f in mono.resample(frame)]
        frames += mono.resample(None)
    return b"".join(bytes(f.planes[0])[: f.samples * 2] for f in frames)


def asked() -> Iterator[bytes]:
    while head := sys.stdin.buffer.read(4):
        yield sys.stdin.buffer.read(int.from_bytes(head, "big"))


def main(engine: str, folder: str) -> int:
    hear = ENGINES[engine](Path(folder))
    answer(b"")  # ready
    for ogg in asked():
        answer(hear(pcm_of(ogg)).encode())
    return 0


def answer(words: bytes) -> None:
    sys.stdout.buffer.write(len(words).to_bytes(4, "big") + words)
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
