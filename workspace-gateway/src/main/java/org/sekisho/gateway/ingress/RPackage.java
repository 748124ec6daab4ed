package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * An R package: a tar.gz of one folder with a DESCRIPTION. One that was built ({@code R CMD INSTALL --build}) is
 * unpacked. A source package is installed first, which runs its code and asks for a {@link SourceBuild}; one with code
 * to compile is not taken.
 */
final class RPackage {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9.]*[A-Za-z0-9]");
    private static final int LONGEST_DESCRIPTION = 1 << 20;

    private RPackage() {}

    static void inspect(Path file, Magic magic, List<String> permitted, boolean sources, Findings findings)
            throws IOException {
        if (magic != Magic.GZIP) {
            findings.add(Remark.refuse("R パッケージ（tar.gz）ではありません", "not an R package: that is a tar.gz"));
            return;
        }
        var description = new String[1];
        var folder = new String[1];
        var compiles = new boolean[1];
        Archives.tarGz(file, findings.bounds(), (path, bytes) -> {
            findings.entry(path);
            var first = path.substring(0, Math.max(0, path.indexOf('/')));
            if (folder[0] == null) {
                folder[0] = first;
            }
            if (first.isEmpty() || !first.equals(folder[0])) {
                findings.add(Remark.refuse("フォルダーが一つではありません", "it is not one folder: " + Names.visible(path)));
            }
            compiles[0] |= path.startsWith(first + "/src/");
            if (path.equals(first + "/DESCRIPTION")) {
                description[0] = new String(bytes.readNBytes(LONGEST_DESCRIPTION), StandardCharsets.UTF_8);
            } else if (Magic.ofHead(bytes.readNBytes(16)) == Magic.ELF) {
                findings.add(Remark.look(
                        "機械語を含みます：" + Names.visible(path), "machine code is inside: " + Names.visible(path)));
            }
        });
        if (folder[0] == null || description[0] == null) {
            findings.add(Remark.refuse("DESCRIPTION がありません", "it has no DESCRIPTION"));
            return;
        }
        itself(folder[0], description[0], permitted, findings);
        built(description[0], compiles[0], sources, findings);
    }

    private static void itself(String folder, String description, List<String> permitted, Findings findings) {
        var software = new Software(Wheel.field(description, "Package"), Wheel.field(description, "Version"));
        findings.software(software);
        if (!NAME.matcher(software.name()).matches() || !software.name().equals(folder)) {
            findings.add(Remark.refuse(
                    "フォルダーの名前と DESCRIPTION の Package が一致しません", "its folder is not called as its DESCRIPTION says"));
        }
        if (!software.isPermittedBy(permitted)) {
            findings.add(Wheel.notPermitted(software));
        }
    }

    private static void built(String description, boolean compiles, boolean sources, Findings findings) {
        var built = Wheel.field(description, "Built");
        if (built.endsWith("windows")) {
            findings.add(Remark.refuse("Linux 用ではありません", "it was not built on Linux"));
        }
        if (!built.isEmpty()) {
            return;
        }
        if (compiles || Wheel.field(description, "NeedsCompilation").equals("yes")) {
            findings.add(
                    Remark.refuse(
                            "コンパイルの必要なソースパッケージです。R CMD INSTALL --build で作った Linux 用のものを持ち込んでください",
                            "it is a source package that has to be compiled; bring the one that R CMD INSTALL --build makes on Linux"));
        } else if (sources) {
            findings.add(Remark.look(
                    "ソースパッケージです。受け入れるとサンドボックスの中で一度インストールされます（パッケージのコードが動きます）",
                    "it is a source package: once accepted it is installed in a sandbox, which runs its code there"));
        } else {
            findings.add(
                    Remark.refuse(
                            "ソースパッケージをインストールできるサンドボックスがありません。R CMD INSTALL --build で作った Linux 用のものを持ち込んでください",
                            "no sandbox here installs source packages; bring the one that R CMD INSTALL --build makes on Linux"));
        }
    }

    /** Whether it has to be installed before anybody can use it. */
    static boolean isSource(Path file) throws IOException {
        var built = new boolean[1];
        Archives.tarGz(file, new Bounds(Files.size(file)), (path, bytes) -> {
            if (path.endsWith("/DESCRIPTION") && path.indexOf('/') == path.lastIndexOf('/')) {
                var description = new String(bytes.readNBytes(LONGEST_DESCRIPTION), StandardCharsets.UTF_8);
                built[0] = !Wheel.field(description, "Built").isEmpty();
            }
        });
        return !built[0];
    }
}
