package org.sekisho.gateway.ingress;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * An OCI image layout (specification 1.1) in one tar, as {@code skopeo}, {@code podman save --format oci-archive} and
 * {@code docker save} from version 25 on write it. Its blobs are read where they lie, and none is believed that does not
 * have the size and the digest that another one names.
 */
final class OciArchive implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
    private static final int MOST_ENTRIES = 20_000;
    private static final long LONGEST_DOCUMENT = 4 << 20;

    /** A window of 128 MiB, as zstd has it without {@code --long}. */
    private static final int ZSTD_WINDOW = 27;

    private final FileChannel file;
    private final Map<String, Extent> entries = new HashMap<>();

    private OciArchive(FileChannel file) {
        this.file = file;
    }

    private record Extent(long at, long size) {}

    /** Reads one layer. */
    @FunctionalInterface
    interface LayerReader {
        void read(Tar tar) throws IOException;
    }

    /** @throws Unsound when it is no image layout */
    static OciArchive open(Path path) throws IOException {
        var archive =
                new OciArchive(FileChannel.open(path, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)));
        try {
            archive.look();
            return archive;
        } catch (IOException | RuntimeException failed) {
            archive.close();
            throw failed;
        }
    }

    private void look() throws IOException {
        file.position(0);
        var length = file.size();
        var seen = new HashMap<String, Extent>();
        var tar = new Tar(Channels.newInputStream(file));
        for (var entry = tar.next(); entry != null; entry = tar.next()) {
            if (entry.at() + entry.size() > length) {
                throw new Unsound("途中で切れています", "it is cut short");
            }
            var name = entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
            if (seen.size() >= MOST_ENTRIES
                    || (entry.kind() == Tar.Kind.FILE
                            && seen.put(name, new Extent(entry.at(), entry.size())) != null)) {
                throw new Unsound(
                        "OCI イメージレイアウトとして正しくありません（同じ名前が二度あるか、多すぎます）",
                        "not a sound OCI image layout: a name is there twice, or there are too many");
            }
        }
        if (!seen.containsKey("oci-layout") || !seen.containsKey("index.json")) {
            throw notALayout(seen.containsKey("manifest.json") || seen.containsKey("repositories"));
        }
        entries.putAll(seen);
    }

    private static Unsound notALayout(boolean isOldDocker) {
        return isOldDocker
                ? new Unsound(
                        "docker save の古い形式です。Docker 25 以降で保存し直すか、skopeo copy docker-archive:FILE oci-archive:NEW で変換してください",
                        "it is in the old format of docker save: save it with Docker 25 or later, or convert it with"
                                + " skopeo copy docker-archive:FILE oci-archive:NEW")
                : new Unsound(
                        "OCI イメージレイアウト（oci-layout と index.json を含む tar）ではありません。podman save --format oci-archive、skopeo copy … oci-archive:FILE、または Docker 25 以降の docker save で保存してください",
                        "not an OCI image layout, which is a tar with oci-layout and index.json: save it with"
                                + " podman save --format oci-archive, skopeo copy ... oci-archive:FILE, or docker save of"
                                + " Docker 25 or later");
    }

    /** A document of the layout itself, such as {@code index.json}. */
    JsonNode document(String name) throws IOException {
        var extent = entries.get(name);
        if (extent == null) {
            throw new Unsound(name + " がありません", name + " is missing");
        }
        return json(name, bytes(extent));
    }

    /** Whether the layout holds what a descriptor names; an index may name images of other machines that it has not. */
    boolean holds(JsonNode descriptor) throws IOException {
        return entries.containsKey(place(digest(descriptor)));
    }

    /** The document that a descriptor names. */
    JsonNode document(JsonNode descriptor) throws IOException {
        var digest = digest(descriptor);
        var bytes = bytes(extent(digest, descriptor.path("size").asLong(-1)));
        if (!digest.equals(
                "sha256:" + HexFormat.of().formatHex(Quarantine.sha256().digest(bytes)))) {
            throw lies(digest);
        }
        return json(digest, bytes);
    }

    static String digest(JsonNode descriptor) throws IOException {
        var digest = descriptor.path("digest").asText("");
        if (!DIGEST.matcher(digest).matches()) {
            throw new Unsound("SHA-256 でないダイジェストがあります", "a digest is not one of SHA-256");
        }
        return digest;
    }

    /**
     * Reads a layer to its end. When this returns, what was read had the digest of the layer, and unpacked the one that
     * the image's configuration names.
     *
     * @throws Unsound when it had not
     */
    void read(OciImage.Layer layer, Bounds bounds, LayerReader reader) throws IOException {
        var packed = Quarantine.sha256();
        var plain = Quarantine.sha256();
        try (var blob = new Slice(file, extent(layer.digest(), layer.bytes()));
                var buffered = new BufferedInputStream(new DigestInputStream(blob, packed), 1 << 16);
                var unpacked = bounds.count(new DigestInputStream(unpack(buffered), plain))) {
            reader.read(new Tar(unpacked));
            unpacked.transferTo(OutputStream.nullOutputStream());
            buffered.transferTo(OutputStream.nullOutputStream());
        } catch (ZipException | ZstdIOException malformed) {
            throw new Unsound("圧縮されたレイヤーとして正しくありません", "a layer is not soundly compressed");
        }
        if (!layer.digest().equals("sha256:" + HexFormat.of().formatHex(packed.digest()))) {
            throw lies(layer.digest());
        }
        if (!layer.diffId().equals("sha256:" + HexFormat.of().formatHex(plain.digest()))) {
            throw lies(layer.diffId());
        }
    }

    private static InputStream unpack(BufferedInputStream blob) throws IOException {
        blob.mark(4);
        var head = HexFormat.of().formatHex(blob.readNBytes(4));
        blob.reset();
        if (head.startsWith("1f8b")) {
            return new GZIPInputStream(blob, 1 << 16);
        }
        return head.equals("28b52ffd") ? new ZstdInputStreamNoFinalizer(blob).setLongMax(ZSTD_WINDOW) : blob;
    }

    private static Unsound lies(String digest) {
        return new Unsound(
                "内容がダイジェスト %s と一致しません".formatted(digest), "its bytes do not have the digest %s".formatted(digest));
    }

    private byte[] bytes(Extent extent) throws IOException {
        if (extent.size() > LONGEST_DOCUMENT) {
            throw new Unsound("JSON 文書が大きすぎます", "a document of the layout is too large");
        }
        try (var slice = new Slice(file, extent)) {
            return slice.readAllBytes();
        }
    }

    private static JsonNode json(String name, byte[] bytes) throws IOException {
        try {
            var tree = JSON.readTree(bytes);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (JsonProcessingException malformed) {
            // said below
        }
        throw new Unsound(name + " は JSON として正しくありません", name + " is not sound JSON");
    }

    private Extent extent(String digest, long size) throws IOException {
        var extent = entries.get(place(digest));
        if (extent == null) {
            throw new Unsound("レイアウトに %s がありません".formatted(digest), "the layout has no %s".formatted(digest));
        }
        if (extent.size() != size) {
            throw new Unsound(
                    "%s の大きさが記載と違います".formatted(digest),
                    "%s does not have the size that is told of it".formatted(digest));
        }
        return extent;
    }

    private static String place(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Part of the file, read without moving anybody's position. */
    private static final class Slice extends InputStream {
        private final FileChannel file;
        private long at;
        private final long end;

        Slice(FileChannel file, Extent extent) {
            this.file = file;
            at = extent.at();
            end = extent.at() + extent.size();
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            var got = file.read(java.nio.ByteBuffer.wrap(into, from, (int) Math.min(length, end - at)), at);
            at += Math.max(0, got);
            return got;
        }

        /** Readers of gzip ask this to know whether another member follows. */
        @Override
        public int available() {
            return (int) Math.min(end - at, Integer.MAX_VALUE);
        }
    }
}
