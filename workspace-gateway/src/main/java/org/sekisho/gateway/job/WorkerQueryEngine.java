package org.sekisho.gateway.job;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.provision.Provisions;
import org.sekisho.engine.vault.Snapshot;
import org.sekisho.engine.vault.Vault;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.engine.worker.Engine;
import org.sekisho.engine.worker.Progress;
import org.sekisho.engine.worker.QueryAnswer;
import org.sekisho.gateway.project.Permit;

/** The engine of worker processes over provisions of the vault. */
public final class WorkerQueryEngine implements QueryEngine {
    private final Engine engine;
    private final Provisions provisions;
    private final Vault vault;
    private final Set<String> provided = ConcurrentHashMap.newKeySet();

    public WorkerQueryEngine(Engine engine, Provisions provisions, Vault vault) {
        this.engine = engine;
        this.provisions = provisions;
        this.vault = vault;
    }

    @Override
    public Provision provide(Permit permit) {
        var state = state(permit);
        var provision = provisions.of(permit.grant());
        provided.add(state);
        return provision;
    }

    @Override
    public boolean isProvided(Permit permit) {
        return provided.contains(state(permit));
    }

    @Override
    public QueryAnswer run(
            Provision provision, String sql, Path directory, Cancellation cancellation, Consumer<Progress> progress) {
        return engine.run(provision, sql, directory, cancellation, progress);
    }

    @Override
    public void explain(Provision provision, String sql, Path directory, Cancellation cancellation) {
        engine.contributions(provision, sql, directory, cancellation);
    }

    @Override
    public Map<Integer, Integer> mergedPersons(String project) {
        return provisions.mergedPersons(project);
    }

    @Override
    public Optional<Provision> provision(Permit permit, String id) {
        return provisions.find(permit.project(), id);
    }

    /** Everything that a provision is made of and that may change while we run. */
    private String state(Permit permit) {
        var snapshots = permit.data().stream()
                .map(DataGrant::dataset)
                .map(dataset -> vault.latest(dataset).map(Snapshot::name).orElse(dataset))
                .collect(Collectors.joining(" "));
        return "%s %d %s %s"
                .formatted(
                        permit.project(),
                        permit.version(),
                        snapshots,
                        vault.optOuts().hash());
    }
}
