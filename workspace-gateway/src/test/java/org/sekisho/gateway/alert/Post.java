package org.sekisho.gateway.alert;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.DataGrant;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.InMemoryAuditLog;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;
import org.sekisho.gateway.store.Store;

/** A watcher with a log in memory, a store on the disk, and a clock that moves when the test says so. */
final class Post implements AutoCloseable {
    final Turned clock = new Turned();
    final InMemoryAuditLog log = new InMemoryAuditLog(clock);
    private final Map<Measure, Written> restraints = new EnumMap<>(Measure.class);
    final Projects projects;
    final Store store;
    Alerts alerts;

    /** 12:00 in Tokyo, until it is turned. */
    static final class Turned extends Clock {
        private volatile Instant now = Instant.parse("2026-04-01T03:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        void turn(Duration by) {
            now = now.plus(by);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }
    }

    /** Writes down what is asked of it. */
    static final class Written implements Restraint {
        final List<String> asked = new ArrayList<>();
        String planned = "w-1";
        boolean broken;
        boolean unthinkable;
        boolean refused;
        boolean killed;

        @Override
        public String plan(String subject) {
            if (unthinkable) {
                throw new IllegalStateException("must not be done");
            }
            asked.add("plan " + subject);
            return planned;
        }

        @Override
        public void impose(String planned, String by) {
            if (broken) {
                throw new IllegalStateException("broken by the test");
            }
            if (refused) {
                throw new NotDone("refused by the test");
            }
            asked.add("impose " + planned + " " + by);
            if (killed) {
                throw new Killed();
            }
        }

        @Override
        public void lift(String planned, String by) {
            asked.add("lift " + planned + " " + by);
        }

        /** What was asked, but for plans. */
        List<String> done() {
            return asked.stream().filter(each -> !each.startsWith("plan")).toList();
        }
    }

    /** As if the process had ended here. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    Post(Path home, Rules rules) {
        store = Store.open(home);
        projects = new Projects(store);
        for (var measure : Measure.values()) {
            restraints.put(measure, new Written());
        }
        alerts = open(rules);
    }

    static Rules rules(Path folder, String yaml) {
        try {
            return Rules.with(Files.writeString(folder.resolve("rules.yaml"), yaml));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whether nothing was done to anybody. */
    boolean isUntouched() {
        return restraints.values().stream().allMatch(restraint -> restraint.asked.isEmpty());
    }

    private Alerts open(Rules rules) {
        return new Alerts(
                store,
                log,
                projects,
                rules,
                Map.copyOf(restraints),
                id -> id.startsWith("j-") ? Optional.of(id.substring(2)) : Optional.empty(),
                clock);
    }

    /** As after a stop and a start. */
    void reopen(Rules rules) {
        alerts.close();
        alerts = open(rules);
    }

    Written restraint(Measure measure) {
        return Objects.requireNonNull(restraints.get(measure));
    }

    static Alert.Taken taken(Alert alert) {
        return Objects.requireNonNull(alert.measure());
    }

    /** One entry a second. */
    void happens(int times, Act act, Result result) {
        for (int i = 0; i < times; i++) {
            log.record(act, result);
            clock.turn(Duration.ofSeconds(1));
        }
    }

    void grant(String project, Duration left) {
        projects.grant(
                new Permit(
                        project,
                        1,
                        new Text("題", "Title"),
                        new Text("目的", "Purpose"),
                        new Text("表", "Tables"),
                        List.of(),
                        List.of(DataGrant.whole("life")),
                        "ndb",
                        1,
                        false,
                        Permit.Resources.USUAL,
                        clock.instant(),
                        clock.instant().plus(left),
                        Visiting.NONE),
                "reviewer");
    }

    /** Every alert, the oldest first. */
    List<Alert> all() {
        alerts.catchUp();
        return alerts.list(null, null, 200).items().reversed();
    }

    /** Rule, subject and count of each, the oldest first. */
    List<String> told() {
        return all().stream()
                .map(alert -> alert.rule() + " " + alert.subject() + " " + alert.count())
                .toList();
    }

    @Override
    public void close() {
        alerts.close();
        store.close();
    }
}
