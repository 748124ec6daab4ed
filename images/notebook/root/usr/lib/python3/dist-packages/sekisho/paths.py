"""Names of files to submit, as the gateway wants them: relative to the home, below outputs."""

from __future__ import annotations

import os
from pathlib import Path

from .door import SekishoError
from .words import say


def below_outputs(files) -> list[str]:
    """Accepts paths relative to here, to the home or to outputs; only names are looked at, the gateway opens the files."""
    if not files:
        raise SekishoError("invalid", say("no-file"))
    return [below_home(Path(file)) for file in files]


def below_home(file: Path) -> str:
    home = Path.home()
    outputs = home / "outputs"
    for start in (Path.cwd(), home, outputs):
        whole = Path(os.path.normpath(start / file.expanduser()))
        if whole.is_relative_to(outputs) and whole.is_file():
            return str(whole.relative_to(home))
    if file.exists() or (home / file).exists():
        raise SekishoError("invalid", say("elsewhere", file=file))
    raise SekishoError("invalid", say("no-such-file", file=file))
