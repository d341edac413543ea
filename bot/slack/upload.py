"""Charts as pictures and tables as CSV files in a thread."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.slack.table_file import file_name, table_file
from tools.results import Chart, Table

log = logging.getLogger("outlay.slack")

MOST = 2
MOST_TABLES = 10


async def upload(client: AsyncWebClient, charts: Sequence[Chart], channel: str, thread_ts: str) -> None:
    """The charts as pictures. Their failure harms nothing: the figures are in the message."""
    for chart in charts[:MOST]:
        try:
            from bot.slack.charts import draw

            await client.files_upload_v2(
                file=await asyncio.to_thread(draw, chart),
                filename="chart.png",
                title=chart.title[:200] or "Chart",
                alt_txt=f"{chart.title}, in {chart.unit}"[:1_000],
                channel=channel,
                thread_ts=thread_ts,
            )
        except Exception as error:
            log.warning("A chart was not uploaded to %s: %s", channel, error)


async def upload_tables(
    client: AsyncWebClient, tables: Sequence[Table], channel: str, thread_ts: str | None, said: str | None = None
) -> None:
    """Each table as a CSV file, all in one message that says `said`. Raises what the client raises."""
    files = [
        {"content": table_file(table), "filename": file_name(table, number), "title": table.title[:200] or "Table"}
        for number, table in enumerate(tables[:MOST_TABLES], 1)
    ]
    if files:
        await client.files_upload_v2(file_uploads=files, channel=channel, thread_ts=thread_ts, initial_comment=said)
