### The words of `matchbot slack demo`, and of its page.

cli-slack-demo =
    Try all of it in a browser, without a Slack workspace

    With the bundled organisations and the sample network, on this machine alone. The ledger is a sample one and
    begins anew each time.
cli-slack-demo--port = The port of the page (0: any that is free)
cli-slack-demo--sample-scale = Size of the sample network, the first time; 1.0 is the real one
cli-slack-demo--open = Open a browser, or not

slack-demo-serving = Open { $url } to see a firm, a coordinator and a counterpart side by side. Press Ctrl-C to end.

## Who takes part

demo-employee = { $organisation } (employee)
demo-coordinator = { $cluster } (coordinator)
demo-staff = Programme staff
demo-evaluator = Evaluator
demo-nobody = Somebody not registered yet
demo-channel = makers
demo-queue = queue

## The page

demo-page-title = matchbot demo
demo-page-guide = Write what you look for in the firm's pane. From "Request introduction" on it goes on with the coordinator and the counterpart.
demo-page-seat-firm = Firm
demo-page-seat-coordinator = Coordinator
demo-page-seat-counterpart = Counterpart
demo-page-who = Whose screen this is
demo-page-news = News for
demo-page-conversations = Conversations
demo-page-messages = Messages
demo-page-home = Home
demo-page-empty = Nothing here yet.
demo-page-write = Write a message
demo-page-write-dm = Such as: looking for a partner to inspect glass substrates for defects
demo-page-write-channel = Begin with @matchbot or /matchbot
demo-page-send = Send
demo-page-reply = Reply in thread
demo-page-in-thread = Replying in a thread
demo-page-assistant = Open the assistant
demo-page-more = More actions
demo-page-edited = (edited)
demo-page-private = Only visible to you
demo-page-optional = (optional)
demo-page-required = Please choose
demo-page-nothing = Nothing found
demo-page-remove = Remove
demo-page-close = Close
demo-page-failed = That did not work
demo-page-away = matchbot has ended
demo-page-later-1 = To the next working day
demo-page-later-14 = 14 days later
