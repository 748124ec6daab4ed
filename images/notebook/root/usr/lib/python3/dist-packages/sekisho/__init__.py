"""The project's data in this workspace, and the way out for results.

    import sekisho
    sekisho.tables()                        the tables, one row each
    sekisho.tables("person")                one table's columns
    sekisho.sql("select count(*) from person")   a pandas DataFrame
    sekisho.preflight("outputs/table.csv")  may it leave? nothing is submitted
    sekisho.submit("outputs/table.csv", context="Table 2: ...")
    sekisho.outputs()                       what became of what you submitted

この作業環境から、プロジェクトのデータを調べ、成果物を提出します。説明は help(sekisho.sql) など。
"""

from __future__ import annotations

from .door import SekishoError, ask, stream
from .paths import below_outputs
from .words import in_language, say

__all__ = ["SekishoError", "about", "arrow", "outputs", "preflight", "sql", "submit", "tables"]


def sql(query: str):
    """Runs one SELECT and returns a pandas DataFrame. / SELECT 文を一つ実行し、pandas の DataFrame を返します。

    Whole numbers stay whole, decimals become floats, dates become timestamps. Raises SekishoError with the place in the
    text when the statement is not allowed or fails."""
    return plain(arrow(query)).to_pandas(date_as_object=False)


def arrow(query: str):
    """Runs one SELECT and returns a pyarrow.Table. / pyarrow の Table を返します。"""
    import pyarrow

    with stream(query) as answer, pyarrow.ipc.open_stream(answer) as batches:
        return batches.read_all()


def tables(name: str | None = None):
    """The tables of the project, or the columns of one. / プロジェクトの表の一覧、または一つの表の列を返します。"""
    import pandas

    known = ask("GET", "/tables")["items"]
    if name is None:
        rows = [(t["name"], t.get("dataset", ""), len(t["columns"]), in_language(t.get("description"))) for t in known]
        return pandas.DataFrame(rows, columns=["table", "dataset", "columns", "description"])
    for table in known:
        if table["name"].lower() == name.lower():
            rows = [(c["name"], c["type"], c.get("kind", ""), in_language(c.get("description"))) for c in table["columns"]]
            return pandas.DataFrame(rows, columns=["column", "type", "kind", "description"])
    raise SekishoError("no-table", say("no-table", name=name, names=", ".join(t["name"] for t in known)))


def submit(*files, context: str) -> dict:
    """Submits files of ~/outputs together, for release. / ~/outputs のファイルをまとめて提出します。

    The context tells the reviewers what this is: population, method, where it will be used. Returns id and state; see
    outputs() for what becomes of it."""
    return ask("POST", "/outputs", {"paths": below_outputs(files), "context": context})


def preflight(*files) -> dict:
    """Applies the project's rules to files and submits nothing. / 提出せずに、公開基準で検査します。"""
    return ask("POST", "/preflight", {"paths": below_outputs(files)})


def outputs():
    """What you submitted in this project, and its state. / 提出した成果物と状態の一覧を返します。"""
    import pandas

    known = listed(ask("GET", "/outputs"))
    rows = [(o["id"], o["state"], o.get("verdict", ""), o.get("title", "")) for o in known]
    return pandas.DataFrame(rows, columns=["id", "state", "verdict", "title"])


def about() -> dict:
    """The project's id and title, when the permit ends, whether text can be pasted in. / プロジェクトの情報。"""
    return ask("GET", "/about")


def listed(answer):
    return answer["items"] if isinstance(answer, dict) else answer


def plain(table):
    """Decimals, which pandas would keep as slow objects, as integers where they are whole and fit, else as floats."""
    import pyarrow
    import pyarrow.types as kinds

    for place, field in enumerate(table.schema):
        if not kinds.is_decimal(field.type):
            continue
        column = table.column(place)
        try:
            column = column.cast(pyarrow.int64() if field.type.scale == 0 else pyarrow.float64())
        except pyarrow.ArrowInvalid:
            column = column.cast(pyarrow.float64())
        table = table.set_column(place, field.name, column)
    return table
