package org.sekisho.gateway.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What somebody with access to the disk might do. */
final class Tampering {
    private Tampering() {}

    static void flip(Path file, long at) throws IOException {
        flip(file, at, 1);
    }

    static void flip(Path file, long at, int mask) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[(int) at] ^= (byte) mask;
        Files.write(file, bytes);
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
