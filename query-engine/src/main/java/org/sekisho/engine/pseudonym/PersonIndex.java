package org.sekisho.engine.pseudonym;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.pseudonym.Pseudonyms.Digest;
import org.sekisho.engine.pseudonym.Pseudonyms.Domain;

/**
 * Which identifiers belong to one person, over all loads: the connected components of ID1 (insurance, birth date, sex)
 * and ID2 (name, birth date, sex), as in the national claims database. Where a new link joins two persons known so
 * far, the later one becomes an alias of the earlier.
 *
 * <p>The same certificate and name with another birth date or sex is a conflict: counted, kept on record, never merged.
 *
 * <p>The file is append-only, records of 40 bytes: kind, digest, value, CRC32C. It holds digests under the vault's key
 * and nothing else. A torn last record is dropped. Holds the file's lock until closed.
 */
public final class PersonIndex implements AutoCloseable {
    private static final int RECORD = 40;
    private static final int ID1 = 1;
    private static final int ID2 = 2;
    private static final int CARD = 3;
    private static final int ALIAS = 4;
    private static final int CONFLICT = 5;
    private static final int PERSON = 6;

    private final FileChannel file;
    private final Pseudonyms pseudonyms;
    private final Map<Digest, Long> byIdentity = new HashMap<>();
    private final Map<Digest, Long> traitsByCard = new HashMap<>();
    private final Map<Long, Digest> origins = new HashMap<>();
    private final Map<Long, Long> aliases = new HashMap<>();
    private final List<ByteBuffer> unsaved = new ArrayList<>();
    private int conflicts;

    private PersonIndex(FileChannel file, Pseudonyms pseudonyms) {
        this.file = file;
        this.pseudonyms = pseudonyms;
    }

    /** Waits while another process resolves persons. */
    public static PersonIndex open(Path path, Pseudonyms pseudonyms) {
        try {
            Files.createDirectories(path.resolveSibling(""));
            var file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            var lock = file.lock();
            if (!lock.isValid()) {
                throw new EngineException("person-index", "the index of persons cannot be locked");
            }
            var index = new PersonIndex(file, pseudonyms);
            index.read();
            return index;
        } catch (OverlappingFileLockException e) {
            throw new EngineException("being-loaded", "another load of this process resolves persons", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Aliases to the person they stand for now, without holding the lock; safe beside a running load. */
    public static Map<Long, Long> aliases(Path path) {
        var aliases = new HashMap<Long, Long>();
        try {
            if (Files.exists(path)) {
                records(ByteBuffer.wrap(Files.readAllBytes(path)), (kind, digest, value) -> {
                    if (kind == ALIAS) {
                        aliases.put(digest.high(), value);
                    }
                });
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var roots = new TreeMap<Long, Long>();
        aliases.keySet().forEach(a -> roots.put(a, root(aliases, a)));
        return roots;
    }

    /** The vault pseudonym of this person. Nothing is durable before {@link #save}. */
    public long resolve(Identity identity) {
        checkCard(identity);
        var id1 = identity.insured(pseudonyms);
        var id2 = identity.named(pseudonyms);
        var known1 = known(id1);
        var known2 = known(id2);
        if (known1 == null && known2 == null) {
            return introduce(identity, id1, id2);
        }
        var person = known1 == null ? known2 : known1;
        if (known1 != null && known2 != null && !known1.equals(known2)) {
            person = join(known1, known2);
        }
        if (person == null) {
            throw new AssertionError("one of them is known");
        }
        remember(ID1, id1, known1, person);
        remember(ID2, id2, known2, person);
        return person;
    }

    /** Whom this pseudonym stands for by now: itself, or the person it was joined to. */
    public long current(long person) {
        return root(aliases, person);
    }

    /** Contradictions met since this index was opened. */
    public int conflicts() {
        return conflicts;
    }

    /** Makes all that was resolved durable. */
    public void save() {
        try {
            var end = file.size() - file.size() % RECORD;
            for (var record : unsaved) {
                end += file.write(record, end);
            }
            file.force(true);
            unsaved.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void checkCard(Identity identity) {
        var card = identity.card(pseudonyms);
        if (card == null) {
            return;
        }
        var traits = identity.traits(pseudonyms);
        var before = traitsByCard.putIfAbsent(card, traits);
        if (before == null) {
            append(CARD, card, traits);
        } else if (before != traits) {
            conflicts++;
            append(CONFLICT, card, traits);
        }
    }

    private long introduce(Identity identity, @Nullable Digest id1, @Nullable Digest id2) {
        var origin = id1 != null ? id1 : id2;
        if (origin == null) {
            throw new EngineException("identity", "a person without insurance and without name cannot be told apart");
        }
        var person = pseudonyms.of(Domain.PERSON, "resolved", identity.origin());
        var other = origins.putIfAbsent(person, origin);
        if (other != null) {
            throw new EngineException("pseudonym-collision", "two persons have the same pseudonym");
        }
        append(PERSON, origin, person);
        remember(ID1, id1, null, person);
        remember(ID2, id2, null, person);
        return person;
    }

    /** Keeps the one that came first, whichever load it came from. */
    private long join(long one, long other) {
        aliases.put(other, one);
        append(ALIAS, new Digest(other, 0), one);
        return one;
    }

    private void remember(int kind, @Nullable Digest digest, @Nullable Long known, long person) {
        if (digest != null && known == null) {
            byIdentity.put(digest, person);
            append(kind, digest, person);
        }
    }

    private @Nullable Long known(@Nullable Digest digest) {
        var person = digest == null ? null : byIdentity.get(digest);
        return person == null ? null : Long.valueOf(root(aliases, person));
    }

    private static long root(Map<Long, Long> aliases, long person) {
        var root = person;
        for (var next = aliases.get(root); next != null; next = aliases.get(root)) {
            root = next;
        }
        return root;
    }

    private void append(int kind, Digest digest, long value) {
        var record = ByteBuffer.allocate(RECORD)
                .putInt(kind)
                .putLong(digest.high())
                .putLong(digest.low())
                .putLong(value);
        unsaved.add(record.putLong(check(record)).putInt(0).flip());
    }

    private void read() throws IOException {
        var bytes = ByteBuffer.allocate(Math.toIntExact(file.size()));
        while (bytes.hasRemaining() && file.read(bytes, bytes.position()) >= 0) {
            // until all of it is here
        }
        records(bytes.flip(), (kind, digest, value) -> {
            switch (kind) {
                case ID1, ID2 -> byIdentity.put(digest, value);
                case CARD -> traitsByCard.put(digest, value);
                case ALIAS -> aliases.put(digest.high(), value);
                case PERSON -> origins.put(value, digest);
                case CONFLICT -> {}
                default -> throw new EngineException("person-index", "a record of unknown kind");
            }
        });
    }

    private static void records(ByteBuffer bytes, Reading reading) {
        while (bytes.remaining() >= RECORD) {
            var record = bytes.slice(bytes.position(), RECORD);
            var kind = record.getInt();
            var digest = new Digest(record.getLong(), record.getLong());
            var value = record.getLong();
            if (record.getLong() != check(record)) {
                throw new EngineException("person-index", "the index of persons is damaged");
            }
            reading.record(kind, digest, value);
            bytes.position(bytes.position() + RECORD);
        }
    }

    private static long check(ByteBuffer record) {
        var crc = new CRC32C();
        crc.update(record.duplicate().position(0).limit(28));
        return crc.getValue();
    }

    private interface Reading {
        void record(int kind, Digest digest, long value);
    }
}
