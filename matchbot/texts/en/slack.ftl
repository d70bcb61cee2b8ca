### What is seen in Slack, and the words of `matchbot slack`.

## matchbot slack

cli-slack = Run matchbot in Slack
cli-slack-manifest = Print the manifest (JSON) that makes the app in Slack
cli-slack-manifest--url = Address at which Slack reaches this machine (https://…)
cli-slack-manifest--several = To be let into several workspaces
cli-slack-manifest--socket = For Socket Mode, where nobody reaches this machine from outside
cli-slack-serve = Serve over HTTP, on a machine that Slack reaches
cli-slack-serve--host = Address to listen on
cli-slack-serve--port = Port to listen on
cli-slack-socket = Serve over Socket Mode, where nobody reaches this machine from outside
cli-slack-socket--host = Address to listen on for /healthz and /metrics
cli-slack-socket--port = Port to listen on for /healthz and /metrics

slack-serving = Listening at http://{ $host }:{ $port }{ $path }. Press Ctrl-C to end.
slack-socket-mode = Running in Socket Mode; http://{ $host }:{ $port }/healthz tells whether all is well. Press Ctrl-C to end.
slack-several-needs-http = To serve several workspaces, Slack has to reach this machine: Socket Mode cannot do it.
slack-not-configured = { $variable } is not set. Its value stands on the app's page in Slack (see "In Slack" in the README).

## Everywhere

slack-send = Send
slack-close = Close
slack-outdated = This button no longer works. Please use the latest message, or the home tab.
slack-refused = Slack refused, so the answer could not be shown. Please try again. If it goes on, tell your coordinator the number { $id }.
slack-too-late = It took too long to get through to Slack, so the form could not be opened. Please click the button again.
slack-waiting = One moment…
slack-told-instead = The answer is among your messages.
slack-no-words = Files, recordings, links and emoji alone say nothing to me, I am afraid. Write in words whom you look for. Example: "somebody who can inspect glass substrates for defects"
slack-files-unread = I went by your words alone and did not read what you attached. If it matters, add in words what it says.
slack-failed = Sorry, that did not work. Please try again. If it goes on, tell your coordinator the number { $id }.

## Looking for partners

slack-request = Ask for an introduction
slack-more = Show more
slack-answered-in-dm = Answered in your DM.
slack-greeting =
    Hello. Write what you are looking for in your own words, such as "somebody who can inspect glass substrates for defects".
    What we write here is kept only to find partners for you. Ask your coordinator at any time to see it or have it erased.

## Asking for an introduction

slack-request-title = An introduction
slack-request-what-happens = The coordinator of your cluster looks at your request. Until the other side agrees to meet, neither of you learns the other's contacts.
slack-request-purpose = Purpose
slack-request-brief = What the other side will read
slack-request-brief-hint = Leave out what is secret: once approved, the other side reads this.
slack-request-no-brief = Please write something.
slack-request-visibility = Who may see it
slack-request-visibility-hint = If you stay anonymous, the coordinators of both clusters have to approve. Your name becomes a code in the message too, but leave out product names and whatever else would give you away.
slack-request-named = Tell our name from the start
slack-request-anonymous = Anonymous until all have agreed (kind, cluster, rough size)
slack-request-masked = Who may see it: your profile is masked, so until all have agreed the other side learns only your kind, cluster and rough size.
slack-requested = Received (case { $id }). Your coordinator looks at it next, and once it is approved the other side is asked. Without all answers by { DATETIME($expires_on, dateStyle: "long") } it ends, and does not count against your requests. Requests left: { $left }
slack-request-taken = Your request was received (case { $id }).
slack-withdraw = Withdraw
slack-withdraw-title = Withdraw a request
slack-withdraw-sure = Case { $id } will be withdrawn. Are you sure?
slack-withdrawn = Case { $id } has been withdrawn. It does not count against your requests.
