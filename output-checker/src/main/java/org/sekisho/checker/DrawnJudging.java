package org.sekisho.checker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sekisho.checker.file.WrittenFile;
import org.sekisho.checker.picture.Drawn;
import org.sekisho.checker.picture.Pictures;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.text.Canaries;

/**
 * Judges an SVG or a PDF: its pages are drawn, and leave as pictures. What cannot be seen in them stays behind; the words in
 * them are scanned, and a table among them is judged like any other, but cannot be amended.
 */
final class DrawnJudging {
    private final RulePack pack;
    private final Canaries canaries;
    private final String name;
    private final FileFindings findings;

    DrawnJudging(RulePack pack, Canaries canaries, String name) {
        this.pack = pack;
        this.canaries = canaries;
        this.name = name;
        this.findings = new FileFindings(name);
    }

    /** @param taken names that files of this output have already, in lower case */
    Judgement judge(Drawn.Kind kind, Path file, Path directory, Set<String> taken) {
        return switch (Drawn.of(kind, file)) {
            case Drawn.Answer.Refused(var why) -> {
                findings.fail("picture", PictureFindings.ofDrawing(why));
                yield findings.refused(pack);
            }
            case Drawn.Answer.Pages(var pages) -> judge(pages, directory, taken);
        };
    }

    private Judgement judge(List<Drawn.Page> pages, Path directory, Set<String> taken) {
        findings.info(
                "converted",
                "PNG に描き直して持ち出します。メタデータ、見えない層、添付ファイル、リンクは残りません。",
                "Drawn anew and leaves as PNG, without metadata, hidden layers, attachments and links.");
        findings.review("figure-for-review", PictureFindings.forReview(Place.WHOLE));
        var document = new DocumentJudging(pack, canaries, name, findings);
        Map<String, byte[]> pictures = new LinkedHashMap<>();
        for (int page = 0; page < pages.size(); page++) {
            var place = pages.size() == 1 ? Place.WHOLE : Place.page(page + 1);
            document.text(place, pages.get(page).text());
            var as = stem() + (pages.size() == 1 ? "" : "-" + (page + 1)) + ".png";
            if (!taken.add(as.toLowerCase(Locale.ROOT))) {
                return new FileFindings(name).name().refused(pack);
            }
            picture(place, pages.get(page).png(), as, pictures);
        }
        if (document.amends()) {
            findings.fail(
                    "table-in-figure",
                    "図の中に、非表示にすべきセルを持つ表があります。表は CSV で出してください。",
                    "A table in it has cells that must be hidden. Submit the table as CSV.");
        }
        return findings.judgement(pack, document.evidence(), () -> written(pictures, directory), List::of);
    }

    private void picture(Place place, byte[] png, String as, Map<String, byte[]> pictures) {
        switch (Pictures.clean(png)) {
            case Pictures.Answer.Clean clean -> pictures.put(as, clean.bytes());
            case Pictures.Answer.Refused(var why) -> findings.fail("picture", place.before(PictureFindings.of(why)));
        }
    }

    private static List<CheckedFile> written(Map<String, byte[]> pictures, Path directory) {
        var files = new ArrayList<CheckedFile>();
        pictures.forEach((as, png) -> {
            var written = WrittenFile.write(directory.resolve(as), png);
            files.add(new CheckedFile(as, "image/png", written.bytes(), written.sha256()));
        });
        return files;
    }

    private String stem() {
        return name.substring(0, name.lastIndexOf('.'));
    }
}
