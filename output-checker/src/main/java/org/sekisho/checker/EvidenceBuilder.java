package org.sekisho.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.table.Measure;

/** Puts together what checkers may see. */
final class EvidenceBuilder {
    private EvidenceBuilder() {}

    static final Evidence NOTHING_READ = new Evidence(
            new Evidence.Structure(0, List.of(), List.of(), List.of(), 0, List.of()),
            List.of(),
            false,
            new Evidence.Audit(0, 0, 0, 0, 0, "nothing was read", false));

    static Evidence of(Subject subject, PrimaryCells primary, Protection.Outcome outcome) {
        var hidden = new ArrayList<Evidence.Cell>();
        var others = new ArrayList<Evidence.Cell>();
        for (int row = 0; row < subject.rows(); row++) {
            for (int column : subject.measures()) {
                var cell = cell(subject, primary, outcome, row, column);
                boolean isHidden = cell.status() == CellStatus.PRIMARY || cell.status() == CellStatus.SECONDARY;
                (isHidden ? hidden : others).add(cell);
            }
        }
        return new Evidence(
                structure(subject, outcome),
                chosen(hidden, others),
                hidden.size() + others.size() > Evidence.CELLS_AT_MOST,
                audit(hidden, outcome));
    }

    private static List<Evidence.Cell> chosen(List<Evidence.Cell> hidden, List<Evidence.Cell> others) {
        var cells = new ArrayList<>(hidden.subList(0, Math.min(hidden.size(), Evidence.CELLS_AT_MOST)));
        cells.addAll(others.subList(0, Math.min(others.size(), Evidence.CELLS_AT_MOST - cells.size())));
        return cells;
    }

    private static Evidence.Audit audit(List<Evidence.Cell> hidden, Protection.Outcome outcome) {
        int primary = (int) hidden.stream()
                .filter(cell -> cell.status() == CellStatus.PRIMARY)
                .count();
        return new Evidence.Audit(
                hidden.size(),
                primary,
                hidden.size() - primary,
                outcome.exactlyComputable(),
                outcome.undoneBySingletons(),
                outcome.method(),
                !outcome.intervals().isEmpty());
    }

    private static Evidence.Structure structure(Subject subject, Protection.Outcome outcome) {
        var columns = new ArrayList<Evidence.ColumnRole>();
        for (int column = 0; column < subject.columns(); column++) {
            columns.add(role(subject.name(column), subject.roles().get(column)));
        }
        return new Evidence.Structure(
                subject.rows(),
                columns,
                subject.structure().totals().stream().boxed().toList(),
                subject.structure().hierarchies().stream()
                        .map(chain -> chain.stream().map(subject::name).toList())
                        .toList(),
                outcome.equations(),
                outcome.grandTotalKnown() ? List.of("grand-total") : List.of());
    }

    private static Evidence.ColumnRole role(String name, Measure role) {
        return new Evidence.ColumnRole(
                name,
                Evidence.Role.valueOf(role.kind().name()),
                role.known().name().toLowerCase(Locale.ROOT),
                role.counts() == Measure.Counted.UNKNOWN
                        ? null
                        : role.counts().name().toLowerCase(Locale.ROOT));
    }

    private static Evidence.Cell cell(
            Subject subject, PrimaryCells primary, Protection.Outcome outcome, int row, int column) {
        boolean hidden = outcome.layout().hides(outcome.hidden(), row, column);
        var rules = primary.rules(row, column);
        var interval = hidden ? outcome.interval(row, column) : null;
        double value = subject.value(row, column);
        return new Evidence.Cell(
                row,
                subject.name(column),
                status(subject, hidden, !rules.isEmpty(), row, column),
                subject.missing(row, column) ? null : finite(value),
                known(subject.persons(row)),
                known(subject.facilities(row)),
                interval == null ? null : finite(interval.lower()),
                interval == null ? null : finite(interval.upper()),
                rules);
    }

    private static CellStatus status(Subject subject, boolean hidden, boolean hit, int row, int column) {
        if (hidden) {
            return hit ? CellStatus.PRIMARY : CellStatus.SECONDARY;
        }
        return subject.missing(row, column) || subject.value(row, column) == 0 ? CellStatus.EMPTY : CellStatus.SAFE;
    }

    private static @Nullable Double finite(double value) {
        return Double.isFinite(value) ? value : null;
    }

    private static @Nullable Long known(long number) {
        return number < 0 ? null : number;
    }
}
