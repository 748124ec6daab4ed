package org.sekisho.checker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.file.PlainText;
import org.sekisho.checker.file.TextFile;
import org.sekisho.checker.found.FoundTable;
import org.sekisho.checker.found.HtmlTables;
import org.sekisho.checker.found.Room;
import org.sekisho.checker.found.SmallNumbers;
import org.sekisho.checker.found.TextTables;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.text.Canaries;
import org.sekisho.checker.text.CleanText;
import org.sekisho.checker.text.InertMarkdown;
import org.sekisho.checker.text.TextScan;

/**
 * Judges the parts of one document: scans its text, judges the tables that stand in it, and gives each part as it would
 * leave and as it would leave with cells hidden. Collects findings and evidence over all parts.
 */
final class DocumentJudging {
    /** Of all tables of a document together; a person cannot read more. */
    private static final int TABLES_AT_MOST = 300;

    private static final String HEAD = "<!doctype html>\n<html>\n<head><meta charset=\"utf-8\"></head>\n<body>\n";
    private static final String TAIL = "</body>\n</html>\n";

    private static final Set<String> SAID_ONCE = Set.of("contributions-unknown", "row-numbers");

    private final RulePack pack;
    private final Canaries canaries;
    private final String file;
    private final FileFindings findings;
    private final long charactersAtMost;
    private final Room room;
    private final List<Evidence.OfTable> tables = new ArrayList<>();
    private final Set<String> said = new HashSet<>();
    private boolean amends;
    private int cells;

    DocumentJudging(RulePack pack, Canaries canaries, String file, FileFindings findings) {
        this(pack, canaries, file, findings, TextFile.BYTES_AT_MOST);
    }

    /** @param charactersAtMost of words and tables that its pieces of HTML may be written with */
    DocumentJudging(RulePack pack, Canaries canaries, String file, FileFindings findings, long charactersAtMost) {
        this.pack = pack;
        this.canaries = canaries;
        this.file = file;
        this.findings = findings;
        this.charactersAtMost = charactersAtMost;
        this.room = new Room(charactersAtMost);
    }

    /** A part as it would leave, and with cells hidden. */
    record Part(String plain, String amended) {}

    /** Whether some part differs once cells are hidden. */
    boolean amends() {
        return amends;
    }

    Evidence evidence() {
        return MergedJudgement.evidence(tables);
    }

    /** Source code: no tables are looked for in it. */
    String code(Place place, String source) {
        scan(place, source);
        return CleanText.of(source);
    }

    /**
     * Words that are shown as a page: nothing in them may fetch or run. Cleaned first, for a character that nobody sees
     * can stand within a tag.
     */
    Part markdown(Place place, String source) {
        scan(place, source);
        var clean = CleanText.of(source);
        var inert = InertMarkdown.of(clean);
        if (!inert.equals(clean)) {
            findings.info(
                    "active-content",
                    place.before(new Message(
                            "HTML タグや画像の参照を、動作しない形に直しました。", "HTML tags and references to pictures were made inert.")));
        }
        return tables(place, inert);
    }

    /** Text that a person wrote or a program printed. */
    Part text(Place place, String source) {
        scan(place, source);
        return tables(place, CleanText.of(source));
    }

    private Part tables(Place place, String clean) {
        models(place, true, clean);
        smallNumbers(place, clean);
        var amended = new StringBuilder(clean);
        var read = TextTables.in(clean);
        if (read.tooLarge()) {
            tablesTooLarge(place);
        }
        var found = read.tables();
        var hidden = new ArrayList<boolean @Nullable [][]>();
        found.forEach(table -> hidden.add(judge(place.line(table.line()), table.table())));
        // From the end, so that places stay where they are.
        for (int at = found.size() - 1; at >= 0; at--) {
            var cells = found.get(at).cells();
            var marks = hidden.get(at);
            for (int row = cells.size() - 1; marks != null && row >= 0; row--) {
                hide(amended, cells.get(row), marks[row]);
            }
        }
        return new Part(clean, amended.toString());
    }

    /** The mark stands where the value ended, so that columns stay columns. */
    private void hide(StringBuilder text, List<TextTables.Span> cells, boolean[] hidden) {
        for (int column = cells.size() - 1; column >= 0; column--) {
            var span = cells.get(column);
            if (hidden[column] && span.to() > span.from()) {
                int room = Math.max(
                        0, span.to() - span.from() - pack.suppressedMark().length());
                text.replace(span.from(), span.to(), " ".repeat(room) + pack.suppressedMark());
            }
        }
    }

    /** The tables of a piece of HTML, written anew. @return null when there is none */
    @Nullable
    Part html(Place place, String html) {
        var page = HtmlTables.in(html, room);
        if (page.tooLarge()) {
            tablesTooLarge(place);
        }
        if (page.tables().isEmpty()) {
            return null;
        }
        models(place, false, words(page.tables()));
        var plain = new StringBuilder();
        var amended = new StringBuilder();
        for (var grid : page.tables()) {
            var part = table(place, grid);
            plain.append(part.plain());
            amended.append(part.amended());
        }
        return new Part(plain.toString(), amended.toString());
    }

    /** As a programme would print them: what belongs to one model can stand in several tables. */
    private static String words(List<HtmlTables.Grid> grids) {
        return grids.stream()
                .flatMap(grid -> Stream.concat(grid.header().stream(), grid.rows().stream()))
                .map(row -> String.join("  ", row))
                .collect(Collectors.joining("\n"));
    }

    private Part table(Place place, HtmlTables.Grid grid) {
        grid.header().forEach(line -> scan(place, String.join("\n", line)));
        if (grid.table().isEmpty()) {
            grid.rows().forEach(line -> scan(place, String.join("\n", line)));
        }
        if (grid.notJudged()) {
            findings.review(
                    "table-not-judged",
                    place.before(new Message(
                            "数字のある表ですが、数値の列と読める列がなく、セルごとには判定していません。審査者が読みます。",
                            "A table holds digits, but none of its columns reads as numbers: its cells were not judged. A person"
                                    + " reads it.")));
        }
        var hidden = grid.table().isEmpty() ? null : judge(place, grid.table().get());
        var plain = new StringBuilder();
        var amended = new StringBuilder();
        append(plain, grid, null);
        append(amended, grid, hidden);
        return new Part(plain.toString(), amended.toString());
    }

    /** A whole page, written anew: its words, its tables, and in the place of each picture the name that {@code figure} gives it. */
    Part page(String html, Function<HtmlTables.Picture, String> figure) {
        var page = HtmlTables.in(html, room);
        if (page.tooLarge()) {
            tablesTooLarge(Place.WHOLE);
        }
        models(Place.WHOLE, false, words(page.tables()));
        var plain = new StringBuilder();
        var amended = new StringBuilder();
        var blocks = page.blocks();
        for (int at = 0; at < blocks.size(); at++) {
            switch (blocks.get(at)) {
                case HtmlTables.Words words -> {
                    int to = at;
                    while (to + 1 < blocks.size()
                            && blocks.get(to + 1) instanceof HtmlTables.Words next
                            && next.line() == words.line()) {
                        to++;
                    }
                    words(words.line(), blocks.subList(at, to + 1), plain, amended);
                    at = to;
                }
                case HtmlTables.Grid grid -> {
                    var part = table(Place.WHOLE, grid);
                    plain.append(part.plain());
                    amended.append(part.amended());
                }
                case HtmlTables.Picture picture -> {
                    var name = "<p>" + escaped(figure.apply(picture)) + "</p>\n";
                    plain.append(name);
                    amended.append(name);
                }
            }
        }
        return new Part(HEAD + plain + TAIL, HEAD + amended + TAIL);
    }

    /** Lines of one kind together: what looks like a list may be a table. */
    private void words(HtmlTables.Line line, List<HtmlTables.Block> words, StringBuilder plain, StringBuilder amended) {
        var text =
                words.stream().map(block -> ((HtmlTables.Words) block).text()).collect(Collectors.joining("\n"));
        var part = text(Place.WHOLE, text);
        plain.append(tagged(line, part.plain()));
        amended.append(tagged(line, part.amended()));
    }

    private static String tagged(HtmlTables.Line line, String text) {
        return switch (line) {
            case PREFORMATTED -> text.isBlank() ? "" : "<pre>" + lines(text) + "</pre>\n";
            case HEADING, PARAGRAPH -> {
                var tag = line == HtmlTables.Line.HEADING ? "h2" : "p";
                yield text.lines()
                        .filter(each -> !each.isBlank())
                        .map(each -> "<" + tag + ">" + escaped(each.strip()) + "</" + tag + ">\n")
                        .collect(Collectors.joining());
            }
        };
    }

    private static String lines(String text) {
        return text.lines().map(DocumentJudging::escaped).collect(Collectors.joining("\n"));
    }

    /** A table that is judged is written without the column that numbers its rows. */
    private void append(StringBuilder out, HtmlTables.Grid grid, boolean @Nullable [][] hidden) {
        out.append("<table>\n");
        grid.header().forEach(line -> row(out, judged(grid, line), "th", null));
        for (int row = 0; row < grid.rows().size(); row++) {
            row(out, judged(grid, grid.rows().get(row)), "td", hidden == null ? null : hidden[row]);
        }
        out.append("</table>\n");
    }

    private static List<String> judged(HtmlTables.Grid grid, List<String> line) {
        return grid.table()
                .map(table -> table.columns().stream().map(line::get).toList())
                .orElse(line);
    }

    /** @param hidden for each field whether the mark stands in its place; null when none is hidden */
    private void row(StringBuilder out, List<String> fields, String tag, boolean @Nullable [] hidden) {
        out.append("<tr>");
        for (int column = 0; column < fields.size(); column++) {
            var value = hidden != null && hidden[column] ? pack.suppressedMark() : escaped(fields.get(column));
            out.append('<')
                    .append(tag)
                    .append('>')
                    .append(value)
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        out.append("</tr>\n");
    }

    private static String escaped(String field) {
        return PlainText.visible(field)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private void tablesTooLarge(Place place) {
        findings.fail(
                "too-large",
                place.before(new Message(
                        "表が大きすぎるか、多すぎて審査できません（一つの文書で " + TABLES_AT_MOST + " 表、200 万セル、" + charactersAtMost + " 文字まで）。",
                        "Tables are too large or too many to be reviewed (at most " + TABLES_AT_MOST
                                + " tables, 2 million cells and " + charactersAtMost
                                + " characters in a document).")));
    }

    /** @return what is hidden, by row and column as found; null when the table is not judged */
    private boolean @Nullable [][] judge(Place place, FoundTable found) {
        if (tables.size() == TABLES_AT_MOST) {
            if (said.add("too-large")) {
                tablesTooLarge(place);
            }
            return null;
        }
        var judged = new Judging(pack, canaries, file, null)
                .table(found.loaded(), Statement.unknown(FilesJudging.NOBODY_KNOWS));
        judged.findings().forEach(finding -> tell(place, finding));
        amends |= judged.amends();
        keep(place, judged.evidence());
        return judged.hidden();
    }

    /** No more cells in all than one table may have. */
    private void keep(Place place, Evidence evidence) {
        int room = Evidence.CELLS_AT_MOST - cells;
        boolean fits = evidence.cells().size() <= room;
        var kept = fits ? evidence.cells() : evidence.cells().subList(0, room);
        cells += kept.size();
        tables.add(new Evidence.OfTable(
                file, place.en(), evidence.structure(), kept, !fits || evidence.cellsTruncated(), evidence.audit()));
    }

    /** Of the cells of a column the first is told: the amended file shows them all. */
    private void tell(Place place, Finding finding) {
        var column = finding.where().column();
        boolean once = SAID_ONCE.contains(finding.rule());
        if (said.add(once ? finding.rule() : place.en() + '\u0001' + finding.rule() + '\u0001' + column)) {
            findings.addAll(List.of(new Finding(
                    finding.rule(),
                    finding.severity(),
                    file,
                    column == null ? Where.WHOLE_FILE : Where.column(column),
                    once ? finding.message() : place.before(finding.message()),
                    once ? finding.evidence() : place.before(finding.evidence()))));
        }
    }

    /** Regressions; of the same at the same place one is enough. */
    private void models(Place place, boolean lines, String text) {
        RegressionFindings.of(file, place, lines, text, pack).stream()
                .filter(finding ->
                        said.add(finding.rule() + '\u0001' + finding.message().en()))
                .forEach(finding -> findings.addAll(List.of(finding)));
    }

    private void smallNumbers(Place place, String text) {
        var lines = SmallNumbers.in(text, pack.persons().n());
        if (!lines.isEmpty()) {
            var told = TextFindings.lines(place, lines)
                    .before(new Message(
                            pack.persons().n() + " 人未満の人数とみられる記載があります。",
                            "has what looks like a number of fewer than "
                                    + pack.persons().n() + " persons (< "
                                    + pack.persons().n() + ")."));
            findings.review("small-number-in-text", told);
        }
    }

    private void scan(Place place, String text) {
        findings.addAll(TextFindings.of(file, place, TextScan.of(text, canaries)));
    }
}
