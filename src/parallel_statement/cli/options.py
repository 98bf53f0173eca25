"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from parallel_statement.cli.report import FailOn

TextsArgument = Annotated[
    Path | None,
    typer.Argument(metavar="TEXTS", help="Folder with <language>/<text>.*; default: texts."),
]
TextsOrResultArgument = Annotated[
    Path | None,
    typer.Argument(
        metavar="TEXTS",
        help="Folder with <language>/<text>.*, or TEI or JSON of a run; default: texts.",
    ),
]
FileOption = Annotated[
    list[str] | None,
    typer.Option("--file", metavar="LANGUAGE=PATH", help="One version, in place of TEXTS; repeat."),
]
DocumentOption = Annotated[
    list[str] | None,
    typer.Option("--document", metavar="ID", help="Only this document; may be repeated."),
]
OneDocumentOption = Annotated[
    str | None, typer.Option("--document", metavar="ID", help="The document, if there are several.")
]
GlossaryOption = Annotated[
    Path | None,
    typer.Option("--glossary", metavar="FILE", help="Terms; default: glossary.* in TEXTS."),
]
EncoderOption = Annotated[
    str,
    typer.Option("--encoder", metavar="NAME", help="One of `align encoders`, or a model's folder."),
]
WeightsOption = Annotated[
    Path | None,
    typer.Option("--weights", metavar="FILE", help="Weights learned for the encoder."),
]
EncodingOption = Annotated[
    list[str] | None,
    typer.Option(
        "--encoding",
        metavar="LANGUAGE=NAME",
        help="Encoding of the text files of a language, or (NAME) of all; default: found out.",
    ),
]
WithoutOption = Annotated[
    list[str] | None,
    typer.Option("--without", metavar="CHECK", help="Leave a check out; may be repeated."),
]
FailOnOption = Annotated[
    FailOn,
    typer.Option("--fail-on", metavar="SEVERITY", help="Exit with 1 from: warning, error, never."),
]
DateOption = Annotated[
    str | None,
    typer.Option(
        "--date", metavar="DATE", help="Date of the encoding; default: SOURCE_DATE_EPOCH, or none."
    ),
]
FormatsOption = Annotated[
    str, typer.Option("--format", help="Formats, with commas between.", metavar="NAMES")
]
FORMATS = "tei,html,xlsx,json"
"""What a run writes if nothing else is said; JSON is what `align update` reads again."""
SourceOption = Annotated[
    str | None,
    typer.Option(
        "--source",
        metavar="LANGUAGE",
        help="The language that the others are translated from; default: the first.",
    ),
]
OutOption = Annotated[Path, typer.Option("--out", help="Folder to write into.", metavar="FOLDER")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]
