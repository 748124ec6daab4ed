package org.sekisho.gateway.ingress;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.sekisho.gateway.ingress.ImageArchives.GZIPPED;
import static org.sekisho.gateway.ingress.ImageArchives.PLAIN;
import static org.sekisho.gateway.ingress.ImageArchives.ZSTANDARD;
import static org.sekisho.gateway.ingress.ImageArchives.archive;
import static org.sekisho.gateway.ingress.ImageArchives.device;
import static org.sekisho.gateway.ingress.ImageArchives.file;
import static org.sekisho.gateway.ingress.ImageArchives.folder;
import static org.sekisho.gateway.ingress.ImageArchives.gzip;
import static org.sekisho.gateway.ingress.ImageArchives.hard;
import static org.sekisho.gateway.ingress.ImageArchives.link;
import static org.sekisho.gateway.ingress.ImageArchives.notebook;
import static org.sekisho.gateway.ingress.ImageArchives.program;
import static org.sekisho.gateway.ingress.ImageArchives.tar;
import static org.sekisho.gateway.ingress.ImageArchives.zstandard;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sekisho.gateway.ingress.ImageArchives.Entry;
import org.sekisho.gateway.ingress.ImageArchives.Image;
import org.sekisho.gateway.ingress.ImageReport.AddedFile;
import org.sekisho.gateway.ingress.ImageReport.Changes;
import org.sekisho.gateway.ingress.ImageReport.PackageChange;

/** What is seen of an image before anybody accepts it, and what is never accepted. */
final class ImageInspectionTest {
    private static final long MOST_BYTES = 1L << 30;
    private static final byte[] BASE = tar(notebook(
            link("bin", "usr/bin"),
            program("usr/bin/python3"),
            file("usr/share/old", "old"),
            file("var/lib/dpkg/status", status("base-files 12", "perl 5.40"))));

    @TempDir
    Path folder;

    private static Image onOurs() {
        return new Image().layer(PLAIN, BASE, BASE);
    }

    private static String status(String... packages) {
        var text = new StringBuilder();
        for (var each : packages) {
            var words = each.split(" ");
            text.append("Package: %s\nStatus: install ok installed\nVersion: %s\n\n".formatted(words[0], words[1]));
        }
        return text.toString();
    }

    @Test
    void tellsWhatLiesOverAnImageOfOurs() throws IOException {
        var report = report(onOurs().layer(
                        file("opt/tool/big", "x".repeat(5_000)),
                        file("usr/share/.wh.old", ""),
                        program("usr/bin/python3"),
                        file("var/lib/dpkg/status", status("base-files 13", "r-cran-dt 1.0")),
                        file("usr/lib/python3/dist-packages/lifelines-0.30.0.dist-info/METADATA", "Name: lifelines\n"),
                        file("usr/local/lib/R/site-library/DT/DESCRIPTION", "Package: DT\nVersion: 0.33\n"))
                .archive());
        assertThat(refusals(report)).isEmpty();
        var image = image(report);
        assertThat(image.base()).isEqualTo("notebook");
        assertThat(image.notebook()).isTrue();
        assertThat(image.desktop()).isFalse();
        assertThat(image.layers()).extracting(ImageReport.Layer::ours).containsExactly(true, false);
        assertThat(image.layers().getLast().expandedBytes()).isGreaterThan(5_000);
        assertThat(image.changes())
                .extracting(Changes::added, Changes::replaced, Changes::removed)
                .containsExactly(3, 2, 1);
        assertThat(image.largest().getFirst()).isEqualTo(new AddedFile("opt/tool/big", 5_000, false));
        assertThat(image.largest()).contains(new AddedFile("usr/bin/python3", 10, true));
        assertThat(image.debian())
                .containsExactly(
                        new PackageChange("base-files", "12", "13"),
                        new PackageChange("perl", "5.40", null),
                        new PackageChange("r-cran-dt", null, "1.0"));
        assertThat(image.python()).containsExactly(new PackageChange("lifelines", null, "0.30.0"));
        assertThat(image.r()).containsExactly(new PackageChange("DT", null, "0.33"));
        assertThat(report.remarks()).isEmpty();
        assertThat(report.type()).isEqualTo("tar");
    }

    @Test
    void asksAPersonToLookAtABaseThatIsNotOursAndAtOurOwnProgramsReplaced() throws IOException {
        var foreign = report(new Image().layer(notebook()).archive());
        assertThat(image(foreign).base()).isNull();
        assertThat(looks(foreign)).singleElement().asString().contains("none of this gateway's images");
        var over =
                report(onOurs().layer(program("usr/lib/sekisho/run-notebook")).archive());
        assertThat(looks(over)).singleElement().asString().contains("/usr/lib/sekisho/run-notebook");
    }

    @Test
    void tellsWhatIsDropped() throws IOException {
        var report = report(onOurs().layer(
                        program("usr/bin/su").mode(04755),
                        program("usr/bin/wall").mode(02755),
                        folder("var/mail").mode(02775),
                        program("usr/bin/ping").with("SCHILY.xattr.security.capability", "v2"),
                        device("dev/sda"),
                        new Entry("var/pipe", '6', new byte[0], 0644, 0, "", ""),
                        file("home/visitor/.profile", "x"))
                .archive());
        assertThat(refusals(report)).isEmpty();
        assertThat(report.remarks())
                .extracting(remark -> remark.message().en())
                .anyMatch(said -> said.contains("set-user-id") && said.contains("2: usr/bin/su, usr/bin/wall"))
                .anyMatch(said -> said.contains("capabilities") && said.contains("1: usr/bin/ping"))
                .anyMatch(said -> said.contains("devices") && said.contains("2: dev/sda, var/pipe"))
                .anyMatch(said -> said.contains("nobody will see") && said.contains("home/visitor/.profile"));
        assertThat(listed()).contains("usr/bin/su").doesNotContain("dev/sda").doesNotContain("var/pipe");
    }

    /** What the second layer does to the first, which has a/, a/one, a/two, b and l -> b. */
    static List<Arguments> overlays() {
        return List.of(
                Arguments.of("a file goes", List.of(file("a/.wh.one", "")), "a a/two b l"),
                Arguments.of("a folder goes", List.of(file(".wh.a", "")), "b l"),
                Arguments.of("a link goes, not what it names", List.of(file(".wh.l", "")), "a a/one a/two b"),
                Arguments.of("nothing goes", List.of(file(".wh.absent", ""), file("x/.wh.y", "")), "a a/one a/two b l"),
                Arguments.of("all of a folder goes", List.of(file("a/.wh..wh..opq", "")), "a b l"),
                Arguments.of(
                        "what the layer brings stays, whatever the order",
                        List.of(file("a/new", ""), file("a/.wh..wh..opq", ""), file("a/newer", "")),
                        "a a/new a/newer b l"),
                Arguments.of(
                        "what the layer brings anew stays",
                        List.of(file("a/one", "!"), file("a/.wh.one", "")),
                        "a a/one a/two b l"),
                Arguments.of(
                        "a folder is made anew",
                        List.of(folder("a"), file("a/new", ""), file(".wh.a", "")),
                        "a a/new b l"),
                Arguments.of("a file takes the place of a folder", List.of(file("a", "")), "a b l"),
                Arguments.of("a folder that of a link", List.of(folder("l"), file("l/x", "")), "a a/one a/two b l l/x"),
                Arguments.of("marks of another kind mean nothing", List.of(file(".wh..wh.plnk/1", "")), null),
                Arguments.of(
                        "names of one file",
                        List.of(hard("again", "a/one"), file("a/.wh.one", "")),
                        "a a/two again b l"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("overlays")
    void laysLayersOverOneAnother(String what, List<Entry> second, String left) throws IOException {
        var first = notebook(folder("a"), file("a/one", "1"), file("a/two", "2"), file("b", "b"), link("l", "b"));
        var report = report(
                new Image().layer(first).layer(second.toArray(Entry[]::new)).archive());
        assertThat(refusals(report)).isEmpty();
        if (left != null) {
            assertThat(listed().stream().filter(path -> path.matches("[abl](/.*)?|again")))
                    .containsExactly(left.split(" "));
        }
    }

    @Test
    void makesThePlacesOfMounts() throws IOException {
        report(new Image().layer(notebook()).archive());
        assertThat(listed())
                .contains("dev", "proc", "sys", "tmp", "run", "home/visitor", "opt/project/R", "opt/project/python");
    }

    @Test
    void tellsOfWhatMountsHideAndOfNothingElse() throws IOException {
        var report = report(onOurs().layer(
                        file("opt/project/R/hidden", "x"),
                        file("tmp/hidden", "x"),
                        file("sys/seen", "x"),
                        file("opt/project/seen", "x"),
                        file("opt/project/python-3/seen", "x"))
                .archive());
        assertThat(report.remarks())
                .extracting(remark -> remark.message().en())
                .singleElement()
                .asString()
                .contains("nobody will see")
                .contains("(2: opt/project/R/hidden, tmp/hidden)");
    }

    /** The first layer has a/, a/one, a/two, b; the second says what becomes of it. */
    static List<Arguments> replacements() {
        return List.of(
                Arguments.of("a file takes the place of a folder", List.of(file("a", "")), new Changes(0, 0, 1, 2)),
                Arguments.of("a link does", List.of(link("a", "b")), new Changes(0, 0, 1, 2)),
                Arguments.of(
                        "a file does, of a folder that is told again",
                        List.of(folder("a"), file("a", "")),
                        new Changes(0, 0, 1, 2)),
                Arguments.of(
                        "a file does, and one in it was new",
                        List.of(file("a/new", ""), file("a", "")),
                        new Changes(0, 0, 1, 2)),
                Arguments.of("a folder takes the place of a file", List.of(folder("b")), new Changes(0, 0, 0, 1)),
                Arguments.of(
                        "a folder does, of a file that had been replaced",
                        List.of(file("b", ""), folder("b")),
                        new Changes(0, 0, 0, 1)),
                Arguments.of("a folder is told again", List.of(folder("a")), new Changes(0, 0, 0, 0)),
                Arguments.of("what is new goes", List.of(file("c", ""), folder("c")), new Changes(0, 0, 0, 0)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("replacements")
    void countsWhatGoesWithAFolderOrForOne(String what, List<Entry> second, Changes changes) throws IOException {
        var base = tar(notebook(folder("a"), file("a/one", "1"), file("a/two", "2"), file("b", "b")));
        var archive = new Image()
                .layer(PLAIN, base, base)
                .layer(second.toArray(Entry[]::new))
                .archive();
        assertThat(image(report(archive, ImageArchives.digest(base))).changes()).isEqualTo(changes);
    }

    /** Names and links that would leave the root, or that nobody can write. */
    static List<Arguments> hostileEntries() {
        var long256 = "n".repeat(256);
        return List.of(
                Arguments.of("an absolute path", List.of(file("/etc/passwd", "x")), "absolute"),
                Arguments.of("a way out", List.of(file("../../etc/passwd", "x")), "not sound"),
                Arguments.of("a way out in the middle", List.of(file("a/../../b", "x")), "not sound"),
                Arguments.of("a way out of a folder", List.of(folder("a/..")), "not sound"),
                Arguments.of("a way out by a whiteout", List.of(file("a/.wh...", "")), "whiteout"),
                Arguments.of("a whiteout of nothing", List.of(file("a/.wh.", "")), "whiteout"),
                Arguments.of("a doubled slash", List.of(file("a//b", "x")), "not sound"),
                Arguments.of("no name", List.of(file("a/./b", "x")), "not sound"),
                Arguments.of("an empty name", List.of(file("", "x")), "name of the root"),
                Arguments.of("a dot for a name", List.of(file(".", "x")), "name of the root"),
                Arguments.of("a dot and a slash for a name", List.of(file("./", "x")), "name of the root"),
                Arguments.of("a link for a root", List.of(link("./", "/etc")), "name of the root"),
                Arguments.of(
                        "a hard link for a root",
                        List.of(hard(".", "usr/lib/sekisho/run-notebook")),
                        "name of the root"),
                Arguments.of(
                        "through a link out",
                        List.of(link("a", "/etc"), file("a/passwd", "x")),
                        "leads through a link"),
                Arguments.of("through a link inside", List.of(link("a", "usr"), folder("a/b")), "leads through a link"),
                Arguments.of(
                        "through a link by its own", List.of(link("a", "."), link("a/b", "/")), "leads through a link"),
                Arguments.of(
                        "a whiteout through a link",
                        List.of(link("a", "/etc"), file("a/.wh.passwd", "")),
                        "leads through a link"),
                Arguments.of(
                        "everything through a link goes",
                        List.of(link("a", "/etc"), file("a/.wh..wh..opq", "")),
                        "leads through a link"),
                Arguments.of("a file as a folder", List.of(file("a", "x"), file("a/b", "x")), "as a folder"),
                Arguments.of("a hard link out", List.of(hard("a", "/etc/shadow")), "names no file"),
                Arguments.of("a hard link up", List.of(hard("a", "../../../etc/shadow")), "not sound"),
                Arguments.of("a hard link to a folder", List.of(hard("a", "usr")), "names no file"),
                Arguments.of("a hard link to itself", List.of(hard("a", "a")), "names no file"),
                Arguments.of(
                        "a hard link through a link",
                        List.of(link("a", "usr/lib"), hard("b", "a/sekisho/run-notebook")),
                        "names no file"),
                Arguments.of("a link to nowhere", List.of(link("a", "")), "target of a link"),
                Arguments.of("a link with a line in it", List.of(link("a", "b\nc")), "target of a link"),
                Arguments.of("a line in a name", List.of(file("a\nb", "x")), "characters that are none"),
                Arguments.of("a tab in a name", List.of(file("a\tb", "x")), "characters that are none"),
                Arguments.of("a long name", List.of(file("x", "x").with("path", long256)), "not sound"),
                Arguments.of("a long path", List.of(file("x", "x").with("path", "a/".repeat(600) + "b")), "too long"),
                Arguments.of("a size below zero", List.of(file("x", "x").with("size", "-5")), "below zero"),
                Arguments.of(
                        "a size beyond counting",
                        List.of(
                                new Entry("a", 'Z', new byte[0], 0644, 0, "", "").with("size", "" + Long.MAX_VALUE),
                                file("b", "x")),
                        "beyond all bounds"),
                Arguments.of("a size that is none", List.of(file("x", "x").with("size", "five")), "not a number"),
                Arguments.of("proc by a link", List.of(link("proc", "/etc")), "leads through a link"),
                Arguments.of("the home by a link", List.of(link("home", "/etc")), "leads through a link"),
                Arguments.of(
                        "the place of software by a link",
                        List.of(folder("opt/project"), link("opt/project/R", "/etc")),
                        "leads through a link"),
                Arguments.of("a file for a home", List.of(file("home/visitor", "x")), "as a folder"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("hostileEntries")
    void refusesEntriesThatWouldBeWrittenElsewhere(String what, List<Entry> entries, String words) throws IOException {
        for (var image : List.of(
                new Image().layer(notebook(entries.toArray(Entry[]::new))),
                new Image().layer(notebook()).layer(entries.toArray(Entry[]::new)))) {
            var report = report(image.archive());
            assertThat(refusals(report)).singleElement().asString().contains(words);
            assertThat(report.image()).isNull();
            assertThat(folder.resolve("files")).doesNotExist();
        }
    }

    @Test
    void refusesAnImageThatNothingCanBeStartedFrom() throws IOException {
        for (var entries : List.of(
                new Entry[] {program("usr/bin/sh")},
                new Entry[] {file("usr/lib/sekisho/run-notebook", "not a program")},
                new Entry[] {link("usr/lib/sekisho/run-notebook", "/usr/bin/sh"), program("usr/bin/sh")},
                new Entry[] {folder("usr/lib/sekisho/run-notebook")})) {
            assertThat(refusals(report(new Image().layer(entries).archive())))
                    .singleElement()
                    .asString()
                    .contains("neither /usr/lib/sekisho/run-notebook nor /usr/lib/sekisho/desktop")
                    .contains("FROM");
        }
        var desktop =
                report(new Image().layer(program("usr/lib/sekisho/desktop")).archive());
        assertThat(refusals(desktop)).isEmpty();
        assertThat(image(desktop).desktop()).isTrue();
    }

    @Test
    void readsEveryKindOfLayerByItsContent() throws IOException {
        var top = tar(file("opt/x", "x"));
        var lists = List.of(
                list(onOurs().layer(PLAIN, top, top)),
                list(onOurs().layer(GZIPPED, gzip(top), top)),
                list(onOurs().layer(ZSTANDARD, zstandard(top), top)),
                list(onOurs().layer(GZIPPED, twoMembers(top), top)),
                list(onOurs().layer(GZIPPED, top, top)));
        assertThat(lists.stream().distinct()).hasSize(1);
    }

    private static byte[] twoMembers(byte[] tar) {
        var both = new ByteArrayOutputStream();
        both.writeBytes(gzip(Arrays.copyOf(tar, 700)));
        both.writeBytes(gzip(Arrays.copyOfRange(tar, 700, tar.length)));
        return both.toByteArray();
    }

    private String list(Image image) throws IOException {
        var report = report(image.archive());
        assertThat(refusals(report)).isEmpty();
        return image(report).files();
    }

    /** Archives that are not what they say, each with the words for it. */
    static List<Arguments> brokenArchives() {
        var sound = new Image().layer(notebook());
        var parts = sound.parts();
        var layer = gzip(tar(notebook()));
        var other = gzip(tar(notebook(file("evil", "x"))));
        var old = Map.of("manifest.json", "[]".getBytes(UTF_8), "abc/layer.tar", tar(notebook()));
        return List.of(
                Arguments.of("no layout", Map.of("a", new byte[3]), "not an OCI image layout"),
                Arguments.of("the old docker save", old, "old format of docker save"),
                Arguments.of(
                        "another version", changed(parts, "oci-layout", "{\"imageLayoutVersion\":\"2\"}"), "version 1"),
                Arguments.of("no JSON", changed(parts, "index.json", "{"), "index.json is not sound JSON"),
                Arguments.of(
                        "JSON of another kind", changed(parts, "index.json", "[]"), "index.json is not sound JSON"),
                Arguments.of(
                        "no image", changed(parts, "index.json", "{\"manifests\":[]}"), "no image for linux/amd64"),
                Arguments.of(
                        "a digest of another kind",
                        changed(
                                parts,
                                "index.json",
                                "{\"manifests\":[{\"mediaType\":\"" + ImageArchives.MANIFEST
                                        + "\",\"digest\":\"md5:../../x\",\"size\":1}]}"),
                        "not one of SHA-256"),
                Arguments.of("a layer that is missing", without(parts, ImageArchives.blob(layer)), "the layout has no"),
                Arguments.of(
                        "a layer that is another",
                        swapped(parts, ImageArchives.blob(layer), padded(other, layer.length)),
                        "size"),
                Arguments.of("a manifest for another machine", foreign().parts(), "linux/s390x"),
                Arguments.of("two images", two(), "save one alone"),
                Arguments.of("a name twice", null, "twice"),
                Arguments.of(
                        "a layer of another kind",
                        new Image()
                                .layer(
                                        "application/vnd.oci.image.layer.nondistributable.v1.tar",
                                        layer,
                                        tar(notebook()))
                                .parts(),
                        "of this type is not taken"),
                Arguments.of(
                        "no gzip",
                        new Image()
                                .layer(GZIPPED, broken(layer), tar(notebook()))
                                .parts(),
                        "soundly compressed"),
                Arguments.of(
                        "no zstandard",
                        new Image()
                                .layer(ZSTANDARD, broken(zstandard(tar(notebook()))), tar(notebook()))
                                .parts(),
                        "soundly compressed"),
                Arguments.of(
                        "a layer cut short",
                        new Image()
                                .layer(GZIPPED, Arrays.copyOf(layer, layer.length / 2), tar(notebook()))
                                .parts(),
                        "cut short"),
                Arguments.of(
                        "a difference that lies",
                        new Image().layer(GZIPPED, layer, tar(file("x", "y"))).parts(),
                        "do not have the digest"),
                Arguments.of("no layer", new Image().parts(), "layers are not 1 to 128"),
                Arguments.of("very many layers", many().parts(), "layers are not 1 to 128"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenArchives")
    void refusesArchivesThatAreNotWhatTheySay(String what, Map<String, byte[]> parts, String words) throws IOException {
        var bytes = parts == null
                ? tar(file("oci-layout", "{}"), file("index.json", "{}"), file("./index.json", "{}"))
                : archive(parts);
        assertThat(refusals(report(bytes))).singleElement().asString().contains(words);
    }

    /** The digest of a layer is that of its bytes, or nothing of it is believed. */
    @Test
    void refusesALayerWhoseDigestLies() throws IOException {
        var layer = gzip(tar(notebook()));
        var lying = layer.clone();
        lying[4] ^= 1; // the date in the header of the gzip: it unpacks to the same
        var parts =
                swapped(new Image().layer(GZIPPED, layer, tar(notebook())).parts(), ImageArchives.blob(layer), lying);
        assertThat(refusals(report(archive(parts)))).singleElement().asString().contains("do not have the digest");
    }

    @Test
    void findsTheOneImageBehindAnIndexAndBesideAttestations() throws IOException {
        var parts = new LinkedHashMap<String, byte[]>();
        parts.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
        var manifest = onOurs().manifest(parts);
        var attestation =
                "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":9,\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}}"
                        .formatted(ImageArchives.MANIFEST, "0".repeat(64));
        var absent =
                "{\"mediaType\":\"%s\",\"digest\":\"sha256:%s\",\"size\":9,\"platform\":{\"os\":\"linux\",\"architecture\":\"arm64\"}}"
                        .formatted(ImageArchives.MANIFEST, "1".repeat(64));
        var inner = "{\"schemaVersion\":2,\"manifests\":[%s,%s,%s]}"
                .formatted(absent, ImageArchives.descriptor(ImageArchives.MANIFEST, manifest), attestation)
                .getBytes(UTF_8);
        parts.put(ImageArchives.blob(inner), inner);
        parts.put(
                "index.json",
                "{\"manifests\":[%s]}"
                        .formatted(ImageArchives.descriptor(ImageArchives.INDEX, inner))
                        .getBytes(UTF_8));
        parts.put("manifest.json", "[]".getBytes(UTF_8));
        var report = report(archive(parts));
        assertThat(refusals(report)).isEmpty();
        assertThat(image(report).digest()).isEqualTo(ImageArchives.digest(manifest));
    }

    @Test
    void refusesWhatIsNoPlainTar() throws IOException {
        assertThat(refusals(report(gzip(onOurs().archive()))))
                .singleElement()
                .asString()
                .contains("gzip by its content");
        assertThat(refusals(report("words\n".getBytes(UTF_8))))
                .singleElement()
                .asString()
                .contains("text by its content");
    }

    /** Abuse case 23. */
    @Test
    void refusesBombsWithoutUnpackingThem() throws IOException {
        var zeros = new byte[100 << 20];
        assertThat(refusals(
                        report(new Image().layer(GZIPPED, gzip(zeros), zeros).archive())))
                .singleElement()
                .asString()
                .contains("bomb");
        assertThat(refusals(report(
                        new Image().layer(ZSTANDARD, zstandard(zeros), zeros).archive())))
                .singleElement()
                .asString()
                .contains("bomb");
        var large = tar(notebook(file("large", zeros)));
        assertThat(refusals(
                        report(new Image().layer(GZIPPED, gzip(large), large).archive())))
                .singleElement()
                .asString()
                .contains("bomb");
    }

    /** Abuse case 23: of more than a quarter of a million none is written down. */
    @Test
    void refusesMoreEntriesThanAnybodyNeeds() throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(packed, 1 << 16)) {
            for (int i = 0; i < 300_000; i++) {
                gzip.write(ImageArchives.header("f" + i, '0', 0, 0644, 0, ""));
            }
        }
        var report = report(
                new Image().layer(GZIPPED, packed.toByteArray(), new byte[0]).archive());
        assertThat(refusals(report)).singleElement().asString().contains("250,000 entries");
    }

    @Test
    void refusesWhatIsCutShort() throws IOException {
        var whole = onOurs().layer(file("opt/x", "x")).archive();
        var ends = whole.length - 1024;
        for (int length = 1; length < ends; length += 97) {
            assertThat(refusals(report(Arrays.copyOf(whole, length))))
                    .as("%d bytes", length)
                    .isNotEmpty();
        }
        assertThat(refusals(report(Arrays.copyOf(whole, ends)))).isEmpty();
    }

    /** Whatever is damaged is noticed, or was nothing that counts. */
    @Test
    void neverTakesADamagedImageForAnotherOne() throws IOException {
        var whole = new Image()
                .layer(notebook(file("a", "text"), hard("b", "a"), link("c", "a")))
                .layer(file(".wh.b", ""), file("d", "more"))
                .archive();
        var sound = image(report(whole)).files();
        var random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 600; i++) {
            var damaged = whole.clone();
            for (int j = random.nextInt(3); j >= 0; j--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            }
            var report = report(damaged);
            if (refusals(report).isEmpty()) {
                assertThat(image(report).files()).isEqualTo(sound);
            } else {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    /** Layers of random entries, most of which make no sense: refused, or a list that can be read back. */
    @Test
    void survivesAnyEntries() throws IOException {
        var random = new Random(11);
        var names = List.of(
                "a", "a/b", "a/b/c", "./a", "b/", "..", ".", "/", "", ".wh.a", "a/.wh..wh..opq", "b/.wh.b", "usr");
        for (int i = 0; i < 500; i++) {
            var entries = new Entry[1 + random.nextInt(8)];
            for (int j = 0; j < entries.length; j++) {
                entries[j] = new Entry(
                        names.get(random.nextInt(names.size())),
                        "0123456xgLK7".charAt(random.nextInt(8)),
                        new byte[0],
                        random.nextInt(010000),
                        random.nextLong(1L << 32),
                        names.get(random.nextInt(names.size())),
                        "");
            }
            var report = report(new Image().layer(notebook()).layer(entries).archive());
            if (report.image() != null) {
                assertThat(ImageListing.read(
                                folder.resolve("files"), image(report).files()))
                        .isNotEmpty();
            }
        }
    }

    private Report report(byte[] bytes) throws IOException {
        return report(bytes, ImageArchives.digest(BASE));
    }

    /** @param base digest of the layer that is ours */
    private Report report(byte[] bytes, String base) throws IOException {
        var content = folder.resolve("content");
        Files.write(content, bytes);
        Files.deleteIfExists(folder.resolve("files"));
        var findings = new Findings(ImageInspection.bounds(content, MOST_BYTES));
        var magic = Magic.of(content);
        findings.type(magic.word());
        ImageInspection.begin(content, magic, hash -> ours(base, hash), folder.resolve("files"), findings);
        return findings.report(new Scan(Scan.State.CLEAN, "fake", null));
    }

    private static Optional<String> ours(String base, String hash) {
        return base.endsWith(hash) ? Optional.of("notebook") : Optional.empty();
    }

    private List<String> listed() throws IOException {
        return Files.readAllLines(folder.resolve("files")).stream()
                .map(line -> line.split("\t"))
                .map(words -> words[0].matches("[hl]") ? words[1] : words[words.length - 1])
                .toList();
    }

    private static ImageReport image(Report report) {
        return Objects.requireNonNull(report.image());
    }

    private static List<String> refusals(Report report) {
        return said(report, Remark.Weight.REFUSE);
    }

    private static List<String> looks(Report report) {
        return said(report, Remark.Weight.LOOK);
    }

    private static List<String> said(Report report, Remark.Weight weight) {
        return report.remarks().stream()
                .filter(remark -> remark.weight() == weight)
                .map(remark -> remark.message().en())
                .toList();
    }

    private static Map<String, byte[]> changed(Map<String, byte[]> parts, String name, String text) {
        return swapped(parts, name, text.getBytes(UTF_8));
    }

    private static Map<String, byte[]> swapped(Map<String, byte[]> parts, String name, byte[] bytes) {
        var changed = new LinkedHashMap<>(parts);
        changed.put(name, bytes);
        return changed;
    }

    private static Map<String, byte[]> without(Map<String, byte[]> parts, String name) {
        var changed = new LinkedHashMap<>(parts);
        changed.remove(name);
        return changed;
    }

    private static byte[] padded(byte[] bytes, int length) {
        return Arrays.copyOf(bytes, length + 1);
    }

    private static byte[] broken(byte[] packed) {
        var broken = packed.clone();
        Arrays.fill(broken, broken.length / 2, broken.length / 2 + 20, (byte) 0xff);
        return broken;
    }

    private static Image foreign() {
        var image = new Image().layer(notebook());
        image.platform = "\"architecture\":\"s390x\",\"os\":\"linux\"";
        return image;
    }

    private static Image many() {
        var image = new Image();
        for (int i = 0; i < 129; i++) {
            image.layer(file("f" + i, "x"));
        }
        return image;
    }

    private static Map<String, byte[]> two() {
        var parts = new LinkedHashMap<String, byte[]>();
        parts.put("oci-layout", "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(UTF_8));
        var one = new Image().layer(notebook()).manifest(parts);
        var other = new Image().layer(notebook(file("x", "y"))).manifest(parts);
        parts.put(
                "index.json",
                "{\"manifests\":[%s,%s]}"
                        .formatted(
                                ImageArchives.descriptor(ImageArchives.MANIFEST, one),
                                ImageArchives.descriptor(ImageArchives.MANIFEST, other))
                        .getBytes(UTF_8));
        return parts;
    }
}
