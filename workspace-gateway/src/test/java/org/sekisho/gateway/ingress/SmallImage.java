package org.sekisho.gateway.ingress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * An image of which real notebooks run, small enough for a test: of the built image {@code notebook} our own programs and
 * the packages that a kernel of Python needs, by what dpkg wrote down there, in one layer; over it another one.
 */
public final class SmallImage {
    private static final List<String> NEEDED = List.of("python3-ipykernel", "python3-nbclient", "bash", "coreutils");

    /** Ten thousand files for completing what somebody types. */
    private static final Set<String> NOT_NEEDED = Set.of("python3-jedi", "python3-typeshed");

    private static final List<String> BESIDES = List.of("bin", "lib", "lib64", "usr/lib/sekisho", "etc/sekisho");

    private final Path root;
    private final Map<String, List<String>> dependencies = new HashMap<>();
    private final Map<String, String> providers = new HashMap<>();

    private SmallImage(Path root) {
        this.root = root;
    }

    /** @param root of the built image */
    public static byte[] archive(Path root, Path scratch, ImageArchives.Entry... over)
            throws IOException, InterruptedException {
        var small = new SmallImage(root);
        small.readStatus();
        var list = Files.write(scratch.resolve("small-image-files"), small.files());
        var packed = new ByteArrayOutputStream();
        var plain = Quarantine.sha256();
        var tar = new ProcessBuilder(
                        "tar",
                        "--create",
                        "--directory=" + root,
                        "--no-recursion",
                        "--verbatim-files-from",
                        "--files-from=" + list)
                .redirectError(Redirect.INHERIT)
                .start();
        try (var out = new DigestOutputStream(new GZIPOutputStream(packed), plain)) {
            tar.getInputStream().transferTo(out);
        }
        if (tar.waitFor() != 0) {
            throw new IOException("tar ends with " + tar.exitValue());
        }
        return new ImageArchives.Image()
                .layer(
                        ImageArchives.GZIPPED,
                        packed.toByteArray(),
                        "sha256:" + HexFormat.of().formatHex(plain.digest()))
                .layer(over)
                .archive();
    }

    private void readStatus() throws IOException {
        for (var paragraph :
                Files.readString(root.resolve("var/lib/dpkg/status")).split("\n\n")) {
            var fields = paragraph
                    .lines()
                    .filter(line -> line.matches("[A-Z][A-Za-z-]*: .*"))
                    .map(line -> line.split(": ", 2))
                    .collect(Collectors.toMap(words -> words[0], words -> words[1]));
            var name = fields.getOrDefault("Package", "");
            dependencies.put(
                    name,
                    Stream.of("Depends", "Pre-Depends")
                            .flatMap(field -> list(fields.getOrDefault(field, "")))
                            .toList());
            list(fields.getOrDefault("Provides", "")).forEach(provided -> providers.putIfAbsent(name(provided), name));
        }
    }

    private static Stream<String> list(String field) {
        return Arrays.stream(field.split(",")).map(String::strip).filter(each -> !each.isEmpty());
    }

    /** Without version and architecture. */
    private static String name(String dependency) {
        return dependency.strip().replaceFirst("[ (:].*", "");
    }

    private Set<String> files() throws IOException {
        var packages = new TreeSet<String>();
        var left = new ArrayDeque<>(NEEDED);
        while (!left.isEmpty()) {
            var next = left.pop();
            if (!NOT_NEEDED.contains(next) && packages.add(next)) {
                dependencies.getOrDefault(next, List.of()).stream()
                        .flatMap(alternatives -> Arrays.stream(alternatives.split("\\|"))
                                .map(SmallImage::name)
                                .map(each -> dependencies.containsKey(each) ? each : providers.getOrDefault(each, ""))
                                .filter(each -> !each.isEmpty())
                                .limit(1))
                        .forEach(left::push);
            }
        }
        var files = new TreeSet<String>();
        for (var each : packages) {
            for (var list : List.of(each + ".list", each + ":amd64.list")) {
                var file = root.resolve("var/lib/dpkg/info").resolve(list);
                if (Files.exists(file)) {
                    Files.readAllLines(file).stream()
                            .filter(path -> path.length() > 1 && !path.equals("/."))
                            .map(path -> path.substring(1))
                            .filter(path -> Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS))
                            .forEach(files::add);
                }
            }
        }
        for (var each : BESIDES) {
            try (var below = Files.walk(root.resolve(each))) {
                below.map(path -> root.relativize(path).toString()).forEach(files::add);
            }
        }
        return files;
    }
}
