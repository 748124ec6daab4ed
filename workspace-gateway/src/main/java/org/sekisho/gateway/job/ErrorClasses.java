package org.sekisho.gateway.job;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The error classes that an author may be told of. A notebook can define a class of any name and so write a value into
 * it: what is not a name that everybody knows is {@code Error}.
 */
public final class ErrorClasses {
    private static final String OTHER = "Error";
    private static final Set<String> KNOWN = Set.of(
            // Python
            "ArithmeticError",
            "AssertionError",
            "AttributeError",
            "BrokenPipeError",
            "ConnectionError",
            "EOFError",
            "Exception",
            "FileExistsError",
            "FileNotFoundError",
            "FloatingPointError",
            "ImportError",
            "IndentationError",
            "IndexError",
            "IsADirectoryError",
            "JSONDecodeError",
            "KeyError",
            "KeyboardInterrupt",
            "LookupError",
            "MemoryError",
            "ModuleNotFoundError",
            "NameError",
            "NotADirectoryError",
            "NotImplementedError",
            "OSError",
            "OverflowError",
            "PermissionError",
            "RecursionError",
            "RuntimeError",
            "StopIteration",
            "SyntaxError",
            "SystemExit",
            "TabError",
            "TimeoutError",
            "TypeError",
            "UnboundLocalError",
            "UnicodeDecodeError",
            "UnicodeEncodeError",
            "ValueError",
            "ZeroDivisionError",
            // pandas, numpy, pyarrow, scikit-learn, statsmodels, ours
            "ArrowInvalid",
            "ArrowNotImplementedError",
            "ArrowTypeError",
            "AxisError",
            "ConvergenceWarning",
            "EmptyDataError",
            "IntCastingNaNError",
            "InvalidIndexError",
            "LinAlgError",
            "MergeError",
            "MissingDataError",
            "NotFittedError",
            "OutOfBoundsDatetime",
            "ParserError",
            "PatsyError",
            "PerfectSeparationError",
            "SekishoError",
            "UndefinedVariableError",
            // R
            "error",
            "simpleError",
            "rlang_error",
            "vctrs_error",
            "dplyr_error",
            // the kernel itself
            "DeadKernelError",
            "CellTimeoutError");

    private ErrorClasses() {}

    /** The name as an author may read it. */
    public static String told(@Nullable String name) {
        return name != null && KNOWN.contains(name) ? name : OTHER;
    }
}
