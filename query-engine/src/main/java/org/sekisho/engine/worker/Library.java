package org.sekisho.engine.worker;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.sekisho.engine.EngineException;
import org.sekisho.engine.sandbox.Modes;

/**
 * What a worker process loads, laid out once in {@code HOME/lib/<fingerprint>}: the jars of its class path without the
 * native libraries in them, and DuckDB's native library unpacked. The driver's own way, unpacking 70 MB at every
 * start, takes twice as long and leaves the file behind when the process is killed.
 */
final class Library {

    private static final String NATIVE_IN_JAR = "libduckdb_java.so_";
    static final String NATIVE = "libduckdb_java.so";
    static final String CACHE = "worker.aot";

    /** One class of each jar that a worker needs; a class path is then what the gateway itself was started with. */
    private static final List<String> ANCHORS = List.of(
            WorkerMain.class.getName(),
            "org.duckdb.DuckDBDriver",
            VectorSchemaRoot.class.getName(),
            "org.apache.arrow.memory.BufferAllocator",
            "org.apache.arrow.memory.unsafe.UnsafeAllocationManager",
            "org.apache.arrow.c.Data",
            "org.apache.arrow.flatbuf.Message",
            "com.google.flatbuffers.Table",
            "com.fasterxml.jackson.core.JsonFactory",
            "com.fasterxml.jackson.databind.ObjectMapper",
            "com.fasterxml.jackson.annotation.JsonProperty",
            "org.slf4j.Logger");

    private final Path directory;
    private final List<String> jars;

    private Library(Path directory, List<String> jars) {
        this.directory = directory;
        this.jars = jars;
    }

    /** Unpacks what is not there yet; safe to call from several processes at a time. */
    static Library in(Path home) {
        try {
            var sources = sources();
            var directory = home.resolve("lib").resolve(fingerprint(sources));
            if (!Files.isDirectory(directory)) {
                unpack(sources, directory);
            }
            return new Library(directory, names(sources));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Path directory() {
        return directory;
    }

    /** The class path as seen where the library's directory is mounted at {@code at}. */
    String classPath(String at) {
        return String.join(":", jars.stream().map(jar -> at + "/" + jar).toList());
    }

    /** Cached classes of an earlier run, when there are any yet. */
    boolean cached() {
        return Files.isRegularFile(directory.resolve(CACHE));
    }

    private static List<Path> sources() {
        Set<Path> paths = new LinkedHashSet<>();
        for (var anchor : ANCHORS) {
            try {
                var source = Class.forName(anchor, false, Library.class.getClassLoader())
                        .getProtectionDomain()
                        .getCodeSource();
                paths.add(Path.of(source.getLocation().toURI()));
            } catch (ClassNotFoundException | URISyntaxException e) {
                throw new EngineException("class-path", "a worker's class path lacks " + anchor, e);
            }
        }
        return List.copyOf(paths);
    }

    private static List<String> names(List<Path> sources) {
        return sources.stream().map(Library::name).toList();
    }

    private static String name(Path source) {
        var file = String.valueOf(source.getFileName());
        return Files.isDirectory(source) ? "engine.jar" : file;
    }

    private static String fingerprint(List<Path> sources) throws IOException {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (var source : sources) {
                try (var files = Files.walk(source)) {
                    for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                        var line = file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file);
                        digest.update(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest(), 0, 6);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void unpack(List<Path> sources, Path directory) throws IOException {
        var parent = Files.createDirectories(directory).getParent();
        Files.delete(directory);
        var fresh = Files.createTempDirectory(parent, "new");
        for (var source : sources) {
            var jar = fresh.resolve(name(source));
            if (Files.isDirectory(source)) {
                pack(source, jar);
            } else {
                copyWithoutNatives(source, jar, fresh);
            }
        }
        readable(fresh);
        try {
            Files.move(fresh, directory, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException | FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar));
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
                Files.copy(file, zip);
            }
        }
    }

    private static void copyWithoutNatives(Path source, Path jar, Path directory) throws IOException {
        try (var in = new JarFile(source.toFile())) {
            if (in.stream().noneMatch(entry -> entry.getName().startsWith(NATIVE_IN_JAR))) {
                Files.copy(source, jar);
                return;
            }
            try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
                for (var entry : (Iterable<java.util.jar.JarEntry>) in.stream()::iterator) {
                    if (entry.getName().equals(NATIVE_IN_JAR + platform())) {
                        copy(in.getInputStream(entry), Files.newOutputStream(directory.resolve(NATIVE)));
                    } else if (!entry.getName().startsWith(NATIVE_IN_JAR)) {
                        zip.putNextEntry(new ZipEntry(entry.getName()));
                        in.getInputStream(entry).transferTo(zip);
                    }
                }
            }
        }
    }

    private static String platform() {
        var architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        var arm = architecture.contains("aarch64") || architecture.contains("arm64");
        return "linux_" + (arm ? "arm64" : "amd64");
    }

    private static void copy(InputStream from, OutputStream to) throws IOException {
        try (from;
                to) {
            from.transferTo(to);
        }
    }

    /** A worker runs under a user of its own; the home directory above keeps everybody else out. */
    private static void readable(Path directory) throws IOException {
        Modes.set(directory, "rwxr-xr-x");
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Modes.set(file, "rw-r--r--");
            }
        }
    }
}
