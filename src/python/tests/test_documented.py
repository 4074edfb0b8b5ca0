"""Everything that a person calls is documented, with an example that runs."""

import doctest
import importlib
import inspect
import pkgutil

import pytest

import bulou

MODULES = ["bulou", *(f"bulou.{module.name}" for module in pkgutil.iter_modules(bulou.__path__) if module.name not in ("_native", "__main__"))]
#: Python calls these itself, or a base class documents them.
QUIET = {"main", "pytest_collect_file"}


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    pytest.importorskip("pyarrow")
    done = doctest.testmod(importlib.import_module(name), raise_on_error=False)
    assert done.failed == 0


def test_every_function_has_an_example():
    without = []
    for name in MODULES:
        module = importlib.import_module(name)
        for attribute, value in vars(module).items():
            if attribute.startswith("_") or getattr(value, "__module__", None) != name:
                continue
            if inspect.isfunction(value):
                without += [f"{name}.{attribute}"] * (">>>" not in (value.__doc__ or ""))
            if inspect.isclass(value) and not issubclass(value, (Exception, pytest.Collector, pytest.Item)):
                for method, what in vars(value).items():
                    what = what.fget if isinstance(what, property) else getattr(what, "__func__", what)
                    if inspect.isfunction(what) and not method.startswith("_"):
                        without += [f"{name}.{attribute}.{method}"] * (">>>" not in (what.__doc__ or ""))
    assert without == []


def test_all_that_is_exported_is_there():
    assert [name for name in bulou.__all__ if not hasattr(bulou, name)] == []
