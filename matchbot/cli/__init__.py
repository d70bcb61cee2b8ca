"""The command line, `matchbot`: thin commands over the service, one module for each noun."""

import sys
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

import click

from matchbot.cli.cases import case
from matchbot.cli.chat import chat
from matchbot.cli.clusters import clusters
from matchbot.cli.contacts import survey, visit
from matchbot.cli.corpus import corpus
from matchbot.cli.evaluation import evaluation
from matchbot.cli.freeze import freeze
from matchbot.cli.helping import help_
from matchbot.cli.index import index
from matchbot.cli.indicators import indicators
from matchbot.cli.jobs import jobs
from matchbot.cli.ledger import ledger
from matchbot.cli.localised import LocalisedGroup, speak
from matchbot.cli.members import members
from matchbot.cli.needs import needs
from matchbot.cli.org import org
from matchbot.cli.outcomes import awards, business, outcomes
from matchbot.cli.privacy import privacy
from matchbot.cli.profiles import profiles
from matchbot.cli.report import report
from matchbot.cli.reviewing import breaks, comments
from matchbot.cli.search import search
from matchbot.cli.setup import setup
from matchbot.cli.shell import Shell
from matchbot.cli.simulation import simulate
from matchbot.cli.synonyms import synonyms
from matchbot.cli.targets import targets
from matchbot.cli.workload import handover, load, queue
from matchbot.config import Settings, read_settings
from matchbot.errors import ConfigurationError, user_message
from matchbot.texts import LANGUAGES, Texts

if TYPE_CHECKING:
    from matchbot.service import Service


@click.group("matchbot", cls=LocalisedGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="matchbot", message="%(prog)s %(version)s")
def matchbot() -> None:
    pass


_ASKING = (setup, chat, search, org, clusters, corpus, synonyms, index, evaluation)
_INTRODUCING = (
    needs,
    case,
    queue,
    load,
    handover,
    outcomes,
    business,
    awards,
    visit,
    survey,
    help_,
    members,
    profiles,
)
_EVALUATING = (indicators, targets, comments, breaks, report, freeze)
_KEEPING = (ledger, privacy, jobs, simulate)

for command in (*_ASKING, *_INTRODUCING, *_EVALUATING, *_KEEPING):
    matchbot.add_command(command)
# The floor above adds its own commands; nothing here imports it.
for above in entry_points(group="matchbot.commands"):
    matchbot.add_command(above.load())


def main() -> None:
    """Reads the settings, once, and runs the command line."""
    try:
        settings = read_settings()
    except ConfigurationError as error:
        for language in LANGUAGES:
            click.echo(user_message(error, Texts(language)), err=True)
        sys.exit(error.exit_code)
    speak(settings.language)
    matchbot(prog_name="matchbot", obj=Shell(settings, _build))


def _build(settings: Settings) -> "Service":
    # Here, so that help and usage errors do not wait for the search engine.
    from matchbot.bootstrap import build_service

    return build_service(settings)
