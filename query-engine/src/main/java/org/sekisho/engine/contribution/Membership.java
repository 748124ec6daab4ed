package org.sekisho.engine.contribution;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;
import org.sekisho.engine.pseudonym.Numbering;

/**
 * Who is in which group under which conditions: reads the rows of the data one after another, each a group with bits of
 * conditions, a person, and, where there are, a facility, all as numbers; nobody stands behind a row without them.
 */
public final class Membership {
    private static final long BITS_AT_MOST = 96L << 20;
    private static final long LISTS_AT_MOST = 160L << 20;

    /** Bytes of what is kept of a part or of its facilities besides the numbers. */
    private static final long PART = 320;

    private final int conditions;
    private final Numbering persons;
    private final Numbering facilities;
    private final Numbering.Cursor person;
    private final Numbering.Cursor facility;
    private final boolean facilitiesToo;
    private final Room dense = new Room(BITS_AT_MOST);
    private final Room room = new Room(LISTS_AT_MOST);
    private final List<Growing> parts = new ArrayList<>();
    private final Map<Long, List<Growing>> byGroup = new HashMap<>();
    private Slots slots = new Slots(1 << 10);
    private @Nullable String failure;

    /** The rows of one group for which the same conditions hold. */
    private static final class Growing {
        final long bits;
        final Members persons;
        final @Nullable Members facilities;
        long rows;

        Growing(long bits, Members persons, @Nullable Members facilities) {
            this.bits = bits;
            this.persons = persons;
            this.facilities = facilities;
        }
    }

    /** @param facilitiesToo whether rows name facilities */
    public Membership(int conditions, Numbering persons, Numbering facilities, boolean facilitiesToo) {
        this.conditions = conditions;
        this.persons = persons;
        this.facilities = facilities;
        this.person = persons.cursor();
        this.facility = facilities.cursor();
        this.facilitiesToo = facilitiesToo;
    }

    /** Why the sets cannot be had; null as long as they can. */
    public @Nullable String failure() {
        return failure;
    }

    /** Takes in a batch; after a failure, nothing more. */
    public void take(VectorSchemaRoot batch) {
        if (failure != null) {
            return;
        }
        try {
            read(batch);
        } catch (Room.Full full) {
            failure = "its cells have too many contributors to be handed over";
        }
    }

    private void read(VectorSchemaRoot batch) {
        var groups = (BigIntVector) batch.getVector(0);
        var named = (BigIntVector) batch.getVector(1);
        var places = facilitiesToo ? (BigIntVector) batch.getVector(2) : null;
        for (int row = 0; row < batch.getRowCount(); row++) {
            var part = part(groups.get(row));
            part.rows++;
            if (!named.isNull(row)) {
                put(part.persons, person.of(named.get(row)));
            }
            if (places != null && part.facilities != null && !places.isNull(row)) {
                put(part.facilities, facility.of(places.get(row)));
            }
        }
    }

    private void put(Members members, int number) {
        if (number < 0) {
            failure = "somebody in the data has no number in this project";
        } else {
            members.add(number);
        }
    }

    private Growing part(long key) {
        int found = slots.find(key);
        if (found >= 0) {
            return parts.get(found);
        }
        room.take(facilitiesToo ? 2 * PART : PART);
        var part = new Growing(
                key & ((1L << conditions) - 1),
                Members.of(persons.size(), dense, room),
                facilitiesToo ? Members.of(facilities.size(), dense, room) : null);
        slots = slots.with(key, parts.size());
        parts.add(part);
        byGroup.computeIfAbsent(key >>> conditions, ignored -> new ArrayList<>())
                .add(part);
        return part;
    }

    /** How many rows of the data a group has. */
    public long rows(long group) {
        return of(group).stream().mapToLong(part -> part.rows).sum();
    }

    /** What is known of a group: its parts, as sets. */
    public Group group(long group) {
        return new Group(of(group).stream()
                .map(part -> new Group.Part(
                        part.bits, part.persons.set(), part.facilities == null ? null : part.facilities.set()))
                .toList());
    }

    private List<Growing> of(long group) {
        return byGroup.getOrDefault(group, List.of());
    }

    /** The contributors of one group, by the conditions that hold for their rows. */
    public record Group(List<Part> parts) {

        /** @param facilities null where rows name none */
        public record Part(
                long bits, RoaringBitmap persons, @Nullable RoaringBitmap facilities) {}

        /** Several groups as one. */
        public static Group of(List<Group> groups) {
            return new Group(
                    groups.stream().flatMap(group -> group.parts.stream()).toList());
        }

        /** Who has a row whose bits are wanted. */
        public RoaringBitmap persons(LongPredicate wanted) {
            var all = new RoaringBitmap();
            parts.stream().filter(part -> wanted.test(part.bits)).forEach(part -> all.or(part.persons));
            return all;
        }

        public RoaringBitmap facilities(LongPredicate wanted) {
            var all = new RoaringBitmap();
            for (var part : parts) {
                if (part.facilities != null && wanted.test(part.bits)) {
                    all.or(part.facilities);
                }
            }
            return all;
        }

        /** Whether some row has such bits. */
        public boolean any(LongPredicate wanted) {
            return parts.stream().anyMatch(part -> wanted.test(part.bits));
        }
    }

    /** Where the part of each key is: open addressing, half full at most. */
    private static final class Slots {
        private final long[] keys;
        private final int[] places;
        private int used;

        Slots(int size) {
            keys = new long[size];
            places = new int[size];
        }

        int find(long key) {
            int at = start(key);
            while (places[at] != 0) {
                if (keys[at] == key) {
                    return places[at] - 1;
                }
                at = (at + 1) & (keys.length - 1);
            }
            return -1;
        }

        Slots with(long key, int place) {
            if (2 * (used + 1) > keys.length) {
                var larger = new Slots(2 * keys.length);
                for (int at = 0; at < keys.length; at++) {
                    if (places[at] != 0) {
                        larger.put(keys[at], places[at]);
                    }
                }
                return larger.with(key, place);
            }
            put(key, place + 1);
            return this;
        }

        private void put(long key, int mark) {
            int at = start(key);
            while (places[at] != 0) {
                at = (at + 1) & (keys.length - 1);
            }
            keys[at] = key;
            places[at] = mark;
            used++;
        }

        private int start(long key) {
            return (int) ((key * 0x9E3779B97F4A7C15L) >>> 40) & (keys.length - 1);
        }
    }
}
