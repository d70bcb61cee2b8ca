### The conversation: short, in everyday words. chat-ask-<question> asks back, chat-<topic> answers without a search.

chat-welcome =
    Write what you need, in your own words. You get up to three firms, universities, public institutes, financiers or others that may fit, also from other clusters.
    For example: “We are looking for a company that can inspect glass substrates for defects”
    Write “quit” to end.
chat-greeting = Hello. What kind of partner do you need? For example: “We want to mass-produce a soil conditioner made from bark”
chat-help =
    Write what you need, and you get partners that may fit, each with the reason.
    Then go on writing to narrow it down.
    {"  "}universities only / no financiers / also companies … the kind of partner
    {"  "}in Kansai / outside Kansai / anywhere … the place
    {"  "}in our cluster / in another cluster … the scope
    {"  "}with JIS B 0601 / resin instead of glass … the content
    {"  "}more … further partners
    {"  "}show me all … without any condition
    Anything else that you write is a new need.
chat-thanks = You are welcome. You can go on changing the conditions, or write another need.
chat-off-topic = I can help with finding partners. For other questions, please ask the coordinator of your cluster. If you need a partner, just write for what.
chat-unchanged = All right, the partners stay as they are. Write on whenever you want to change the conditions.
chat-quit = Thank you. See you again.

chat-ask-what = What should the partner be able to do? Name a technology, a product or a problem, for example “foaming of resin”.
chat-ask-detail = Could you say a little more? Material, size, quantity or conditions help to find a partner that fits.
chat-ask-purpose = What is it for? joint research / sales channels / starting a company / other industries / partners abroad / raising capital
chat-ask-kind = What kind of partner do you want? company / university / public institute / financier / trading house / support body / association (“none” if it does not matter)

## Partners

chat-found =
    { $offset ->
        [0] { $n ->
            [one] One partner may fit.
           *[other] { $n } partners may fit.
        }
       *[other] { $n ->
            [one] One more partner.
           *[other] { $n } more partners.
        }
    }
chat-searched = Searched for: { $query }
chat-understood = Conditions: { $pieces } (write for example “{ $example ->
        [all] show me all
       *[other] remove the { $example } condition
    }” to take one away)
chat-hint-more = Write “more” for further partners; narrow it down with “universities only”{ $region ->
        [none] {""}
       *[other] {" "}or “outside { $region }”
    }.
chat-hint-refine = Narrow it down with “universities only”{ $region ->
        [none] {""}
       *[other] {" "}or “outside { $region }”
    }.
chat-nobody =
    No partner was found that fits.
    Try other words (a process or a material instead of a product name), or ask the coordinator of your cluster.
chat-nobody-within-conditions = There may be somebody without the conditions: write “show me all”.
chat-no-more = These are all. Change the conditions, or try other words.
chat-no-reason = The name fits (there is no description yet).
chat-masked = The name is shown once both sides have agreed.

## Conditions which can be taken away

piece-kind = { $value }
piece-not-kind = not { $value }
piece-place = { $value }
piece-not-place = not { $value }
piece-cluster = { $value }
piece-not-cluster = not { $value }
piece-scope = { $value }
piece-term = “{ $value }”
piece-purpose = for { $value }

scope-own = own cluster
scope-other = other clusters
scope-all = all clusters
scope-mixed = all clusters (at least one partner of another)

purpose-research = research and development
purpose-sales = sales channels
purpose-start_up = starting a company
purpose-cross_industry = work across industries
purpose-international = work across borders
purpose-funding = funding
