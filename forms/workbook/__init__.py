"""A template as a workbook: every key of the format on sheets that a spreadsheet program can edit, and back to the same template.

One sheet for each list of the format (sections, questions, levels …), a row for each entry; entries name the one that they belong to.
The sheet ``template`` has a row for each key of the template itself. Conditions and other nested keys stand in one cell, written as in
a YAML file. What the sheets and columns are called follows from the classes in ``forms.template`` and ``forms.question``, so a new key
of the format has its column at once.
"""

from __future__ import annotations

from forms.workbook.reading import template_from_workbook
from forms.workbook.writing import workbook_from_template

__all__ = ["template_from_workbook", "workbook_from_template"]
