package org.sekisho.gateway.metering;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import org.sekisho.checker.review.OutputState;
import org.sekisho.gateway.airlock.Outputs;
import org.sekisho.gateway.alert.Alerts;
import org.sekisho.gateway.alert.Severity;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.job.JobState;
import org.sekisho.gateway.job.Jobs;
import org.sekisho.gateway.store.Store;

/** The figures of this gateway. */
public final class Meters implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer queries;
    private final AuditLog log;
    private final Store store;
    private final boolean isolated;
    private final BooleanSupplier engine;

    /**
     * @param isolated whether engine workers run in a sandbox
     * @param engine whether a worker could be started now; asked for each {@link #readiness}
     */
    public Meters(Jobs jobs, Outputs outputs, AuditLog log, Store store, boolean isolated, BooleanSupplier engine) {
        this.log = log;
        this.store = store;
        this.isolated = isolated;
        this.engine = engine;
        new JvmMemoryMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collections.bindTo(registry);
        queries = Timer.builder("sekisho.query")
                .description("From the start of a statement to its answer")
                .serviceLevelObjectives(
                        Duration.ofMillis(50), Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(60))
                .register(registry);
        Arrays.stream(JobState.values())
                .forEach(state -> Gauge.builder(
                                "sekisho.jobs",
                                jobs,
                                found -> found.countByState().getOrDefault(state.word(), 0L))
                        .description("Jobs by state; queued ones wait")
                        .tag("state", state.word())
                        .register(registry));
        Arrays.stream(OutputState.values())
                .forEach(state -> Gauge.builder(
                                "sekisho.outputs",
                                outputs,
                                found -> found.countByState().getOrDefault(state.word(), 0L))
                        .description("Outputs by state; held ones wait for people")
                        .tag("state", state.word())
                        .register(registry));
        Gauge.builder("sekisho.log.entries", log, found -> found.verification().size())
                .description("Entries of the audit log at its last verification")
                .register(registry);
        Gauge.builder("sekisho.log.available", log, found -> found.available() ? 1 : 0)
                .description("1 while the audit log takes entries")
                .register(registry);
        Gauge.builder("sekisho.sandbox", () -> isolated ? 1 : 0)
                .description("1 when engine workers are isolated by the operating system")
                .register(registry);
    }

    /** Shows how many alerts wait, and whether the watcher of the log keeps up. */
    public void watch(Alerts alerts) {
        Arrays.stream(Severity.values())
                .forEach(severity -> Gauge.builder(
                                "sekisho.alerts.open",
                                alerts,
                                found -> found.open().getOrDefault(severity, 0L))
                        .description("Alerts that nobody has acknowledged")
                        .tag("severity", severity.word())
                        .register(registry));
        Gauge.builder("sekisho.alerts.behind", alerts, Alerts::behind)
                .description("Entries of the audit log that no alert rule has looked at")
                .register(registry);
    }

    public void queried(Duration took) {
        queries.record(took);
    }

    /** Whether each part can do its work. */
    public record Readiness(boolean log, boolean store, boolean engine, boolean isolated) {
        public boolean isReady() {
            return log && store && engine;
        }
    }

    public Readiness readiness() {
        return new Readiness(log.available(), store.works(), engine.getAsBoolean(), isolated);
    }

    public String scrape() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
