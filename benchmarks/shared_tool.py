"""A tool of the shared folder, loaded from its file."""

import importlib.util
import sys
from pathlib import Path
from typing import Any


def shared_tool(path: Path) -> Any:
    """The module in that file; ends the program in words where it is not there."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None or not path.is_file():
        sys.exit(f"{path}: not there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
