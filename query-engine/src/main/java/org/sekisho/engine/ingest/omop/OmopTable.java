package org.sekisho.engine.ingest.omop;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.ColumnKind;
import org.sekisho.engine.catalog.Table;

/**
 * A table of the model.
 *
 * @param all every column that a file may have, in the model's order
 * @param kept the table as it is stored: only the columns kept
 */
record OmopTable(Table kept, List<String> all) {
    /** Where in a row of the file each kept column stands; absent ones are missing from the map. */
    Map<Column, Integer> places(List<String> header) {
        var places = new LinkedHashMap<Column, Integer>();
        for (var column : kept.columns()) {
            var place = header.indexOf(column.name());
            if (place >= 0) {
                places.put(column, place);
            }
        }
        return places;
    }

    /** A row without its first column would belong to nobody, or be nothing. */
    boolean isRequired(Column column) {
        return column.kind() == ColumnKind.PERSON
                || column.equals(kept.columns().getFirst());
    }
}
