"""The three steps of an upload; `files.upload` is gone, as it is from Slack."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from tests.fakes.slack.messages import posted
from tests.fakes.slack.refusal import Refused, required
from tests.fakes.slack.state import State
from tests.fakes.slack.values import Uploaded

Arguments = Mapping[str, Any]


def upload_url(slack: State, arguments: Arguments) -> dict[str, Any]:
    name, length = required(arguments, "filename", "length")
    if not str(length).isdigit() or int(length) == 0:
        raise Refused("invalid_arguments", ["length must be a positive integer"])
    id = f"F{len(slack.uploads) + 1:08d}"
    slack.uploads[id] = Uploaded(id, name, b"", alt_text=arguments.get("alt_txt"), length=int(length))
    return {"upload_url": f"{slack.url}/upload/v1/{id}", "file_id": id}


def receive(slack: State, id: str, content: bytes) -> None:
    """The second step; raises `file_not_found`, or `length_mismatch` when the size is not the one announced."""
    if id not in slack.uploads:
        raise Refused("file_not_found")
    if slack.uploads[id].length != len(content):
        raise Refused("length_mismatch")
    slack.uploads[id] = replace(slack.uploads[id], content=content)


def complete(slack: State, arguments: Arguments) -> dict[str, Any]:
    """Shares the files in one message of the channel, in `thread_ts` where that is given."""
    (given,) = required(arguments, "files")
    given = json.loads(given) if isinstance(given, str) else given
    target = arguments.get("channel_id") or str(arguments.get("channels") or "").split(",")[0]
    channel = slack.workspace.writable(target) if target else None
    thread_ts, comment = arguments.get("thread_ts") or None, arguments.get("initial_comment")
    done = []
    for one in given:
        found = slack.uploads.get(one.get("id"))
        if found is None or not found.content:
            raise Refused("file_not_found")
        where = replace(found, channel=channel.id if channel else None, thread_ts=thread_ts)
        done.append(replace(where, title=one.get("title") or found.name, initial_comment=comment))
    shown = [{"id": f.id, "name": f.name, "title": f.title, "permalink": f"{slack.url}/files/{f.id}"} for f in done]
    if channel is not None:
        message = slack.write_as_app(channel, comment or "", thread_ts, subtype="file_share", files=shown)
        slack.posted.append(posted(channel, message, "files.completeUploadExternal", arguments))
    slack.files += done
    return {"files": shown}


METHODS = {"files.getUploadURLExternal": upload_url, "files.completeUploadExternal": complete}
