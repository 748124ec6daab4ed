package org.sekisho.gateway.alert;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Exported;
import org.sekisho.gateway.audit.Filter;

/**
 * Takes the entries of the log through the rules, each once and in their order. What comes of it depends on the log
 * alone: not on the clock of this machine, nor on how many entries are looked at together, nor on a kill in between.
 */
final class Watcher {
    /** The gateway itself. */
    static final String GATEWAY = "sekisho";
    /** Who takes measures: never a reason for another one. */
    static final String POLICY = "policy";

    private final AuditLog log;
    private final AlertTable table;
    private final UsageTable usage;
    private final Rules rules;
    private final Function<String, Optional<String>> owners;

    /** @param owners name of whose job or output something of this id is */
    Watcher(AuditLog log, AlertTable table, UsageTable usage, Rules rules, Function<String, Optional<String>> owners) {
        this.log = log;
        this.table = table;
        this.usage = usage;
        this.rules = rules;
        this.owners = owners;
    }

    /** Looks at so many more entries at most, 1,000 if it is more. @return whether there was anything to look at */
    boolean step(int most) {
        var entries = unread(table.next(), most);
        if (entries.isEmpty()) {
            return false;
        }
        var seen = entries.stream().map(entry -> new Seen(entry, person(entry))).toList();
        table.advance(entries.getLast().index() + 1, writing -> seen.forEach(each -> look(writing, each)));
        return true;
    }

    /** How many entries were not looked at. */
    long behind() {
        return Math.max(0, end() - table.next());
    }

    /** Entries that retention has dropped are passed over. */
    private List<Entry> unread(long from, int most) {
        return log.export(Filter.ANY, from, most).stream().map(Exported::entry).toList();
    }

    private long end() {
        var newest = log.search(Filter.ANY, null, 1).entries();
        return newest.isEmpty() ? 0 : newest.getFirst().index() + 1;
    }

    private String person(Entry entry) {
        if (!entry.actor().equals(GATEWAY)) {
            return entry.actor();
        }
        var object = entry.object();
        return object == null ? "" : owners.apply(object).orElse("");
    }

    private void look(AlertTable.Writing writing, Seen seen) {
        usage.add(writing, seen, rules.zone());
        if (seen.entry().actor().equals(POLICY)) {
            return;
        }
        for (var rule : rules.all()) {
            if (rule.watch().takes(seen.entry(), rules.zone())) {
                seen.subject(rule.per()).ifPresent(subject -> hit(writing, rule, subject, seen.entry()));
            }
        }
    }

    private static void hit(AlertTable.Writing writing, Rule rule, String subject, Entry entry) {
        var first = rule.watch().first();
        if (first != null) {
            var fresh = Rule.words(entry, first).stream()
                    .filter(word -> writing.isFirst(rule.id(), subject, word))
                    .count();
            if (fresh == 0) {
                return;
            }
        }
        writing.hit(rule, subject, entry);
    }
}
