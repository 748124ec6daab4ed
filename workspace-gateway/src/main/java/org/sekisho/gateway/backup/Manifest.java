package org.sekisho.gateway.backup;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Json;

/**
 * What a backup holds: JSON lines, the first about all of it, then one for each folder, file and link, folders before
 * what is in them.
 */
record Manifest(Head head, List<Piece> pieces) {
    static final String FORMAT = "sekisho-backup-1";

    Manifest {
        pieces = List.copyOf(pieces);
    }

    /**
     * @param id of the entry in the log that announces the backup
     * @param logRoot of the tree of so many entries, hexadecimal
     */
    record Head(String format, String id, Instant made, long logSize, String logRoot) {}

    enum Kind {
        FOLDER,
        FILE,
        LINK
    }

    /**
     * @param path below the home, with slashes
     * @param mode permissions, octal
     * @param bytes of a file
     * @param to of a link
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Piece(
            String path,
            Kind kind,
            String mode,
            int user,
            int group,
            @Nullable Long bytes,
            @Nullable Instant modified,
            @Nullable String sha256,
            @Nullable String to) {
        /** As it lies there, without what is in it. */
        static Piece of(Path original, String path, Kind kind) throws IOException {
            int mode = (Integer) Files.getAttribute(original, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return new Piece(
                    path,
                    kind,
                    Integer.toOctalString(mode & 07777),
                    (Integer) Files.getAttribute(original, "unix:uid", LinkOption.NOFOLLOW_LINKS),
                    (Integer) Files.getAttribute(original, "unix:gid", LinkOption.NOFOLLOW_LINKS),
                    null,
                    kind == Kind.FILE
                            ? Files.getLastModifiedTime(original, LinkOption.NOFOLLOW_LINKS)
                                    .toInstant()
                            : null,
                    null,
                    null);
        }

        Piece with(Copied copied) {
            return new Piece(path, kind, mode, user, group, copied.bytes(), modified, copied.sha256(), to);
        }

        Piece to(Path target) {
            return new Piece(path, kind, mode, user, group, bytes, modified, sha256, target.toString());
        }

        /** @throws IllegalArgumentException when it leads out of the folder */
        Path below(Path folder) {
            var place = folder.resolve(path).normalize();
            if (!place.startsWith(folder) || place.equals(folder)) {
                throw new IllegalArgumentException("the manifest names a place outside the home");
            }
            return place;
        }
    }

    long files() {
        return pieces.stream().filter(piece -> piece.kind() == Kind.FILE).count();
    }

    long bytes() {
        return pieces.stream()
                .mapToLong(piece -> piece.bytes() == null ? 0 : piece.bytes())
                .sum();
    }

    byte[] text() {
        var text = new StringBuilder();
        try {
            text.append(Json.MAPPER.writeValueAsString(head)).append('\n');
            for (var piece : pieces) {
                text.append(Json.MAPPER.writeValueAsString(piece)).append('\n');
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** Each place once, and below folders that came before: so nothing is ever written through a link. */
    private static void mustNest(List<Piece> pieces) {
        var kinds = new HashMap<Path, Kind>();
        for (var piece : pieces) {
            var place = Path.of(piece.path());
            var above = place.getParent();
            if (!place.equals(place.normalize()) || (above != null && kinds.get(above) != Kind.FOLDER)) {
                throw new IllegalArgumentException(
                        "the manifest names " + piece.path() + ", which lies in none of its folders");
            }
            if (kinds.put(place, piece.kind()) != null) {
                throw new IllegalArgumentException("the manifest names " + piece.path() + " twice");
            }
        }
    }

    /** @throws IllegalArgumentException for what {@link #text} would not have written */
    static Manifest parse(byte[] text) {
        var lines = new String(text, StandardCharsets.UTF_8).lines().toList();
        try {
            var head = Json.MAPPER.readValue(lines.isEmpty() ? "{}" : lines.getFirst(), Head.class);
            if (!FORMAT.equals(head.format())) {
                throw new IllegalArgumentException("the manifest is not of a kind that is known here");
            }
            var pieces = new ArrayList<Piece>();
            for (var line : lines.subList(1, lines.size())) {
                pieces.add(Json.MAPPER.readValue(line, Piece.class));
            }
            mustNest(pieces);
            return new Manifest(head, pieces);
        } catch (JsonProcessingException odd) {
            throw new IllegalArgumentException("the manifest cannot be read", odd);
        }
    }
}
