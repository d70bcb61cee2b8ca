### What is seen in Slack, and the words of `matchbot slack`.

## matchbot slack

cli-slack = Run matchbot in Slack
cli-slack-manifest = Print the manifest (JSON) that makes the app in Slack
cli-slack-manifest--url = Address at which Slack reaches this machine (https://…)
cli-slack-manifest--socket = For Socket Mode, where nobody reaches this machine from outside
cli-slack-serve = Serve over HTTP, on a machine that Slack reaches
cli-slack-serve--host = Address to listen on (by default MATCHBOT_SLACK_HOST)
cli-slack-serve--port = Port to listen on (by default MATCHBOT_SLACK_PORT)
cli-slack-socket = Serve over Socket Mode, where nobody reaches this machine from outside

slack-serving = Listening at http://{ $host }:{ $port }{ $path }. Press Ctrl-C to end.
slack-socket-mode = Running in Socket Mode. Press Ctrl-C to end.
slack-not-configured = { $variable } is not set. Its value stands on the app's page in Slack (see "In Slack" in the README).

## Everywhere

slack-send = Send
slack-close = Close
slack-outdated = This button no longer works. Please use the latest message, or the home tab.
slack-refused = Slack refused, so the answer could not be shown. Please try again. If it goes on, tell your coordinator the number { $id }.
slack-failed = Sorry, that did not work. Please try again. If it goes on, tell your coordinator the number { $id }.
