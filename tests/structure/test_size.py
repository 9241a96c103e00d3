"""Nothing grows past what a reader holds in the head."""

import ast
import re
from collections.abc import Iterator
from typing import Any

MODULE_LINES = 400
FUNCTION_LINES = 60
CODE_LINES_OF_A_CLASS = 60
ARGUMENTS = 7

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _lines(node: Function | ast.ClassDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


def _declares_a_command(function: Function) -> bool:
    """Whether a function only lists the options of a command: as many arguments as the command has options."""
    marks = [ast.unparse(mark) for mark in function.decorator_list]
    return any(".command(" in mark or ".callback(" in mark for mark in marks)


def _argument_count(function: Function) -> int:
    named = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return len([argument for argument in named if argument.arg not in ("self", "cls")])


def _method_lines(owner: ast.ClassDef) -> int:
    """Lines of the methods that do something: a record may list and check as many fields as it has."""
    methods = [node for node in owner.body if isinstance(node, Function)]
    return sum(_lines(node) for node in methods if node.name != "__post_init__" and not _checks_fields(node))


def _checks_fields(method: Function) -> bool:
    return method.name.startswith("_") and method.name.endswith("_problems")


def test_no_module_is_longer_than_the_limit(all_python: Any) -> None:
    long = [
        f"{source.name}: {count} lines" for source in all_python if (count := source.text.count("\n")) > MODULE_LINES
    ]
    assert "" == "\n".join(long)


def test_no_function_is_longer_than_the_limit(all_python: Any) -> None:
    long = [
        f"{source.name}:{function.lineno} {function.name}: {_lines(function)} lines"
        for source in all_python
        for function in _functions(source.tree)
        if _lines(function) > FUNCTION_LINES and not _declares_a_command(function)
    ]
    assert "" == "\n".join(long)


def test_no_function_takes_more_arguments_than_the_limit(all_python: Any) -> None:
    wide = [
        f"{source.name}:{function.lineno} {function.name}: {_argument_count(function)} arguments"
        for source in all_python
        for function in _functions(source.tree)
        if _argument_count(function) > ARGUMENTS and not _declares_a_command(function)
    ]
    assert "" == "\n".join(wide)


def test_no_function_swallows_unknown_keywords(product: Any) -> None:
    """The one place that may: the evidence of a finding, whose names are the catalogue's."""
    open_ended = [
        f"{source.name}:{function.lineno} {function.name}"
        for source in product
        for function in _functions(source.tree)
        if function.args.kwarg is not None and function.args.kwarg.arg != "evidence"
    ]
    assert "" == "\n".join(open_ended)


def test_no_class_knows_more_than_the_limit(product: Any) -> None:
    large = [
        f"{source.name}:{node.lineno} {node.name}: {count} lines of code"
        for source in product
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef) and (count := _method_lines(node)) > CODE_LINES_OF_A_CLASS
    ]
    assert "" == "\n".join(large)


def test_no_class_inherits_from_ours_except_errors(product: Any) -> None:
    own = {node.name for source in product for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)}
    errors = {
        node.name
        for source in product
        if source.name == "tariffs/vocabulary/errors.py"
        for node in source.tree.body
        if isinstance(node, ast.ClassDef)
    }
    heirs = [
        f"{source.name}:{node.lineno} {node.name}({base.id})"
        for source in product
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
        for base in node.bases
        if isinstance(base, ast.Name) and base.id in own - errors
    ]
    assert "" == "\n".join(heirs)


def test_records_are_frozen_unless_they_gather_something(product: Any) -> None:
    loose = [
        f"{source.name}:{node.lineno} {node.name}"
        for source in product
        for node in _dataclasses(source.tree)
        if "slots=True" not in _settings_of(node)
        or ("frozen=True" not in _settings_of(node) and node.name not in _gathering(source.tree))
    ]
    assert "" == "\n".join(loose)


def _dataclasses(tree: ast.Module) -> list[ast.ClassDef]:
    classes = [node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)]
    return [node for node in classes if any("dataclass" in ast.unparse(mark) for mark in node.decorator_list)]


def _settings_of(record: ast.ClassDef) -> set[str]:
    calls = [mark for mark in record.decorator_list if isinstance(mark, ast.Call)]
    return {ast.unparse(keyword) for mark in calls for keyword in mark.keywords}


def _gathering(tree: ast.Module) -> set[str]:
    """Records that begin with an empty list or dict to be filled, and those that are put into it."""
    names = set()
    for record in _dataclasses(tree):
        fields = [node for node in record.body if isinstance(node, ast.AnnAssign) and node.value is not None]
        filled = [each for each in fields if re.search(r"default_factory=(list|dict)\b", ast.unparse(each))]
        if filled:
            names.add(record.name)
            names.update(re.findall(r"\w+", " ".join(ast.unparse(each.annotation) for each in filled)))
    return names


def test_a_command_only_hands_its_options_on(product: Any) -> None:
    """A command is exempt from the limits above because it decides nothing."""
    commands = [
        (source.name, function)
        for source in product
        if source.name.startswith("huchu/cli/")
        for function in _functions(source.tree)
        if _declares_a_command(function)
    ]
    assert commands
    deciding = [
        f"{name}:{function.lineno} {function.name}"
        for name, function in commands
        if any(isinstance(node, ast.If | ast.For | ast.While | ast.Try | ast.With) for node in ast.walk(function))
    ]
    assert "" == "\n".join(deciding)
