package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.picture.PictureSamples;

class HtmlJudgingTest extends SubmittedFiles {
    @Tag("abuse-99")
    @Test
    void writesWordsAndTablesAnewInOrder() {
        var judgement = page(
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
        var judgement = page(
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
    void leavesTheRowNumbersOfPandasBehind() {
        var table = "<table><tr><th></th><th>area</th><th>n</th></tr><tr><th>0</th><td>A</td><td>120</td></tr>"
                + "<tr><th>1</th><td>B</td><td>4</td></tr><tr><th>2</th><td>C</td><td>4000</td></tr></table>";
        var judgement = page("<html>" + table + table);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("row-numbers"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.INFO));
        assertThat(read("r.html"))
                .contains("<tr><th>area</th><th>n</th></tr>\n<tr><td>A</td><td>120</td></tr>\n"
                        + "<tr><td>B</td><td>4</td></tr>\n<tr><td>C</td><td>4000</td></tr>\n</table>")
                .doesNotContain("<td>0</td>");
        assertThat(read("amended-r.html"))
                .contains("<tr><th>area</th><th>n</th></tr>", "<tr><td>B</td><td>-</td></tr>")
                .doesNotContain("<td>0</td>");
    }

    @Test
    void judgesNumbersThatAreNoRowNumbersForWantOfOrder() {
        var judgement =
                page("<html><table><tr><th></th><th>area</th><th>n</th></tr><tr><td>3</td><td>A</td><td>120</td></tr>"
                        + "<tr><td>1</td><td>B</td><td>400</td></tr><tr><td>2</td><td>C</td><td>300</td></tr></table>");
        assertThat(judgement.findings())
                .extracting(Finding::rule)
                .contains("minimum-persons")
                .doesNotContain("row-numbers");
        assertThat(read("amended-r.html"))
                .contains("<td>-</td><td>A</td>", "<td>-</td><td>B</td>", "<td>-</td><td>C</td>");
    }

    @Test
    void hidesSmallCellsWhereNoCellIsMarkedAsAName() {
        page("<html><table><tr><td>area</td><td>n</td></tr><tr><td>A</td><td>3</td></tr><tr><td>B</td><td>120</td></tr>"
                + "<tr><td>C</td><td>4000</td></tr></table>");
        assertThat(read("amended-r.html")).contains("<tr><th>area</th><th>n</th></tr>", "<td>A</td><td>-</td>");
    }

    @Test
    void hidesSmallCellsUnderRowsThatNameGroups() {
        page("<html><table><thead><tr><th>sex</th><th>n</th></tr></thead><tr><td colspan=2>East</td></tr><tr><td>F</td>"
                + "<td>3</td></tr><tr><td>M</td><td>120</td></tr><tr><td colspan=2>West</td></tr><tr><td>F</td>"
                + "<td>400</td></tr><tr><td>M</td><td>500</td></tr></table>");
        assertThat(read("amended-r.html")).contains("<td>East</td><td>F</td><td>-</td>", "<td>West</td><td>M</td>");
    }

    @Test
    void saysOfATableWithDigitsThatItWasNotJudged() {
        assertThat(page("<html><table><tr><td>A</td><td>3 of 7</td></tr><tr><td>B</td><td>9 of 9</td></tr></table>")
                        .findings())
                .filteredOn(finding -> finding.rule().equals("table-not-judged"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.severity()).isEqualTo(Severity.REVIEW));
    }

    @Test
    void takesPicturesOutAsFilesOfTheirOwn() {
        var png = Base64.getEncoder().encodeToString(PictureSamples.png());
        var judgement = page("<html><p>a</p><img src=\"data:image/png;base64," + png
                + "\"><img src='data:image/svg+xml;base64,AAAA'><img src=\"data:image/jpeg;base64,AAAA\"><p>b</p>");
        assertThat(judgement.files()).extracting(CheckedFile::name).containsExactly("r.html", "r-1.png");
        assertThat(read("r.html")).contains("<p>[r-1.png]</p>").doesNotContain("base64");
        assertThat(judgement.findings()).extracting(Finding::rule).contains("figure-for-review", "picture");
    }

    @Tag("abuse-94")
    @Test
    void refusesACanaryEvenWhereAPageHidesIt() {
        var judgement = page("<html><p hidden>CANARY-7f3a91</p>");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(leaving).isEmptyDirectory();
    }

    @Test
    void refusesWhatNobodyReadsThrough() {
        assertThat(page("<html><p>" + "x ".repeat(600_000)).findings())
                .extracting(Finding::rule)
                .contains("too-large");
        assertThat(page("<html>" + "<!-- -->".repeat(3_000_000)).findings())
                .extracting(Finding::rule)
                .containsExactly("too-large");
        var wide =
                "<table><tr>" + "<td>1</td>".repeat(900) + "</tr>" + "<tr><td>1</td></tr>".repeat(1_500) + "</table>";
        assertThat(page("<html>" + wide.repeat(3)).findings())
                .extracting(Finding::rule)
                .contains("too-large");
    }

    @Test
    void refusesACellThatWouldBeWrittenTooOften() {
        var judgement = page("<html><table><tr><td colspan=1000 rowspan=1000>" + "x".repeat(9_000) + "</table>");
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("too-large"))
                .first()
                .satisfies(finding -> assertThat(finding.message().en()).contains("2 million cells and 1048576"));
    }

    @Test
    void tellsAHundredPlacesOfOneKindAndThatThereAreMore() {
        var judgement = page("<html>" + "<img src=data:image/png;base64,AAAA>".repeat(500) + "<table>"
                + "<tr><td>taro@example.jp</td></tr>".repeat(400) + "</table>");
        for (var rule : List.of("picture", "e-mail-address")) {
            assertThat(judgement.findings())
                    .filteredOn(finding -> finding.rule().equals(rule))
                    .hasSize(101)
                    .last()
                    .satisfies(finding -> {
                        assertThat(finding.severity()).isEqualTo(Severity.REVIEW);
                        assertThat(finding.message().en()).contains("more places");
                    });
        }
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

    private Judgement page(String html) {
        text("r.html", html);
        return judge("r.html");
    }
}
