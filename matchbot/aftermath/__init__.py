"""What came of an introduction: progress and follow-ups, outcomes, and what people thought of it.

Pure, as :mod:`matchbot.introductions`: events hold ids, dates and ``TextRef``s. What a statement rests
on is read off the reports and claims (`evidence`).
"""
