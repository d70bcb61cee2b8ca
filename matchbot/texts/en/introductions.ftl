### The states of an introduction, and what is done to it (as part of a sentence).

## States

state-none = not recorded
state-requested = awaiting approval
state-returned = returned
state-approved = approved
state-asked = awaiting the answer
state-consented = consented
state-introduced = introduced
state-declined = declined by a coordinator
state-refused = declined by a party
state-withdrawn = withdrawn
state-expired = expired
state-cancelled = cancelled
state-recorded = recorded
state-reversed = reversed

## What is done

command-save_need = saving a need
command-declare_tie = recording an acquaintance
command-request = a request
command-propose = a proposal
command-log_outside = logging an introduction made in person or by telephone
command-approve = an approval
command-return = a return
command-resubmit = a resubmission
command-decline = a coordinator's no
command-stop = a stop
command-ask = asking a party
command-consent = a party's yes
command-refuse = a party's no
command-defer = a party's wish for more time
command-record_answer = recording the answer
command-introduce = the introduction
command-withdraw = a withdrawal
command-expire = an expiry
command-cancel = a cancellation
command-reverse = reversing an introduction
command-hand_over = a handover
command-request_nda = asking for an NDA
command-sign_nda = recording a signed NDA
command-attach = attaching a document
command-look_into = reading a document
command-record_meeting = recording a meeting
command-reverse_meeting = reversing a meeting
command-record_progress = recording progress
command-ask_follow_up = asking how it went
command-answer_follow_up = an answer on how it went
command-close_follow_up = recording that there was no answer
command-log_visit = logging the visit
command-record_outcome = recording an outcome
command-claim_outcome = claiming an outcome
command-confirm_outcome = confirming an outcome
command-correct_outcome = correcting an outcome
command-reverse_outcome = reversing an outcome
command-answer_survey = a survey answer
