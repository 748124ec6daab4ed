package org.sekisho.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** Container images made for tests: layers entry by entry, and the archive around them. */
public final class ImageArchives {
    public static final String GZIPPED = "application/vnd.oci.image.layer.v1.tar+gzip";
    static final String PLAIN = "application/vnd.oci.image.layer.v1.tar";
    static final String ZSTANDARD = "application/vnd.oci.image.layer.v1.tar+zstd";
    static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    static final String INDEX = "application/vnd.oci.image.index.v1+json";
    static final String CONFIGURATION = "application/vnd.oci.image.config.v1+json";

    private ImageArchives() {}

    /** One entry of a tar. */
    public static final class Entry {
        private final String name;
        private final char type;
        private final byte[] bytes;
        private final int mode;
        private final long seconds;
        private final String link;
        private final String pax;

        Entry(String name, char type, byte[] bytes, int mode, long seconds, String link, String pax) {
            this.name = name;
            this.type = type;
            this.bytes = bytes;
            this.mode = mode;
            this.seconds = seconds;
            this.link = link;
            this.pax = pax;
        }

        public Entry mode(int changed) {
            return new Entry(name, type, bytes, changed, seconds, link, pax);
        }

        Entry seconds(long changed) {
            return new Entry(name, type, bytes, mode, changed, link, pax);
        }

        /** With one record of an extended header. */
        Entry with(String key, String value) {
            var length = key.length() + value.getBytes(UTF_8).length + 3;
            length += Integer.toString(length + 2).length();
            return new Entry(name, type, bytes, mode, seconds, link, pax + length + " " + key + "=" + value + "\n");
        }
    }

    public static Entry file(String name, String text) {
        return file(name, text.getBytes(UTF_8));
    }

    public static Entry file(String name, byte[] bytes) {
        return new Entry(name, '0', bytes, 0644, 1_700_000_000, "", "");
    }

    public static Entry program(String name) {
        return file(name, "#!/bin/sh\n").mode(0755);
    }

    static Entry folder(String name) {
        return new Entry(name, '5', new byte[0], 0755, 1_600_000_000, "", "");
    }

    static Entry link(String name, String target) {
        return new Entry(name, '2', new byte[0], 0777, 0, target, "");
    }

    static Entry hard(String name, String target) {
        return new Entry(name, '1', new byte[0], 0644, 0, target, "");
    }

    static Entry device(String name) {
        return new Entry(name, '3', new byte[0], 0666, 0, "", "");
    }

    /** What every image for notebooks has. */
    public static Entry[] notebook(Entry... more) {
        return Stream.concat(
                        Stream.of(folder("usr/"), folder("usr/lib/"), program("usr/lib/sekisho/run-notebook")),
                        Arrays.stream(more))
                .toArray(Entry[]::new);
    }

    public static byte[] tar(Entry... entries) {
        var bytes = new ByteArrayOutputStream();
        for (var entry : entries) {
            if (!entry.pax.isEmpty()) {
                var records = entry.pax.getBytes(UTF_8);
                put(bytes, header("pax", 'x', records.length, 0644, 0, ""), records);
            }
            put(
                    bytes,
                    header(entry.name, entry.type, entry.bytes.length, entry.mode, entry.seconds, entry.link),
                    entry.bytes);
        }
        bytes.writeBytes(new byte[1024]);
        return bytes.toByteArray();
    }

    private static void put(ByteArrayOutputStream bytes, byte[] header, byte[] content) {
        bytes.writeBytes(header);
        bytes.writeBytes(content);
        bytes.writeBytes(new byte[(512 - content.length % 512) % 512]);
    }

    static byte[] header(String name, char type, long size, int mode, long seconds, String link) {
        var header = new byte[512];
        put(header, 0, name, 100);
        put(header, 100, "%07o\0".formatted(mode), 8);
        put(header, 124, "%011o\0".formatted(size), 12);
        put(header, 136, "%011o\0".formatted(seconds), 12);
        put(header, 148, "        ", 8);
        header[156] = (byte) type;
        put(header, 157, link, 100);
        put(header, 257, "ustar\00000", 8);
        int sum = 0;
        for (var b : header) {
            sum += b & 0xff;
        }
        put(header, 148, "%06o\0 ".formatted(sum), 8);
        return header;
    }

    private static void put(byte[] header, int at, String text, int room) {
        var bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, header, at, Math.min(bytes.length, room));
    }

    public static byte[] gzip(byte[] bytes) {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    static byte[] zstandard(byte[] bytes) {
        return Zstd.compress(bytes);
    }

    /** An image in the making. */
    public static final class Image {
        private final List<byte[]> blobs = new ArrayList<>();
        private final List<String> types = new ArrayList<>();
        private final List<String> differences = new ArrayList<>();
        String platform = "\"architecture\":\"amd64\",\"os\":\"linux\"";

        /** Gzipped, as most are. */
        public Image layer(Entry... entries) {
            var tar = tar(entries);
            return layer(GZIPPED, gzip(tar), tar);
        }

        /** @param tar whose digest the configuration names */
        Image layer(String type, byte[] blob, byte[] tar) {
            return layer(type, blob, digest(tar));
        }

        /** @param difference digest of its tar, as the configuration names it */
        Image layer(String type, byte[] blob, String difference) {
            types.add(type);
            blobs.add(blob);
            differences.add(difference);
            return this;
        }

        /** The entries of the archive by their names, to be put together or to be meddled with. */
        public Map<String, byte[]> parts() {
            var parts = new LinkedHashMap<String, byte[]>();
            parts.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
            var manifest = manifest(parts);
            parts.put(
                    "index.json",
                    "{\"schemaVersion\":2,\"manifests\":[%s]}"
                            .formatted(descriptor(MANIFEST, manifest))
                            .getBytes(UTF_8));
            return parts;
        }

        /** Adds its blobs; answers its manifest. */
        byte[] manifest(Map<String, byte[]> parts) {
            var layers = new ArrayList<String>();
            for (int i = 0; i < blobs.size(); i++) {
                layers.add(descriptor(types.get(i), blobs.get(i)));
                parts.put(blob(blobs.get(i)), blobs.get(i));
            }
            var configuration = "{%s,\"rootfs\":{\"type\":\"layers\",\"diff_ids\":[%s]}}"
                    .formatted(
                            platform,
                            differences.stream()
                                    .map(digest -> '"' + digest + '"')
                                    .collect(Collectors.joining(",")))
                    .getBytes(UTF_8);
            var manifest = "{\"schemaVersion\":2,\"mediaType\":\"%s\",\"config\":%s,\"layers\":[%s]}"
                    .formatted(MANIFEST, descriptor(CONFIGURATION, configuration), String.join(",", layers))
                    .getBytes(UTF_8);
            parts.put(blob(configuration), configuration);
            parts.put(blob(manifest), manifest);
            return manifest;
        }

        public byte[] archive() {
            return ImageArchives.archive(parts());
        }
    }

    public static byte[] archive(Map<String, byte[]> parts) {
        return tar(parts.entrySet().stream()
                .map(part -> file(part.getKey(), part.getValue()))
                .toArray(Entry[]::new));
    }

    static String descriptor(String type, byte[] blob) {
        return "{\"mediaType\":\"%s\",\"digest\":\"%s\",\"size\":%d}".formatted(type, digest(blob), blob.length);
    }

    static String blob(byte[] bytes) {
        return "blobs/" + digest(bytes).replace(':', '/');
    }

    static String digest(byte[] bytes) {
        return "sha256:" + HexFormat.of().formatHex(Quarantine.sha256().digest(bytes));
    }
}
