"""What Outlay says of itself in Slack."""

from __future__ import annotations

EXAMPLES = (
    ("Price", "What do 3M input and 500k output tokens cost on gpt-4o?"),
    ("Spend", "What did we spend on AI last month, by team?"),
    ("Training", "What does it cost to train a 70B model on 15T tokens on H100?"),
    ("News", "What is new in AI compute finance?"),
)
CAN_DO = (
    "I answer questions on what AI costs: model and GPU prices, your own spend and what moved it, training and "
    "serving costs, investment decisions, and cited news. Every figure comes from a calculation or a cited source."
)
HELP = CAN_DO + "\n\nAsk me, for example:\n" + "\n".join(f"- {question}" for _, question in EXAMPLES)
GUEST = (
    "I answer full members of this workspace only, so I cannot help you here. "
    "A colleague who is a member can ask me, or an administrator can allow guests."
)
SHARED_CHANNEL = (
    "This channel is shared with another company, so I do not show costs here. Please ask me in a direct message."
)
UNKNOWN_PERSON = (
    "I could not check with Slack who you are, so I do not show costs. "
    "Please try again later, or tell an administrator if it goes on."
)
GONE = "This account is deactivated, so I do not show it costs."
STOPPED = "Stopped, as you asked. I have not answered this question."
INTERRUPTED = "I was interrupted twice while working on this question, so I stopped. Please ask it again."
NOT_EXPORTED = "I could not export these tables because of an error, which is in my log. Please try again later."
TOO_OLD = "I no longer know how this answer was worked out. Please ask the question again, then export it."
SENT_TO_YOU = "I have sent you the file in a direct message."
TOO_LONG = "This question took too long, so I stopped. A narrower one, such as one month or one team, may work."


def failed(reference: str) -> str:
    return (
        "I could not answer this because of an error on my side, which is in my log. "
        f"Please try again; if it goes on, tell an administrator the reference {reference}."
    )


def queued(ahead: int) -> str:
    return f"Your question is queued; {ahead} others are ahead of it. I will answer in the thread."


def not_posted(error: str) -> str:
    why = {
        "not_in_channel": "I am not a member of that channel; invite me there",
        "channel_not_found": "I am not a member of that channel; invite me there",
        "is_archived": "that channel is archived",
        "restricted_action": "I may not write in that channel",
        "thread_not_found": "the message it belongs to is gone",
    }.get(error, f"Slack refused it ({error})")
    return f"I had an answer to your question but could not post it: {why}."
