package org.sekisho.gateway.catalogue;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.sekisho.engine.catalog.Dataset;
import org.sekisho.engine.vault.Snapshot;
import org.sekisho.engine.vault.Vault;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.store.Store;

/** Announces each snapshot in the log once, before it is shown. */
public final class Adoption {
    private final Vault vault;
    private final Store store;
    private final AuditLog log;
    private final Clock clock;

    public Adoption(Vault vault, Store store, AuditLog log, Clock clock) {
        this.vault = vault;
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    /** The data sets of the vault; those whose newest snapshot is new are in the log when this returns. */
    public List<Dataset> datasets() {
        var datasets = vault.datasets();
        for (var dataset : datasets) {
            vault.latest(dataset.id()).ifPresent(this::adopt);
        }
        return datasets;
    }

    private synchronized void adopt(Snapshot snapshot) {
        if (isAdopted(snapshot)) {
            return;
        }
        var intent = log.intent(new Act(
                "sekisho",
                "dataset.adopt",
                null,
                snapshot.name(),
                Map.of("sources", Integer.toString(snapshot.sources().size()))));
        store.run(handle -> handle.execute(
                "insert into adopted (dataset, snapshot, at) values (?, ?, ?) on conflict do nothing",
                snapshot.dataset(),
                snapshot.id(),
                clock.instant().toString()));
        log.outcome(intent, Result.DONE, Map.of());
    }

    private boolean isAdopted(Snapshot snapshot) {
        return store.<Integer>read(
                        handle -> handle.createQuery("select count(*) from adopted where dataset = ? and snapshot = ?")
                                .bind(0, snapshot.dataset())
                                .bind(1, snapshot.id())
                                .mapTo(Integer.class)
                                .one())
                > 0;
    }
}
