package org.sekisho.checker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sekisho.checker.file.FileType;
import org.sekisho.checker.file.Unreadable;
import org.sekisho.checker.policy.RulePack;

/** What there is to say of a file as a whole, in words. */
final class FileFindings {
    private static final Message HOW_TO_ASK = new Message(
            "どうしても必要な場合は、目的と中身の説明を添えて審査担当者に相談してください。",
            "If it is needed, ask the checkers: say what it is for and what it holds.");

    /** Of one rule and severity; that there are more is told in one sentence. */
    private static final int TOLD_AT_MOST = 100;

    private final String file;
    private final List<Finding> list = new ArrayList<>();
    private final Map<Told, Integer> times = new LinkedHashMap<>();

    private record Told(String rule, Severity severity) {}

    FileFindings(String file) {
        this.file = file;
    }

    List<Finding> list() {
        var all = new ArrayList<>(list);
        times.forEach((told, count) -> {
            if (count > TOLD_AT_MOST) {
                var words = new Message("このファイルには、ほかにも同じ指摘の箇所があります。", "There are more places with the same finding.");
                var more = count - TOLD_AT_MOST;
                all.add(new Finding(
                        told.rule,
                        told.severity,
                        file,
                        Where.WHOLE_FILE,
                        words,
                        new Message("ほか " + more + " か所。", more + " more places.")));
            }
        });
        return all;
    }

    FileFindings addAll(List<Finding> findings) {
        findings.forEach(this::add);
        return this;
    }

    private void add(Finding finding) {
        if (times.merge(new Told(finding.rule(), finding.severity()), 1, Integer::sum) <= TOLD_AT_MOST) {
            list.add(finding);
        }
    }

    boolean any(Severity severity) {
        return list.stream().anyMatch(finding -> finding.severity() == severity);
    }

    /** Whether whatever fails is a cell that the amended file hides. */
    private boolean onlyHits() {
        return list.stream()
                .filter(finding -> finding.severity() == Severity.FAIL)
                .allMatch(finding -> PrimaryCells.RULES.contains(finding.rule()));
    }

    Judgement refused(RulePack pack) {
        return refused(pack, EvidenceBuilder.NOTHING_READ);
    }

    private Judgement refused(RulePack pack, Evidence evidence) {
        return new Judgement(Verdict.REFUSE, pack.id(), list(), List.of(), List.of(), evidence);
    }

    /**
     * Refused, with nothing written, when more fails than cells that are hidden; else for a person to judge.
     *
     * @param files writes what would leave
     * @param amended writes what would leave with cells hidden
     */
    Judgement judgement(
            RulePack pack, Evidence evidence, Supplier<List<CheckedFile>> files, Supplier<List<CheckedFile>> amended) {
        return onlyHits()
                ? new Judgement(Verdict.REFER, pack.id(), list(), files.get(), amended.get(), evidence)
                : refused(pack, evidence);
    }

    FileFindings number(int most) {
        return fail(
                "number-of-files",
                "一度に出せるのは 1 〜 " + most + " ファイルです。",
                "Between 1 and " + most + " files can be submitted at a time.");
    }

    /** The name itself is not repeated: it may be the message. */
    FileFindings name() {
        return fail(
                "file-name",
                "ファイル名に使えない文字があるか、長すぎるか、ほかと重複しています（英数字・日本語・「_ - . ( )」・空白、80 文字以内）。",
                "The name has characters that may not be used, is too long, or stands twice (letters, digits, Japanese, _ - . ( ),"
                        + " spaces; at most 80).");
    }

    FileFindings absent() {
        return fail("no-such-file", "ファイルがないか、通常のファイルではありません。", "There is no such file, or it is no ordinary one.");
    }

    FileFindings unreadable(Unreadable broken) {
        return fail("unreadable", "読み取れませんでした: " + broken.japanese(), "Could not be read: " + broken.getMessage());
    }

    FileFindings misnamed(FileType type) {
        // What is no CSV by its name is text by its content.
        var tables = type == FileType.TEXT ? FileType.CSV.endings() : Set.<String>of();
        var endings = Stream.concat(tables.stream(), type.endings().stream().sorted())
                .map(ending -> "." + ending)
                .collect(Collectors.joining(", "));
        return fail(
                "wrong-type",
                "中身は" + name(type).ja() + "ですが、拡張子が違います。次のいずれかにしてください: " + endings + "。",
                "The content is " + name(type).en() + ", the name says otherwise. Use one of: " + endings + ".");
    }

    FileFindings typeMayNotLeave(FileType type) {
        var words = refusal(type);
        return fail(
                type == FileType.MODEL ? "model-file" : "type-not-allowed",
                words.ja() + HOW_TO_ASK.ja(),
                words.en() + " " + HOW_TO_ASK.en());
    }

    private static Message refusal(FileType type) {
        return switch (type) {
            case MODEL ->
                new Message(
                        "モデルや直列化されたオブジェクト（pickle、RDS、HDF5 など）は、学習に使った個人の値を含み得るため、既定では持ち出せません。係数や性能指標を表にしてください。",
                        "Models and serialised objects (pickle, RDS, HDF5, ...) can hold the very values they were made of and do"
                                + " not leave by default. Give coefficients and performance as a table.");
            case ARCHIVE ->
                new Message(
                        "圧縮ファイルは持ち出せません。中のファイルをそのまま出してください。",
                        "Archives do not leave. Submit the files in them as they are.");
            case CSV, TEXT, NOTEBOOK, PNG, JPEG, XLSX, PARQUET, ARROW, HTML, SVG, PDF, UNKNOWN ->
                new Message(
                        "この種類のファイルは検査できないため、持ち出せません。表は CSV、図は PNG、文章は Markdown、分析はノートブックで出してください。",
                        "Files of this type cannot be checked and do not leave. Give tables as CSV, figures as PNG, text as Markdown,"
                                + " analyses as notebooks.");
        };
    }

    private static Message name(FileType type) {
        return switch (type) {
            case CSV, TEXT -> new Message("テキスト", "text");
            case NOTEBOOK -> new Message("ノートブック", "a notebook");
            case XLSX -> new Message("Excel ブック", "a workbook");
            default -> new Message(type.name(), type.name().toUpperCase(Locale.ROOT));
        };
    }

    FileFindings tooLarge(String ja, String en) {
        return fail("too-large", "大きすぎて審査できません（上限 " + ja + "）。", "Too large to be reviewed (at most " + en + ").");
    }

    FileFindings textForReview() {
        return review(
                "text-for-review",
                "文章やコードに書かれた数値は自動では判定できません。審査者が読みます。",
                "Numbers in prose or code cannot be judged by rule; a person reads it.");
    }

    FileFindings fail(String rule, String ja, String en) {
        return add(rule, Severity.FAIL, ja, en);
    }

    FileFindings review(String rule, String ja, String en) {
        return add(rule, Severity.REVIEW, ja, en);
    }

    FileFindings info(String rule, String ja, String en) {
        return add(rule, Severity.INFO, ja, en);
    }

    void fail(String rule, Message message) {
        fail(rule, message.ja(), message.en());
    }

    void review(String rule, Message message) {
        review(rule, message.ja(), message.en());
    }

    void info(String rule, Message message) {
        info(rule, message.ja(), message.en());
    }

    private FileFindings add(String rule, Severity severity, String ja, String en) {
        var message = new Message(ja, en);
        add(new Finding(rule, severity, file, Where.WHOLE_FILE, message, message));
        return this;
    }
}
