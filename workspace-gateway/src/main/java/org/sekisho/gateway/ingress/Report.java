package org.sekisho.gateway.ingress;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a steward decides on: never the bytes themselves.
 *
 * @param type by content, such as {@code zip} or {@code text}
 * @param entries of an archive, 0 for anything else
 * @param expandedBytes of all entries together
 * @param names of the first entries, made visible
 * @param software name and version that a package says it is
 * @param image of a container image that could be read
 */
public record Report(
        String type,
        int entries,
        long expandedBytes,
        List<String> names,
        @Nullable String software,
        List<Remark> remarks,
        Scan scan,
        @Nullable ImageReport image) {
    public Report {
        names = List.copyOf(names);
        remarks = List.copyOf(remarks);
    }

    boolean refuses() {
        return scan.state() == Scan.State.FOUND
                || remarks.stream().anyMatch(remark -> remark.weight() == Remark.Weight.REFUSE);
    }
}
