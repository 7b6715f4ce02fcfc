"""Write a template as YAML that reads back to the same template."""

from __future__ import annotations

import msgspec
import yaml

from forms.template import Template

_WIDTH = 140


class _Dumper(yaml.SafeDumper):
    """YAML without references, texts of several lines as blocks, and everything quoted that could be read as something else."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    style = None
    if not all(letter.isprintable() or letter == "\n" for letter in text):
        style = '"'  # some of these end a line, and only quotes keep them
    elif "\n" in text and text == text.strip():
        style = "|"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def template_as_yaml(template: Template) -> str:
    """Write a template as a file that ``forms.reading`` takes: keys in the order of the format, what is left at its default left out."""
    tree = msgspec.to_builtins(template)
    return yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_WIDTH)
