package org.sekisho.engine.vault;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A sorted list of vault pseudonyms, one per line in hex; every change replaces the file as a whole. */
public final class OptOuts {
    private final Path file;

    OptOuts(Path file) {
        this.file = file;
    }

    public SortedSet<Long> persons() {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file, US_ASCII).stream()
                            .map(HexFormat::fromHexDigitsToLong)
                            .collect(Collectors.toCollection(TreeSet::new))
                    : new TreeSet<>();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** SHA-256 of the list, in hex; another list has another hash. */
    public String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text(persons())));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    /** From the next provision on these persons are absent. */
    public synchronized void add(Collection<Long> persons) {
        var all = persons();
        all.addAll(persons);
        write(all);
    }

    /** Takes an objection back. */
    public synchronized void remove(Collection<Long> persons) {
        var all = persons();
        all.removeAll(persons);
        write(all);
    }

    private void write(SortedSet<Long> persons) {
        try {
            Files.createDirectories(file.resolveSibling(""));
            var draft = file.resolveSibling(file.getFileName() + ".new");
            Files.write(draft, text(persons));
            Durable.force(draft);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
            Durable.force(file.resolveSibling(""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] text(SortedSet<Long> persons) {
        return persons.stream()
                .map(p -> HexFormat.of().toHexDigits(p) + "\n")
                .collect(Collectors.joining())
                .getBytes(US_ASCII);
    }
}
