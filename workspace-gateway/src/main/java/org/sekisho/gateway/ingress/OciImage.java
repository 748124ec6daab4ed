package org.sekisho.gateway.ingress;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The one image of an archive that this machine can run.
 *
 * @param digest of its manifest, {@code sha256:} and 64 hexadecimal digits
 * @param layers from the lowest up
 */
record OciImage(String digest, List<Layer> layers) {
    private static final int MOST_LAYERS = 128;
    private static final int DEEPEST_INDEX = 3;
    private static final int MOST_MANIFESTS = 200;
    private static final Set<String> INDICES = Set.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> MANIFESTS = Set.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");
    private static final Set<String> CONFIGURATIONS =
            Set.of("application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");
    private static final Set<String> LAYERS = Set.of(
            "application/vnd.oci.image.layer.v1.tar",
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.oci.image.layer.v1.tar+zstd",
            "application/vnd.docker.image.rootfs.diff.tar",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.docker.image.rootfs.diff.tar.zstd");

    OciImage {
        layers = List.copyOf(layers);
    }

    /**
     * One layer.
     *
     * @param digest of its bytes in the archive
     * @param bytes their number
     * @param diffId digest of the tar that they unpack to
     * @param made the command that made it, where the configuration says so
     */
    record Layer(
            String digest,
            long bytes,
            String diffId,
            @Nullable String made) {}

    /** @throws Unsound when there is none, or more than one */
    static OciImage of(OciArchive archive) throws IOException {
        if (!archive.document("oci-layout")
                .path("imageLayoutVersion")
                .asText("")
                .startsWith("1.")) {
            throw new Unsound("OCI イメージレイアウトの版が 1 ではありません", "its image layout is not of version 1");
        }
        var manifests = new LinkedHashMap<String, JsonNode>();
        collect(archive, archive.document("index.json"), DEEPEST_INDEX, manifests);
        var found = new ArrayList<OciImage>();
        var others = new TreeSet<String>();
        for (var each : manifests.entrySet()) {
            var configuration = archive.document(each.getValue().path("config"));
            var platform = configuration.path("os").asText("?") + "/"
                    + configuration.path("architecture").asText("?");
            if (platform.equals(here())) {
                found.add(read(each.getKey(), each.getValue(), configuration));
            } else {
                others.add(Names.visible(platform));
            }
        }
        if (found.size() > 1) {
            throw new Unsound(
                    "%s 用のイメージが %d 個あります。一つだけを保存してください".formatted(here(), found.size()),
                    "it holds %d images for %s: save one alone".formatted(found.size(), here()));
        }
        if (found.isEmpty()) {
            throw new Unsound(
                    "%s 用のイメージがありません（含まれるもの：%s）".formatted(here(), others),
                    "it holds no image for %s, but for %s: build it with --platform %s"
                            .formatted(here(), others.isEmpty() ? "nothing" : String.join(", ", others), here()));
        }
        return found.getFirst();
    }

    /** Manifests of images, each once; signatures and attestations that stand beside them are not images. */
    private static void collect(OciArchive archive, JsonNode index, int deep, Map<String, JsonNode> into)
            throws IOException {
        for (var descriptor : index.path("manifests")) {
            var type = descriptor.path("mediaType").asText("");
            var beside = descriptor.path("annotations").has("vnd.docker.reference.type");
            var foreign = descriptor.has("platform")
                    && !here().equals(descriptor.at("/platform/os").asText() + "/"
                            + descriptor.at("/platform/architecture").asText());
            if (beside || (foreign && !archive.holds(descriptor))) {
                continue;
            }
            if (INDICES.contains(type) && deep > 1) {
                collect(archive, archive.document(descriptor), deep - 1, into);
            } else if (MANIFESTS.contains(type)) {
                var manifest = archive.document(descriptor);
                if (CONFIGURATIONS.contains(manifest.at("/config/mediaType").asText())) {
                    into.put(OciArchive.digest(descriptor), manifest);
                }
            }
            if (into.size() > MOST_MANIFESTS) {
                throw new Unsound("イメージが多すぎます", "it holds too many images");
            }
        }
    }

    private static OciImage read(String digest, JsonNode manifest, JsonNode configuration) throws IOException {
        var given = manifest.path("layers");
        var differences = configuration.at("/rootfs/diff_ids");
        if (given.isEmpty() || given.size() > MOST_LAYERS || given.size() != differences.size()) {
            throw new Unsound(
                    "レイヤーの数が正しくありません（1〜%d 個で、設定と同じ数）".formatted(MOST_LAYERS),
                    "its layers are not 1 to %d, as many as its configuration names".formatted(MOST_LAYERS));
        }
        var commands = commands(configuration);
        var layers = new ArrayList<Layer>();
        for (int i = 0; i < given.size(); i++) {
            var layer = given.get(i);
            var type = layer.path("mediaType").asText("");
            if (!LAYERS.contains(type)) {
                throw new Unsound(
                        "この種類のレイヤーは扱えません：" + Names.visible(type),
                        "a layer of this type is not taken: " + Names.visible(type)
                                + "; tar, tar+gzip and tar+zstd are");
            }
            layers.add(new Layer(
                    OciArchive.digest(layer),
                    layer.path("size").asLong(-1),
                    differences.get(i).asText(""),
                    commands.size() == given.size() ? commands.get(i) : null));
        }
        return new OciImage(digest, layers);
    }

    /** Of the steps that made a layer, in their order. */
    private static List<String> commands(JsonNode configuration) {
        var commands = new ArrayList<String>();
        for (var step : configuration.path("history")) {
            if (!step.path("empty_layer").asBoolean(false)) {
                commands.add(Names.visible(step.path("created_by")
                        .asText("")
                        .replaceAll("\\s+", " ")
                        .strip()));
            }
        }
        return commands;
    }

    /** Of this machine, in the words of the specification. */
    static String here() {
        var architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return "linux/"
                + switch (architecture) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> architecture;
                };
    }
}
