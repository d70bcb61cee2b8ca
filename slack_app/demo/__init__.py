"""A Slack of our own: stateful, on this machine only, for the tests and for the demo.

It speaks to an app as Slack does, over HTTP in both directions, and knows nothing of matchbot: the
state (`workspace`), what an app may call (`web_api`), what people do (`people`), and a page that shows it.
"""
