package org.sekisho.gateway.ingress;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives made for tests: sound ones, and ones that nobody should take. */
public final class Packages {
    private Packages() {}

    /** A wheel of one module, with a RECORD that vouches for it. */
    public static byte[] wheel(String name, String version) {
        return wheel(name, version, Map.of());
    }

    public static byte[] wheel(String name, String version, Map<String, String> more) {
        var info = name + "-" + version + ".dist-info/";
        var files = new LinkedHashMap<String, String>();
        files.put(name + "/__init__.py", "answer = 42\n");
        files.put(info + "METADATA", "Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n\nwords\n");
        files.put(info + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n");
        files.putAll(more);
        var record = new StringBuilder();
        files.forEach((path, text) -> record.append(path)
                .append(",sha256=")
                .append(hash(text))
                .append(',')
                .append(text.length())
                .append('\n'));
        files.putIfAbsent(
                info + "RECORD", record.append(info).append("RECORD,,\n").toString());
        return zip(files);
    }

    public static byte[] zip(Map<String, String> files) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** As {@code R CMD INSTALL --build} makes it. */
    public static byte[] builtR(String name, String version) {
        return tarGz(Map.of(
                name + "/DESCRIPTION",
                "Package: " + name + "\nVersion: " + version + "\nBuilt: R 4.5.2; ; 2026-11-01 00:00:00 UTC; unix\n",
                name + "/R/" + name,
                "answer <- 42\n"));
    }

    public static byte[] tarGz(Map<String, String> files) {
        return tarGz(files, '0');
    }

    public static byte[] tarGz(Map<String, String> files, char type) {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                var content = file.getValue().getBytes(StandardCharsets.UTF_8);
                gzip.write(header(file.getKey(), type == '0' ? content.length : 0, type));
                if (type == '0') {
                    gzip.write(content);
                    gzip.write(new byte[(512 - content.length % 512) % 512]);
                }
            }
            gzip.write(new byte[1024]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** An R package that begins with this extended header. */
    static byte[] tarGzWithPax(String records) {
        var bytes = new ByteArrayOutputStream();
        var content = records.getBytes(StandardCharsets.UTF_8);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(header("pax", content.length, 'x'));
            gzip.write(content);
            gzip.write(new byte[512 - content.length]);
            gzip.write(header("tinystat/DESCRIPTION", 0, '0'));
            gzip.write(new byte[1024]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] header(String name, long size, char type) {
        var header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644\0");
        put(header, 124, "%011o\0".formatted(size));
        put(header, 148, "        ");
        header[156] = (byte) type;
        put(header, 257, "ustar\00000");
        int sum = 0;
        for (var b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum));
        return header;
    }

    private static void put(byte[] header, int at, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, at == 0 ? 100 : bytes.length));
    }

    private static String hash(String text) {
        var digest = Quarantine.sha256().digest(text.getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }
}
