package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A Python package as a wheel (PEP 427): a zip whose {@code dist-info} says what it is and whose RECORD gives the hash
 * of every file in it.
 */
final class Wheel {
    private static final Pattern NAME =
            Pattern.compile("(?<name>[A-Za-z0-9][A-Za-z0-9_.]*)-(?<version>[A-Za-z0-9_.!+]+)(-[0-9][A-Za-z0-9_.]*)?"
                    + "-(?<python>[a-z0-9_.]+)-(?<abi>[a-z0-9_.]+)-(?<platform>[a-z0-9_.]+)\\.whl");
    private static final Pattern RUNS_HERE = Pattern.compile("any|(many|musl)?linux.*");
    private static final int LONGEST_RECORD = 16 << 20;

    private Wheel() {}

    static void inspect(Path file, String name, Magic magic, List<String> permitted, Findings findings)
            throws IOException {
        var parts = NAME.matcher(name);
        if (magic != Magic.ZIP || !parts.matches()) {
            findings.add(Remark.refuse(
                    "wheel ではありません（名前-版-py3-none-any.whl という名前の ZIP です）",
                    "not a wheel: that is a zip called name-version-py3-none-any.whl"));
            return;
        }
        var software = new Software(parts.group("name"), parts.group("version"));
        findings.software(software);
        if (!software.isPermittedBy(permitted)) {
            findings.add(notPermitted(software));
        }
        if (!RUNS_HERE.matcher(parts.group("platform")).matches()) {
            findings.add(Remark.refuse("Linux 用ではありません", "it is not for Linux: " + parts.group("platform")));
        }
        var seen = read(file, findings);
        var folder = software.name() + "-" + software.version() + ".dist-info/";
        var metadata = seen.texts.get(folder + "METADATA");
        var record = seen.texts.get(folder + "RECORD");
        if (metadata == null || record == null) {
            findings.add(Remark.refuse(folder + " の METADATA と RECORD がありません", folder + " has no METADATA and RECORD"));
            return;
        }
        itself(metadata, software, findings);
        vouched(seen, record, folder, findings);
    }

    static Remark notPermitted(Software software) {
        var shown = Names.visible(software.words());
        return Remark.refuse(
                "利用許可のソフトウェアに %s はありません".formatted(shown),
                "the permit does not name %s among its software".formatted(shown));
    }

    /** Where a file of a wheel goes below the folder of packages; nothing for scripts, headers and data. */
    static Optional<String> place(String path) {
        var first = path.substring(0, Math.max(0, path.indexOf('/')));
        if (!first.endsWith(".data")) {
            return Optional.of(path);
        }
        var rest = path.substring(first.length() + 1);
        return rest.startsWith("purelib/") || rest.startsWith("platlib/")
                ? Optional.of(rest.substring(rest.indexOf('/') + 1)).filter(inside -> !inside.isEmpty())
                : Optional.empty();
    }

    private static final class Seen {
        private final Map<String, String> hashes = new HashMap<>();
        private final Map<String, String> texts = new HashMap<>();
    }

    private static Seen read(Path file, Findings findings) throws IOException {
        var seen = new Seen();
        Archives.zip(file, findings.bounds(), (path, bytes) -> {
            findings.entry(path);
            var digest = Quarantine.sha256();
            var hashed = new DigestInputStream(bytes, digest);
            look(path, hashed, seen, findings);
            hashed.transferTo(OutputStream.nullOutputStream());
            seen.hashes.put(path, Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest()));
        });
        return seen;
    }

    private static void look(String path, InputStream bytes, Seen seen, Findings findings) throws IOException {
        if (path.endsWith(".dist-info/METADATA") || path.endsWith(".dist-info/RECORD")) {
            seen.texts.put(path, new String(bytes.readNBytes(LONGEST_RECORD), StandardCharsets.UTF_8));
            return;
        }
        var head = Magic.ofHead(bytes.readNBytes(16));
        var lower = path.toLowerCase(Locale.ROOT);
        if (head == Magic.ELF) {
            findings.add(
                    Remark.look("機械語を含みます：" + Names.visible(path), "machine code is inside: " + Names.visible(path)));
        } else if (head.isProgram() && !lower.endsWith(".class")) {
            findings.add(Remark.refuse(
                    "Linux 用でない実行形式を含みます：" + Names.visible(path),
                    "a program that is not for Linux is inside: " + Names.visible(path)));
        }
        if (lower.endsWith(".pth")) {
            findings.add(Remark.look(
                    "Python の起動時に働くファイルを含みます：" + Names.visible(path),
                    "a file that acts when Python starts is inside: " + Names.visible(path)));
        }
        if (place(path).isEmpty()) {
            findings.add(Remark.info(
                    "スクリプトやデータは展開されません：" + Names.visible(path),
                    "scripts and data are not unpacked: " + Names.visible(path)));
        }
    }

    private static void itself(String metadata, Software software, Findings findings) {
        var name = field(metadata, "Name");
        var version = field(metadata, "Version");
        if (!Software.normal(name).equals(Software.normal(software.name())) || !version.equals(software.version())) {
            findings.add(Remark.refuse(
                    "中に書かれた名前と版は %s です".formatted(Names.visible(name + " " + version)),
                    "inside it calls itself %s".formatted(Names.visible(name + " " + version))));
        }
    }

    private static void vouched(Seen seen, String record, String folder, Findings findings) {
        var listed = new HashMap<String, String>();
        for (var line : record.lines().toList()) {
            var hash = line.indexOf(",sha256=");
            if (hash > 0) {
                var path = line.substring(0, hash);
                var unquoted =
                        path.startsWith("\"") && path.endsWith("\"") ? path.substring(1, path.length() - 1) : path;
                listed.put(unquoted, line.substring(hash + 8).split(",", 2)[0].replace("=", ""));
            }
        }
        for (var each : seen.hashes.entrySet()) {
            var exempt = each.getKey().equals(folder + "RECORD")
                    || each.getKey().startsWith(folder + "RECORD.")
                    || each.getKey().endsWith("/");
            if (!exempt && !each.getValue().equals(listed.get(each.getKey()))) {
                findings.add(Remark.refuse(
                        "RECORD のハッシュと一致しません：" + Names.visible(each.getKey()),
                        "its RECORD does not vouch for " + Names.visible(each.getKey())));
            }
        }
    }

    /** Of the headers above the first empty line. */
    static String field(String headers, String name) {
        for (var line : headers.lines().toList()) {
            if (line.isEmpty()) {
                break;
            }
            if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                return line.substring(name.length() + 1).strip();
            }
        }
        return "";
    }
}
