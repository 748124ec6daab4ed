package org.sekisho.engine.provision;

import java.util.List;
import org.sekisho.engine.catalog.Column;
import org.sekisho.engine.catalog.Table;

/**
 * A table of a snapshot with those of its columns that the project may have.
 *
 * @param name in the provision
 * @param stored the whole table as it lies in the vault
 */
record GrantedTable(String name, Table stored, List<Column> columns) {
    Table described() {
        return new Table(name, stored.description(), columns);
    }
}
