"""Forty questions of every kind, as people ask them, with the period that a reply must name."""

from __future__ import annotations

SPEND = {
    "What did we spend last month?": "October 2026",
    "What did we spend in Q3 2026?": "Q3 2026",
    "How much did search spend on Anthropic in October?": "October 2026",
    "Break October's spend down by team.": "October 2026",
    "Which provider cost us most in September 2026?": "September 2026",
    "Top 3 models by spend last month": "October 2026",
    "How did our spend change between August and September?": "September 2026",
    "What did growth pay for gpt-5 in the last 30 days?": "24 October to 22 November 2026",
    "Show monthly spend since June 2026.": "1 June to 23 November 2026",
    "What is our average daily spend in October?": "October 2026",
    "How much of October's spend is untagged?": "October 2026",
    "Any anomalies in the last two weeks?": "16 November 2026",
    "What credits did we get this year?": "2026",
    "Where will November end?": "November 2026",
    "What did orion pay Microsoft in August 2026?": "August 2026",
    "billed cost of atlas in september": "September 2026",
    "What did we save on list price in October?": "October 2026",
    "How much did claude-haiku-4-5 cost us in October?": "October 2026",
    "support's spend by provider in Q2 2026": "Q2 2026",
    "What was our Google Cloud bill in July 2026?": "July 2026",
}
PRICES = (
    "What do 3M input and 500k output tokens cost on gpt-4o, with 60% of the input cached?",
    "Price of claude-haiku-4-5 per million tokens?",
    "Compare gpt-4o and claude-sonnet-4-5 for 10M input and 2M output tokens.",
    "Which model over 200k context is cheapest for 5M input and 1M output tokens?",
    "How many output tokens of gpt-4o do I get for $500?",
    "Cheapest H100 on demand per hour?",
    "What does an H100 cost to buy?",
    "Rent or buy 64 H100s for 3 years?",
    "What would it cost to train a 70B model on 15T tokens with H100s at 40% MFU?",
)
OTHERS = (
    "How fresh is the billing data?",
    "Energy cost of 100 H100s for a month at $0.12 per kWh?",
    "NPV at 10% of paying 1000 now and getting 500 a year for three years?",
    "Break-even utilisation of a 30% commitment discount?",
    "Who runs compute finance at OpenAI now?",
    "What is the latest on GPU prices?",
    "How are firms containing compute costs?",
    "What is our CEO's salary?",
    "What did the marketing team spend in October?",
    "What does gpt-99 cost?",
    "hello",
)
