package org.sekisho.gateway.ingress;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * What an image is once its layers lie over one another: every name, and of every file its size, time and SHA-256. It is
 * what a steward accepts, what is unpacked, and what the unpacked is compared with. One line each, its words parted by
 * tabs:
 *
 * <pre>
 * d SECONDS PATH
 * f 644|755 SECONDS SIZE SHA-256 LAYER ENTRY PATH    the bytes are this entry of this layer, both from 0
 * h PATH FIRST                                       one more name of a file
 * l PATH TARGET                                      a symbolic link
 * </pre>
 */
final class ImageListing {
    private static final int MOST_FIELDS = 8;

    private ImageListing() {}

    sealed interface Line {
        String path();
    }

    record Folder(String path, long seconds) implements Line {}

    record Bytes(String path, boolean executable, long seconds, long size, String sha256, int layer, int entry)
            implements Line {}

    record Again(String path, String first) implements Line {}

    record Link(String path, String target) implements Line {}

    static List<Line> of(ImageTree tree) {
        var lines = new ArrayList<Line>();
        var first = new IdentityHashMap<ImageTree.Content, String>();
        tree.each((path, node) -> lines.add(
                switch (node.kind) {
                    case FOLDER -> new Folder(path, node.seconds());
                    case LINK -> new Link(path, node.link);
                    case FILE -> {
                        var content = node.content;
                        if (content == null) {
                            throw new IllegalStateException("a file without content");
                        }
                        var before = first.putIfAbsent(content, path);
                        yield before == null
                                ? new Bytes(
                                        path,
                                        content.executable(),
                                        content.seconds(),
                                        content.size(),
                                        content.sha256(),
                                        content.layer(),
                                        content.entry())
                                : new Again(path, before);
                    }
                }));
        return lines;
    }

    /** @return its SHA-256 */
    static String write(List<Line> lines, Path file) throws IOException {
        var digest = Quarantine.sha256();
        try (var out = new BufferedWriter(new OutputStreamWriter(
                new DigestOutputStream(Files.newOutputStream(file), digest), StandardCharsets.UTF_8))) {
            for (var line : lines) {
                out.write(words(line));
                out.write('\n');
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static String words(Line line) {
        return switch (line) {
            case Folder(var path, var seconds) -> String.join("\t", "d", "" + seconds, path);
            case Bytes file ->
                String.join(
                        "\t",
                        "f",
                        file.executable() ? "755" : "644",
                        "" + file.seconds(),
                        "" + file.size(),
                        file.sha256(),
                        "" + file.layer(),
                        "" + file.entry(),
                        file.path());
            case Again(var path, var first) -> String.join("\t", "h", path, first);
            case Link(var path, var target) -> String.join("\t", "l", path, target);
        };
    }

    /** Something is not what was accepted. */
    static final class Changed extends IOException {
        private static final long serialVersionUID = 1;

        Changed(String what) {
            super(what + " is not what was accepted");
        }
    }

    /** @throws Changed when it is not the one of this SHA-256 */
    static List<Line> read(Path file, String sha256) throws IOException {
        var bytes = Files.readAllBytes(file);
        if (!HexFormat.of().formatHex(Quarantine.sha256().digest(bytes)).equals(sha256)) {
            throw new Changed("the list of an image's files");
        }
        return new String(bytes, StandardCharsets.UTF_8)
                .lines()
                .map(ImageListing::line)
                .toList();
    }

    private static Line line(String text) {
        var words = text.split("\t", MOST_FIELDS);
        return switch (words[0]) {
            case "d" -> new Folder(words[2], Long.parseLong(words[1]));
            case "f" ->
                new Bytes(
                        words[7],
                        words[1].equals("755"),
                        Long.parseLong(words[2]),
                        Long.parseLong(words[3]),
                        words[4],
                        Integer.parseInt(words[5]),
                        Integer.parseInt(words[6]));
            case "h" -> new Again(words[1], words[2]);
            case "l" -> new Link(words[1], words[2]);
            default -> throw new IllegalStateException("a line of a list that was accepted does not read");
        };
    }
}
