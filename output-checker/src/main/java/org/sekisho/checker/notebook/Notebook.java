package org.sekisho.checker.notebook;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A notebook as far as it can leave.
 *
 * @param language of its kernel: {@code python}, {@code r}, {@code julia}, {@code sql}, or empty
 * @param left what it held besides
 */
public record Notebook(String language, List<Cell> cells, Set<Left> left) {
    public Notebook {
        cells = List.copyOf(cells);
        left = Set.copyOf(left);
    }

    /** What a notebook can hold that does not leave. */
    public enum Left {
        METADATA,
        ATTACHMENTS,
        WIDGETS
    }

    public enum Kind {
        CODE,
        MARKDOWN,
        RAW
    }

    /** @param hidden whether the notebook asked viewers not to show its source or its outputs */
    public record Cell(Kind kind, String source, boolean hidden, List<Output> outputs) {
        public Cell {
            outputs = List.copyOf(outputs);
        }
    }

    public sealed interface Output {
        /** @param name {@code stdout} or {@code stderr} */
        record Stream(String name, String text) implements Output {}

        /**
         * @param data by media type, text or Base64
         * @param result whether it is the value of the cell
         */
        record Display(Map<String, String> data, boolean result) implements Output {}

        /** @param name class of the error */
        record Failure(String name) implements Output {}
    }
}
