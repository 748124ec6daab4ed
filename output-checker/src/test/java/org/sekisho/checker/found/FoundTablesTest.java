package org.sekisho.checker.found;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.checker.table.Column;

class FoundTablesTest {
    @Test
    void readsAFrameThatPandasPrinted() {
        assertThat(table("  sex  age      n\n0   F   10   1234\n1   M   20      4\n"))
                .containsExactly("sex=F,M", "age=10,20", "n=1234,4");
    }

    @Test
    void readsASeriesThatPandasPrinted() {
        assertThat(table("sex\nF    1234\nM       4\nName: n, dtype: int64\n"))
                .hasSize(2)
                .last()
                .asString()
                .endsWith("=1234,4");
    }

    @Test
    void readsAFrameWithAnIndexOfNames() {
        assertThat(table("          n\nsex        \nF      1234\nM         4\n"))
                .containsExactly("sex=F,M", "n=1234,4");
    }

    @Test
    void fillsInLabelsThatRepeat() {
        assertThat(table("region sex     n\nA      F     120\n       M       4\nB      F      30\n"))
                .containsExactly("region=A,A,B", "sex=F,M,F", "n=120,4,30");
    }

    @Test
    void readsAFrameThatRPrinted() {
        assertThat(table("  sex   n\n1   F 120\n2   M   4\n")).containsExactly("sex=F,M", "n=120,4");
    }

    @Test
    void readsAPipeTableOfMarkdown() {
        assertThat(table("Text before.\n\n| area | n |\n|------|---|\n| A    | 120 |\n| B    | 4   |\n\nText after.\n"))
                .containsExactly("area=A,B", "n=120,4");
    }

    @Test
    void readsLinesOfLabelAndNumber() {
        assertThat(table("Counts:\nMale: 120\nFemale: 4\n")).last().asString().endsWith("=120,4");
    }

    @Test
    void takesForRowNumbersOnlyWhatNumbersTheRowsInOrder() {
        assertThat(table("  sex   n\n0   M   4\n1   F 120\n")).containsExactly("sex=M,F", "n=4,120");
        assertThat(table("  sex   n\n2   M   4\n1   F 120\n"))
                .hasSize(3)
                .first()
                .asString()
                .endsWith("=2,1");
        assertThat(table("  sex   n\n1   F 120\n7   M   4\n")).hasSize(3);
    }

    @Test
    void countsTheCharactersOfACellAsOftenAsItStands() {
        var spanning = "<table><tr><td colspan=500 rowspan=500>" + "x".repeat(1_000) + "</td></tr></table>";
        assertThat(page(spanning).tooLarge()).isTrue();
        assertThat(page(spanning).tables()).isEmpty();
        assertThat(HtmlTables.in(spanning, new Room(300_000_000)).tooLarge()).isFalse();
    }

    @Test
    void sharesTheRoomOfADocument() {
        var table = "<table><tr>" + "<td>1".repeat(900) + "</tr>" + "<tr><td>1".repeat(900) + "</table>";
        var room = new Room(10_000_000);
        assertThat(HtmlTables.in(table, room).tooLarge()).isFalse();
        assertThat(HtmlTables.in(table, room).tooLarge()).isFalse();
        assertThat(HtmlTables.in(table, room).tooLarge()).isTrue();
    }

    @Test
    void stopsAtRowsWithoutCells() {
        assertThat(page("<table>" + "<tr>".repeat(2_000_001)).tooLarge()).isTrue();
    }

    @Test
    void stopsAtMoreWordsThanAnybodyReads() {
        assertThat(page("<p>" + "words ".repeat(400_000)).tooLarge()).isTrue();
    }

    @Test
    void findsNoTableInProse() {
        assertThat(TextTables.in("We saw 12 towns.\nIn 2015 there were more.\nThe mean was 3.\nSee page 4\n")
                        .tables())
                .isEmpty();
    }

    @Test
    void knowsWhereEachValueStands() {
        var text = "  sex   n\n1   F 120\n2   M   4\n";
        var found = TextTables.in(text).tables().getFirst();
        assertThat(found.line()).isEqualTo(2);
        var span = found.cells().get(1).get(1);
        assertThat(text.substring(span.from(), span.to())).isEqualTo("4");
    }

    @Test
    void readsTheHtmlOfPandas() {
        var page =
                page("<div><style>.x{}</style><table border=\"1\" class=\"dataframe\"><thead><tr><th></th><th>sex</th>"
                        + "<th>n</th></tr></thead><tbody><tr><th>0</th><td>F</td><td>1&#50;0</td></tr><tr><th>1</th><td>M</td><td>4</td>"
                        + "</tr></tbody></table><p>2 rows × 2 columns</p><script>alert('<table>')</script></div>");
        assertThat(page.tables()).hasSize(1);
        assertThat(columns(page.tables().getFirst().table().orElseThrow())).containsExactly("sex=F,M", "n=120,4");
        assertThat(page.blocks()).endsWith(new HtmlTables.Words(HtmlTables.Line.PARAGRAPH, "2 rows × 2 columns"));
    }

    @Test
    void repeatsCellsThatSpanRowsAndColumns() {
        var page = page("<table><tr><th rowspan=2>area</th><th colspan=2>persons</th></tr><tr><th>F</th><th>M</th></tr>"
                + "<tr><td rowspan=\"2\">A</td><td>12</td><td>3</td></tr><tr><td>40</td><td>50</td></tr></table>");
        assertThat(columns(page.tables().getFirst().table().orElseThrow()))
                .containsExactly("area=A,A", "persons F=12,40", "persons M=3,50");
    }

    @Test
    void takesAFirstRowWithoutNumbersForNames() {
        var grid = page("<table><tr><td>area</td><td>n</td></tr><tr><td>A</td><td>3</td></tr>"
                        + "<tr><td>B</td><td>120</td></tr></table>")
                .tables()
                .getFirst();
        assertThat(grid.header()).containsExactly(List.of("area", "n"));
        assertThat(columns(grid.table().orElseThrow())).containsExactly("area=A,B", "n=3,120");
    }

    @Test
    void takesTwoRowsForNamesWhereACellOfTheFirstSpans() {
        var page = page("<table><tr><td rowspan=2>area</td><td colspan=2>persons</td></tr><tr><td>F</td><td>M</td></tr>"
                + "<tr><td>A</td><td>12</td><td>3</td></tr><tr><td>B</td><td>-</td><td>50</td></tr></table>");
        assertThat(columns(page.tables().getFirst().table().orElseThrow()))
                .containsExactly("area=A,B", "persons F=12,null", "persons M=3,50");
    }

    @Test
    void takesAFirstRowOfNumbersForValues() {
        var page = page("<table><tr><td>A</td><td>3</td></tr><tr><td>B</td><td>120</td></tr></table>");
        assertThat(columns(page.tables().getFirst().table().orElseThrow()))
                .containsExactly("column 1=A,B", "column 2=3,120");
    }

    @Test
    void makesAColumnOfRowsThatNameGroups() {
        var grid = page("<table><thead><tr><th>sex</th><th>n</th></tr></thead><tr><td colspan=2>East</td></tr>"
                        + "<tr><td>F</td><td>3</td></tr><tr><td>M</td><td>120</td></tr><tr><td colspan=2>West</td></tr>"
                        + "<tr><td>F</td><td>40</td></tr><tr><td>M</td><td>50</td></tr></table>")
                .tables()
                .getFirst();
        assertThat(grid.header()).containsExactly(List.of("", "sex", "n"));
        assertThat(grid.rows()).startsWith(List.of("East", "F", "3")).endsWith(List.of("West", "M", "50"));
        assertThat(columns(grid.table().orElseThrow()))
                .containsExactly("column 1=East,East,West,West", "sex=F,M,F,M", "n=3,120,40,50");
    }

    @Test
    void leavesTitlesAndNotesOfATableAsWords() {
        var page = page("<table><tr><td colspan=2>Table 1</td></tr><tr><td>sex</td><td>n</td></tr><tr><td>F</td>"
                + "<td>3</td></tr><tr><td>M</td><td>120</td></tr><tr><td colspan=2>Source: survey</td></tr></table>");
        assertThat(columns(page.tables().getFirst().table().orElseThrow())).containsExactly("sex=F,M", "n=3,120");
        assertThat(page.blocks())
                .endsWith(
                        new HtmlTables.Words(HtmlTables.Line.PARAGRAPH, "Table 1"),
                        new HtmlTables.Words(HtmlTables.Line.PARAGRAPH, "Source: survey"));
    }

    @Test
    void countsTheNamesOfGroupsAsOftenAsTheyStand() {
        var table = "<table><tr><td colspan=2>" + "x".repeat(9_000) + "</tr>" + "<tr><td>F<td>3</tr>".repeat(300)
                + "<tr><td colspan=2>West</tr><tr><td>F<td>3</tr></table>";
        assertThat(page(table).tooLarge()).isTrue();
    }

    @Test
    void findsATableInAColumnOfNumbersWithAWordAmongThem() {
        var rows = "<tr><td>東京</td><td>3</td></tr><tr><td>大阪</td><td>なし</td></tr><tr><td>京都</td><td>12</td></tr>";
        var grid = page("<table><tr><th>area</th><th>n</th></tr>" + rows + "</table>")
                .tables()
                .getFirst();
        assertThat(grid.table()).isPresent();
    }

    @Test
    void saysThatATableHoldsDigitsAndIsNotJudged() {
        assertThat(page("<table><tr><td>A</td><td>3 of 7</td></tr><tr><td>B</td><td>none</td></tr></table>")
                        .tables()
                        .getFirst()
                        .notJudged())
                .isTrue();
        assertThat(page("<table><tr><td>A</td><td>some</td></tr></table>")
                        .tables()
                        .getFirst()
                        .notJudged())
                .isFalse();
    }

    @Test
    void readsTheHtmlOfRAndLeavesTypesOut() {
        var page = page("<table class=\"dataframe\"><caption>A tibble</caption><thead><tr><th scope=col>sex</th>"
                + "<th scope=col>n</th></tr><tr><th scope=col>&lt;chr&gt;</th><th scope=col>&lt;int&gt;</th></tr></thead>"
                + "<tbody><tr><td>F</td><td>12</td></tr><tr><td>M</td><td>4</td></tr></tbody></table>");
        assertThat(columns(page.tables().getFirst().table().orElseThrow())).containsExactly("sex=F,M", "n=12,4");
    }

    @Test
    void givesUpOnTablesThatNobodyReads() {
        assertThat(page("<table><tr><td colspan=9999 rowspan=9999>1</td></tr></table>")
                        .tooLarge())
                .isTrue();
        assertThat(page("<table>" + "<tr><td>1</td></tr>".repeat(200_001) + "</table>")
                        .tooLarge())
                .isTrue();
    }

    @Test
    void answersWhateverTheTextIs() {
        var random = new SplittableRandom(7);
        var html = List.of(
                "<table>",
                "<tr>",
                "<td rowspan=3>",
                "<th colspan=2>",
                "</td>",
                "</tr>",
                "12",
                "&lt;",
                "&#x1F600;",
                "</table>",
                "<!--",
                "-->",
                "<",
                ">",
                "x",
                "<script>",
                "&",
                ";");
        var text = List.of("12", "  ", "\t", "\n", "|", "-", "a", "F", "---", ":", "4", "0", "0.5", "\n\n", "計", "(");
        for (int round = 0; round < 2_000; round++) {
            var built = new StringBuilder();
            var words = round % 2 == 0 ? html : text;
            for (int word = random.nextInt(80); word > 0; word--) {
                built.append(words.get(random.nextInt(words.size())));
            }
            assertThatCode(() -> {
                        page(built.toString());
                        TextTables.in(built.toString());
                    })
                    .as(built.toString())
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "=", "+", "|", ":", "┆", " ", "(", "1 ", "a=b,", "'a': 1, "})
    void endsSoonOnLongLinesOfOneCharacter(String piece) {
        var line = piece.repeat(4_990 / piece.length());
        for (var text : List.of(
                (line + "a 3\n").repeat(195),
                (piece.repeat(250_000 / piece.length()) + "\nF  3\nM  120\n").repeat(2))) {
            assertTimeout(Duration.ofSeconds(10), () -> TextTables.in(text), piece);
        }
    }

    private static List<String> table(String text) {
        var found = TextTables.in(text).tables();
        assertThat(found).hasSize(1);
        return columns(found.getFirst().table());
    }

    /** Each column as {@code name=label,label}. */
    static List<String> columns(FoundTable table) {
        return table.loaded().table().columns().stream()
                .map(column -> column.name() + "=" + labels(column))
                .toList();
    }

    private static String labels(Column column) {
        var labels = new StringBuilder();
        for (int row = 0; row < column.rows(); row++) {
            labels.append(row == 0 ? "" : ",").append(column.label(row));
        }
        return labels.toString();
    }

    private static HtmlTables.Page page(String html) {
        return HtmlTables.in(html, new Room(2_000_000));
    }
}
