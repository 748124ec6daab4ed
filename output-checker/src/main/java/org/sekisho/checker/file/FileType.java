package org.sekisho.checker.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What a file is, told from its content. A name only tells kinds of text apart, and may not contradict the content. */
public enum FileType {
    CSV("csv"),
    TEXT("txt md markdown rmd qmd py r sql jl do sas sps tex bib log json yaml yml toml ini cfg"),
    NOTEBOOK("ipynb"),
    PNG("png"),
    JPEG("jpg jpeg"),
    XLSX("xlsx"),
    PARQUET("parquet"),
    ARROW("arrow feather"),
    HTML("html htm"),
    SVG("svg"),
    PDF("pdf"),
    MODEL(""),
    ARCHIVE(""),
    UNKNOWN("");

    /** So many bytes tell the type. */
    public static final int HEAD = 4096;

    private static final Pattern PAGE =
            Pattern.compile("(?><!--.*?-->\\s*)*+<(!doctype html|html|head|body)\\b", Pattern.DOTALL);

    private final String endings;

    FileType(String endings) {
        this.endings = endings;
    }

    /** Endings of names that a file of this type may leave under, without the dot; empty for types that may not leave. */
    public Set<String> endings() {
        return endings.isEmpty() ? Set.of() : Set.of(endings.split(" "));
    }

    /** Whether the name promises this type. */
    public boolean fits(String name) {
        return endings().contains(ending(name));
    }

    /** In lower case, without the dot; empty when there is none. */
    public static String ending(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    public static FileType of(Path file) {
        try (var in = Files.newInputStream(file)) {
            return of(in.readNBytes(HEAD), String.valueOf(file.getFileName()));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** @param head the first bytes, as many as there are up to {@link #HEAD} */
    public static FileType of(byte[] head, String name) {
        for (var magic : Magic.ALL) {
            if (magic.opens(head)) {
                return magic.type == ARCHIVE && XLSX.fits(name) ? XLSX : magic.type;
            }
        }
        if (hasControls(head)) {
            return UNKNOWN;
        }
        // A table in another encoding, as spreadsheets write it, is told so by whoever reads it.
        return isUtf8(head) ? text(new String(head, StandardCharsets.UTF_8), name) : CSV.fits(name) ? CSV : UNKNOWN;
    }

    private static FileType text(String head, String name) {
        var start = head.replace("\uFEFF", "").stripLeading().toLowerCase(Locale.ROOT);
        if (NOTEBOOK.fits(name)
                || (start.startsWith("{") && start.contains("\"cells\"") && start.contains("\"cell_type\""))) {
            return NOTEBOOK;
        }
        if (start.startsWith("<?xml") || start.startsWith("<svg")) {
            return start.contains("<svg") ? SVG : UNKNOWN;
        }
        if (PAGE.matcher(start).lookingAt() || HTML.fits(name)) {
            return HTML;
        }
        return CSV.fits(name) ? CSV : TEXT;
    }

    private static boolean hasControls(byte[] head) {
        for (byte each : head) {
            if (each >= 0
                    && each < 0x20
                    && each != '\n'
                    && each != '\r'
                    && each != '\t'
                    && each != '\f'
                    && each != 0x1B) {
                return true;
            }
        }
        return false;
    }

    /** A character that is cut off at the end is forgiven. */
    private static boolean isUtf8(byte[] head) {
        for (int cut = 0; cut < 4 && cut <= head.length; cut++) {
            try {
                StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(head, 0, head.length - cut));
                return true;
            } catch (CharacterCodingException broken) {
                if (head.length < HEAD) {
                    return false;
                }
            }
        }
        return false;
    }

    /** How files of a type begin. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Magic(FileType type, int at, byte[] bytes) {
        static final List<Magic> ALL = List.of(
                hex(PNG, 0, "89504e470d0a1a0a"),
                hex(JPEG, 0, "ffd8ff"),
                text(PDF, 0, "%PDF"),
                text(PARQUET, 0, "PAR1"),
                text(ARROW, 0, "ARROW1"),
                hex(ARROW, 0, "ffffffff"),
                hex(ARCHIVE, 0, "504b0304"),
                hex(ARCHIVE, 0, "504b0506"),
                hex(ARCHIVE, 0, "1f8b"),
                text(ARCHIVE, 4, "1AY&SY"),
                hex(ARCHIVE, 0, "fd377a585a00"),
                hex(ARCHIVE, 0, "28b52ffd"),
                hex(ARCHIVE, 0, "377abcaf271c"),
                text(ARCHIVE, 257, "ustar"),
                hex(MODEL, 0, "8002"),
                hex(MODEL, 0, "8003"),
                hex(MODEL, 0, "8004"),
                hex(MODEL, 0, "8005"),
                hex(MODEL, 0, "894844460d0a1a0a"),
                hex(MODEL, 0, "934e554d5059"),
                text(MODEL, 0, "GGUF"),
                text(MODEL, 0, "RDX2\n"),
                text(MODEL, 0, "RDX3\n"),
                text(MODEL, 0, "RDA2\n"),
                text(MODEL, 0, "RDA3\n"),
                text(MODEL, 0, "tree\nversion="),
                text(MODEL, 0, "{\"learner\""));

        static Magic hex(FileType type, int at, String hex) {
            return new Magic(type, at, HexFormat.of().parseHex(hex));
        }

        static Magic text(FileType type, int at, String text) {
            return new Magic(type, at, text.getBytes(StandardCharsets.US_ASCII));
        }

        boolean opens(byte[] head) {
            return head.length >= at + bytes.length
                    && Arrays.equals(head, at, at + bytes.length, bytes, 0, bytes.length);
        }
    }
}
