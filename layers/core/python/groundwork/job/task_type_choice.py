"""Which task type a request asks for: by the functions it names, or by `Groundwork.TaskType` (spec: job-api §3.3)."""

from __future__ import annotations

from dataclasses import dataclass

from groundwork.job import request_view as place
from groundwork.job.drop_context import DropContext, TaskTypes
from groundwork.job.names import GROUND_TRUTH_ALIASES, GROUND_TRUTH_NAMES, FunctionKind, built_in_function
from groundwork.job.problems import Problem
from groundwork.job.request_view import RequestView
from groundwork.task_types.task_type import TaskType


@dataclass(frozen=True, slots=True)
class TaskTypeChoice:
    """The task type of a request; `task_type` is None when the request does not settle it.

    `pre` and `post` are the customer's own functions.
    """

    task_type: TaskType | None
    pre: str | None = None
    post: str | None = None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Function:
    """One function of the request: a built-in one has a task type, the customer's own an ARN."""

    task_type: TaskType | None = None
    own: str | None = None
    problem: Problem | None = None


def choose_task_type(view: RequestView, context: DropContext, task_types: TaskTypes) -> TaskTypeChoice:
    """Settle the task type, and check the functions against each other and against the deployment.

    Built-in types whose label file is optional (pass-through) may be combined with the customer's own functions;
    the post-annotation function then decides. A request that names no type at all is a custom job.
    """
    pre = _function(view, place.PRE, "PRE", context, task_types)
    post = _function(view, place.POST, "ACS", context, task_types)
    named, naming_problem = _named(view, task_types)
    problems = [problem for problem in (pre.problem, post.problem, naming_problem) if problem is not None]
    if problems:
        return TaskTypeChoice(named, pre.own, post.own, tuple(problems))
    by_functions, problem = _of_functions(view, pre, post, task_types)
    if problem is None and named is not None:
        problem = _disagreement(view, named, by_functions)
    if problem is not None:
        return TaskTypeChoice(named or by_functions, pre.own, post.own, (problem,))
    return TaskTypeChoice(named or by_functions or task_types.CUSTOM, pre.own, post.own)


def _function(view: RequestView, path: str, kind: FunctionKind, context: DropContext, types: TaskTypes) -> _Function:
    arn = view.text(path)
    if arn is None:
        return _Function()
    if arn in context.customer_functions:
        return _Function(own=arn)
    built_in = built_in_function(arn)
    if built_in is None or not _is_known(built_in.suffix, types):
        return _Function(own=arn, problem=_not_listed(path, arn, context))
    if built_in.kind != kind:
        message = f"a {built_in.kind}- function stands in the place of the {kind}- function"
        return _Function(problem=Problem(path=path, message=message, expected=f"{kind}-{built_in.suffix}"))
    task_type = types.find(built_in.suffix)
    if task_type is None:
        return _Function(problem=_not_available(path, built_in.suffix, types))
    return _Function(task_type=task_type)


def _is_known(suffix: str, types: TaskTypes) -> bool:
    return suffix in GROUND_TRUTH_NAMES or suffix in GROUND_TRUTH_ALIASES or types.find(suffix) is not None


def _named(view: RequestView, types: TaskTypes) -> tuple[TaskType | None, Problem | None]:
    name = view.text(place.TASK_TYPE)
    if name is None:
        return None, None
    task_type = types.CUSTOM if name == types.CUSTOM.name else types.find(name)
    return task_type, None if task_type else _not_available(place.TASK_TYPE, name, types)


def _of_functions(
    view: RequestView, pre: _Function, post: _Function, types: TaskTypes
) -> tuple[TaskType | None, Problem | None]:
    built_in = [function.task_type for function in (pre, post) if function.task_type is not None]
    strict = [task_type for task_type in built_in if task_type.label_count is not None]
    if not strict:
        own = pre.own or post.own
        return post.task_type or (types.CUSTOM if own or pre.task_type else None), None
    if len(built_in) == 2 and built_in[0] == built_in[1]:
        return strict[0], None
    name = strict[0].name
    functions = [_function_name(view.text(path)) for path in (place.PRE, place.POST)]
    return strict[0], Problem(
        path=place.POST if pre.task_type in strict else place.PRE,
        message=f"{' and '.join(functions)} do not belong together",
        expected=f"functions of the same task type: PRE-{name} with ACS-{name}",
    )


def _function_name(arn: str | None) -> str:
    return "no function" if arn is None else arn.rpartition(":")[2]


def _disagreement(view: RequestView, named: TaskType, by_functions: TaskType | None) -> Problem | None:
    if by_functions is None or by_functions == named:
        return None
    return Problem(
        path=place.TASK_TYPE,
        message=f"names {view.text(place.TASK_TYPE)}, the functions of HumanTaskConfig name {by_functions.name}",
        expected="the same task type in both places, or only one of them",
    )


def _not_available(path: str, name: str, types: TaskTypes) -> Problem:
    available = ", ".join(types.names())
    return Problem(
        path=path,
        message=f"task type {name} is not available in this version; available: {available}",
        expected=f"one of {available}",
    )


def _not_listed(path: str, arn: str, context: DropContext) -> Problem:
    listed = ", ".join(context.customer_functions) or "none"
    return Problem(
        path=path,
        message=f"this deployment has no right to call {arn}",
        expected=f"a function listed in the deployment's setting customerFunctions (now: {listed}); "
        "add the ARN there and deploy again",
    )
