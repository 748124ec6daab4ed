package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.picture.PictureSamples;
import org.sekisho.checker.policy.RulePacks;
import org.sekisho.checker.text.Canaries;

class HtmlJudgingTest {
    @TempDir
    Path home;

    private Path submitted;
    private Path leaving;
    private final OutputChecker ndb =
            OutputChecker.with(RulePacks.load("ndb")).watchingFor(Canaries.of(List.of("CANARY-7f3a91")));

    @BeforeEach
    void folders() throws IOException {
        submitted = Files.createDirectory(home.resolve("submitted"));
        leaving = Files.createDirectory(home.resolve("leaving"));
    }

    @Test
    void writesWordsAndTablesAnewInOrder() {
        var judgement = judge(
                "<!DOCTYPE html><html><head><title>t</title><script>x=1</script><style>p{}</style></head>"
                        + "<body onload=x()><h1 id=a>Report &amp; more</h1><div><p style='display:none'>Hidden.</p></div>"
                        + "<table><tr><th>area</th><th>n</th></tr><tr><td>A</td><td>120</td></tr><tr><td>B</td><td>300</td></tr></table>"
                        + "<p>End <a href='javascript:x'>link</a><img src='https://elsewhere.example/x.png'></p><iframe src=y></iframe>");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.files()).extracting(CheckedFile::type).containsExactly("text/html");
        assertThat(read("r.html")).isEqualTo("""
                        <!doctype html>
                        <html>
                        <head><meta charset="utf-8"></head>
                        <body>
                        <h2>Report &amp; more</h2>
                        <p>Hidden.</p>
                        <table>
                        <tr><th>area</th><th>n</th></tr>
                        <tr><td>A</td><td>120</td></tr>
                        <tr><td>B</td><td>300</td></tr>
                        </table>
                        <p>End link</p>
                        </body>
                        </html>
                        """);
    }

    @Test
    void hidesSmallCellsOfTablesListsAndPrintedTables() {
        var judgement = judge(
                "<html><table><tr><th>area</th><th>n</th></tr><tr><td>A</td><td>120</td></tr><tr><td>B</td><td>4</td></tr>"
                        + "<tr><td>C</td><td>4000</td></tr><tr><td>D</td><td>35</td></tr></table><ul><li>Male: 70<li>Female: 5<li>Other: 60</ul>"
                        + "<pre>  sex   n\n1   F 120\n2   M   3\n3   X 700\n</pre>");
        assertThat(judgement.amended()).extracting(CheckedFile::name).containsExactly("amended-r.html");
        assertThat(read("amended-r.html"))
                .contains("<td>B</td><td>-</td>")
                .doesNotContain("Female: 5")
                .doesNotContain("M   3");
        assertThat(judgement.evidence().tables()).hasSize(3);
    }

    @Test
    void takesPicturesOutAsFilesOfTheirOwn() {
        var png = Base64.getEncoder().encodeToString(PictureSamples.png());
        var judgement = judge("<html><p>a</p><img src=\"data:image/png;base64," + png
                + "\"><img src='data:image/svg+xml;base64,AAAA'><img src=\"data:image/jpeg;base64,AAAA\"><p>b</p>");
        assertThat(judgement.files()).extracting(CheckedFile::name).containsExactly("r.html", "r-1.png");
        assertThat(read("r.html")).contains("<p>[r-1.png]</p>").doesNotContain("base64");
        assertThat(judgement.findings()).extracting(Finding::rule).contains("figure-for-review", "picture");
    }

    @Test
    void refusesACanaryEvenWhereAPageHidesIt() {
        var judgement = judge("<html><p hidden>CANARY-7f3a91</p>");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(leaving).isEmptyDirectory();
    }

    @Test
    void refusesWhatNobodyReadsThrough() {
        assertThat(judge("<html><p>" + "x ".repeat(600_000)).findings())
                .extracting(Finding::rule)
                .contains("too-large");
        assertThat(judge("<html>" + "<!-- -->".repeat(3_000_000)).findings())
                .extracting(Finding::rule)
                .containsExactly("too-large");
        var wide =
                "<table><tr>" + "<td>1</td>".repeat(900) + "</tr>" + "<tr><td>1</td></tr>".repeat(1_500) + "</table>";
        assertThat(judge("<html>" + wide.repeat(3)).findings())
                .extracting(Finding::rule)
                .contains("too-large");
    }

    @Test
    void neverWritesOverAnotherFile() throws IOException {
        Files.write(submitted.resolve("r-1.png"), PictureSamples.png());
        Files.writeString(
                submitted.resolve("r.html"),
                "<html><img src='data:image/png;base64," + Base64.getEncoder().encodeToString(PictureSamples.png())
                        + "'>");
        var judgement = ndb.judgeFiles(submitted, List.of("r-1.png", "r.html"), leaving);
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("file-name");
    }

    private Judgement judge(String html) {
        Samples.write(submitted.resolve("r.html"), html);
        return ndb.judgeFiles(submitted, List.of("r.html"), leaving);
    }

    private String read(String name) {
        return Samples.read(leaving.resolve(name));
    }
}
