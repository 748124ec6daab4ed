package org.sekisho.checker;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sekisho.checker.file.TextFile;
import org.sekisho.checker.file.WrittenFile;
import org.sekisho.checker.found.HtmlTables;
import org.sekisho.checker.picture.Pictures;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.text.Canaries;

/**
 * Judges a page, as knitr and Quarto make them: its words and tables written anew, its pictures as files of their own.
 * Scripts, styles, links and whatever is hidden by them are no part of what leaves.
 */
final class HtmlJudging {
    private static final int PICTURES_AT_MOST = 50;

    private final RulePack pack;
    private final Canaries canaries;
    private final String name;
    private final FileFindings findings;
    private final Map<String, Pictures.Answer.Clean> figures = new LinkedHashMap<>();

    HtmlJudging(RulePack pack, Canaries canaries, String name) {
        this.pack = pack;
        this.canaries = canaries;
        this.name = name;
        this.findings = new FileFindings(name);
    }

    /** @param taken names that files of this output have already, in lower case */
    Judgement judge(Path file, Path directory, Set<String> taken) {
        var read = TextFile.page(file);
        if (read.isEmpty()) {
            return findings.tooLarge("16 MB", "16 MB").refused(pack);
        }
        findings.textForReview();
        findings.info(
                "active-content",
                "文章と表だけを書き直しました。スクリプト、書式、リンクは残りません。",
                "Words and tables were written anew; scripts, styles and links are gone.");
        var document = new DocumentJudging(pack, canaries, name, findings);
        var part = document.page(read.get(), picture -> figure(picture, taken));
        if (part.plain().length() > TextFile.BYTES_AT_MOST) {
            findings.tooLarge("文字と表で 100 万字", "1 million characters of words and tables");
        }
        if (!figures.isEmpty()) {
            findings.review("figure-for-review", PictureFindings.forReview(Place.WHOLE));
        }
        return findings.judgement(
                pack,
                document.evidence(),
                () -> written(directory, part.plain()),
                () -> document.amends()
                        ? List.of(write(directory, Judgement.AMENDED + name, part.amended()))
                        : List.of());
    }

    private List<CheckedFile> written(Path directory, String page) {
        var files = new ArrayList<CheckedFile>();
        files.add(write(directory, name, page));
        figures.forEach((as, figure) -> files.add(write(directory, as, figure.type(), figure.bytes())));
        return files;
    }

    /** @return what stands in its place */
    private String figure(HtmlTables.Picture picture, Set<String> taken) {
        var stem = name.substring(0, name.lastIndexOf('.'));
        var as = stem + "-" + (figures.size() + 1) + (picture.type().endsWith("png") ? ".png" : ".jpeg");
        if (figures.size() == PICTURES_AT_MOST) {
            findings.tooLarge("図 50 枚", "50 pictures");
            return "";
        }
        switch (cleaned(picture)) {
            case Pictures.Answer.Clean clean
            when clean.type().equals(picture.type()) -> {
                if (!taken.add(as.toLowerCase(Locale.ROOT))) {
                    findings.name();
                    return "";
                }
                findings.addAll(PictureFindings.of(as, Place.WHOLE, clean.dropped()));
                figures.put(as, clean);
                return "[" + as + "]";
            }
            case Pictures.Answer.Clean _ -> findings.review("picture", PictureFindings.of(Pictures.Why.BROKEN));
            case Pictures.Answer.Refused(var why) -> findings.review("picture", PictureFindings.of(why));
        }
        return "";
    }

    private static Pictures.Answer cleaned(HtmlTables.Picture picture) {
        try {
            return Pictures.clean(
                    Base64.getMimeDecoder().decode(picture.base64().getBytes(StandardCharsets.ISO_8859_1)));
        } catch (IllegalArgumentException notBase64) {
            return new Pictures.Answer.Refused(Pictures.Why.BROKEN);
        }
    }

    private static CheckedFile write(Path directory, String as, String text) {
        return write(directory, as, "text/html", text.getBytes(StandardCharsets.UTF_8));
    }

    private static CheckedFile write(Path directory, String as, String type, byte[] bytes) {
        var written = WrittenFile.write(directory.resolve(as), bytes);
        return new CheckedFile(as, type, written.bytes(), written.sha256());
    }
}
