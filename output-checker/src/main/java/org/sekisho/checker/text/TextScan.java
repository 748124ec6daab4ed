package org.sekisho.checker.text;

import java.util.ArrayList;
import java.util.List;
import org.sekisho.checker.file.PlainText;
import org.sekisho.checker.text.Suspicion.Kind;

/** Looks through a text line by line. At most one suspicion of a kind for each line. */
public final class TextScan {
    private static final int FOLDED_LINES = 3;

    private final Canaries canaries;
    private final List<Suspicion> found = new ArrayList<>();
    private int folded;

    private TextScan(Canaries canaries) {
        this.canaries = canaries;
    }

    public static List<Suspicion> of(String text, Canaries canaries) {
        var scan = new TextScan(canaries);
        int number = 1;
        for (var line : text.split("\r\n|\n|\r", -1)) {
            scan.line(line, number++);
        }
        if (canaries.in(text)) {
            boolean told = scan.found.stream().anyMatch(suspicion -> suspicion.kind() == Kind.CANARY);
            if (!told) {
                scan.found.add(new Suspicion(Kind.CANARY, 1));
            }
        }
        return List.copyOf(scan.found);
    }

    private void line(String line, int number) {
        if (hasInvisible(line)) {
            found.add(new Suspicion(Kind.INVISIBLE, number));
        }
        if (!line.isEmpty() && line.stripTrailing().length() < line.length()) {
            found.add(new Suspicion(Kind.TRAILING_SPACE, number));
        }
        if (Scripts.lookAlike(line)) {
            found.add(new Suspicion(Kind.LOOK_ALIKE, number));
        }
        folded = EncodedRuns.wholeLine(line) ? folded + 1 : 0;
        if (EncodedRuns.in(line) || folded >= FOLDED_LINES) {
            found.add(new Suspicion(Kind.ENCODED, number));
        }
        if (canaries.in(line)) {
            found.add(new Suspicion(Kind.CANARY, number));
        }
        Identifiers.in(line).forEach(kind -> found.add(new Suspicion(kind, number)));
    }

    private static boolean hasInvisible(String line) {
        return PlainText.hasInvisible(CleanText.withoutLayout(line));
    }
}
