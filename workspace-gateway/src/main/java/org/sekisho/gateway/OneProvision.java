package org.sekisho.gateway;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sekisho.engine.provision.Provision;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.engine.worker.Engine;
import org.sekisho.engine.worker.Progress;
import org.sekisho.engine.worker.QueryAnswer;
import org.sekisho.gateway.job.QueryEngine;
import org.sekisho.gateway.project.Permit;

/** The engine over one provision that is there already, whatever a permit says; for measuring. */
record OneProvision(Engine engine, Provision provision) implements QueryEngine {
    @Override
    public Provision provide(Permit permit) {
        return provision;
    }

    @Override
    public boolean isProvided(Permit permit) {
        return true;
    }

    @Override
    public QueryAnswer run(
            Provision data, String sql, Path directory, Cancellation cancellation, Consumer<Progress> progress) {
        return engine.run(data, sql, directory, cancellation, progress);
    }

    @Override
    public void explain(Provision data, String sql, Path directory, Cancellation cancellation) {
        engine.contributions(data, sql, directory, cancellation);
    }

    @Override
    public Map<Integer, Integer> mergedPersons(String project) {
        return Map.of();
    }

    @Override
    public Optional<Provision> provision(Permit permit, String id) {
        return Optional.of(provision);
    }
}
