"""What a build says while it goes on: one JSON object a line."""

import json
import time
from collections.abc import Callable

STEPS = {
    "fetch": ("パッケージを取得しています", "fetching packages"),
    "unpack": ("パッケージを展開しています", "unpacking packages"),
    "configure": ("パッケージを設定しています", "setting packages up"),
    "tidy": ("不要なものを除いています", "removing what is not needed"),
    "measure": ("ハッシュと部品表を作っています", "computing the hash and the bill of materials"),
    "place": ("イメージを配置しています", "putting the image in place"),
}


class Progress:
    """Goes through the steps in their order; the same words are said at most twice a second."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.last = (0.0, "")

    def at(self, step: str, done: int = 0, total: int = 1) -> None:
        now = time.monotonic()
        if step == self.last[1] and now - self.last[0] < 0.5:
            return
        self.last = (now, step)
        names = list(STEPS)
        ja, en = STEPS[step]
        percent = 100 * done // total if total else 100
        line = {"step": names.index(step) + 1, "of": len(names), "words": {"ja": ja, "en": en}, "percent": min(percent, 100)}
        self.say(json.dumps(line, ensure_ascii=False))
