package org.sekisho.engine.provision;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.sekisho.engine.catalog.Table;

/**
 * The data of one project under one version of its permit.
 *
 * <p>Persons and facilities are BIGINT: the first 63 bits of HMAC-SHA-256 under the project's key over the vault
 * pseudonym, checked for collisions when built. Records are numbered anew. Tables have unqualified names.
 *
 * @param id content hash of snapshots, permit version, grant and opt-out list
 * @param database a DuckDB file of native tables, to be opened read-only
 * @param tables only what was granted
 * @param snapshots such as {@code life@20260102T030405678Z}
 * @param optOutList hash of the opt-out list applied
 */
public record Provision(
        String id,
        String project,
        int permitVersion,
        Path database,
        List<Table> tables,
        List<String> snapshots,
        String optOutList,
        Instant built) {
    static final String PERSON_NUMBERS = "persons.numbers";
    static final String FACILITY_NUMBERS = "facilities.numbers";

    public Provision {
        tables = List.copyOf(tables);
        snapshots = List.copyOf(snapshots);
    }

    /** Where all persons that the project was ever given have their numbers; beside its provisions, in none of them. */
    public Path personNumbers() {
        return beside(PERSON_NUMBERS);
    }

    /** The same for facilities. */
    public Path facilityNumbers() {
        return beside(FACILITY_NUMBERS);
    }

    private Path beside(String file) {
        return database.toAbsolutePath()
                .normalize()
                .resolveSibling("..")
                .normalize()
                .resolve(file);
    }
}
