package org.sekisho.gateway.catalogue;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.Table;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.project.Permit;

/** What the SQL of a project can name. */
public final class GrantedTables {
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
