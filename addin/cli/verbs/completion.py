"""ib-trackers completion: let the Tab key complete commands and options in your shell."""

from __future__ import annotations

import argparse
from importlib import import_module

HELP = "print what lets the Tab key complete commands and options in bash, zsh or fish"
EXAMPLE = "ib-trackers completion bash"
SHELLS = ("bash", "zsh", "fish")


def options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", choices=SHELLS, help="your shell; for bash: add its output to ~/.bashrc")


def run(arguments: argparse.Namespace) -> int:
    from addin.cli.terminal import say

    say({"bash": _bash, "zsh": _zsh, "fish": _fish}[arguments.shell](words()))
    return 0


def words() -> dict[str, list[str]]:
    """Verb -> its steps and options."""
    from addin.cli.parser import add_common
    from addin.cli.verbs import verb_of, verbs

    found = {}
    for name in verbs():
        parser = argparse.ArgumentParser(add_help=True)
        import_module(f"addin.cli.verbs.{name}").options(parser)
        add_common(parser)
        found[verb_of(name)] = _words_of(parser)
    return found


def _words_of(parser: argparse.ArgumentParser) -> list[str]:
    steps, options = list[str](), set[str]()
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            steps += list(action.choices)
            options.update(one for inner in action.choices.values() for one in _words_of(inner))
        options.update(one for one in action.option_strings if one.startswith("--"))
    return [*steps, *sorted(options)]


def _bash(known: dict[str, list[str]]) -> str:
    cases = "\n".join(f"    {verb}) words='{' '.join(found)}' ;;" for verb, found in known.items())
    return f"""_ib_trackers() {{
  local words='' word="${{COMP_WORDS[COMP_CWORD]}}"
  if [ "$COMP_CWORD" -eq 1 ]; then words='{" ".join(known)} --help --version'
  else case "${{COMP_WORDS[1]}}" in
{cases}
  esac; fi
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}}
complete -o default -F _ib_trackers ib-trackers"""


def _zsh(known: dict[str, list[str]]) -> str:
    return f"autoload -U +X bashcompinit && bashcompinit\n{_bash(known)}"


def _fish(known: dict[str, list[str]]) -> str:
    lines = [f"complete -c ib-trackers -n __fish_use_subcommand -f -a '{' '.join(known)}'"]
    lines += [
        f"complete -c ib-trackers -n '__fish_seen_subcommand_from {verb}' -a '{' '.join(found)}'"
        for verb, found in known.items()
    ]
    return "\n".join(lines)
