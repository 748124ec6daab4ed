package org.sekisho.engine.provision;

import java.nio.file.Path;
import org.sekisho.engine.vault.Vault;

/** Builds provisions once and keeps them. Safe for concurrent callers; one process per home directory. */
public final class Provisions {
    private final Path home;
    private final Vault vault;

    public Provisions(Path home, Vault vault) {
        this.home = home;
        this.vault = vault;
    }

    /**
     * The provision of this grant over the newest snapshots; built at the first call, the same afterwards. Callers that
     * come while it is being built wait for that one build.
     *
     * @throws org.sekisho.engine.EngineException {@code unknown-dataset}, {@code unknown-table}, {@code unknown-column}
     *     where the grant names what the catalogue lacks
     */
    @SuppressWarnings("DoNotCallSuggester")
    public Provision of(Grant grant) {
        throw new UnsupportedOperationException(grant.project() + home + vault.home());
    }
}
