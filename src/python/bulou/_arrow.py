"""Columns of Arrow in, tables of Arrow out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Callable, Iterable, List, Optional, Tuple

from bulou import _native
from bulou._errors import ArrowMissingError, DocumentError, UnfitError

if TYPE_CHECKING:
    import pyarrow


def arrow() -> Any:
    """pyarrow, or an error that says how to have it.

    >>> arrow().__name__
    'pyarrow'
    """
    try:
        import pyarrow
    except ImportError as error:
        raise ArrowMissingError("pyarrow", *_native.words.tables_need_pyarrow()) from error
    return pyarrow


def is_column(documents: object) -> bool:
    """Whether something is a column of Arrow. Those of pandas may hold any object, and are taken one by one.

    >>> import pyarrow
    >>> is_column(pyarrow.array(["{}"])), is_column(["{}"])
    (True, False)
    """
    of_pandas = type(documents).__module__.split(".")[0] == "pandas"
    return not of_pandas and (hasattr(documents, "__arrow_c_array__") or hasattr(documents, "__arrow_c_stream__"))


def _binary(column: Any, unfit_words: "Callable[[str], Tuple[str, str]]") -> "pyarrow.ChunkedArray":
    """A column as large binary: bytes of any length, whatever kind of text it was."""
    pa = arrow()

    def unfit(kind: object) -> DocumentError:
        return DocumentError("column", *unfit_words(str(kind)))

    if isinstance(column, (pa.Table, pa.RecordBatch)):
        raise unfit(type(column).__name__)
    if isinstance(column, pa.Array):
        column = pa.chunked_array([column])
    if not isinstance(column, pa.ChunkedArray):
        try:
            column = pa.chunked_array(column)
        except (TypeError, ValueError) as error:
            raise unfit(type(column).__name__) from error
    kind = column.type
    if pa.types.is_dictionary(kind):
        column = column.cast(kind.value_type)
        kind = column.type
    names = ("string", "large_string", "string_view", "binary", "large_binary", "binary_view")
    if str(kind) not in names:
        raise unfit(kind)
    return column.cast(pa.large_binary())


def columns(documents: object, names: object) -> "List[Tuple[pyarrow.Array, Optional[pyarrow.Array]]]":
    """A column of documents and one of their names, piece by piece.

    >>> import pyarrow
    >>> [(len(piece), names) for piece, names in columns(pyarrow.array(["{}", None]), None)]
    [(2, None)]
    """
    pa = arrow()
    pieces = _binary(documents, _native.words.column_of_documents_unfit)
    if names is None:
        return [(piece, None) for piece in pieces.chunks]
    column = names if is_column(names) else pa.array(list(called(names)), pa.string())
    texts = _binary(column, _native.words.column_of_names_unfit)
    if len(texts) != len(pieces):
        raise unequal(len(pieces), len(texts))
    whole = texts.combine_chunks()
    whole = whole.chunk(0) if isinstance(whole, pa.ChunkedArray) and whole.num_chunks == 1 else whole
    found, start = [], 0
    for piece in pieces.chunks:
        found.append((piece, whole.slice(start, len(piece))))
        start += len(piece)
    return found


def called(names: object) -> Iterable[Optional[str]]:
    """Names, of which each is a text or none.

    >>> list(called(["a.json", None]))
    ['a.json', None]
    """
    if is_column(names) and hasattr(names, "to_pylist"):
        names = names.to_pylist()
    for name in names:  # type: ignore[attr-defined]
        if name is not None and not isinstance(name, str):
            kind = type(name).__name__
            raise UnfitError("names", *_native.words.name_no_text(kind))
        yield name


def unequal(documents: int, names: int) -> UnfitError:
    """That names and documents are not as many.

    >>> unequal(2, 1).code
    'names'
    """
    return UnfitError("names", *_native.words.documents_and_names_unequal(str(documents), str(names)))


def plain(table: "pyarrow.Table") -> "pyarrow.Table":
    """A table without dictionaries, for readers that have none, such as Spark.

    >>> import pyarrow
    >>> plain(pyarrow.table({"a": pyarrow.array(["x"]).dictionary_encode()})).schema.field("a").type
    DataType(string)
    """
    pa = arrow()
    fields = [
        pa.field(field.name, field.type.value_type, field.nullable) if pa.types.is_dictionary(field.type) else field
        for field in table.schema
    ]
    return table.cast(pa.schema(fields))
