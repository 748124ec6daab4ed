"""What a build says while it goes on: one JSON object a line."""

import json
import time
from collections.abc import Callable

STEPS = {
    "fetch": ("パッケージを取得しています", "fetching packages"),
    "install": ("パッケージをインストールしています", "installing packages"),
    "tidy": ("不要なものを除いています", "removing what is not needed"),
    "measure": ("ハッシュと部品表を作っています", "computing the hash and the bill of materials"),
    "place": ("イメージを配置しています", "putting the image in place"),
}
# dpkg goes to and fro between these two, so they are halves of one step.
HALVES = {"unpack": 0.0, "configure": 0.0}


class Progress:
    """Goes through the steps in their order; the same words are said at most twice a second."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.said = (0.0, "")
        self.halves = dict(HALVES)

    def at(self, step: str, done: int = 0, total: int = 1) -> None:
        part = min(done / total, 1) if total else 1
        if step in self.halves:
            self.halves[step] = max(part, self.halves[step])
            step, part = "install", sum(self.halves.values()) / len(self.halves)
        now = time.monotonic()
        if step == self.said[1] and now - self.said[0] < 0.5:
            return
        self.said = (now, step)
        ja, en = STEPS[step]
        words = {"step": list(STEPS).index(step) + 1, "of": len(STEPS), "words": {"ja": ja, "en": en}, "percent": int(100 * part)}
        self.say(json.dumps(words, ensure_ascii=False))
