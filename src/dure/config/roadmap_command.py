"""`dure roadmap`: technology roadmaps from files."""

from pathlib import Path

import click

from dure.config.startup import with_django


@click.group()
def roadmap() -> None:
    """Technology roadmaps as files: check them, load them."""


@roadmap.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def check(file: Path) -> None:
    """Say what is wrong with a roadmap file, or how much it holds. Exit code 2 when broken."""
    with_django()
    from dure.apps.roadmaps import adapter

    try:
        parsed, _digest = adapter.read(file)
    except adapter.BrokenRoadmap as problem:
        click.echo(str(problem), err=True)
        raise SystemExit(2) from problem
    items = [item for field in parsed.fields for item in field.items]
    counts = [len(parsed.fields), len(items), sum(len(item.technologies) for item in items)]
    names = [level.en for level in parsed.levels]
    click.echo(f"{parsed.en} ({parsed.year})")
    for name, count in zip(names, counts, strict=False):
        click.echo(f"  {name}: {count:,}")


@roadmap.command()
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(files: tuple[Path, ...]) -> None:
    """Load roadmap files, or all that come with dure when none is named; the same file once."""
    with_django()
    from django.utils import timezone

    from dure.apps.roadmaps import adapter, operations

    for file in files or sorted(adapter.FOLDER.glob("*.toml")):
        try:
            loaded, is_new = operations.load(file, at=timezone.now())
        except (adapter.BrokenRoadmap, operations.AnotherVersion) as problem:
            click.echo(str(problem), err=True)
            raise SystemExit(2) from problem
        click.echo(f"{loaded.slug}: {'loaded' if is_new else 'was loaded already'}")
