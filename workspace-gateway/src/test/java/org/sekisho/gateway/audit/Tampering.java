package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What somebody with access to the disk might do. */
final class Tampering {
    private Tampering() {}

    /** Into a folder that may be there already. */
    static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (var file : files.toList()) {
                var target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
    }

    static void flip(Path file, long at) throws IOException {
        flip(file, at, 1);
    }

    static void flip(Path file, long at, int mask) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= (byte) mask;
        Files.write(file, bytes);
    }

    /** The first time that it stands behind the mark. */
    static void replaceAfter(Path file, String mark, String old, String with) throws IOException {
        var text = new StringBuilder(Files.readString(file, StandardCharsets.ISO_8859_1));
        int at = text.indexOf(old, text.indexOf(mark));
        text.replace(at, at + old.length(), with);
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }

    /** In the first line that contains the mark. */
    static void replaceIn(Path file, String mark, String old, String with) throws IOException {
        var text = new StringBuilder(Files.readString(file, StandardCharsets.ISO_8859_1));
        int start = text.lastIndexOf("\n", text.indexOf(mark)) + 1;
        int at = text.indexOf(old, start);
        text.replace(at, at + old.length(), with);
        Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    }
}
