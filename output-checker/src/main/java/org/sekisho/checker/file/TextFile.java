package org.sekisho.checker.file;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Reads text that a person can still read through. */
public final class TextFile {
    public static final int BYTES_AT_MOST = 1 << 20;
    public static final int LINE_AT_MOST = 5_000;

    private TextFile() {}

    /** Of a page: most of it is scripts, styles and pictures that nobody reads. */
    private static final int PAGE_AT_MOST = 16 << 20;

    /**
     * @return the text, or nothing when it is longer than anybody reads
     * @throws Unreadable when it is not UTF-8
     */
    public static Optional<String> read(Path file) {
        return read(file, BYTES_AT_MOST).filter(text -> text.lines().noneMatch(line -> line.length() > LINE_AT_MOST));
    }

    /**
     * The same for HTML, whose lines may be long.
     *
     * @return the text, or nothing when it is longer than 16 MB
     * @throws Unreadable when it is not UTF-8
     */
    public static Optional<String> page(Path file) {
        return read(file, PAGE_AT_MOST);
    }

    private static Optional<String> read(Path file, int most) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(most + 1);
            return bytes.length > most
                    ? Optional.empty()
                    : Optional.of(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException broken) {
            throw new Unreadable(
                    String.valueOf(file.getFileName()),
                    0,
                    0,
                    "UTF-8 ではありません。UTF-8 で保存し直してください",
                    "is not UTF-8; save it as UTF-8");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
