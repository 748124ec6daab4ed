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

    /**
     * @return the text, or nothing when it is longer than anybody reads
     * @throws Unreadable when it is not UTF-8
     */
    public static Optional<String> read(Path file) {
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(BYTES_AT_MOST + 1);
            if (bytes.length > BYTES_AT_MOST) {
                return Optional.empty();
            }
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.lines().anyMatch(line -> line.length() > LINE_AT_MOST) ? Optional.empty() : Optional.of(text);
        } catch (CharacterCodingException broken) {
            throw new Unreadable(String.valueOf(file.getFileName()), 0, 0, "is not UTF-8; save it as UTF-8");
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
