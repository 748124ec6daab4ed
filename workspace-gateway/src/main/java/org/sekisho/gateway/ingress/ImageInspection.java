package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.ingress.ImageReport.AddedFile;
import org.sekisho.gateway.ingress.ImageTree.Content;

/**
 * Looks through a container image from its archive to the files that its layers make together. Reads every byte once,
 * writes nothing but the list of files, and says what is dropped: devices, set-user-id bits, capabilities, owners.
 */
final class ImageInspection {
    /** Where mounts of a sandbox lie over whatever an image has there. */
    private static final List<String> COVERED =
            List.of("dev", "home/visitor", "opt/project/R", "opt/project/python", "proc", "run", "tmp");

    static final String NOTEBOOK = "usr/lib/sekisho/run-notebook";
    static final String DESKTOP = "usr/lib/sekisho/desktop";
    private static final String OURS = "usr/lib/sekisho/";
    private static final int MOST_ENTRIES = 250_000;
    private static final int MOST_LISTED = 200;
    private static final int SPECIAL = 06000;

    /** What every file system can keep. */
    private static final long LATEST = Integer.MAX_VALUE;

    private final OciArchive archive;
    private final OciImage image;
    private final @Nullable String base;
    private final Findings findings;
    private final ImageTree tree = new ImageTree();
    private final ImagePackages packages;
    private final List<ImageReport.Layer> layers = new ArrayList<>();
    private final byte[] buffer = new byte[1 << 16];
    private final Dropped devices = new Dropped();
    private final Dropped special = new Dropped();
    private final Dropped capable = new Dropped();

    private ImageInspection(OciArchive archive, OciImage image, @Nullable String base, Findings findings) {
        this.archive = archive;
        this.image = image;
        this.base = base;
        this.findings = findings;
        this.packages = new ImagePackages(firstAdded());
    }

    /** Names of what is not taken over: how many, and a few of them. */
    private static final class Dropped {
        private static final int SHOWN = 5;
        private final List<String> names = new ArrayList<>();
        private int count;

        void add(String name) {
            if (++count <= SHOWN) {
                names.add(Names.visible(name));
            }
        }

        void tell(Findings findings, String ja, String en) {
            if (count > 0) {
                var shown = String.join(", ", names) + (count > SHOWN ? ", …" : "");
                findings.add(Remark.info(
                        "%s（%d 件：%s）".formatted(ja, count, shown), "%s (%d: %s)".formatted(en, count, shown)));
            }
        }
    }

    /**
     * Fills in the findings.
     *
     * @param ours the name of the image of ours whose files have a SHA-256, if any has
     * @param listing receives the list of files
     */
    static void begin(Path file, Magic magic, Function<String, Optional<String>> ours, Path listing, Findings findings)
            throws IOException {
        if (magic == Magic.TAR) {
            var _ = Inspection.guarded(findings, () -> inspect(file, ours, listing, findings));
        } else {
            findings.add(Remark.refuse(
                    "圧縮していない tar ではありません（内容は %s）。podman save --format oci-archive などで保存したものをそのまま送ってください"
                            .formatted(magic.word()),
                    "it is no plain tar but %s by its content: send what podman save --format oci-archive and the like write, as it is"
                            .formatted(magic.word())));
        }
    }

    private static void inspect(Path file, Function<String, Optional<String>> ours, Path listing, Findings findings)
            throws IOException {
        try (var archive = OciArchive.open(file)) {
            var image = OciImage.of(archive);
            var base = ours.apply(image.layers().getFirst().diffId().replaceFirst("^sha256:", ""));
            new ImageInspection(archive, image, base.orElse(null), findings).inspect(listing);
        }
    }

    /** @param mostBytes that it may unpack to */
    static Bounds bounds(Path file, long mostBytes) throws IOException {
        return new Bounds(Files.size(file), mostBytes, MOST_ENTRIES);
    }

    /** Our images have one layer. */
    private int firstAdded() {
        return base == null ? 0 : 1;
    }

    private void inspect(Path listing) throws IOException {
        for (int i = 0; i < image.layers().size(); i++) {
            layer(i);
        }
        for (var place : COVERED) {
            tree.require(place);
        }
        tree.require("sys");
        var lines = ImageListing.of(tree);
        findings.image(report(ImageListing.write(lines, listing)));
        remarks();
    }

    private void layer(int number) throws IOException {
        var layer = image.layers().get(number);
        var bounds = findings.bounds();
        var entriesBefore = bounds.entries();
        var bytesBefore = bounds.bytes();
        archive.read(layer, bounds, tar -> {
            int index = 0;
            for (var entry = tar.next(); entry != null; entry = tar.next()) {
                bounds.entry();
                take(number, index++, entry, tar.bytes());
            }
        });
        layers.add(new ImageReport.Layer(
                layer.digest(),
                layer.bytes(),
                bounds.bytes() - bytesBefore,
                bounds.entries() - entriesBefore,
                number < firstAdded(),
                layer.made()));
    }

    private void take(int layer, int index, Tar.Entry entry, InputStream bytes) throws IOException {
        switch (entry.kind()) {
            case FOLDER -> tree.folder(layer, entry.name(), seconds(entry));
            case SYMBOLIC_LINK -> tree.link(layer, entry.name(), entry.link());
            case HARD_LINK -> tree.again(layer, entry.name(), entry.link());
            case OTHER -> devices.add(entry.name());
            case FILE -> file(layer, index, entry, bytes);
        }
    }

    private void file(int layer, int index, Tar.Entry entry, InputStream bytes) throws IOException {
        var path = entry.name().startsWith("./") ? entry.name().substring(2) : entry.name();
        var digest = Quarantine.sha256();
        var wanted = packages.wants(layer, path);
        if (wanted > 0) {
            var head = bytes.readNBytes(wanted);
            digest.update(head);
            packages.read(layer, path, head);
        }
        for (int got = bytes.read(buffer); got > 0; got = bytes.read(buffer)) {
            digest.update(buffer, 0, got);
        }
        if ((entry.mode() & SPECIAL) != 0) {
            special.add(path);
        }
        if (entry.capable()) {
            capable.add(path);
        }
        var sha256 = HexFormat.of().formatHex(digest.digest());
        var executable = (entry.mode() & 0111) != 0;
        tree.file(entry.name(), new Content(layer, index, entry.size(), sha256, executable, seconds(entry)));
    }

    private static long seconds(Tar.Entry entry) {
        return Math.clamp(entry.seconds(), 0, LATEST);
    }

    private ImageReport report(String files) {
        var added = new PriorityQueue<>(Comparator.comparingLong(AddedFile::bytes));
        var count = new int[2];
        var bytes = new long[1];
        tree.each((path, node) -> {
            if (node.kind != ImageTree.Kind.FOLDER && node.layer() >= firstAdded()) {
                var size = node.content == null ? 0 : node.content.size();
                count[node.replaces() ? 1 : 0]++;
                bytes[0] += size;
                added.add(new AddedFile(Names.visible(path), size, node.replaces()));
                if (added.size() > MOST_LISTED) {
                    added.remove();
                }
            }
        });
        var largest = new ArrayList<>(added);
        largest.sort(Comparator.comparingLong(AddedFile::bytes).reversed().thenComparing(AddedFile::path));
        return new ImageReport(
                image.digest(),
                files,
                base,
                runs(DESKTOP),
                runs(NOTEBOOK),
                layers,
                new ImageReport.Changes(count[0], bytes[0], count[1], tree.removed()),
                largest,
                packages.debian(),
                packages.python(tree),
                packages.r(tree));
    }

    private boolean runs(String program) {
        var node = tree.find(program);
        return node != null && node.content != null && node.content.executable();
    }

    private void remarks() {
        if (!runs(DESKTOP) && !runs(NOTEBOOK)) {
            findings.add(Remark.refuse(
                    "/%s も /%s もありません。./sekisho images export で書き出したイメージをもとに（FROM）作ってください".formatted(NOTEBOOK, DESKTOP),
                    "it has neither /%s nor /%s: build it FROM an image that ./sekisho images export wrote"
                            .formatted(NOTEBOOK, DESKTOP)));
        }
        if (base == null) {
            findings.add(Remark.look(
                    "一番下のレイヤーは、このゲートウェイのイメージではありません。すべてのファイルが新しいものです",
                    "its lowest layer is none of this gateway's images: every file in it is new"));
        } else {
            tree.each((path, node) -> {
                if (path.startsWith(OURS) && node.layer() >= firstAdded() && node.kind != ImageTree.Kind.FOLDER) {
                    findings.add(Remark.look(
                            "こちらのプログラムの場所にファイルがあります：/" + Names.visible(path),
                            "a file stands where our own programs are: /" + Names.visible(path)));
                }
            });
        }
        hidden();
        devices.tell(findings, "デバイスなどの特殊ファイルは展開されません", "devices and other special files are not unpacked");
        special.tell(
                findings, "set-user-id と set-group-id のビットは外されます", "set-user-id and set-group-id bits are dropped");
        capable.tell(findings, "ファイルのケーパビリティは外されます", "file capabilities are dropped");
    }

    /** Mounts hide what the added layers put below them. Beside them nothing is hidden, because each has its place. */
    private void hidden() {
        var hidden = new Dropped();
        tree.each((path, node) -> {
            var covered = COVERED.stream().anyMatch(place -> path.startsWith(place + "/"));
            if (covered && node.layer() >= firstAdded() && node.kind != ImageTree.Kind.FOLDER) {
                hidden.add(path);
            }
        });
        hidden.tell(
                findings,
                "中からは見えないファイルです（ホームや /opt/project/python などが重なります）",
                "files that nobody will see inside, because the home, /opt/project/python and the like lie over them");
    }
}
