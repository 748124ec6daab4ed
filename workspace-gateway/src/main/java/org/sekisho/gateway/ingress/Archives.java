package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** Reads archives of strangers entry by entry. Nothing is unpacked here; what is odd ends the reading with words. */
final class Archives {
    private Archives() {}

    /** Reads one file of an archive; folders are not told. The stream need not be read to its end. */
    @FunctionalInterface
    interface Reader {
        void read(String path, InputStream bytes) throws IOException;
    }

    /** By the central directory, as every reader but a streaming one sees it. */
    static void zip(Path file, Bounds bounds, Reader reader) throws IOException {
        var seen = new HashSet<String>();
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            for (var entry : Collections.list(zip.entries())) {
                bounds.entry();
                check(entry.getName(), seen);
                if (!entry.isDirectory()) {
                    read(zip, entry, bounds, reader);
                }
            }
        } catch (ZipException malformed) {
            throw new Unsound("ZIP として正しくありません", "not a sound zip");
        }
    }

    private static void read(ZipFile zip, ZipEntry entry, Bounds bounds, Reader reader) throws IOException {
        try (var bytes = bounds.count(zip.getInputStream(entry))) {
            reader.read(entry.getName(), bytes);
            bytes.transferTo(OutputStream.nullOutputStream());
        }
    }

    static void tarGz(Path file, Bounds bounds, Reader reader) throws IOException {
        var seen = new HashSet<String>();
        try (var counted = bounds.count(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            var tar = new Tar(counted);
            for (var entry = tar.next(); entry != null; entry = tar.next()) {
                bounds.entry();
                check(entry.name(), seen);
                if (entry.kind() != Tar.Kind.FILE && entry.kind() != Tar.Kind.FOLDER) {
                    throw new Unsound(
                            "リンクや特殊ファイルを含みます：" + Names.visible(entry.name()),
                            "it holds a link or a special file: " + Names.visible(entry.name()));
                }
                if (entry.kind() == Tar.Kind.FILE) {
                    reader.read(entry.name(), tar.bytes());
                }
            }
            // to the checksum, which alone says that nothing was cut off
            counted.transferTo(OutputStream.nullOutputStream());
        } catch (ZipException malformed) {
            throw new Unsound("gzip として正しくありません", "not a sound gzip");
        }
    }

    /** Unpacks it to nowhere, to see that it ends. */
    static void gzip(Path file, Bounds bounds) throws IOException {
        try (var in = bounds.count(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (ZipException malformed) {
            throw new Unsound("gzip として正しくありません", "not a sound gzip");
        }
    }

    private static void check(String path, Set<String> seen) throws Unsound {
        if (!Names.isSoundPath(path)) {
            throw new Unsound(
                    "中のファイル名が正しくありません：" + Names.visible(path), "a name inside is not sound: " + Names.visible(path));
        }
        if (!seen.add(path)) {
            throw new Unsound("同じ名前が二度あります：" + Names.visible(path), "a name is there twice: " + Names.visible(path));
        }
    }
}
