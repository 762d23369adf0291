"""Compiles the encoder of the bundled text model when dure is installed or packed.

It takes a C compiler and nothing else: the library is loaded with ctypes, so Python's headers are
not needed. CC and CFLAGS are heard.
"""

import os
import platform
import shlex
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_SOURCE = "src/dure/foundation/embedding/encoder.c"
# AVX2, which every x86 server of the last ten years has; other processors take their own flags.
_FLAGS = {"x86_64": ["-mavx2", "-mfma"]}


class EncoderBuildHook(BuildHookInterface):
    """Puts encoder.so beside encoder.c and names it to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        source = Path(self.root) / _SOURCE
        library = source.with_suffix(".so")
        draft = library.with_suffix(".draft")
        command = [
            *shlex.split(os.environ.get("CC", "cc")),
            *("-O3", "-shared", "-fPIC", "-pthread", "-Wall", "-Wextra"),
            *_FLAGS.get(platform.machine(), []),
            *shlex.split(os.environ.get("CFLAGS", "")),
            *("-o", str(draft), str(source), "-lm"),
        ]
        try:
            subprocess.run(command, check=True)  # noqa: S603 -- the compiler that the user named
        except FileNotFoundError as error:
            raise RuntimeError(
                f"dure needs a C compiler to be installed from its source, and {command[0]!r} is"
                " not there. On Debian: apt-get install gcc libc6-dev"
            ) from error
        draft.replace(library)  # a process that runs keeps the old one
        build_data["artifacts"].append("*.so")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
