package org.sekisho.checker.contribution;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.roaringbitmap.buffer.ImmutableRoaringBitmap;
import org.roaringbitmap.buffer.MutableRoaringBitmap;

/**
 * What a table shows, as sets: who stands behind each cell that can be read from it, and which cells can be added up.
 * Immutable; safe for several threads. Its content MUST NOT show in a finding.
 *
 * <p>The bytes, big-endian: mark {@code SKCELLS1}; the file's name; what is measured; the lists of columns; the cells, each with kind,
 * columns, rows, size, persons and facilities (Roaring, portable format); the layers, each with its cells, whether they
 * share nobody, and its margins.
 */
public final class Footprint {
    private static final long MARK = 0x534b43454c4c5331L; // SKCELLS1

    /** By the number that stands for them; new ones at the end. */
    private static final List<Place.Kind> KINDS = List.of(Place.Kind.ROW, Place.Kind.SUM, Place.Kind.REST);

    private final ByteBuffer bytes;
    private final String file;
    private final Set<String> measures;
    private final List<Cell> cells;
    private final List<Layer> layers;
    private final Map<Integer, ImmutableRoaringBitmap> renumbered;

    /**
     * One cell.
     *
     * @param size how many persons
     * @param personsAt where their set begins, and how long it is
     */
    private record Cell(
            Place place, int size, int personsAt, int personsLength, int facilitiesAt, int facilitiesLength) {}

    /**
     * Cells of which any may be added up: every row of the data is in one of them at most.
     *
     * @param apart whether no person is in two of them
     * @param margins groups of cells that a reader would add up together: all of them, all with the same key
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Layer(int[] cells, boolean apart, List<int[]> margins) {}

    private Footprint(
            ByteBuffer bytes,
            String file,
            Set<String> measures,
            List<Cell> cells,
            List<Layer> layers,
            Map<Integer, ImmutableRoaringBitmap> renumbered) {
        this.bytes = bytes;
        this.file = file;
        this.measures = measures;
        this.cells = cells;
        this.layers = layers;
        this.renumbered = renumbered;
    }

    /** Reads what {@link #bytes} gave. @return nothing when it is not that */
    public static Optional<Footprint> parse(ByteBuffer bytes) {
        try {
            return Optional.of(new Reader(bytes.slice()).footprint());
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            return Optional.empty();
        }
    }

    /** @param measures what the cells measure of those behind them; only cells of one measure can be subtracted */
    public static Builder of(String file, Set<String> measures) {
        return new Builder(file, measures);
    }

    /** Whether cells of the two can be subtracted from each other. */
    boolean isComparableWith(Footprint other) {
        return measures.stream().anyMatch(other.measures::contains);
    }

    /** Everything, to be read again with {@link #parse}. */
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer().rewind();
    }

    public String file() {
        return file;
    }

    public int cells() {
        return cells.size();
    }

    Place place(int cell) {
        return cells.get(cell).place;
    }

    ImmutableRoaringBitmap persons(int cell) {
        var changed = renumbered.get(cell);
        var at = cells.get(cell);
        return changed != null ? changed : new ImmutableRoaringBitmap(bytes.slice(at.personsAt, at.personsLength));
    }

    @Nullable
    ImmutableRoaringBitmap facilities(int cell) {
        var at = cells.get(cell);
        return at.facilitiesLength == 0
                ? null
                : new ImmutableRoaringBitmap(bytes.slice(at.facilitiesAt, at.facilitiesLength));
    }

    int size(int cell) {
        return renumbered.containsKey(cell) ? persons(cell).getCardinality() : cells.get(cell).size;
    }

    List<Layer> layers() {
        return layers;
    }

    /** The same with persons under the numbers by which they go now. */
    Footprint under(Map<Integer, Integer> merged) {
        if (merged.isEmpty()) {
            return this;
        }
        var former = new MutableRoaringBitmap();
        merged.keySet().forEach(former::add);
        var changed = new HashMap<Integer, ImmutableRoaringBitmap>();
        for (int cell = 0; cell < cells(); cell++) {
            var set = persons(cell);
            if (ImmutableRoaringBitmap.intersects(set, former)) {
                var now = ImmutableRoaringBitmap.andNot(set, former);
                ImmutableRoaringBitmap.and(set, former)
                        .forEach((int person) -> now.add(merged.getOrDefault(person, person)));
                changed.put(cell, now);
            }
        }
        return changed.isEmpty() ? this : new Footprint(bytes, file, measures, cells, asTheyLieNow(changed), changed);
    }

    /** Two persons of a layer may have turned out to be one, in two cells. */
    private List<Layer> asTheyLieNow(Map<Integer, ImmutableRoaringBitmap> changed) {
        return layers.stream()
                .map(layer -> java.util.Arrays.stream(layer.cells).anyMatch(changed::containsKey)
                        ? new Layer(layer.cells, false, layer.margins)
                        : layer)
                .toList();
    }

    /** Puts a footprint together, cell by cell, then layer by layer. */
    public static final class Builder {
        private final String file;
        private final Set<String> measures;
        private final List<Place> places = new ArrayList<>();
        private final List<RoaringBitmap> persons = new ArrayList<>();
        private final List<@Nullable RoaringBitmap> facilities = new ArrayList<>();
        private final List<Layer> layers = new ArrayList<>();

        private Builder(String file, Set<String> measures) {
            this.file = file;
            this.measures = Set.copyOf(measures);
        }

        /** @return its number */
        public int cell(Place place, RoaringBitmap behind, @Nullable RoaringBitmap at) {
            places.add(place);
            persons.add(behind);
            facilities.add(at);
            return places.size() - 1;
        }

        /** @param margins of these cells; those of one cell count for nothing */
        public Builder layer(int[] cells, List<int[]> margins) {
            layers.add(new Layer(
                    cells,
                    apart(cells),
                    margins.stream().filter(margin -> margin.length > 1).toList()));
            return this;
        }

        private boolean apart(int[] cells) {
            var all = new RoaringBitmap();
            for (int cell : cells) {
                if (RoaringBitmap.intersects(all, persons.get(cell))) {
                    return false;
                }
                all.or(persons.get(cell));
            }
            return true;
        }

        public Footprint build() {
            return parse(written()).orElseThrow(() -> new IllegalStateException("a footprint that cannot be read"));
        }

        private ByteBuffer written() {
            var bytes = new Written();
            try (var out = new DataOutputStream(bytes)) {
                out.writeLong(MARK);
                text(out, file);
                out.writeInt(measures.size());
                for (var measure : new TreeSet<>(measures)) {
                    text(out, measure);
                }
                var columns = columns(out);
                out.writeInt(places.size());
                for (int cell = 0; cell < places.size(); cell++) {
                    cell(out, cell, columns);
                }
                out.writeInt(layers.size());
                for (var layer : layers) {
                    numbers(out, layer.cells);
                    out.writeBoolean(layer.apart);
                    out.writeInt(layer.margins.size());
                    for (var margin : layer.margins) {
                        numbers(out, margin);
                    }
                }
            } catch (IOException never) {
                throw new UncheckedIOException(never);
            }
            return bytes.uncopied();
        }

        /** Footprints can be hundreds of megabytes. */
        private static final class Written extends ByteArrayOutputStream {
            ByteBuffer uncopied() {
                return ByteBuffer.wrap(buf, 0, count).slice();
            }
        }

        private Map<List<String>, Integer> columns(DataOutputStream out) throws IOException {
            var columns = new LinkedHashMap<List<String>, Integer>();
            places.forEach(place -> columns.putIfAbsent(place.columns(), columns.size()));
            out.writeInt(columns.size());
            for (var list : columns.keySet()) {
                out.writeInt(list.size());
                for (var column : list) {
                    text(out, column);
                }
            }
            return columns;
        }

        private void cell(DataOutputStream out, int cell, Map<List<String>, Integer> columns) throws IOException {
            var place = places.get(cell);
            out.writeByte(KINDS.indexOf(place.kind()));
            out.writeInt(columns.getOrDefault(place.columns(), 0));
            numbers(out, place.rows().stream().mapToInt(Integer::intValue).toArray());
            out.writeInt(persons.get(cell).getCardinality());
            set(out, persons.get(cell));
            set(out, facilities.get(cell));
        }

        private static void set(DataOutputStream out, @Nullable RoaringBitmap set) throws IOException {
            out.writeInt(set == null ? 0 : set.serializedSizeInBytes());
            if (set != null) {
                set.serialize(out);
            }
        }

        private static void numbers(DataOutputStream out, int[] numbers) throws IOException {
            out.writeInt(numbers.length);
            for (int number : numbers) {
                out.writeInt(number);
            }
        }

        private static void text(DataOutputStream out, String text) throws IOException {
            var bytes = text.getBytes(StandardCharsets.UTF_8);
            out.writeInt(bytes.length);
            out.write(bytes);
        }
    }

    private static final class Reader {
        private final ByteBuffer bytes;

        Reader(ByteBuffer bytes) {
            this.bytes = bytes;
        }

        Footprint footprint() {
            require(bytes.getLong() == MARK);
            var file = text();
            var measures = Set.copyOf(texts());
            var columns = new ArrayList<List<String>>();
            for (int left = count(); left > 0; left--) {
                columns.add(texts());
            }
            var cells = new ArrayList<Cell>();
            for (int left = count(); left > 0; left--) {
                cells.add(cell(columns));
            }
            var layers = new ArrayList<Layer>();
            for (int left = count(); left > 0; left--) {
                layers.add(layer(cells.size()));
            }
            require(!bytes.hasRemaining());
            return new Footprint(bytes, file, measures, List.copyOf(cells), List.copyOf(layers), Map.of());
        }

        private Cell cell(List<List<String>> columns) {
            var kind = KINDS.get(bytes.get());
            var shownBy = columns.get(bytes.getInt());
            var rows =
                    java.util.Arrays.stream(numbers(Integer.MAX_VALUE)).boxed().toList();
            int size = bytes.getInt();
            int persons = skip();
            int personsAt = bytes.position() - persons;
            int facilities = skip();
            return new Cell(
                    new Place(kind, rows, shownBy),
                    size,
                    personsAt,
                    persons,
                    bytes.position() - facilities,
                    facilities);
        }

        private Layer layer(int cells) {
            var members = numbers(cells);
            boolean apart = bytes.get() != 0;
            var margins = new ArrayList<int[]>();
            for (int left = count(); left > 0; left--) {
                margins.add(numbers(cells));
            }
            return new Layer(members, apart, List.copyOf(margins));
        }

        private int skip() {
            int length = count();
            bytes.position(bytes.position() + length);
            return length;
        }

        private int[] numbers(int below) {
            var numbers = new int[count()];
            for (int at = 0; at < numbers.length; at++) {
                numbers[at] = bytes.getInt();
                require(numbers[at] >= 0 && numbers[at] < below);
            }
            return numbers;
        }

        private List<String> texts() {
            var texts = new ArrayList<String>();
            for (int left = count(); left > 0; left--) {
                texts.add(text());
            }
            return List.copyOf(texts);
        }

        private String text() {
            var text = new byte[count()];
            bytes.get(text);
            return new String(text, StandardCharsets.UTF_8);
        }

        private int count() {
            int count = bytes.getInt();
            require(count >= 0 && count <= bytes.remaining());
            return count;
        }

        private static void require(boolean holds) {
            if (!holds) {
                throw new IllegalArgumentException("not a footprint");
            }
        }
    }
}
