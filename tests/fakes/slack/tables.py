"""Checks of the blocks that show data: table, data_table, data_visualization."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.fakes.slack import elements, limits
from tests.fakes.slack.checks import Problems, at, fields, items, number, string


def table(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "rows"), ("block_id", "column_settings"))
    yield from _rows(block.get("rows"), f"{pointer}/rows", limits.TABLE_ROWS, least=1)
    settings = block.get("column_settings", [])
    yield from items(settings, f"{pointer}/column_settings", limits.TABLE_COLUMNS, least=0)
    for position, setting in enumerate(settings if isinstance(settings, list) else []):
        here = f"{pointer}/column_settings/{position}"
        if setting is None:
            continue
        yield from fields(setting, here, (), ("align", "is_wrapped"))
        if isinstance(setting, Mapping) and setting.get("align", "left") not in ("left", "center", "right"):
            yield at("must be one of: left, center, right", f"{here}/align")


def data_table(block: Mapping[str, Any], pointer: str) -> Problems:
    """A header row of plain cells and 1 to 100 rows of as many cells each."""
    more = ("block_id", "page_size", "row_header_column_index")
    yield from fields(block, pointer, ("type", "rows", "caption"), more)
    rows = block.get("rows")
    yield from _rows(rows, f"{pointer}/rows", limits.DATA_TABLE_ROWS, least=2)
    if "caption" in block:
        yield from string(block["caption"], f"{pointer}/caption", limits.SECTION_TEXT)
    size = block.get("page_size", 5)
    if not isinstance(size, int) or not 1 <= size <= 100:
        yield at("must be between 1 and 100", f"{pointer}/page_size")
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        return
    if len({len(row) for row in rows}) > 1:
        yield at("all rows must have the same number of cells", f"{pointer}/rows")
    for column, cell in enumerate(rows[0] if rows else []):
        if isinstance(cell, Mapping) and cell.get("type") == "rich_text":
            yield at("unsupported type: rich_text", f"{pointer}/rows/0/{column}/type")


def chart(block: Mapping[str, Any], pointer: str) -> Problems:
    yield from fields(block, pointer, ("type", "title", "chart"), ("block_id",))
    if "title" in block:
        yield from string(block["title"], f"{pointer}/title", limits.CHART_TITLE)
    shape, here = block.get("chart"), f"{pointer}/chart"
    kind = shape.get("type") if isinstance(shape, Mapping) else None
    if not isinstance(shape, Mapping) or kind not in ("pie", "bar", "line", "area"):
        yield at("failed to match any allowed schemas", here)
    elif kind == "pie":
        yield from fields(shape, here, ("type", "segments"))
        yield from items(shape.get("segments"), f"{here}/segments", limits.CHART_PARTS)
        yield from _points(shape.get("segments"), f"{here}/segments", positive=True)
    else:
        yield from fields(shape, here, ("type", "series", "axis_config"))
        yield from _series(shape, here)


def characters(block: Mapping[str, Any]) -> int:
    """How many characters the cells of a table hold."""
    rows = block.get("rows")
    cells = [cell for row in rows if isinstance(row, list) for cell in row] if isinstance(rows, list) else []
    return sum(len(text) for cell in cells for text in texts(cell))


def texts(value: Any) -> list[str]:
    """Every shown string inside a block, in reading order."""
    if isinstance(value, list):
        return [text for one in value for text in texts(one)]
    if not isinstance(value, Mapping):
        return []
    own = [v for k, v in value.items() if k in ("text", "title", "label", "caption", "name", "alt_text")]
    shown = [v for v in own if isinstance(v, str)]
    if "value" in value and not shown and value.get("type") == "raw_number":
        shown = [str(value["value"])]
    inner = [text for key, one in value.items() if key not in ("value", "confirm") for text in texts(one)]
    return shown + inner


def _rows(value: Any, pointer: str, most: int, least: int) -> Problems:
    yield from items(value, pointer, most, least)
    for line, row in enumerate(value if isinstance(value, list) else []):
        here = f"{pointer}/{line}"
        yield from items(row, here, limits.TABLE_COLUMNS)
        for column, cell in enumerate(row if isinstance(row, list) else []):
            yield from _cell(cell, f"{here}/{column}")


def _cell(cell: Any, pointer: str) -> Problems:
    kind = cell.get("type") if isinstance(cell, Mapping) else None
    if kind == "raw_text":
        yield from fields(cell, pointer, ("type", "text"))
        if "text" in cell:
            yield from string(cell["text"], f"{pointer}/text", limits.TABLE_CHARACTERS)
    elif kind == "raw_number":
        yield from fields(cell, pointer, ("type", "value"), ("text",))
        yield from number(cell.get("value"), f"{pointer}/value")
        if "text" in cell:
            yield from string(cell["text"], f"{pointer}/text", limits.TABLE_CHARACTERS)
    elif kind == "rich_text":
        yield from elements.rich_text(cell, pointer)
    else:
        yield at("failed to match any allowed schemas", pointer)


def _series(shape: Mapping[str, Any], pointer: str) -> Problems:
    axis, series = shape.get("axis_config"), shape.get("series")
    yield from fields(axis, f"{pointer}/axis_config", ("categories",), ("x_label", "y_label"))
    yield from items(series, f"{pointer}/series", limits.CHART_PARTS)
    categories = axis.get("categories") if isinstance(axis, Mapping) else None
    yield from items(categories, f"{pointer}/axis_config/categories", limits.CHART_POINTS)
    for position, category in enumerate(categories if isinstance(categories, list) else []):
        yield from string(category, f"{pointer}/axis_config/categories/{position}", limits.CHART_LABEL)
    for position, one in enumerate(series if isinstance(series, list) else []):
        here = f"{pointer}/series/{position}"
        yield from fields(one, here, ("name", "data"))
        if isinstance(one, Mapping):
            yield from string(one.get("name"), f"{here}/name", limits.CHART_LABEL)
            yield from items(one.get("data"), f"{here}/data", limits.CHART_POINTS)
            yield from _points(one.get("data"), f"{here}/data", positive=False)
            if [point.get("label") for point in _objects(one.get("data"))] != categories:
                yield at("data labels must match axis_config.categories", f"{here}/data")


def _points(value: Any, pointer: str, positive: bool) -> Problems:
    for position, point in enumerate(_objects(value)):
        here = f"{pointer}/{position}"
        yield from fields(point, here, ("label", "value"))
        yield from string(point.get("label"), f"{here}/label", limits.CHART_LABEL)
        yield from number(point.get("value"), f"{here}/value")
        if positive and isinstance(point.get("value"), int | float) and point["value"] <= 0:
            yield at("must be greater than 0", f"{here}/value")


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
