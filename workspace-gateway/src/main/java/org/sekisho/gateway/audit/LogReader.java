package org.sekisho.gateway.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.audit.tlog.Checkpoint;
import org.sekisho.gateway.audit.tlog.TilePath;
import org.sekisho.gateway.audit.tlog.TlogProof;
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

    /** Entries that the index knows of. */
    long size() {
        try (var search = new Search(layout)) {
            return search.size();
        }
    }

    Page search(Filter filter, @Nullable String cursor, int limit) {
        try (var search = whole()) {
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
        try (var search = whole()) {
            return search.export(referring(filter), from, search.size(), limit).stream()
                    .map(found -> found.shown(this::name))
                    .toList();
        }
    }

    /** No signed entry is left out because the index ends before it. */
    private Search whole() {
        try {
            long signed = Proving.newest(layout).map(Checkpoint::size).orElse(0L);
            var search = new Search(layout);
            if (search.size() < signed) {
                search.close();
                throw new LogUnavailable("the index ends before entry " + signed
                        + ", which is signed: a start of the gateway writes it anew");
            }
            return search;
        } catch (IOException e) {
            throw new UncheckedIOException("the log cannot be read", e);
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

    /** As {@link Proving#prove}. */
    TlogProof prove(long index, boolean named) throws IOException {
        return new Proving(layout, this::named).prove(index, named);
    }

    private Optional<Persons.Named> named(String reference) {
        return Optional.ofNullable(names.get(reference))
                .map(name -> new Persons.Named(name, Persons.opening(Persons.keyFile(keys, reference))));
    }

    /** Writes what C2SP tlog-tiles serves, as files below a folder; answers the size of the tree. */
    long tiles(Path target) throws IOException {
        var checkpoint = Proving.newest(layout)
                .orElseThrow(() -> new IllegalArgumentException("no checkpoint of the log is signed"));
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
