"""What is posted once, whatever breaks off between: the program, or the line to Slack."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

from matchbot.correspondence import Correspondence, Posted
from slack_app.limits import Posting
from slack_app.speaker import Speaker


def post_once(
    speaker: Speaker, correspondence: Correspondence, posting: Posting, posted: Posted, at: datetime
) -> Posted:
    """Post a message, to be known as ``posted``; gives that with where it stands.

    That it is being posted is kept before. Where that is all that is known of it, it is looked for in the
    channel first: what stands there is not posted again, and counts as the version that was begun.

    Raises UnreachableError, RefusedError.
    """
    begun = correspondence.posted(posted.message_id)
    if begun and begun.ts:
        return begun
    if begun:
        posted = replace(posted, channel=begun.channel, version=begun.version)
    else:
        correspondence.put_posted(replace(posted, ts="", is_live=False), at)
    ts = speaker.say_once(posted.channel, posting, _mark(posted), was_tried=begun is not None)
    standing = replace(posted, ts=ts)
    correspondence.put_posted(standing, at)
    return standing


def _mark(posted: Posted) -> str:
    """What tells a message from others, and tells those who see it nothing."""
    return sha256(posted.message_id.encode()).hexdigest()[:16]
