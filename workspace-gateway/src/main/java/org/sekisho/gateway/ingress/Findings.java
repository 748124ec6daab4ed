package org.sekisho.gateway.ingress;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A report in the making. */
final class Findings {
    private static final int MOST_NAMES = 200;
    private static final int MOST_REMARKS = 50;

    private final List<String> names = new ArrayList<>();
    private final List<Remark> remarks = new ArrayList<>();
    private final Bounds bounds;
    private String type = "unknown";
    private @Nullable Software software;
    private @Nullable ImageReport image;

    Findings(Bounds bounds) {
        this.bounds = bounds;
    }

    Bounds bounds() {
        return bounds;
    }

    void type(String word) {
        type = word;
    }

    void software(Software found) {
        software = found;
    }

    void image(ImageReport found) {
        image = found;
    }

    void entry(String path) {
        if (names.size() < MOST_NAMES) {
            names.add(Names.visible(path));
        }
    }

    /** Says a thing once, and no more than a person would read. */
    void add(Remark remark) {
        if (remarks.size() < MOST_REMARKS && !remarks.contains(remark)) {
            remarks.add(remark);
        }
    }

    boolean refuses() {
        return remarks.stream().anyMatch(remark -> remark.weight() == Remark.Weight.REFUSE);
    }

    Report report(Scan scan) {
        var words = software == null ? null : Names.visible(software.words());
        return new Report(type, bounds.entries(), bounds.bytes(), names, words, remarks, scan, image);
    }
}
