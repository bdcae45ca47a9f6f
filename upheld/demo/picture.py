"""What the demo showed at its end, as an SVG picture that loads nothing from anywhere."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

from rich.console import Console

from upheld.demo.show import Show, verdict

WIDTH = 128
HEIGHT = 40


def picture(show: Show, result: Mapping[str, Any]) -> str:
    """The live view as it was last, and the verdict."""
    console = Console(
        record=True, file=io.StringIO(), width=WIDTH, force_terminal=True, color_system="truecolor", highlight=False
    )
    console.print(show.view(HEIGHT))
    verdict(console, result)
    svg = console.export_svg(title="upheld demo", unique_id="demo")
    # Rich has whoever looks at it fetch a font; the reader's own monospaced one will do.
    svg = re.sub(r"@font-face \{.*?\}\n", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", "monospace")
