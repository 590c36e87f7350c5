"""When the solver contradicts itself."""


class SolverFaultError(RuntimeError):
    """The solver said something that cannot be: a fault in the program, never the input."""
