"""`dure screen`: the spending of projects from files, the findings and the order of projects into CSV."""

import sys
from pathlib import Path

import click
from django.conf import settings

from dure.config.answer_files import write_text
from dure.engines.auditing import Screening, screen, signals
from dure.foundation.ledgers import Files, UnusableLedger, opened, write_findings, write_ranking


class UnusableFiles(click.ClickException):
    exit_code = 2


def screening_files(files: Files, output: Path, summary: Path | None, language: str) -> None:
    """Write the findings to `output` and the order of the projects to `summary`.

    The same files give the same bytes. Raises UnusableFiles, with every faulty cell, and writes
    nothing then.
    """
    if not settings.configured:  # the reader of workbooks words its problems with Django
        settings.configure(USE_I18N=False)
    try:
        with opened(files) as ledger:
            screening = screen(ledger, done=lambda part, whole: _say(f"{part} of {whole} signals"))
    except UnusableLedger as error:
        raise UnusableFiles(str(error)) from error
    write_text(output, write_findings(screening, language))
    if summary:
        write_text(summary, write_ranking(screening))
    for line in _account(screening, language):
        click.echo(line)


def _account(screening: Screening, language: str) -> list[str]:
    """How much was seen, and which signals were silent for want of which columns."""
    by_code = {signal.code: signal for signal in signals()}
    flagged = len({finding.project for finding in screening.findings})
    lines = [
        f"{len(screening.ranking):,} projects, {len(screening.findings):,} findings in {flagged:,}"
    ]
    for silent in screening.silent:
        name = by_code[silent.signal].words[language].name
        lines.append(f"silent: {silent.signal} ({name}), without {', '.join(silent.missing)}")
    return lines


def _say(what: str) -> None:
    sys.stderr.write(f"{what}\n")
