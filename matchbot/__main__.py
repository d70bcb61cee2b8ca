"""``python -m matchbot``: the same as the command ``matchbot``."""

from matchbot.cli import main

main()
