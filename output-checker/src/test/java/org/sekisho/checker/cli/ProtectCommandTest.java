package org.sekisho.checker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sekisho.checker.Samples;

class ProtectCommandTest {
    private static final String SMALL = "region,sex,n\nA,f,3\nA,m,20\nB,f,15\nB,m,30\nC,f,12\nC,m,40\n";
    private static final String SMALL_SPEC = """
            {"dimensions":[{"name":"region"},{"name":"sex"}],"rows":"inner","frequency":"n",
             "primary":[{"minimum-count":{"n":10}}],"protection":{"width":1},"cost":"value"}
            """;

    @TempDir
    Path directory;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void protectsASmallTableAtLeastCost() throws IOException {
        assertThat(protect(SMALL, SMALL_SPEC)).isZero();
        assertThat(report().path("cells").asInt()).isEqualTo(12);
        assertThat(report().path("primary").asInt()).isEqualTo(1);
        assertThat(report().path("secondary").asInt()).isEqualTo(3);
        assertThat(report().path("cost").asDouble()).isEqualTo(20 + 15 + 30);
        assertThat(report().path("optimal").asBoolean()).isTrue();
        assertThat(table())
                .contains("region,sex,n,status,lower,upper", "A,f,,primary,0,18", "C,f,12,safe,,")
                .contains("A,Total,23,safe,,");
    }

    @Test
    void doesNotDependOnTheOrderOfRows() throws IOException {
        protect(SMALL, SMALL_SPEC);
        var first = table();
        var rows = new ArrayList<>(SMALL.lines().skip(1).toList());
        Collections.shuffle(rows, new Random(5));
        protect("region,sex,n\n" + String.join("\n", rows) + "\n", SMALL_SPEC);
        assertThat(table()).isEqualTo(first);
    }

    @Test
    void takesATableThatHasItsTotals() throws IOException {
        var complete = "region,n\nA,3\nB,15\nC,40\nTotal,58\n";
        assertThat(protect(complete, spec("\"region\",\"total\":\"Total\"", "complete")))
                .isZero();
        assertThat(report().path("cost").asDouble()).isEqualTo(15);
    }

    /** A group of one grouping has a row of its own, which the other grouping knows nothing of. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {"{\"column\":\"county\"}", "\"counties.csv\""})
    void takesATableThatHasTheTotalsOfTwoGroupings(String county) throws IOException {
        Samples.write(directory.resolve("counties.csv"), "child,parent\nA,E\nB,E\nC,W\nD,W\n");
        var complete = """
                region,county,size,n
                A,E,big,3
                B,E,small,12
                C,W,big,14
                D,W,small,2
                E,,,15
                W,Total,,16
                big,,big,17
                small,,,14
                Total,,,31
                """;
        var spec = spec("\"region\",\"hierarchies\":[" + county + ",{\"column\":\"size\"}]", "complete")
                .replace("\"n\":10", "\"n\":4");
        assertThat(protect(complete, spec)).isZero();
        assertThat(table())
                .contains("A,,primary,1,15", "B,,secondary,0,14", "D,,primary,0,14", "W,16,safe,,", "small,14,safe,,");
    }

    /** Distances of many digits sent the solver round in circles, without an end. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void protectsSumsOfManyDigitsWhereLittleIsAskedFor() throws IOException {
        var table = """
                age,sex,n,turnover
                young,f,0,0
                young,m,0,0
                old,f,1,10000000000
                old,m,42,530000000000
                middle,f,2,18000000000
                middle,m,54,964000000000
                """;
        var spec = SMALL_SPEC
                .replace("region", "age")
                .replace("\"frequency\":\"n\"", "\"frequency\":\"n\",\"value\":\"turnover\"")
                .replace("\"width\"", "\"absolute\"");
        assertThat(protect(table, spec)).isZero();
        assertThat(report().path("optimal").asBoolean()).isTrue();
        assertThat(report().path("cost").asDouble()).isEqualTo(530e9 + 964e9 + 1494e9);
    }

    @Test
    void readsSmallNumbersWithExponents() throws IOException {
        var spec = spec("\"region\"", "inner")
                .replace("\"frequency\":\"n\"", "\"value\":\"v\"")
                .replace("{\"minimum-count\":{\"n\":10}}", "{\"flag\":\"f\"}")
                .replace("\"width\":1", "\"relative\":0.1");
        assertThat(protect("region,v,f\nA,1.5e-5,1\nB,2.5E-5,0\nC,4e-5,0\n", spec))
                .isZero();
        assertThat(report().path("cost").asDouble()).isEqualTo(2.5e-5);
        assertThat(table()).contains("Total,0.00008,safe,,", "A,,primary,0,0.00004");
    }

    @Test
    void refusesToWriteOverTheTableItself() throws IOException {
        var file =
                Samples.write(Files.createDirectories(directory.resolve("out")).resolve("table.csv"), SMALL);
        var spec = Samples.write(directory.resolve("spec.json"), SMALL_SPEC);
        assertThat(run(file.toString(), "--spec", spec.toString(), "--out", out()))
                .isEqualTo(2);
        assertThat(messages()).contains("name another folder");
        assertThat(file).hasContent(SMALL);
    }

    @Test
    void refusesATableThatContradictsItselfWithTheEquation() {
        var broken = "region,n\nA,3\nB,15\nC,40\nTotal,59\n";
        assertThat(protect(broken, spec("\"region\",\"total\":\"Total\"", "complete")))
                .isEqualTo(2);
        assertThat(messages()).contains("t.csv:5: n does not add up: Total is not A + B + C");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"rows\":\"inner\";\"rows\":\"outer\";spec.json:1:",
                "\"primary\";\"primaries\";is not known here",
                "\"n\":10;\"n\":0;must be a whole number above 0",
                "\"n\":10;\"n\":10,\"n\":11;is not JSON",
                "\"width\":1;\"width\":1,\"absolute\":1;must name exactly one",
                "\"width\":1;\"width\":-1;must be above 0",
                "\"frequency\":\"n\";\"frequency\":\"m\";t.csv:1: has no column m",
                "\"cost\":\"value\";\"cost\":\"value\",\"linked\":[\"absent.json\"];absent.json: cannot be read",
                "\"cost\":\"value\";\"cost\":\"value\",\"linked\":\"absent.json\";linked must be a list",
                "\"cost\":\"value\";\"cost\":\"value\",\"linked\":[\"a\\u0000\"];is no path",
                "\"cost\":\"value\";\"cost\":\"value\",\"table\":\"a\\u0000\";table is no path",
                "{\"name\":\"sex\"};{\"name\":\"sex\",\"hierarchy\":\"a\\u0000\"};hierarchy is no path",
                "\"cost\":\"value\";\"cost\":\"price\";t.csv:1: has no column price",
                "\"cost\":\"value\";\"singletons\":\"yes\";must be \"protect\" or \"ignore\"",
                "\"cost\":\"value\";\"bounds\":{\"upper-factor\":2};needs \"upper-factor\" and \"of\" together",
                "\"cost\":\"value\";\"bounds\":{\"upper-factor\":0,\"of\":\"n\"};must be above 0",
                "\"cost\":\"value\";\"zeros\":\"hide\";must be \"publish\" or \"protect\"",
                "\"protection\":{\"width\":1},;;needs \"protection\"",
                "{\"width\":1};{\"rule\":false};can only be true",
                "{\"width\":1};{\"width\":\"1\"};must be a number",
                "{\"width\":1};{\"width\":1e999};must be a number",
                "[{\"minimum-count\":{\"n\":10}}];[];names no rule",
                "[{\"minimum-count\":{\"n\":10}}];{};primary must be a list",
                "{\"n\":10};{\"n\":2.5};must be a whole number above 0",
                "{\"n\":10};{};needs \"n\"",
                "{\"minimum-count\":{\"n\":10}};{\"p-percent\":{\"p\":10}};needs 2 column(s) in",
                "{\"minimum-count\":{\"n\":10}};{\"p-percent\":{\"p\":-1}};needs p above 0",
                "{\"minimum-count\":{\"n\":10}};{\"flag\":\"secret\"};t.csv:1: has no column secret",
                "\"frequency\":\"n\",;;needs \"frequency\" or \"value\"",
                "[{\"name\":\"region\"},{\"name\":\"sex\"}];[];names no dimension",
                "{\"name\":\"sex\"};{\"name\":\"region\"};repeats the column region",
                "{\"name\":\"sex\"};{\"name\":\"sex\",\"total\":\"\"};must be a text",
                "{\"name\":\"sex\"};{\"name\":\"sex\",\"hierarchy\":{\"column\":\"county\"}};has no column county",
                "\"rows\":\"inner\";\"rows\":\"complete\";no row has the total's label Total",
                "{\"minimum-count\":{\"n\":10}};{\"dominance\":{\"n\":1,\"k\":85}};needs 1 column(s) in",
                "{\"name\":\"sex\"};{\"name\":\"sex\",\"hierarchy\":\"absent.csv\"};absent.csv: cannot be read"
            })
    void refusesWhatItDoesNotUnderstand(String good, @Nullable String bad, String message) {
        assertThat(SMALL_SPEC).contains(good);
        assertThat(protect(SMALL, SMALL_SPEC.replace(good, bad == null ? "" : bad)))
                .isEqualTo(2);
        assertThat(messages()).contains(message);
        assertThat(messages().lines()).as("one line says it").hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "A,f,3;A,f;t.csv:2:3:",
                "A,f,3;A,f,x;t.csv:2:3: is not a number",
                "A,f,3;A,f,1e999;t.csv:2:3: is too large a number",
                "A,f,3;Total,f,3;is the total",
                "A,f,3;A,f,-3;t.csv:2:3: is a count",
                "A,f,3;,f,3;t.csv:2:1:"
            })
    void namesLineAndColumnOfBadRows(String good, String bad, String message) {
        assertThat(protect(SMALL.replace(good, bad), SMALL_SPEC)).isEqualTo(2);
        assertThat(messages()).contains(message);
    }

    /** Hiding region A and another one is not enough: the sexes of A add up to it. */
    @Test
    void protectsLinkedTablesTogether() throws IOException {
        assertThat(protectLinked("A,f,3,0\nA,m,12,0\n")).isZero();
        assertThat(report().path("cost").asDouble()).isEqualTo(45 + 3 + 15);
        assertThat(report().path("optimal").asBoolean()).isTrue();
        assertThat(table()).contains("A,,primary,12,30", "B,,secondary,30,48", "C,52,safe,,");
        assertThat(Files.readAllLines(directory.resolve("out").resolve("table-2.csv")))
                .contains(
                        "A,Total,,primary,12,30",
                        "B,Total,,secondary,30,48",
                        "A,f,,secondary,0,18",
                        "B,f,,secondary,0,18",
                        "A,m,12,safe,,");
        assertThat(report().path("tables")).hasSize(2);
    }

    @Test
    void refusesLinkedTablesThatContradictEachOther() {
        assertThat(protectLinked("A,f,4,0\nA,m,12,0\n")).isEqualTo(2);
        assertThat(messages()).contains("sexes.csv: contradicts t.csv: n of A|Total has another value there");
    }

    private int protectLinked(String regionA) {
        var sexes = "{\"dimensions\":[{\"name\":\"region\"},{\"name\":\"sex\"}],\"rows\":\"inner\",\"value\":\"n\","
                + "\"primary\":[{\"flag\":\"p\"}],\"protection\":{\"width\":1},\"linked\":[\"spec.json\"]}";
        Samples.write(directory.resolve("sexes.spec.json"), sexes);
        Samples.write(
                directory.resolve("sexes.csv"),
                "region,sex,n,p\n" + regionA + "B,f,15,0\nB,m,30,0\nC,f,12,0\nC,m,40,0\n");
        return protect(
                "region,n,p\nA,15,1\nB,45,0\nC,52,0\n",
                "{\"dimensions\":[{\"name\":\"region\"}],\"rows\":\"inner\",\"value\":\"n\","
                        + "\"primary\":[{\"flag\":\"p\"}],\"protection\":{\"width\":1},\"linked\":[\"sexes.spec.json\"]}");
    }

    /** Who is alone in A knows A, and with the total also B. */
    @ParameterizedTest
    @CsvSource({"ignore,0", "protect,20"})
    void keepsWhoIsAloneInACellFromComputingAnotherOne(String singletons, double cost) throws IOException {
        var table = "region,n\nA,1\nB,2\nC,20\nD,30\n";
        var spec = "{\"dimensions\":[{\"name\":\"region\"}],\"rows\":\"inner\",\"frequency\":\"n\","
                + "\"primary\":[{\"minimum-count\":{\"n\":3}}],\"protection\":{\"width\":1},\"singletons\":\""
                + singletons
                + "\"}";
        assertThat(protect(table, spec)).isZero();
        assertThat(report().path("cost").asDouble()).isEqualTo(cost);
        assertThat(report().path("optimal").asBoolean()).isTrue();
    }

    /** B is the cheapest to hide with A; but then B's one contributor has A from the sum of both. */
    @ParameterizedTest
    @CsvSource({"ignore,1", "protect,50"})
    void keepsWhoIsAloneInACellThatIsHiddenForOthersFromComputingThem(String singletons, double cost)
            throws IOException {
        var spec = "{\"dimensions\":[{\"name\":\"region\"}],\"rows\":\"inner\",\"frequency\":\"n\","
                + "\"primary\":[{\"flag\":\"own\"}],\"protection\":{\"width\":1},\"singletons\":\"" + singletons
                + "\"}";
        assertThat(protect("region,n,own\nA,5,1\nB,1,0\nC,50,0\n", spec)).isZero();
        assertThat(report().path("cost").asDouble()).isEqualTo(cost);
        assertThat(report().path("optimal").asBoolean()).isTrue();
    }

    /** Whoever is alone in A and f is alone in A as well, and learns nothing from it. */
    @Test
    void letsWhoIsAloneInACellKnowWhatIsHis() throws IOException {
        var spec = "{\"dimensions\":[{\"name\":\"region\"},{\"name\":\"sex\"}],\"rows\":\"inner\",\"frequency\":\"n\","
                + "\"primary\":[{\"flag\":\"own\"}],\"protection\":{\"width\":1},\"singletons\":\"protect\"}";
        var table = "region,sex,n,own\nA,f,1,1\nA,m,0,0\nB,f,12,0\nB,m,33,0\nC,f,14,0\nC,m,35,0\n";
        assertThat(protect(table, spec)).isZero();
        assertThat(table()).anyMatch(row -> row.startsWith("A,f,,primary"));
        assertThat(table()).anyMatch(row -> row.startsWith("A,Total,,secondary"));
    }

    /** G is a0 and a1, and nobody is in a0: whoever is alone in a1 is alone in G. */
    @Test
    void letsWhoIsAloneInAGroupKnowThePartThatHeIsIn() throws IOException {
        Samples.write(directory.resolve("areas.csv"), "child,parent\na0,G\na1,G\nc,Total\n");
        var table = """
                A,B,n,v
                a0,b0,0,0
                a1,b0,1,24
                G,b0,1,24
                c,b0,3,124
                Total,b0,4,148
                a0,b1,4,90
                a1,b1,5,61
                G,b1,9,151
                c,b1,7,300
                Total,b1,16,451
                a0,Total,4,90
                a1,Total,6,85
                G,Total,10,175
                c,Total,10,424
                Total,Total,20,599
                """;
        var spec = "{\"dimensions\":[{\"name\":\"A\",\"total\":\"Total\",\"hierarchy\":\"areas.csv\"},"
                + "{\"name\":\"B\",\"total\":\"Total\"}],\"rows\":\"complete\",\"frequency\":\"n\",\"value\":\"v\","
                + "\"primary\":[{\"minimum-count\":{\"n\":2}}],\"protection\":{\"width\":1},\"zeros\":\"publish\","
                + "\"cost\":\"value\",\"singletons\":\"protect\"}";
        assertThat(protect(table, spec)).isZero();
        assertThat(report().path("optimal").asBoolean()).isTrue();
        assertThat(report().path("unprotected").isMissingNode()).isTrue();
        assertThat(table())
                .as("bounds as they are, not as adding and taking away left them")
                .noneMatch(row -> row.matches(".*(E-|\\d{12}).*"));
    }

    /** Tenths have no exact place in a computer. */
    @Test
    void writesBoundsWithoutTheDustOfArithmetic() throws IOException {
        var table = new StringBuilder("region,sex,n,v\n");
        for (int region = 0; region < 6; region++) {
            for (int sex = 0; sex < 5; sex++) {
                table.append(
                        "r%d,s%d,%d,%d.%d\n".formatted(region, sex, 1 + (region * sex) % 7, 3 + region * 7, sex + 1));
            }
        }
        var spec = "{\"dimensions\":[{\"name\":\"region\"},{\"name\":\"sex\"}],\"rows\":\"inner\",\"frequency\":\"n\","
                + "\"value\":\"v\",\"primary\":[{\"minimum-count\":{\"n\":3}}],\"protection\":{\"width\":1},"
                + "\"cost\":\"value\"}";
        assertThat(protect(table.toString(), spec)).isZero();
        assertThat(table())
                .anyMatch(row -> row.matches(".*,primary,.*"))
                .allMatch(row ->
                        row.matches("region.*|.*,(primary|secondary),\\d+(\\.\\d)?,\\d+(\\.\\d)?|.*,(safe|empty),,"));
    }

    @Test
    void hidesTheTotalWhereNothingElseKeepsThemApart() throws IOException {
        var spec = "{\"dimensions\":[{\"name\":\"region\"}],\"rows\":\"inner\",\"frequency\":\"n\","
                + "\"primary\":[{\"minimum-count\":{\"n\":3}}],\"protection\":{\"width\":1},\"singletons\":\"protect\"}";
        assertThat(protect("region,n\nA,1\nB,2\nC,0\n", spec)).isZero();
        assertThat(report().path("cost").asDouble()).isEqualTo(3);
    }

    @Test
    void saysWhichCellCannotBeProtected() throws IOException {
        var alone = "region,n\nA,3\nB,0\nTotal,3\n";
        var spec = spec("\"region\",\"total\":\"Total\"", "complete")
                .replace("{\"minimum-count\":{\"n\":10}}", "{\"flag\":\"f\"}");
        var flagged = alone.replace("region,n\n", "region,n,f\n")
                .replace("A,3\n", "A,3,1\n")
                .replace("B,0\n", "B,0,0\n")
                .replace("Total,3\n", "Total,3,0\n");
        assertThat(protect(flagged, spec.replace("\"width\":1", "\"absolute\":5")))
                .isEqualTo(3);
        assertThat(report().path("unprotected").get(0).asText())
                .startsWith("A: cannot be protected")
                .contains("what everybody knows of its value")
                .doesNotContain("3");
    }

    @ParameterizedTest
    @CsvSource({"z1.csv,value,4,45,3,3,29", "z2.csv,value,10,100,23,15,444", "z2.csv,count,10,100,23,13,13"})
    void provesTheKnownOptimaOfFrequencyTables(
            String file, String cost, int minimum, int cells, int primary, int secondary, double optimum)
            throws IOException {
        var table = shared(file);
        var region = file.equals("z2.csv")
                ? "{\"name\":\"region\",\"hierarchies\":[{\"column\":\"fylke\"},{\"column\":\"kostragr\"}]}"
                : "{\"name\":\"region\"}";
        var spec = Samples.write(
                directory.resolve("spec.json"),
                "{\"dimensions\":[" + region + ",{\"name\":\"hovedint\"}],\"rows\":\"inner\",\"frequency\":\"ant\","
                        + "\"primary\":[{\"minimum-count\":{\"n\":" + minimum
                        + "}}],\"protection\":{\"width\":1},\"zeros\":\"publish\",\"cost\":\"" + cost + "\"}");
        assertThat(run(table.toString(), "--spec", spec.toString(), "--out", out()))
                .isZero();
        expect(cells, primary, secondary, optimum);
    }

    @ParameterizedTest
    @CsvSource({"value,62,32310038.5952", "count,58,58"})
    void provesTheKnownOptimaOfATableOfTurnovers(String cost, int secondary, double optimum) throws IOException {
        var table = shared("turnover_act_size.csv");
        var hierarchy = shared("activity_corr_table.csv").toString();
        var spec = Samples.write(directory.resolve("spec.json"), """
                {"dimensions":[{"name":"ACTIVITY","total":"Total","hierarchy":"%s"},{"name":"SIZE","total":"Total"}],
                 "rows":"complete","frequency":"N_OBS","value":"TOT","largest":["MAX"],
                 "primary":[{"minimum-count":{"n":3}},{"dominance":{"n":1,"k":85}}],"protection":{"relative":0.1},
                 "bounds":{"lower":0,"upper-factor":10,"of":"MAX"},"zeros":"publish","cost":"%s"}
                """.formatted(hierarchy, cost));
        assertThat(run(table.toString(), "--spec", spec.toString(), "--out", out(), "--seconds", "300"))
                .isZero();
        expect(414, 77, secondary, optimum);
        assertThat(report().path("zero_disclosed")).hasSize(2);
    }

    private void expect(int cells, int primary, int secondary, double optimum) throws IOException {
        assertThat(report().path("cells").asInt()).isEqualTo(cells);
        assertThat(report().path("primary").asInt()).isEqualTo(primary);
        assertThat(report().path("secondary").asInt()).isEqualTo(secondary);
        assertThat(report().path("cost").asDouble()).isCloseTo(optimum, within(0.001));
        assertThat(report().path("optimal").asBoolean()).isTrue();
        assertThat(report().path("exactly_disclosed").asInt()).isZero();
        assertThat(report().path("inside_protection").asInt()).isZero();
    }

    private static String spec(String dimension, String rows) {
        return "{\"dimensions\":[{\"name\":" + dimension + "}],\"rows\":\"" + rows + "\",\"frequency\":\"n\","
                + "\"primary\":[{\"minimum-count\":{\"n\":10}}],\"protection\":{\"width\":1}}";
    }

    private int protect(String table, String spec) {
        var file = Samples.write(directory.resolve("t.csv"), table);
        var specification = Samples.write(directory.resolve("spec.json"), spec);
        return run(file.toString(), "--spec", specification.toString(), "--out", out());
    }

    private int run(String... arguments) {
        err.reset();
        return new ProtectCommand(new PrintStream(err, true, StandardCharsets.UTF_8)).run(arguments);
    }

    private String out() {
        return directory.resolve("out").toString();
    }

    private String messages() {
        return err.toString(StandardCharsets.UTF_8);
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper()
                .readTree(directory.resolve("out").resolve("report.json").toFile());
    }

    private List<String> table() throws IOException {
        return Files.readAllLines(directory.resolve("out").resolve("table.csv"));
    }

    /** Tables of statistical offices that are not part of this project. */
    private static Path shared(String name) {
        var here = Path.of("").toAbsolutePath();
        for (var up = here; up != null; up = up.getParent()) {
            var file = up.resolve("shared/data/sdc").resolve(name);
            if (Files.exists(file)) {
                return file;
            }
        }
        assumeTrue(false, "SKIPPED: no ../shared/data/sdc/" + name + " to compare with");
        return here;
    }
}
