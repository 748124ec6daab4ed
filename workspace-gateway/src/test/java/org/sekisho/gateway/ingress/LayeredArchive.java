package org.sekisho.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** Lays one more layer over an archive that lies on the disk, as somebody who builds FROM it would. */
public final class LayeredArchive {
    private static final ObjectMapper JSON = new ObjectMapper();

    private LayeredArchive() {}

    /** @param base an archive of one image, whose blobs are taken over as they are */
    public static void write(Path base, Path into, ImageArchives.Entry... entries) throws IOException {
        try (var file = FileChannel.open(base)) {
            var blobs = new LinkedHashMap<String, Tar.Entry>();
            var small = new HashMap<String, byte[]>();
            var tar = new Tar(Channels.newInputStream(file));
            for (var entry = tar.next(); entry != null; entry = tar.next()) {
                blobs.put(entry.name(), entry);
                if (entry.size() < 1 << 20) {
                    small.put(entry.name(), tar.bytes().readAllBytes());
                }
            }
            var index = tree(small.get("index.json"));
            var manifest = tree(small.get(place(index.at("/manifests/0/digest").asText())));
            var layer = manifest.at("/layers/0/digest").asText();
            var parts = over(manifest, tree(small.get(place(manifest.at("/config/digest").asText()))), entries);
            try (var out = new BufferedOutputStream(Files.newOutputStream(into), 1 << 20)) {
                for (var part : parts.entrySet()) {
                    put(out, part.getKey(), part.getValue());
                }
                copy(file, blobs.get(place(layer)), out);
                out.write(new byte[1024]);
            }
        }
    }

    private static Map<String, byte[]> over(
            ObjectNode manifest, ObjectNode configuration, ImageArchives.Entry... entries) throws IOException {
        var plain = ImageArchives.tar(entries);
        var packed = ImageArchives.gzip(plain);
        ((ArrayNode) configuration.at("/rootfs/diff_ids")).add(ImageArchives.digest(plain));
        ((ArrayNode) manifest.path("layers"))
                .add(JSON.readTree(ImageArchives.descriptor(ImageArchives.GZIPPED, packed)));
        var settings = JSON.writeValueAsBytes(configuration);
        manifest.set("config", JSON.readTree(ImageArchives.descriptor(ImageArchives.CONFIGURATION, settings)));
        var whole = JSON.writeValueAsBytes(manifest);
        var parts = new LinkedHashMap<String, byte[]>();
        parts.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
        parts.put(
                "index.json",
                "{\"schemaVersion\":2,\"manifests\":[%s]}"
                        .formatted(ImageArchives.descriptor(ImageArchives.MANIFEST, whole))
                        .getBytes(UTF_8));
        for (var blob : new byte[][] {packed, settings, whole}) {
            parts.put(ImageArchives.blob(blob), blob);
        }
        return parts;
    }

    private static ObjectNode tree(byte[] json) throws IOException {
        return (ObjectNode) JSON.readTree(json);
    }

    private static String place(String digest) {
        return "blobs/" + digest.replace(':', '/');
    }

    private static void put(OutputStream out, String name, byte[] bytes) throws IOException {
        out.write(ImageArchives.header(name, '0', bytes.length, 0644, 0, ""));
        out.write(bytes);
        out.write(new byte[(512 - bytes.length % 512) % 512]);
    }

    private static void copy(FileChannel file, Tar.Entry blob, OutputStream out) throws IOException {
        out.write(ImageArchives.header(blob.name(), '0', blob.size(), 0644, 0, ""));
        file.position(blob.at());
        var in = Channels.newInputStream(file);
        var buffer = new byte[1 << 20];
        for (long left = blob.size(); left > 0; ) {
            var got = in.read(buffer, 0, (int) Math.min(buffer.length, left));
            out.write(buffer, 0, got);
            left -= got;
        }
        out.write(new byte[(int) ((512 - blob.size() % 512) % 512)]);
    }
}
