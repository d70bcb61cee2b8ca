"""What people wrote in Slack, as the plain words they meant.

Slack hands a message over with its markup: mentions, links and channels in angle brackets, ``&``, ``<`` and
``>`` as entities, emoji by their names, code between backticks.
"""

import html
import re

_CODE = re.compile(r"`+")
_LABELLED = re.compile(r"<(?![@#!])[^<>|]*\|([^<>]*)>")
_BARE = re.compile(r"<[^<>]*>")
_EMOJI = re.compile(r"(?<![\w:]):(?:[+-]1|[a-z][\w+'-]*)(?:::skin-tone-\d)?:", re.ASCII)


def plain_words(text: str) -> str:
    """The words of a message, its lines kept; "" where it holds nothing but mentions, links and emoji.

    >>> plain_words("<@U1> A&amp;B用の膜 :pray:\\n<https://kita.example|北工業>のような会社、<#C1>")
    'A&B用の膜\\n北工業のような会社、'
    """
    for markup, words in ((_CODE, " "), (_LABELLED, r"\1"), (_BARE, " "), (_EMOJI, " ")):
        text = markup.sub(words, text)
    lines = (" ".join(line.split()) for line in html.unescape(text).splitlines())
    return "\n".join(filter(None, lines))
