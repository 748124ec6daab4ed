package org.sekisho.checker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.sekisho.checker.contribution.Statement;
import org.sekisho.checker.file.FinishedTable;
import org.sekisho.checker.file.Loaded;
import org.sekisho.checker.policy.RulePack;
import org.sekisho.checker.text.Canaries;
import org.sekisho.checker.workbook.Workbook;
import org.sekisho.checker.workbook.WorkbookReader;

/** Judges the visible sheets of a workbook as tables; each leaves as a CSV of its own. */
final class WorkbookJudging {
    private final RulePack pack;
    private final Canaries canaries;
    private final String name;
    private final FileFindings findings;

    WorkbookJudging(RulePack pack, Canaries canaries, String name) {
        this.pack = pack;
        this.canaries = canaries;
        this.name = name;
        this.findings = new FileFindings(name);
    }

    /** @param taken names that files of this output have already, in lower case */
    Judgement judge(Path file, Path directory, Set<String> taken) {
        var read = WorkbookReader.read(file);
        if (read.isEmpty()) {
            return findings.tooLarge(
                            "50 シート、展開後 100 MB、全体で 200 万セル、6,400 万文字",
                            "50 sheets, 100 MB when unpacked, 2 million cells and 64 million characters in all")
                    .refused(pack);
        }
        var sheets = read.get().sheets();
        if (sheets.isEmpty()) {
            return findings.fail("empty", "表示されているシートに値がありません。", "No visible sheet holds a value.")
                    .refused(pack);
        }
        tellLeft(read.get());
        var judgements = new ArrayList<Judgement>();
        judgements.add(new Judgement(
                Verdict.REFER, pack.id(), findings.list(), List.of(), List.of(), EvidenceBuilder.NOTHING_READ));
        var stem = name.substring(0, name.lastIndexOf('.'));
        for (int at = 0; at < sheets.size(); at++) {
            var csv = stem + (sheets.size() == 1 ? "" : "-" + (at + 1)) + ".csv";
            if (!taken.add(csv.toLowerCase(Locale.ROOT))) {
                return new FileFindings(name).name().refused(pack);
            }
            judgements.add(new Judging(pack, canaries, csv, directory)
                    .judge(table(sheets.get(at)), Statement.unknown(FilesJudging.NOBODY_KNOWS)));
        }
        return MergedJudgement.of(pack, judgements);
    }

    /** Lines above the names that fill a single cell are titles, and stay behind. */
    private static Loaded table(Workbook.Sheet sheet) {
        var rows = sheet.rows();
        int header = 0;
        while (header + 1 < rows.size() && rows.get(header).size() > 1 && filled(rows.get(header)) <= 1) {
            header++;
        }
        var names = new ArrayList<String>();
        var columns = new ArrayList<List<String>>();
        int width = rows.get(header).size();
        for (int column = 0; column < width; column++) {
            int at = column;
            names.add(rows.get(header).get(column).strip());
            columns.add(rows.stream().skip(header + 1L).map(row -> row.get(at)).toList());
        }
        return FinishedTable.of(names, columns, rows.size() - header - 1);
    }

    private static long filled(List<String> row) {
        return row.stream().filter(field -> !field.isBlank()).count();
    }

    private void tellLeft(Workbook workbook) {
        findings.info(
                "converted",
                "各シートを CSV にして持ち出します。書式・計算式は残りません。",
                "Each sheet leaves as CSV, without formats and formulas.");
        if (workbook.sheets().stream().anyMatch(Workbook.Sheet::formulas)) {
            findings.info(
                    "formula-results",
                    "計算式は、保存時の計算結果だけを判定し、持ち出します。",
                    "Of formulas the results last saved are judged, and leave.");
        }
        if (!workbook.left().isEmpty()) {
            var ja = workbook.left().stream()
                    .sorted()
                    .map(left -> words(left).ja())
                    .collect(Collectors.joining("、"));
            var en = workbook.left().stream()
                    .sorted()
                    .map(left -> words(left).en())
                    .collect(Collectors.joining(", "));
            findings.review(
                    "workbook-extras",
                    "ブックに含まれる次のものは取り除きます: " + ja + "。",
                    "The workbook also holds " + en + "; they stay behind.");
        }
    }

    private static Message words(Workbook.Left left) {
        return switch (left) {
            case HIDDEN_SHEET -> new Message("非表示のシート", "hidden sheets");
            case HIDDEN_CELLS ->
                new Message("非表示の行・列（値は CSV に現れます）", "hidden rows or columns (their values stand in the CSV)");
            case COMMENTS -> new Message("コメント", "comments");
            case NAMES -> new Message("名前の定義", "defined names");
            case LINKS -> new Message("外部へのリンク", "links to other sources");
            case PIVOT -> new Message("ピボットテーブルの元データ", "caches of pivot tables");
            case PICTURES -> new Message("図・グラフ", "pictures and charts");
            case MACROS -> new Message("マクロ", "macros");
            case OTHER -> new Message("埋め込みファイルなど", "embedded files and the like");
        };
    }
}
