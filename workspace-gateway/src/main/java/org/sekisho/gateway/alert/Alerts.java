package org.sekisho.gateway.alert;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.alert.Alert.Acknowledged;
import org.sekisho.gateway.alert.Alert.Taken;
import org.sekisho.gateway.alert.Alert.Taken.Progress;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What waits for security. Follows the log a second behind, and catches up with what was written while it was away. */
public final class Alerts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
    private static final int BATCH = 500;
    private static final String ANNOUNCED = "permit-expiring";

    private final AuditLog log;
    private final Projects projects;
    private final Rules rules;
    private final AlertTable table;
    private final UsageTable usage;
    private final Watcher watcher;
    private final Map<Measure, Restraint> restraints;
    private final Clock clock;
    private final ReentrantLock turn = new ReentrantLock();
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("alerts").daemon().factory());

    /**
     * @param owners name of whose job or output something of this id is
     * @param restraints how each measure is carried out
     */
    public Alerts(
            Store store,
            AuditLog log,
            Projects projects,
            Rules rules,
            Map<Measure, Restraint> restraints,
            Function<String, Optional<String>> owners,
            Clock clock) {
        this.log = log;
        this.projects = projects;
        this.rules = rules;
        this.restraints = Map.copyOf(restraints);
        this.clock = clock;
        table = new AlertTable(store);
        usage = new UsageTable(store);
        watcher = new Watcher(log, table, usage, rules, owners);
    }

    /** From now on looks every second. */
    public void start() {
        var _ = rounds.scheduleWithFixedDelay(this::round, 0, 1, TimeUnit.SECONDS);
    }

    private void round() {
        try {
            catchUp();
        } catch (RuntimeException failed) {
            LOG.error("the log could not be watched; it is tried again", failed);
        }
    }

    /** Returns when every entry that was there has been looked at, and what a policy asks for has been done. */
    public void catchUp() {
        turn.lock();
        try {
            lookAtTheLog();
            if (log.available()) {
                announceExpiring();
            }
            while (watcher.step(BATCH)) {
                takeMeasures();
            }
            takeMeasures();
        } finally {
            turn.unlock();
        }
    }

    /** How many entries were not looked at yet. */
    public long behind() {
        return watcher.behind();
    }

    public Map<Severity, Long> open() {
        return table.open();
    }

    public Slice<Alert> list(Alert.@Nullable State state, @Nullable String cursor, int limit) {
        return table.list(state, cursor, limit);
    }

    /** By rule, those that began from the first instant on and before the second, the most frequent first. */
    public List<Raised> raised(Instant from, Instant to) {
        return table.raised(from, to);
    }

    /** How many are open that began before. */
    public long openSince(Instant before) {
        return table.openSince(before);
    }

    /** Whose days and hours count: that of the data holder. */
    public ZoneId zone() {
        return rules.zone();
    }

    /** How long before its end a permit is announced. */
    public Duration announced() {
        return rules.permits();
    }

    public Optional<Alert> find(String id) {
        return table.find(id);
    }

    /** By project and person, of days in the zone of the data holder, both included; null stands for no bound. */
    public List<Usage> usage(@Nullable LocalDate from, @Nullable LocalDate to) {
        return usage.of(from == null ? null : from.toString(), to == null ? null : to.toString());
    }

    /**
     * Somebody has looked at it.
     *
     * @param noteSha256 what the log gets of the note
     * @return false when it is not open
     */
    public boolean acknowledge(Alert alert, String by, String note, String noteSha256) {
        var intent = log.intent(about(alert, by, "alert.acknowledge").with("note-sha256", noteSha256));
        var done = table.acknowledge(alert.id(), new Acknowledged(by, clock.instant(), note));
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        return done;
    }

    /**
     * Undoes the measure of an alert. What another alert asks for as well stays until that one is reversed too. What
     * happens from now on makes an alert, and asks for the measure, anew.
     *
     * @return false when no measure of it is in force
     */
    public boolean reverse(Alert alert, String by) {
        turn.lock();
        try {
            var now = table.find(alert.id()).orElseThrow();
            return isInForce(now.measure()) && reverse(now, now.measure(), by);
        } finally {
            turn.unlock();
        }
    }

    private static boolean isInForce(@Nullable Taken measure) {
        return measure != null && measure.state() == Progress.IN_FORCE;
    }

    private boolean reverse(Alert alert, @Nullable Taken taken, String by) {
        if (taken == null) {
            return false;
        }
        var intent = log.intent(
                about(alert, by, "measure.reverse").with("measure", taken.kind().word()));
        var result = Result.FAILED;
        try {
            if (!table.isInForceOtherwise(alert, taken.kind())) {
                restraint(taken.kind()).lift(taken.imposed(), by);
            }
            result = table.reversed(alert.id(), by, clock.instant()) ? Result.DONE : Result.REFUSED;
        } finally {
            log.outcome(intent, result, Map.of());
        }
        return result == Result.DONE;
    }

    private void takeMeasures() {
        for (var alert : table.wanted()) {
            var taken = alert.measure();
            if (taken != null) {
                take(alert, taken);
            }
        }
    }

    /** A kill in between does it once more, by the plan of before, which does no harm. */
    private void take(Alert alert, Taken taken) {
        var intent = log.intent(about(alert, Watcher.POLICY, "measure.take")
                .with("measure", taken.kind().word()));
        var done = impose(alert, taken);
        if (done || isPlanned(alert)) {
            table.imposed(alert, taken.kind(), clock.instant());
        } else {
            table.failed(alert.id(), clock.instant());
        }
        log.outcome(intent, done ? Result.DONE : Result.FAILED, Map.of());
    }

    /** Then some of it may have been done, and it must be possible to undo that. */
    private boolean isPlanned(Alert alert) {
        var now = table.find(alert.id()).orElseThrow().measure();
        return now != null && !now.imposed().isEmpty();
    }

    /** What will be done is known before it is done, so that it can be undone whatever happens in between. */
    private boolean impose(Alert alert, Taken taken) {
        var restraint = restraint(taken.kind());
        try {
            var before = taken.imposed();
            var planned = before.isEmpty() ? restraint.plan(alert.subject()) : before;
            if (!planned.isEmpty()) {
                table.plan(alert.id(), planned);
                restraint.impose(planned, Watcher.POLICY);
            }
            return true;
        } catch (Restraint.NotDone refused) {
            LOG.error("the measure of alert {} was not taken: {}", alert.id(), refused.getMessage());
            table.plan(alert.id(), "");
            return false;
        } catch (RuntimeException failed) {
            LOG.error("the measure of alert {} could not be taken", alert.id(), failed);
            return false;
        }
    }

    private Restraint restraint(Measure measure) {
        var restraint = restraints.get(measure);
        if (restraint == null) {
            throw new IllegalStateException("nothing carries out " + measure.word());
        }
        return restraint;
    }

    private static Act about(Alert alert, String actor, String action) {
        var act = new Act(actor, action, null, alert.id(), Map.of("rule", alert.rule()));
        return switch (alert.about()) {
            case PERSON -> act.with("person", alert.subject());
            case PROJECT -> act.in(alert.subject());
            case EVERYBODY -> act;
        };
    }

    /** The one thing that the log cannot tell of itself. */
    private void lookAtTheLog() {
        if (log.available() && log.verification().holds()) {
            return;
        }
        rules.all().stream()
                .filter(rule -> rule.watch().condition() == Rule.Condition.LOG_BROKEN)
                .filter(rule -> table.raise(rule, clock.instant()))
                .forEach(rule -> LOG.error("alert: {}", rule.id()));
    }

    /** An end that draws near is no act of anybody: once for each version of a permit it is made one. */
    private void announceExpiring() {
        var now = clock.instant();
        for (var permit : projects.all()) {
            if (!permit.isExpiredAt(now) && permit.isExpiredAt(now.plus(rules.permits()))) {
                announce(permit);
            }
        }
    }

    private void announce(Permit permit) {
        var version = Integer.toString(permit.version());
        if (!table.hasSeen(ANNOUNCED, permit.project(), version)) {
            var left = Duration.between(clock.instant(), permit.expires()).toDays();
            log.record(
                    new Act(
                            Watcher.GATEWAY,
                            "permit.expiring",
                            permit.project(),
                            null,
                            Map.of("permit", version, "days", Long.toString(left))),
                    Result.DONE);
            table.see(ANNOUNCED, permit.project(), version);
        }
    }

    /** Interrupts nothing that is being written. */
    @Override
    public void close() {
        rounds.shutdown();
        try {
            var _ = rounds.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
