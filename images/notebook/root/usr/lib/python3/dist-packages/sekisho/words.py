"""What is said, in the language of the session."""

from __future__ import annotations

import os

WORDS = {
    "unreachable": ("データの窓口に接続できません。ゲートウェイの再起動中かもしれません。少し待って再試行してください。",
                    "The project's data cannot be reached. The gateway may be restarting: wait a little and try again."),
    "status": ("ゲートウェイが状態 {status} を返しました。", "The gateway answered with status {status}."),
    "line": ("{line} 行目:", "line {line}:"),
    "no-file": ("提出するファイルを指定してください。", "Name at least one file."),
    "no-such-file": ("{file} が見つかりません。", "There is no file {file}."),
    "elsewhere": ("{file} は ~/outputs の中にありません。提出できるのは ~/outputs のファイルだけです。コピーしてください。",
                  "{file} does not lie in ~/outputs. Only files in there can be submitted: copy it there first."),
    "no-table": ("表 {name} はありません。表の一覧: {names}", "There is no table {name}. There are: {names}"),
    "submitted": ("{id} として提出しました。状態: {state}", "Submitted as {id}, {state}."),
    "nothing": ("まだ何も提出していません。", "Nothing was submitted yet."),
    "rows": ("{rows} 行", "{rows} rows"),
    "verdict": ("判定: {verdict}", "Verdict: {verdict}"),
}
VERDICTS = {
    "clear": ("問題は見つかりませんでした", "nothing was found"),
    "amendable": ("一部のセルを秘匿すれば提供できます", "may leave once some cells are hidden"),
    "refer": ("人による確認が必要です", "a person must judge"),
    "refuse": ("このままでは提供できません", "cannot leave as it is"),
}


def is_japanese() -> bool:
    named = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    return named.startswith("ja")


def language() -> str:
    return "ja" if is_japanese() else "en"


def say(key: str, **values) -> str:
    return WORDS[key][0 if is_japanese() else 1].format(**values)


def verdict(word: str) -> str:
    return VERDICTS.get(word.lower(), (word, word))[0 if is_japanese() else 1]


def in_language(text) -> str:
    """A text that the gateway gives in both languages."""
    if isinstance(text, dict):
        return str(text.get(language()) or text.get("en") or next(iter(text.values()), ""))
    return "" if text is None else str(text)
