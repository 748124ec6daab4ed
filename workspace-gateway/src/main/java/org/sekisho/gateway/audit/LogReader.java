package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.Hashes;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.tlog.TlogProof;
import org.sekisho.gateway.audit.verify.CheckpointFile;
import org.sekisho.gateway.audit.verify.Layout;

/**
 * A log read from its files by somebody else than its writer, who may be at work meanwhile. Whether the log holds is not
 * asked here. Names are shown where the keys of persons can be read, references otherwise.
 */
final class LogReader {
    private final Layout layout;
    private final Path keys;
    private final Map<String, String> names;
    private final Map<String, String> references = new HashMap<>();

    /**
     * @param place a home with a log, or the folder of a log alone
     * @throws IllegalArgumentException when there is none
     */
    LogReader(Path place) throws IOException {
        layout = new Layout(Files.isDirectory(place.resolve("log")) ? place.resolve("log") : place);
        if (Files.notExists(layout.checkpoints())) {
            throw new IllegalArgumentException("there is no log in " + place);
        }
        keys = layout.directory().resolveSibling("keys").resolve("persons");
        names = Persons.read(layout.directory().resolve("persons"), keys);
        names.forEach((reference, name) -> references.put(name, reference));
    }

    Page search(Filter filter, @Nullable String cursor, int limit) {
        try (var search = new Search(layout)) {
            long end = cursor == null ? search.size() : Cursors.parse(cursor);
            var page = search.page(referring(filter), end, limit);
            return new Page(
                    page.entries().stream()
                            .map(entry -> Persons.shown(entry, this::name))
                            .toList(),
                    page.next());
        }
    }

    List<Exported> export(Filter filter, long from, int limit) {
        try (var search = new Search(layout)) {
            return search.export(referring(filter), from, search.size(), limit).stream()
                    .map(found -> found.shown(this::name))
                    .toList();
        }
    }

    private Filter referring(Filter filter) {
        return filter.actor() == null
                ? filter
                : filter.by(Objects.requireNonNullElse(references.get(filter.actor()), filter.actor()));
    }

    private String name(String reference) {
        return Objects.requireNonNullElse(names.get(reference), reference);
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
        var newest = newest();
        var witnessed = Files.exists(layout.witnessed())
                ? Optional.of(Checkpoint.unverified(Files.readString(layout.witnessed())))
                : Optional.<Checkpoint>empty();
        return witnessed
                .filter(checkpoint -> index >= 0 && index < checkpoint.size())
                .or(() -> newest.filter(checkpoint -> index >= 0 && index < checkpoint.size()))
                .orElseThrow(() -> new IllegalArgumentException("no signed checkpoint covers an entry " + index));
    }

    private Optional<Checkpoint> newest() throws IOException {
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
                .filter(names::containsKey)
                .forEach(reference -> out.append('\n').append(opening(reference)));
        return out.toString();
    }

    private String opening(String reference) {
        var said = new TreeMap<String, String>();
        said.put("reference", reference);
        said.put("name", name(reference));
        said.put("key", HexFormat.of().formatHex(Persons.opening(Persons.keyFile(keys, reference))));
        return new String(CanonicalJson.bytes(said), StandardCharsets.UTF_8);
    }

    /** Writes what C2SP tlog-tiles serves, as files below a folder; answers the size of the tree. */
    long tiles(Path target) throws IOException {
        var checkpoint = newest().orElseThrow(() -> new IllegalArgumentException("no checkpoint of the log is signed"));
        try (var tree = new StoredTree(layout, checkpoint.size())) {
            for (int level = 0; checkpoint.size() >> (8 * level) > 0; level++) {
                write(tree, level, checkpoint.size() >> (8 * level), target);
            }
            write(tree, TilePath.ENTRIES, checkpoint.size(), target);
        }
        Files.writeString(target.resolve("checkpoint"), checkpoint.note());
        return checkpoint.size();
    }

    private static void write(StoredTree tree, int level, long hashes, Path target) throws IOException {
        for (long first = 0; first < hashes; first += TilePath.FULL) {
            var path = new TilePath(level, first / TilePath.FULL, (int) Math.min(TilePath.FULL, hashes - first));
            var tile = tree.tile(path);
            if (tile.isPresent()) {
                var file = target.resolve(path.text());
                Files.createDirectories(Objects.requireNonNull(file.getParent()));
                Files.write(file, tile.get());
            }
        }
    }
}
