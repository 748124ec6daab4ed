package org.sekisho.gateway.report;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;

/**
 * Adds entries up, oldest first. Keeps counts, names of people who signed in, and the intents that await their outcome:
 * what it holds does not grow with the number of entries.
 */
final class Tally {
    /** Told one by one; those that come later are in the log. */
    static final int MOST_CHANGES = 40;
    /** Acts under way at one time; of more than that the oldest is read again from the log when its outcome comes. */
    private static final int MOST_OPEN = 4_096;
    /** Waits of which the median is taken; beyond that it is the median of the first so many. */
    private static final int MOST_WAITS = 100_000;

    private final LongFunction<Optional<Entry>> earlier;
    private final Function<String, Optional<Instant>> heldSince;

    private final Map<Long, Entry> open = new LinkedHashMap<>();
    private final Map<Figure, Long> counts = new EnumMap<>(Figure.class);
    private final Set<String> people = new HashSet<>();
    private final Set<String> downloaders = new HashSet<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Map<String, Long> differencing = new TreeMap<>();
    private final Map<String, Long> packs = new TreeMap<>();
    private final List<Duration> releases = new ArrayList<>();
    private final List<Duration> others = new ArrayList<>();
    private final List<Change> changes = new ArrayList<>();
    private long furtherChanges;
    private long entries;
    private long first = -1;
    private long last = -1;
    private long unknown;

    /**
     * @param earlier an entry by its index, for intents of before the first entry
     * @param heldSince since when an output was held
     */
    Tally(LongFunction<Optional<Entry>> earlier, Function<String, Optional<Instant>> heldSince) {
        this.earlier = earlier;
        this.heldSince = heldSince;
    }

    void add(Entry entry) {
        entries++;
        first = first < 0 ? entry.index() : first;
        last = entry.index();
        if (entry.phase() == Phase.INTENT) {
            open.put(entry.index(), entry);
            if (open.size() > MOST_OPEN) {
                open.remove(open.keySet().iterator().next());
            }
        } else {
            ended(whole(entry));
        }
    }

    /** An outcome says how it ended, its intent what it was. */
    private Entry whole(Entry outcome) {
        if (outcome.intent() == null) {
            return outcome;
        }
        var known = open.remove(outcome.intent());
        var intent = known == null ? earlier.apply(outcome.intent()) : Optional.of(known);
        var detail = new HashMap<String, String>();
        intent.ifPresent(begun -> detail.putAll(begun.detail()));
        detail.putAll(outcome.detail());
        return new Entry(
                outcome.index(),
                outcome.time(),
                outcome.actor(),
                outcome.action(),
                outcome.phase(),
                outcome.result(),
                outcome.project(),
                outcome.object(),
                outcome.intent(),
                detail);
    }

    private void ended(Entry entry) {
        unknown += entry.result() == Result.UNKNOWN ? 1 : 0;
        for (var figure : Figure.of(entry)) {
            counts.merge(figure, entry.times(), Long::sum);
            note(figure, entry);
        }
        Change.of(entry).ifPresent(this::tell);
    }

    private void note(Figure figure, Entry entry) {
        switch (figure) {
            case SIGNED_IN -> people.add(entry.actor());
            case DOWNLOADED -> downloaders.add(entry.actor());
            case SIGN_IN_REFUSED -> refused(entry);
            case DIFFERENCING -> count(differencing, entry.project());
            case CLEAR, AMENDABLE, REFER, REFUSE -> count(packs, entry.detail().get("rules"));
            case RELEASED -> waited(releases, entry);
            case RETURNED, REFUSED_OUTPUT -> waited(others, entry);
            default -> {}
        }
    }

    private void refused(Entry entry) {
        if (entry.action().equals("session.refused-many")) {
            entry.detail().forEach((reason, times) -> refusals.merge(reason, Long.parseLong(times), Long::sum));
        } else {
            count(refusals, entry.detail().get("reason"));
        }
    }

    private static void count(Map<String, Long> by, @Nullable String word) {
        by.merge(word == null ? "?" : word, 1L, Long::sum);
    }

    private void waited(List<Duration> times, Entry entry) {
        if (entry.object() != null && times.size() < MOST_WAITS) {
            heldSince
                    .apply(entry.object())
                    .map(since -> Duration.between(since, entry.time()))
                    .filter(time -> !time.isNegative())
                    .ifPresent(times::add);
        }
    }

    private void tell(Change change) {
        if (changes.size() < MOST_CHANGES) {
            changes.add(change);
        } else {
            furtherChanges++;
        }
    }

    Figures figures() {
        return new Figures(
                entries,
                first,
                last,
                unknown,
                counts,
                people.size(),
                downloaders.size(),
                new TreeMap<>(refusals),
                new TreeMap<>(differencing),
                new TreeMap<>(packs),
                Waiting.of(releases),
                Waiting.of(others),
                changes,
                furtherChanges);
    }
}
