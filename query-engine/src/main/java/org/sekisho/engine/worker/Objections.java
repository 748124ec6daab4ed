package org.sekisho.engine.worker;

import java.util.Map;
import org.sekisho.engine.duckdb.Problem;
import org.sekisho.engine.sql.Code;
import org.sekisho.engine.sql.Objection;

/** Our words for the engine's problems. The engine's own words stop here. */
final class Objections {

    private static final String LONG_NAME = "LONG_NAME";

    private static final Map<String, Code> CODES = Map.ofEntries(
            Map.entry("PARSER", Code.SYNTAX),
            Map.entry("SYNTAX", Code.SYNTAX),
            Map.entry("TOO_DEEP", Code.STATEMENT_NOT_ALLOWED),
            Map.entry("BINDER", Code.TYPE),
            Map.entry("MISMATCH_TYPE", Code.TYPE),
            Map.entry("INVALID_TYPE", Code.TYPE),
            Map.entry(LONG_NAME, Code.TYPE),
            Map.entry("NOT_IMPLEMENTED", Code.TYPE),
            Map.entry("EXPRESSION", Code.TYPE),
            Map.entry("PARAMETER_NOT_ALLOWED", Code.TYPE),
            Map.entry("PARAMETER_NOT_RESOLVED", Code.TYPE),
            Map.entry("CONVERSION", Code.CONVERSION),
            Map.entry("OUT_OF_RANGE", Code.CONVERSION),
            Map.entry("DIVIDE_BY_ZERO", Code.CONVERSION),
            Map.entry("DECIMAL", Code.CONVERSION),
            Map.entry("INVALID_INPUT", Code.CONVERSION),
            Map.entry("OUT_OF_MEMORY", Code.OUT_OF_MEMORY),
            Map.entry("PERMISSION", Code.STATEMENT_NOT_ALLOWED),
            Map.entry("MISSING_EXTENSION", Code.STATEMENT_NOT_ALLOWED),
            Map.entry("AUTOLOAD", Code.STATEMENT_NOT_ALLOWED),
            Map.entry("INTERRUPT", Code.CANCELLED));

    private Objections() {}

    static Objection of(Problem problem, String sql) {
        var code = code(problem);
        return Objection.at(code, sql, problem.position(), words(code, problem));
    }

    private static Code code(Problem problem) {
        if (problem.subtype().equals("COLUMN_NOT_FOUND")) {
            return Code.UNKNOWN_COLUMN;
        }
        if (problem.type().equals("CATALOG")) {
            return switch (problem.subject()) {
                case "Table", "View", "" -> Code.UNKNOWN_TABLE;
                case "Type" -> Code.TYPE;
                default -> Code.UNKNOWN_FUNCTION;
            };
        }
        return CODES.getOrDefault(problem.type(), Code.INTERNAL);
    }

    private static String words(Code code, Problem problem) {
        if (problem.type().equals(LONG_NAME)) {
            return "A column without a name of its own is named by its expression, and this one is too long for that:"
                    + " give it a name with AS.";
        }
        var name = Objection.quoted(problem.name());
        return switch (code) {
            case SYNTAX -> "The statement cannot be read from here on.";
            case UNKNOWN_TABLE -> "This project has no table " + name + ".";
            case UNKNOWN_COLUMN -> "There is no column " + name + " in what this part reads.";
            case UNKNOWN_FUNCTION -> "There is no function " + name + ".";
            case TYPE ->
                problem.name().isEmpty()
                        ? "The types, the grouping or the names do not fit together here."
                        : "The types, the grouping or the names do not fit together at " + name + ".";
            case CONVERSION ->
                "A value could not be converted or computed: its format, its range or its number of rows"
                        + " does not fit. try_cast gives NULL instead.";
            case OUT_OF_MEMORY -> "The statement needs more memory than allowed.";
            case CANCELLED -> "The statement was cancelled.";
            case STATEMENT_NOT_ALLOWED ->
                "The statement asks for something that is not allowed, or is nested too deeply.";
            default -> "The engine could not run the statement.";
        };
    }
}
