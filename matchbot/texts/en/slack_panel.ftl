### The side panel (assistant).

panel-title = You might write
panel-prompt-defects = We look for somebody who can inspect glass substrates for defects
panel-prompt-university = We look for a university in any cluster for joint research on biodegradable plastics
panel-prompt-funding = We look for venture capital for the series production of our prototype
panel-prompt-help = What can you do?
panel-searching = Looking for partners…
panel-good-label = Helpful
panel-bad-label = Not helpful
panel-good = Thank you.
panel-bad = We are sorry. What would you like to do?
