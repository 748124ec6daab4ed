package org.sekisho.engine.worker;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.sql.Code;
import org.sekisho.engine.sql.Objection;

/**
 * The last frame of a request: either totals of the whole result, or an objection.
 *
 * @param rows of the whole result, to compare with what arrived
 * @param code null when the result is whole
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Ending(
        long rows,
        long bytes,
        long micros,
        @Nullable String code,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable String message) {

    static Ending whole(long rows, long bytes, long micros) {
        return new Ending(rows, bytes, micros, null, null, null, null);
    }

    static Ending of(Objection objection) {
        return new Ending(0, 0, 0, objection.code().id(), objection.line(), objection.column(), objection.message());
    }

    static QueryAnswer answer(Objection objection) {
        return answer(objection.code(), objection.line(), objection.column(), objection.message());
    }

    static QueryAnswer answer(Code code, @Nullable Integer line, @Nullable Integer column, String message) {
        if (code == Code.CANCELLED) {
            return new QueryAnswer.Cancelled();
        }
        return code.refusal()
                ? new QueryAnswer.Refused(code.id(), line, column, message)
                : new QueryAnswer.Failed(code.id(), line, column, message);
    }
}
