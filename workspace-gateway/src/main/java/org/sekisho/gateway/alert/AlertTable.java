package org.sekisho.gateway.alert;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.review.Word;
import org.sekisho.engine.catalog.Json;
import org.sekisho.gateway.alert.Alert.Acknowledged;
import org.sekisho.gateway.alert.Alert.Taken;
import org.sekisho.gateway.alert.Alert.Taken.Progress;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.store.Ids;
import org.sekisho.gateway.store.Slice;
import org.sekisho.gateway.store.Store;

/** Alerts in the store, and what becomes one. */
final class AlertTable {
    private static final String ALL = "select * from alert";
    private static final String IN_FORCE =
            " where measure = :measure and subject = :subject and measure_state = 'in-force'";

    private final Store store;

    AlertTable(Store store) {
        this.store = store;
    }

    /** The index of the first entry that was not looked at. */
    long next() {
        return store.read(handle -> handle.createQuery("select next from alert_position")
                .mapTo(Long.class)
                .one());
    }

    /** Several entries in one transaction, and the position with them: each counts once, whatever is killed when. */
    void advance(long next, Consumer<Writing> work) {
        store.run(handle -> {
            work.accept(new Writing(handle));
            handle.execute("update alert_position set next = ?", next);
        });
    }

    /** What is no entry: an alert where none is open. @return whether there was none */
    boolean raise(Rule rule, Instant now) {
        return store.write(handle -> {
            var writing = new Writing(handle);
            if (writing.isOpen(rule, "")) {
                return false;
            }
            writing.raise(rule, "", 1, null, null, now, now);
            return true;
        });
    }

    boolean hasSeen(String rule, String subject, String value) {
        return store.read(handle ->
                handle.createQuery("select count(*) from alert_seen where rule = ? and subject = ? and value = ?")
                                .bind(0, rule)
                                .bind(1, subject)
                                .bind(2, value)
                                .mapTo(Long.class)
                                .one()
                        > 0);
    }

    void see(String rule, String subject, String value) {
        store.run(handle -> new Writing(handle).isFirst(rule, subject, value));
    }

    /** One transaction of the watcher. */
    static final class Writing {
        private final Handle handle;

        private Writing(Handle handle) {
            this.handle = handle;
        }

        /** For figures that are kept in the same transaction. */
        Handle handle() {
            return handle;
        }

        boolean isFirst(String rule, String subject, String value) {
            return handle.execute(
                            "insert into alert_seen (rule, subject, value) values (?, ?, ?) on conflict do nothing",
                            rule,
                            subject,
                            value)
                    > 0;
        }

        private boolean isOpen(Rule rule, String subject) {
            return handle.createQuery("select count(*) from alert where rule = ? and subject = ? and state = 'open'")
                            .bind(0, rule.id())
                            .bind(1, subject)
                            .mapTo(Long.class)
                            .one()
                    > 0;
        }

        /**
         * One more entry for a rule: added to the open alert, or kept until there are enough for one. It counts as
         * often as it says that it happened. An alert whose measure was reversed takes no more: what goes on is a
         * reason for a new one, and for its measure.
         */
        void hit(Rule rule, String subject, Entry entry) {
            var at = entry.time();
            var added = handle.execute(
                    "update alert set count = count + ?, last_entry = ?, last = ?"
                            + " where rule = ? and subject = ? and state = 'open'"
                            + " and measure_state is not 'reversed'",
                    entry.times(),
                    entry.index(),
                    at.toString(),
                    rule.id(),
                    subject);
            if (added > 0) {
                return;
            }
            handle.execute(
                    "insert into alert_hit (rule, subject, entry, at, times) values (?, ?, ?, ?, ?)",
                    rule.id(),
                    subject,
                    entry.index(),
                    at.toEpochMilli(),
                    entry.times());
            handle.execute(
                    "delete from alert_hit where rule = ? and at <= ?",
                    rule.id(),
                    at.minus(rule.within()).toEpochMilli());
            count(rule, subject, entry.index(), at);
        }

        private void count(Rule rule, String subject, long entry, Instant at) {
            var hits = handle.createQuery("select sum(times) as hits, min(entry) as first_entry, min(at) as first"
                            + " from alert_hit where rule = ? and subject = ?")
                    .bind(0, rule.id())
                    .bind(1, subject)
                    .map((row, context) ->
                            new long[] {row.getLong("hits"), row.getLong("first_entry"), row.getLong("first")})
                    .one();
            if (hits[0] >= rule.count()) {
                handle.execute("delete from alert_hit where rule = ? and subject = ?", rule.id(), subject);
                raise(rule, subject, hits[0], hits[1], entry, Instant.ofEpochMilli(hits[2]), at);
            }
        }

        private void raise(
                Rule rule,
                String subject,
                long count,
                @Nullable Long firstEntry,
                @Nullable Long lastEntry,
                Instant first,
                Instant last) {
            var measure = rule.measure();
            handle.createUpdate("insert into alert (id, number, rule, severity, state, about, subject, words, count,"
                            + " first_entry, last_entry, first, last, measure, measure_state)"
                            + " values (:id, (select coalesce(max(number), 0) + 1 from alert), :rule, :severity, 'open',"
                            + " :about, :subject, :words, :count, :firstEntry, :lastEntry, :first, :last, :measure,"
                            + " :measureState)")
                    .bind("id", Ids.fresh("a"))
                    .bind("rule", rule.id())
                    .bind("severity", rule.severity().word())
                    .bind("about", Alert.About.valueOf(rule.per().name()).word())
                    .bind("subject", subject)
                    .bind("words", write(new Alert.Words(rule.title(), rule.happened(), rule.todo())))
                    .bind("count", count)
                    .bind("firstEntry", firstEntry)
                    .bind("lastEntry", lastEntry)
                    .bind("first", first.toString())
                    .bind("last", last.toString())
                    .bind("measure", measure == null ? null : measure.word())
                    .bind("measureState", measure == null ? null : Progress.WANTED.word())
                    .execute();
        }
    }

    Optional<Alert> find(String id) {
        return store.read(handle -> handle.createQuery(ALL + " where id = ?")
                .bind(0, id)
                .map((row, context) -> read(row))
                .findOne());
    }

    /** Newest first; every state where none is named. */
    Slice<Alert> list(Alert.@Nullable State state, @Nullable String cursor, int limit) {
        var below = Slice.below(cursor);
        return store.read(handle -> Slice.of(
                handle.createQuery(ALL
                                + " where (:state is null or state = :state) and number < :below"
                                + " order by number desc limit :limit")
                        .bind("state", state == null ? null : state.word())
                        .bind("below", below)
                        .bind("limit", limit + 1)
                        .map((row, context) -> read(row))
                        .list(),
                limit,
                Alert::number));
    }

    /** By rule; those that began from the first instant on and before the second, to the second. */
    List<Raised> raised(Instant from, Instant to) {
        return store.read(handle -> handle.createQuery("select rule, severity, max(number) as newest, words,"
                        + " count(*) as raised, sum(state = 'open') as open,"
                        + " sum(coalesce(measure_state in ('in-force', 'reversed'), 0)) as measures"
                        + " from alert where substr(first, 1, 19) >= :from and substr(first, 1, 19) < :to"
                        + " group by rule, severity order by raised desc, rule")
                .bind("from", second(from))
                .bind("to", second(to))
                .map((row, context) -> new Raised(
                        row.getString("rule"),
                        Word.parse(Severity.values(), row.getString("severity")),
                        words(row.getString("words")).title(),
                        row.getLong("raised"),
                        row.getLong("open"),
                        row.getLong("measures")))
                .list());
    }

    /** Those that began before and are open now. */
    long openSince(Instant before) {
        return store.read(handle -> handle.createQuery(
                        "select count(*) from alert where state = 'open' and substr(first, 1, 19) < ?")
                .bind(0, second(before))
                .mapTo(Long.class)
                .one());
    }

    /** Instants are stored with as many fractions as they have; up to here all have the same form. */
    private static String second(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS).toString().substring(0, 19);
    }

    Map<Severity, Long> open() {
        return store.read(handle -> handle.createQuery(
                        "select severity, count(*) as n from alert where state = 'open' group by severity")
                .map((row, context) ->
                        Map.entry(Word.parse(Severity.values(), row.getString("severity")), row.getLong("n")))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** @return false when it is not open */
    boolean acknowledge(String id, Acknowledged by) {
        return store.write(handle -> handle.execute(
                        "update alert set state = 'acknowledged', acknowledged_by = ?, acknowledged = ?, note = ?"
                                + " where id = ? and state = 'open'",
                        by.by(),
                        by.at().toString(),
                        by.note(),
                        id)
                > 0);
    }

    List<Alert> wanted() {
        return store.read(handle -> handle.createQuery(ALL + " where measure_state = 'wanted' order by number")
                .map((row, context) -> read(row))
                .list());
    }

    /** What will be done, before it is done. */
    void plan(String id, String planned) {
        store.run(handle ->
                handle.execute("update alert set imposed = ? where id = ? and measure_state = 'wanted'", planned, id));
    }

    /**
     * It is done. Alerts that ask for the same of the same share what undoes it, so that whichever is reversed last
     * undoes all of it; where neither this one nor another did anything, there is nothing to undo.
     */
    void imposed(Alert alert, Measure measure, Instant now) {
        store.run(handle -> {
            handle.execute(
                    "update alert set measure_state = ?, measured = ? where id = ? and measure_state = 'wanted'",
                    Progress.IN_FORCE.word(),
                    now.toString(),
                    alert.id());
            var together = handle
                    .createQuery("select imposed from alert" + IN_FORCE + " and imposed is not null order by number")
                    .bind("measure", measure.word())
                    .bind("subject", alert.subject())
                    .mapTo(String.class)
                    .stream()
                    .flatMap(planned -> Arrays.stream(planned.split(",", -1)))
                    .distinct()
                    .collect(Collectors.joining(","));
            handle.createUpdate("update alert set imposed = :together, measure_state = :state" + IN_FORCE)
                    .bind("measure", measure.word())
                    .bind("subject", alert.subject())
                    .bind("together", together)
                    .bind("state", (together.isEmpty() ? Progress.NOTHING : Progress.IN_FORCE).word())
                    .execute();
        });
    }

    void failed(String id, Instant now) {
        store.run(handle -> handle.execute(
                "update alert set measure_state = 'failed', measured = ? where id = ? and measure_state = 'wanted'",
                now.toString(),
                id));
    }

    /** @return false when the measure is not in force */
    boolean reversed(String id, String by, Instant now) {
        return store.write(handle -> handle.execute(
                        "update alert set measure_state = 'reversed', reversed_by = ?, reversed = ?"
                                + " where id = ? and measure_state = 'in-force'",
                        by,
                        now.toString(),
                        id)
                > 0);
    }

    /** Whether another alert asks for the same of the same. */
    boolean isInForceOtherwise(Alert alert, Measure measure) {
        return store.read(handle -> handle.createQuery("select count(*) from alert"
                                + " where measure = ? and subject = ? and measure_state = 'in-force' and id <> ?")
                        .bind(0, measure.word())
                        .bind(1, alert.subject())
                        .bind(2, alert.id())
                        .mapTo(Long.class)
                        .one()
                > 0);
    }

    private static Alert read(ResultSet row) throws SQLException {
        var subject = row.getString("subject");
        var count = row.getLong("count");
        return new Alert(
                row.getString("id"),
                row.getLong("number"),
                row.getString("rule"),
                Word.parse(Severity.values(), row.getString("severity")),
                Word.parse(Alert.State.values(), row.getString("state")),
                Word.parse(Alert.About.values(), row.getString("about")),
                subject,
                words(row.getString("words")).filled(subject, count),
                count,
                number(row, "first_entry"),
                number(row, "last_entry"),
                Instant.parse(row.getString("first")),
                Instant.parse(row.getString("last")),
                acknowledged(row),
                taken(row));
    }

    private static @Nullable Acknowledged acknowledged(ResultSet row) throws SQLException {
        var at = instant(row, "acknowledged");
        return at == null ? null : new Acknowledged(row.getString("acknowledged_by"), at, row.getString("note"));
    }

    private static @Nullable Taken taken(ResultSet row) throws SQLException {
        var measure = row.getString("measure");
        var imposed = row.getString("imposed");
        return measure == null
                ? null
                : new Taken(
                        Word.parse(Measure.values(), measure),
                        Word.parse(Progress.values(), row.getString("measure_state")),
                        imposed == null ? "" : imposed,
                        instant(row, "measured"),
                        row.getString("reversed_by"),
                        instant(row, "reversed"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : Instant.parse(text);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        var number = row.getLong(column);
        return row.wasNull() ? null : number;
    }

    private static Alert.Words words(String document) {
        try {
            return Json.MAPPER.readValue(document, Alert.Words.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the words of a stored alert do not read", e);
        }
    }

    private static String write(Alert.Words words) {
        try {
            return Json.MAPPER.writeValueAsString(words);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the words of an alert do not write", e);
        }
    }
}
