package org.sekisho.gateway.ingress;

import static java.util.Map.entry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Data and code that a project brings along: the name says what it is, and the bytes have to agree. */
final class PlainFile {
    private static final Set<String> TEXTS = Set.of(
            "csv", "tsv", "txt", "md", "json", "ndjson", "jsonl", "geojson", "yaml", "yml", "toml", "py", "r", "rmd",
            "qmd", "sql", "do", "sas", "jl", "ipynb", "bib");
    private static final Map<String, Magic> OTHERS = Map.ofEntries(
            entry("zip", Magic.ZIP),
            entry("xlsx", Magic.ZIP),
            entry("docx", Magic.ZIP),
            entry("npz", Magic.ZIP),
            entry("gz", Magic.GZIP),
            entry("png", Magic.PNG),
            entry("jpg", Magic.JPEG),
            entry("jpeg", Magic.JPEG),
            entry("pdf", Magic.PDF),
            entry("parquet", Magic.PARQUET),
            entry("arrow", Magic.ARROW),
            entry("feather", Magic.ARROW));
    private static final Set<String> NESTED = Set.of("zip", "gz", "tgz", "xz", "bz2", "7z", "rar", "whl", "jar");

    private PlainFile() {}

    static void inspect(Path file, String name, Magic magic, Findings findings) throws IOException {
        var ending = ending(name);
        if (TEXTS.contains(ending)) {
            if (!magic.isText()) {
                findings.add(wrong(ending, magic));
            }
        } else if (OTHERS.containsKey(ending)) {
            if (OTHERS.get(ending) != magic) {
                findings.add(wrong(ending, magic));
            }
        } else {
            findings.add(Remark.look(
                    "拡張子から種類がわかりません（内容は " + magic.word() + "）",
                    "its name does not say what it is (by content: " + magic.word() + ")"));
        }
        if (magic == Magic.ZIP) {
            Archives.zip(file, findings.bounds(), (path, bytes) -> inside(path, bytes.readNBytes(16), findings));
        } else if (magic == Magic.GZIP) {
            Archives.gzip(file, findings.bounds());
        }
        if (magic == Magic.TEXT_SHIFT_JIS) {
            findings.add(Remark.info("文字コードは Shift_JIS です", "its text is in Shift_JIS"));
        }
    }

    private static void inside(String path, byte[] head, Findings findings) {
        findings.entry(path);
        if (Magic.ofHead(head).isProgram()) {
            findings.add(Remark.refuse(
                    "実行形式のプログラムを含みます：" + Names.visible(path),
                    "a program for a machine is inside: " + Names.visible(path)));
        }
        if (NESTED.contains(ending(path))) {
            findings.add(Remark.look(
                    "アーカイブの中にアーカイブがあり、その中身は見ていません：" + Names.visible(path),
                    "an archive inside the archive was not looked into: " + Names.visible(path)));
        }
    }

    private static Remark wrong(String ending, Magic magic) {
        return Remark.refuse(
                "名前は .%s ですが、内容は %s です".formatted(ending, magic.word()),
                "it is called .%s and is %s by its content".formatted(ending, magic.word()));
    }

    private static String ending(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }
}
