package org.sekisho.checker.cli;

import java.util.List;
import org.sekisho.checker.exact.Demand;
import org.sekisho.checker.spec.Tables;

/** Why a primary cell cannot be protected as asked, whatever is hidden. In words without a value. */
final class Infeasible {
    private final Tables tables;
    private final List<Demand> demands;

    /** @param impossible demands that stay unmet with everything hidden */
    Infeasible(Tables tables, List<Demand> impossible) {
        this.tables = tables;
        this.demands = impossible;
    }

    boolean holds(int cell) {
        return demands.stream().anyMatch(demand -> demand.cell() == cell);
    }

    String why(int cell) {
        return "cannot be protected as asked even if everything that may be hidden is: " + reason(cell)
                + "; publish less detail, or ask for less";
    }

    private String reason(int cell) {
        if (demands.stream().anyMatch(demand -> demand.cell() == cell && beyondBounds(demand))) {
            return "what everybody knows of its value (\"bounds\", 0 or more as left out) is closer to it than that";
        }
        return "the cells that may be hidden beside it cannot make up for so much";
    }

    private boolean beyondBounds(Demand demand) {
        double below = tables.problem().below()[demand.cell()];
        double above = tables.problem().above()[demand.cell()];
        return !demand.metBy(below, above);
    }
}
