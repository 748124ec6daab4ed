package org.sekisho.checker.file;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.sekisho.checker.table.Column;
import org.sekisho.checker.table.Figures;
import org.sekisho.checker.table.Table;

/**
 * The one way in which a table leaves: UTF-8 without a byte order mark, lines end in LF, a header, fields quoted only
 * where RFC 4180 asks for it, missing values empty, numbers that are not whole rounded to the pack's digits, text made
 * plain by {@link PlainText}. Same table, same bytes.
 */
public final class CanonicalCsv {
    private final Table table;
    private final int digits;
    private final Hidden hidden;
    private final String mark;

    /** Which cells are hidden. */
    public interface Hidden {
        boolean cell(int row, int column);
    }

    /** What was written. */
    public record Written(long bytes, String sha256) {}

    /**
     * @param hidden cells in whose place the mark is written
     */
    public CanonicalCsv(Table table, int digits, Hidden hidden, String mark) {
        this.table = table;
        this.digits = digits;
        this.hidden = hidden;
        this.mark = mark;
    }

    /** Appears under its name only when whole and on disk. */
    public Written write(Path file) {
        var temporary = file.resolveSibling("." + file.getFileName() + ".part");
        try {
            Written written;
            try (var out = Files.newOutputStream(temporary)) {
                written = write(out);
            }
            try (var channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            var directory = file.toAbsolutePath().getParent();
            if (directory != null) {
                try (var channel = FileChannel.open(directory)) {
                    channel.force(true);
                }
            }
            return written;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Size and hash of what {@link #write(Path)} would write. */
    public Written measure() {
        try {
            return write(OutputStream.nullOutputStream());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** The first bytes of what would be written, enough to tell a type from. */
    public byte[] head() {
        var head = new StringBuilder();
        for (int row = -1; row < table.rows() && head.length() < FileType.HEAD; row++) {
            head.append(line(row));
        }
        var bytes = head.toString().getBytes(StandardCharsets.UTF_8);
        return Arrays.copyOf(bytes, Math.min(bytes.length, FileType.HEAD));
    }

    private Written write(OutputStream out) throws IOException {
        var digest = sha256();
        long bytes = 0;
        for (int row = -1; row < table.rows(); row++) {
            var line = line(row).getBytes(StandardCharsets.UTF_8);
            digest.update(line);
            out.write(line);
            bytes += line.length;
        }
        return new Written(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private String line(int row) {
        var line = new StringBuilder();
        for (int column = 0; column < table.columns().size(); column++) {
            line.append(column == 0 ? "" : ",");
            var value = table.columns().get(column);
            if (row < 0) {
                line.append(quoted(PlainText.of(value.name())));
            } else {
                line.append(quoted(hidden.cell(row, column) ? mark : field(value, row)));
            }
        }
        // A line of nothing would be taken for no line.
        return line.isEmpty() ? "\"\"\n" : line.append('\n').toString();
    }

    private String field(Column column, int row) {
        return switch (column) {
            case Column.Words words -> {
                var word = words.values().get(row);
                yield word == null ? "" : PlainText.of(word);
            }
            case Column.Numbers numbers -> {
                if (numbers.missing().get(row)) {
                    yield "";
                }
                var exact = numbers.exact();
                yield exact != null ? Long.toString(exact[row]) : Figures.plain(numbers.values()[row], digits);
            }
        };
    }

    private static String quoted(String field) {
        return field.indexOf(',') < 0 && field.indexOf('"') < 0 && field.indexOf('\n') < 0 && field.indexOf('\r') < 0
                ? field
                : '"' + field.replace("\"", "\"\"") + '"';
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
