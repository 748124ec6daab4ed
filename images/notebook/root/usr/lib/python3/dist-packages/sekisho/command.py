"""The command `sekisho`."""

from __future__ import annotations

import sys

import sekisho
from sekisho.words import in_language, is_japanese, say, verdict

USAGE = """sekisho: the project's data, and the way out for results

  sekisho tables [TABLE]                 the tables, or the columns of one
  sekisho sql 'SELECT ...'               run one SELECT (from standard input when it is -)
      --csv FILE | --parquet FILE        write all rows to a file instead of showing the first ones
  sekisho preflight FILE...              may these files leave? Nothing is submitted
  sekisho submit FILE... --context TEXT  submit files of ~/outputs for release
  sekisho outputs                        what became of what you submitted
  sekisho about                          the project and when its permit ends
"""
USAGE_JA = """sekisho: プロジェクトのデータを調べ、成果物を提出します

  sekisho tables [表]                    表の一覧、または一つの表の列
  sekisho sql 'SELECT ...'               SELECT 文を一つ実行します(- なら標準入力から)
      --csv FILE | --parquet FILE        表示せずに全行をファイルに書きます
  sekisho preflight ファイル...          提出せずに、公開基準で検査します
  sekisho submit ファイル... --context 説明  ~/outputs のファイルを提出します
  sekisho outputs                        提出した成果物の状態
  sekisho about                          プロジェクトと許可の期限
"""
SHOWN = 50


def main(arguments: list[str]) -> int:
    try:
        return run(arguments)
    except sekisho.SekishoError as refused:
        print(f"sekisho: {refused}", file=sys.stderr)
        return 1
    except (BrokenPipeError, KeyboardInterrupt):
        return 130
    except OSError as failed:
        print(f"sekisho: {failed.strerror or failed}: {failed.filename or ''}".rstrip(": "), file=sys.stderr)
        return 1


def run(arguments: list[str]) -> int:
    match arguments:
        case ["tables"]:
            show(sekisho.tables())
        case ["tables", name]:
            show(sekisho.tables(name))
        case ["sql", query]:
            show(sekisho.sql(text(query)))
        case ["sql", query, ("--csv" | "--parquet") as kind, file]:
            write(sekisho.plain(sekisho.arrow(text(query))), kind, file)
        case ["preflight", *files] if files:
            judged = sekisho.preflight(*files)
            print(say("verdict", verdict=verdict(judged["verdict"])))
            findings(judged)
        case ["submit", *words] if "--context" in words[:-1]:
            at = words.index("--context")
            print(say("submitted", **sekisho.submit(*words[:at], *words[at + 2 :], context=words[at + 1])))
        case ["outputs"]:
            outputs()
        case ["about"]:
            for name, value in sekisho.about().items():
                print(f"{name:10} {in_language(value)}")
        case [] | ["help" | "-h" | "--help"]:
            print(usage(), end="")
        case _:
            print(usage(), end="", file=sys.stderr)
            return 2
    return 0


def usage() -> str:
    return USAGE_JA if is_japanese() else USAGE


def text(query: str) -> str:
    return sys.stdin.read() if query == "-" else query


def show(frame) -> None:
    import pandas

    with pandas.option_context("display.width", None, "display.max_columns", None, "display.max_colwidth", 60,
                               "display.unicode.east_asian_width", True, "display.max_rows", SHOWN):
        print(frame.to_string(index=False, max_rows=SHOWN) if len(frame) else "")
    print(say("rows", rows=f"{len(frame):,}"), file=sys.stderr)


def write(table, kind: str, file: str) -> None:
    if kind == "--csv":
        import pyarrow.csv

        pyarrow.csv.write_csv(table, file)
    else:
        import pyarrow.parquet

        pyarrow.parquet.write_table(table, file)
    print(say("rows", rows=f"{table.num_rows:,}"), file=sys.stderr)


def outputs() -> None:
    known = sekisho.listed(sekisho.ask("GET", "/outputs"))
    if not known:
        print(say("nothing"))
    for output in known:
        judged = verdict(output["verdict"]) if output.get("verdict") else ""
        print(f"{output['id']}  {output['state']:10}  {judged}  {output.get('title', '')}".rstrip())
        findings(output)


def findings(judged: dict) -> None:
    for finding in judged.get("findings", []):
        file = f"{finding['file']}: " if finding.get("file") else ""
        print(f"  - {file}{in_language(finding.get('message'))}")
