package org.sekisho.gateway.catalogue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.project.Permit;

/** What the SQL of a project can name. */
public final class GrantedTables {
    private static final Pattern NOT_OF_A_NAME = Pattern.compile("[^\\p{L}\\p{N}_]+");

    private GrantedTables() {}

    /** One table with the columns that the permit gives. */
    public record Granted(String name, String dataset, Text description, List<Column> columns) {}

    public static List<Granted> of(Vault vault, Permit permit) {
        return permit.data().stream()
                .flatMap(grant -> vault.dataset(grant.dataset()).stream()
                        .flatMap(dataset -> dataset.tables().stream())
                        .flatMap(table -> granted(grant, table).stream()))
                .toList();
    }

    /**
     * Which of them a statement names, ordered and separated by commas, as the log gets them. A name in a comment counts
     * as well: who watches is told too much rather than too little.
     */
    public static String namedIn(Vault vault, Permit permit, String sql) {
        var words = NOT_OF_A_NAME.splitAsStream(sql.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
        return of(vault, permit).stream()
                .map(Granted::name)
                .filter(name -> words.contains(name.toLowerCase(Locale.ROOT)))
                .distinct()
                .sorted()
                .collect(Collectors.joining(","));
    }

    private static Optional<Granted> granted(DataGrant grant, Table table) {
        @Nullable
        List<String> columns =
                grant.tables().isEmpty() ? List.of() : grant.tables().get(table.name());
        if (columns == null) {
            return Optional.empty();
        }
        var kept = table.columns().stream()
                .filter(column -> columns.isEmpty() || columns.contains(column.name()))
                .toList();
        return Optional.of(new Granted(table.name(), grant.dataset(), table.description(), kept));
    }
}
