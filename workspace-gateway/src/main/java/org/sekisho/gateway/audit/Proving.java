package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.TlogProof;
import org.sekisho.gateway.audit.verify.CheckpointFile;
import org.sekisho.gateway.audit.verify.Layout;
import org.sekisho.gateway.audit.verify.ReadFile;

/** Proofs of single entries from the files of a log, whose writer may be at work meanwhile. */
final class Proving {
    private final Layout layout;
    private final Function<String, Optional<Persons.Named>> persons;

    /** @param persons who stands behind a reference, where that can be said */
    Proving(Layout layout, Function<String, Optional<Persons.Named>> persons) {
        this.layout = layout;
        this.persons = persons;
    }

    /**
     * The proof of one entry under the newest checkpoint, or under the one that witnesses cosigned when that covers it.
     *
     * @param named whether it says who stands behind the entry's references
     * @throws IllegalArgumentException when there is no such entry, or no checkpoint covers it yet
     */
    TlogProof prove(long index, boolean named) throws IOException {
        var checkpoint = covering(index);
        try (var stored = new StoredTree(layout, checkpoint.size());
                var search = new Search(layout)) {
            var tree = stored.tree();
            if (index < search.retired()) {
                throw new IllegalArgumentException("entry " + index + " was dropped after its time");
            }
            if (!Hashes.hex(tree.root()).equals(checkpoint.root())) {
                throw new IllegalArgumentException("the log does not hold: ask sekisho audit verify where");
            }
            var line = new String(search.line(index), StandardCharsets.UTF_8);
            var extra = named ? line + openings(line) : line;
            return new TlogProof(index, extra, tree.inclusion(index, checkpoint.size()), checkpoint.note());
        }
    }

    private Checkpoint covering(long index) throws IOException {
        var newest = newest(layout);
        var witnessed = Files.exists(layout.witnessed())
                ? Optional.of(Checkpoint.unverified(ReadFile.text(ReadFile.regular(layout.witnessed()))))
                : Optional.<Checkpoint>empty();
        return witnessed
                .filter(checkpoint -> index >= 0 && index < checkpoint.size())
                .or(() -> newest.filter(checkpoint -> index >= 0 && index < checkpoint.size()))
                .orElseThrow(() -> new IllegalArgumentException("no signed checkpoint covers an entry " + index));
    }

    static Optional<Checkpoint> newest(Layout layout) throws IOException {
        return CheckpointFile.last(layout.checkpoints()).map(last -> Checkpoint.unverified(last.note()));
    }

    private String openings(String line) {
        var entry = Line.parse(line.getBytes(StandardCharsets.UTF_8));
        var referred = new ArrayList<>(List.of(entry.actor()));
        Act.PERSONS.stream()
                .sorted()
                .forEach(key -> Optional.ofNullable(entry.detail().get(key)).ifPresent(referred::add));
        var out = new StringBuilder();
        referred.stream()
                .distinct()
                .forEach(reference -> persons.apply(reference)
                        .ifPresent(named -> out.append('\n').append(opening(reference, named))));
        return out.toString();
    }

    private static String opening(String reference, Persons.Named named) {
        var said = new TreeMap<String, String>();
        said.put("reference", reference);
        said.put("name", named.name());
        said.put("key", HexFormat.of().formatHex(named.key()));
        return new String(CanonicalJson.bytes(said), StandardCharsets.UTF_8);
    }
}
