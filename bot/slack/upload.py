"""Charts as pictures in a thread. Their failure harms nothing: the figures are in the message."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence

from slack_sdk.web.async_client import AsyncWebClient

from tools.results import Chart

log = logging.getLogger("outlay.slack")

MOST = 2


async def upload(client: AsyncWebClient, charts: Sequence[Chart], channel: str, thread_ts: str) -> None:
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
