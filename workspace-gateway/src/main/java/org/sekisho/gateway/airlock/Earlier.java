package org.sekisho.gateway.airlock;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.sekisho.checker.contribution.Ledger;

/** What a project was given before: the outputs say what left, the ledger who stands behind it. */
public final class Earlier {
    private final Outputs outputs;
    private final ReleaseLedger ledger;
    private final Function<String, Map<Integer, Integer>> mergedPersons;

    /** @param mergedPersons of a project: numbers of persons who turned out to be others */
    public Earlier(Outputs outputs, ReleaseLedger ledger, Function<String, Map<Integer, Integer>> mergedPersons) {
        this.outputs = outputs;
        this.ledger = ledger;
        this.mergedPersons = mergedPersons;
    }

    /** @param fresh what is compared with it */
    public Ledger of(String project, String fresh) {
        return since(project, fresh, 0);
    }

    /** What left after so many releases. */
    Ledger since(String project, String fresh, int releases) {
        var all = outputs.released(project);
        return ledger.of(fresh, all.subList(Math.min(releases, all.size()), all.size()), mergedPersons.apply(project));
    }

    void keep(Output output, java.util.Optional<List<byte[]>> footprints) {
        ledger.keep(output, footprints);
    }
}
