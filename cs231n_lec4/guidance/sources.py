"""The one reader of sources: of a method, of a class, also of a class from a notebook cell.

`inspect.getsource` does not find a class that was made in a cell, but it finds its methods.
"""

import ast
import functools
import inspect
import linecache
import textwrap


@functools.lru_cache(maxsize=512)
def definition_of(method):
    """The `def` of a method as a syntax tree, or None where there is no such source."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(method)))
    except (OSError, TypeError, SyntaxError):
        return None
    is_plain = isinstance(tree.body[0], ast.FunctionDef) and not tree.body[0].decorator_list
    return tree.body[0] if is_plain else None


def around(method):
    """`{name: thing}` of everything that a method's body can see from where it was written."""
    seen = inspect.getclosurevars(method)
    return {**seen.builtins, **method.__globals__, **seen.nonlocals}


@functools.lru_cache(maxsize=512)
def saved_by(method):
    """The words that a method stores in self."""
    return words_of_self(method, ast.Store)


@functools.lru_cache(maxsize=512)
def read_by(method):
    """The words that a method reads from self."""
    return words_of_self(method, ast.Load)


def words_of_self(method, context):
    """Every `word` of a `self.word` that is stored, or read, in a method."""
    definition = definition_of(method)
    if definition is None or not definition.args.args:
        return frozenset()
    self = definition.args.args[0].arg
    parts = [part for part in ast.walk(definition) if isinstance(part, ast.Attribute)]
    changed = [part.target for part in ast.walk(definition) if isinstance(part, ast.AugAssign)]
    return frozenset(
        part.attr
        for part in parts
        if isinstance(part.value, ast.Name)
        and part.value.id == self
        and (isinstance(part.ctx, context) or part in changed)  # `self.n += 1` reads and stores
    )


def source_of(thing):
    """The text of a class, a function or a module. Raises OSError or TypeError without one."""
    return class_source(thing) if inspect.isclass(thing) else inspect.getsource(thing)


def class_source(kind):
    """The source of a class. One from a notebook cell is found by one of its methods."""
    for method in vars(kind).values():
        if inspect.isfunction(method):
            lines = linecache.getlines(method.__code__.co_filename, method.__globals__)
            found = class_around("".join(lines), kind.__name__, method.__code__.co_firstlineno)
            if found:
                return found
    return inspect.getsource(kind)


def class_around(text, name, line):
    """The class of this name that the line number is in."""
    classes = [part for part in ast.walk(ast.parse(text)) if isinstance(part, ast.ClassDef)]
    for part in classes:
        if part.name == name and part.lineno <= line <= part.end_lineno:
            first = min([part.lineno, *(d.lineno for d in part.decorator_list)])
            return "\n".join(text.splitlines()[first - 1 : part.end_lineno])
    return None
