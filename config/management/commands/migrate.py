"""`manage.py migrate`, without the minutes that Django's model states cost a house with many constraints and triggers.

After each operation Django renders every model related to the changed one anew. Here a new model is rendered alone, as
when Django loads an app: its relations tell the others. A constraint, index or trigger changes no field and no
relation: the rendered model just learns of it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from django.core.management.commands.migrate import Command as DjangoMigrate
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger


class Command(DjangoMigrate):
    def handle(self, *args: Any, **options: Any) -> None:
        with light_states():
            super().handle(*args, **options)


@contextmanager
def light_states() -> Iterator[None]:
    with (
        patch.object(ProjectState, "add_model", add_model),
        patch.object(ProjectState, "_append_option", append_option),
        patch.object(AddTrigger, "state_forwards", learn),
    ):
        yield


def add_model(state: ProjectState, added: ModelState) -> None:
    """A model that was not there before, so no other can be wrong about it."""
    key = added.app_label, added.name_lower
    state.models[key] = added
    if getattr(state, "_relations") is not None:  # noqa: B009 - Django's own, unknown to its types
        state.resolve_model_relations(key)
    if "apps" in state.__dict__:
        state.apps.render_multiple([added])


def append_option(state: ProjectState, app_label: str, model_name: str, option: str, added: Any) -> None:
    """Add a constraint, index or trigger to a model's state and, if it is rendered, to its class."""
    options = state.models[app_label, model_name].options
    options[option] = [*options.get(option, []), added]
    if "apps" in state.__dict__:
        setattr(state.apps.get_model(app_label, model_name)._meta, option, options[option])


def learn(operation: AddTrigger, app_label: str, state: ProjectState) -> None:
    append_option(state, app_label, operation.model_name, "triggers", operation.trigger)
