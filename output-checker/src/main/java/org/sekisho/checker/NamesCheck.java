package org.sekisho.checker;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Column;

/** Names that stand where no rule looks for them, so that counts would leave without being judged. */
final class NamesCheck {
    private static final Pattern NUMBER = Pattern.compile("[+-]?\\d[\\d,]*(\\.\\d+)?");

    /** More lines than this nobody writes above a table. */
    private static final int LINES_AT_MOST = 3;

    private final Subject subject;
    private final Findings findings;

    NamesCheck(Subject subject, Findings findings) {
        this.subject = subject;
        this.findings = findings;
    }

    void run() {
        sameNames();
        if (subject.loaded().missingMeansHidden()) {
            numbersAsNames();
            namesInRows();
            statisticsInRows();
        }
    }

    private void sameNames() {
        var seen = new HashSet<String>();
        for (int column = 0; column < subject.columns(); column++) {
            if (!seen.add(subject.name(column))) {
                findings.sameName(subject.name(column));
            }
        }
    }

    /** A file without names; 0, 1, 2 and so on are names that programmes give. */
    private void numbersAsNames() {
        var names =
                IntStream.range(0, subject.columns()).mapToObj(subject::name).toList();
        boolean numbers = names.size() > 1 && names.stream().allMatch(this::number);
        if (numbers
                && IntStream.range(0, names.size())
                        .anyMatch(at -> !names.get(at).equals(Integer.toString(at)))) {
            findings.noColumnNames();
        }
    }

    /** Columns that hold words in the same few rows and numbers in all others: more lines of names, not labels. */
    private void namesInRows() {
        var byRows = new HashMap<BitSet, List<String>>();
        for (var column : subject.loaded().table().columns()) {
            if (column instanceof Column.Words words) {
                var rows = new BitSet();
                IntStream.range(0, subject.rows())
                        .filter(row -> !number(words.label(row)))
                        .forEach(rows::set);
                if (rows.cardinality() <= LINES_AT_MOST && rows.cardinality() < subject.rows()) {
                    byRows.computeIfAbsent(rows, _ -> new ArrayList<>()).add(column.name());
                }
            }
        }
        byRows.values().stream()
                .filter(names -> names.size() > 1)
                .flatMap(List::stream)
                .distinct()
                .sorted()
                .forEach(findings::namesInRows);
    }

    private boolean number(@Nullable String word) {
        return word != null && NUMBER.matcher(word.strip()).matches();
    }

    /** A key that names counts in some rows and other statistics in others, of too few kinds to be read as such. */
    private void statisticsInRows() {
        Stated.keys(subject)
                .filter(key -> subject.table().columns().get(key) instanceof Column.Words)
                .filter(key -> !Stated.namesStatistics(subject, key) && Stated.namesCountsAmongOthers(subject, key))
                .mapToObj(subject::name)
                .findFirst()
                .ifPresent(findings::statisticsInRows);
    }
}
