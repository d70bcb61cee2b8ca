"""`/matchbot`: partners for what is typed behind it, or one of a few words that do something else."""

from collections.abc import Mapping

from matchbot.texts import LANGUAGES
from slack_app.answers import asking, counting, home, visiting
from slack_app.arrivals import Kind
from slack_app.call import Answering, Call, Route
from slack_app.ids import COMMAND


def by_command(call: Call) -> None:
    """A word that stands for something else, or what somebody looks for."""
    text = str(call.payload["text"]).strip()
    word, _, rest = text.partition(" ")
    subcommand = _SUBCOMMANDS.get(word.casefold()) if not rest or word.casefold() in _WITH_MORE else None
    if subcommand:
        subcommand(call)
    elif text:
        asking.in_direct_message_from(call, text)
    else:
        explain(call)


def explain(call: Call) -> None:
    """What can be typed."""
    call.tell("slack-command-help")


def show_home(call: Call) -> None:
    """The home tab as it is now."""
    home.refresh(call)
    call.tell("slack-command-home")


def choose_language(call: Call) -> None:
    """`language ja`, `en`, or `slack` for that of one's Slack; the answer is in the new one."""
    chosen = str(call.payload["text"]).strip().partition(" ")[2].strip().casefold()
    if chosen not in (*LANGUAGES, "slack"):
        call.tell("slack-command-languages")
        return
    call.desk.choose_language("" if chosen == "slack" else chosen, by=call.member, key=call.key)
    home.refresh(call)
    home.as_they_read_now(call).tell("slack-command-language")


_SUBCOMMANDS: Mapping[str, Answering] = {
    "help": explain,
    "home": show_home,
    "stats": counting.tell_counts,
    "visit": visiting.open_visit,
    "language": choose_language,
    "ヘルプ": explain,
    "ホーム": show_home,
    "統計": counting.tell_counts,
    "訪問": visiting.open_visit,
    "言語": choose_language,
}
_WITH_MORE = frozenset({"language", "言語"})

ROUTES = (Route(Kind.COMMAND, COMMAND, by_command),)
