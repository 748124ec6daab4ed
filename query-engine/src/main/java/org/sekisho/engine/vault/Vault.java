package org.sekisho.engine.vault;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sekisho.engine.catalog.Dataset;

/** The stored data sets of one home directory. Reads the disk at each call, so that it sees what another process loads. */
@SuppressWarnings("DoNotCallSuggester")
public final class Vault {
    private final Path home;

    private Vault(Path home) {
        this.home = home;
    }

    public static Vault open(Path home) {
        return new Vault(home);
    }

    public Path home() {
        return home;
    }

    /** Every data set that has a snapshot, by id, described as in its newest snapshot. */
    public List<Dataset> datasets() {
        throw new UnsupportedOperationException();
    }

    public Optional<Dataset> dataset(String id) {
        return datasets().stream().filter(d -> d.id().equals(id)).findFirst();
    }

    public Optional<Snapshot> latest(String dataset) {
        throw new UnsupportedOperationException(dataset);
    }

    /** Oldest first. */
    public List<Snapshot> snapshots(String dataset) {
        throw new UnsupportedOperationException(dataset);
    }
}
