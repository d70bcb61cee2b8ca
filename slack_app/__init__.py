"""The top floor: matchbot in Slack.

Listeners, Block Kit and the two ways of serving them live here. This floor speaks Slack and decides
nothing: whatever a person asks for goes to `matchbot.service`, and no module here reaches `index`.
"""
