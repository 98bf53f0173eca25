"""The ``align`` command."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from parallel_statement.__about__ import __version__
from parallel_statement.cli import (
    amend,
    borders,
    check,
    corpus,
    correct,
    deposit,
    explanation,
    find,
    glossary,
    history,
    known,
    look,
    match,
    pretranslate,
    returning,
    review,
    revise,
    run,
    terms,
    validate,
    waive,
)
from parallel_statement.cli.console import complain, emit, make_printable
from parallel_statement.errors import ParallelStatementError

CANNOT = 2
"""Exit code of a command that cannot do what it was asked."""

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main(argv: Sequence[str] | None = None) -> int:
    """Return the exit code of ``align`` with the arguments *argv*, or those of the process.

    0: done; 1: findings at or above --fail-on, or what a command says; 2: cannot do it;
    130: interrupted.
    """
    make_printable()
    arguments = list(sys.argv[1:] if argv is None else argv) or ["--help"]
    command = typer.main.get_command(app)
    try:
        code = command.main(arguments, prog_name="align", standalone_mode=False)
    except typer.TyperException as error:
        message = error.format_message().replace("Value error, ", "").rstrip(".")
        complain(f"{message}; `align --help` shows what there is")
        return CANNOT
    except ParallelStatementError as error:
        complain(str(error))
        return CANNOT
    except OSError as error:
        complain(f"{error.filename or 'system'}: {error.strerror or error}")
        return CANNOT
    return code or 0


def _print_version(wanted: bool) -> None:
    if wanted:
        emit(f"align {__version__}\n")
        raise typer.Exit


@app.callback()
def _align(
    version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Align, encode and check one statement published in several languages.

    Exit codes: 0 done; 1 findings at or above --fail-on; 2 cannot do it, the message says why.
    """


for _command in (
    run.run,
    revise.update,
    look.show,
    review.review,
    explanation.explain,
    check.check,
    find.find,
    terms.terms,
    look.segment,
    run.export,
    match.match,
    corpus.corpus,
    pretranslate.pretranslate,
    validate.validate,
    deposit.deposit,
    correct.lock,
    correct.forbid,
    correct.unlock,
    correct.locks,
    amend.merge,
    amend.split,
    amend.move,
    borders.cut,
    borders.join,
    history.undo,
    history.redo,
    waive.waive,
    waive.unwaive,
    waive.waivers,
    known.languages,
    known.encoders,
):
    app.command()(_command)

app.command("import")(returning.import_)
app.add_typer(glossary.app, name="glossary")
