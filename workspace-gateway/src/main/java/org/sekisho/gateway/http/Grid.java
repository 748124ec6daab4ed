package org.sekisho.gateway.http;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.sekisho.checker.Evidence.ColumnRole;
import org.sekisho.checker.Evidence.Role;
import org.sekisho.checker.Evidence.Structure;

/**
 * A table on a page. Values of measures are numbers where they read as numbers, everything else is text.
 *
 * @param total rows of the whole table
 */
record Grid(List<Column> columns, List<List<Object>> rows, int total) {
    record Column(String name, String role) {}

    boolean truncated(int offset) {
        return offset + rows.size() < total;
    }

    static Grid of(byte[] csv, Structure structure, int offset, int limit) {
        var roles = structure.columns().stream()
                .collect(Collectors.toMap(ColumnRole::column, ColumnRole::role, (one, other) -> Role.OTHER));
        List<String> header = List.of();
        var rows = new ArrayList<List<Object>>();
        var total = -1;
        for (var line : CsvReader.builder().ofCsvRecord(new String(csv, StandardCharsets.UTF_8))) {
            if (total < 0) {
                header = line.getFields();
            } else if (total >= offset && rows.size() < limit) {
                rows.add(row(line, header, roles));
            }
            total++;
        }
        var columns = header.stream()
                .map(name -> new Column(name, word(roles.getOrDefault(name, Role.OTHER))))
                .toList();
        return new Grid(columns, rows, Math.max(0, total));
    }

    private static List<Object> row(CsvRecord line, List<String> header, Map<String, Role> roles) {
        var values = new ArrayList<Object>();
        for (int i = 0; i < line.getFieldCount(); i++) {
            var role = i < header.size() ? roles.getOrDefault(header.get(i), Role.KEY) : Role.KEY;
            values.add(role == Role.KEY ? line.getField(i) : number(line.getField(i)));
        }
        return values;
    }

    private static Object number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException words) {
            return text;
        }
    }

    private static String word(Role role) {
        return role.name().toLowerCase(Locale.ROOT);
    }
}
