### What firms see in Slack: partners, a closer look, nobody found, alerts.

## Below the partners

slack-details = Details
slack-drop = ✕ { $piece }
slack-kind-firm = Firms
slack-kind-university = Universities
slack-kind-public_institute = Public institutes
slack-kind-financier = Financiers
slack-kind-trading_house = Trading houses

## A closer look

slack-unfit = Does not fit
slack-unfit-noted = It is gone from the partners shown, and counts for their order from now on. Nobody tells them.

## Nobody found

slack-nobody = No partner was found that fits. What would you like to do?
slack-rewrite = Say it differently
slack-rewrite-hint = Name a process, a material or a problem rather than a product.
slack-need = What you look for
slack-need-no-text = Please write what you look for.
slack-search = Search
slack-alert = Tell me of new ones
slack-alert-what-happens = Your need is kept, and you hear in a DM when a new partner appears that may fit.
slack-keep = Keep
slack-alert-kept = Kept (need { $id }). You will hear when a new partner appears.
