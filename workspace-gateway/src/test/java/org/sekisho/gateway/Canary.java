package org.sekisho.gateway;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** A word that must not be found: as it is, reversed, in hexadecimal, base64 or UTF-16, and inside gzip. */
record Canary(String word) {
    private static final int PIECE = 1 << 20;
    private static final byte[] ZEROS = new byte[PIECE];
    private static final byte[] GZIP = {0x1f, (byte) 0x8b, 8};

    /** The word in every form that is looked for, as ISO 8859-1. */
    Set<String> forms() {
        var forms = new TreeSet<String>();
        forms.add(word);
        forms.add(new StringBuilder(word).reverse().toString());
        var bytes = word.getBytes(StandardCharsets.US_ASCII);
        forms.add(HexFormat.of().formatHex(bytes));
        forms.add(HexFormat.of().withUpperCase().formatHex(bytes));
        forms.add(new String(word.getBytes(StandardCharsets.UTF_16LE), StandardCharsets.ISO_8859_1));
        forms.add(new String(word.getBytes(StandardCharsets.UTF_16BE), StandardCharsets.ISO_8859_1));
        for (int before = 0; before < 3; before++) {
            var shifted =
                    Base64.getEncoder().encodeToString((" ".repeat(before) + word).getBytes(StandardCharsets.US_ASCII));
            forms.add(shifted.substring(before == 0 ? 0 : 4, shifted.length() - 4));
        }
        return forms;
    }

    /** Files at or below a folder that hold it anywhere in their bytes or have it in their names; a mount is looked into. */
    List<String> below(Path root, Path... without) throws IOException {
        var found = new ArrayList<String>();
        try (var files = Files.walk(root)) {
            for (var file : files.filter(path -> List.of(without).stream().noneMatch(path::startsWith))
                    .toList()) {
                var path = root.relativize(file).toString();
                if (path.contains(word) || (Files.isRegularFile(file) && isIn(file))) {
                    found.add(path);
                }
            }
        }
        return found;
    }

    private boolean isIn(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return isIn(in, true);
        }
    }

    private boolean isIn(InputStream in, boolean unpack) throws IOException {
        var forms = forms();
        var overlap = forms.stream().mapToInt(String::length).max().orElseThrow();
        var tail = "";
        for (var piece = in.readNBytes(PIECE); piece.length > 0; piece = in.readNBytes(PIECE)) {
            if (Arrays.equals(piece, 0, piece.length, ZEROS, 0, piece.length)) {
                tail = "";
                continue;
            }
            var text = tail + new String(piece, StandardCharsets.ISO_8859_1);
            if (forms.stream().anyMatch(text::contains) || (unpack && isPackedIn(piece))) {
                return true;
            }
            tail = text.substring(Math.max(0, text.length() - overlap));
        }
        return false;
    }

    /** What begins like gzip and lies in one piece. */
    private boolean isPackedIn(byte[] piece) {
        for (int i = 0; i + GZIP.length < piece.length; i++) {
            if (piece[i] == GZIP[0] && piece[i + 1] == GZIP[1] && piece[i + 2] == GZIP[2] && isUnpacked(piece, i)) {
                return true;
            }
        }
        return false;
    }

    private boolean isUnpacked(byte[] piece, int from) {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(piece, from, piece.length - from))) {
            return isIn(in, false);
        } catch (IOException notGzip) {
            return false;
        }
    }
}
