package org.sekisho.checker;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import org.sekisho.checker.text.Suspicion;

/** What a scan of text found, in words: one finding of a kind, with the lines. */
final class TextFindings {
    private static final int LINES_TOLD_AT_MOST = 8;

    private TextFindings() {}

    /** @param place where the text stands in the file, such as a cell of a notebook; empty for the whole file */
    static List<Finding> of(String file, Place place, List<Suspicion> suspicions) {
        var lines = new EnumMap<Suspicion.Kind, List<Integer>>(Suspicion.Kind.class);
        for (var suspicion : suspicions) {
            lines.computeIfAbsent(suspicion.kind(), _ -> new ArrayList<>()).add(suspicion.line());
        }
        var findings = new ArrayList<Finding>();
        lines.forEach((kind, at) -> {
            var words = message(kind);
            var message = lines(place, at).before(words);
            findings.add(new Finding(kind.rule(), severity(kind), file, Where.WHOLE_FILE, message, message));
        });
        return findings;
    }

    /** @param lines within the place */
    static Place lines(Place place, List<Integer> lines) {
        return place.lines(at(lines, "行", "、"), at(lines, "", ", "));
    }

    private static String at(List<Integer> lines, String unit, String between) {
        var told = lines.stream()
                .limit(LINES_TOLD_AT_MOST)
                .map(line -> line + unit)
                .toList();
        return String.join(between, told) + (lines.size() > LINES_TOLD_AT_MOST ? "…" : "");
    }

    static Severity severity(Suspicion.Kind kind) {
        return switch (kind) {
            case TRAILING_SPACE -> Severity.INFO;
            case CANARY -> Severity.FAIL;
            case INVISIBLE, LOOK_ALIKE, ENCODED, E_MAIL, TELEPHONE, MY_NUMBER, INSURER, PERSON_KEY, PSEUDONYM ->
                Severity.REVIEW;
        };
    }

    static Message message(Suspicion.Kind kind) {
        return switch (kind) {
            case INVISIBLE ->
                new Message("見えない文字があります。取り除いて持ち出します。", "has characters that nobody sees; they are dropped.");
            case TRAILING_SPACE -> new Message("行末に空白があります。取り除いて持ち出します。", "ends in spaces; they are dropped.");
            case LOOK_ALIKE ->
                new Message(
                        "ほかの文字に似せた文字（キリル文字など）があります。普通の文字に直してください。",
                        "has letters that look like others (Cyrillic for Latin, for instance); write ordinary ones.");
            case ENCODED ->
                new Message(
                        "符号化されたデータ（Base64、16進数、長い数字列など）とみられる箇所があります。取り除くか、理由を添えてください。",
                        "has what looks like encoded data (Base64, hexadecimal, long digits); remove it, or say why it is there.");
            case E_MAIL -> new Message("メールアドレスがあります。", "has an e-mail address.");
            case TELEPHONE -> new Message("電話番号とみられる番号があります。", "has what looks like a telephone number.");
            case MY_NUMBER ->
                new Message("個人番号（マイナンバー）とみられる番号があります。", "has what looks like an Individual Number (My Number).");
            case INSURER -> new Message("保険者番号とみられる番号があります。", "has what looks like an insurer's number.");
            case PERSON_KEY -> new Message("個人を識別する番号とみられる記載があります。", "gives what looks like the key of a person.");
            case PSEUDONYM ->
                new Message("仮名（18〜19桁の番号）とみられる値があります。", "has what looks like a pseudonym (18 or 19 digits).");
            case CANARY ->
                new Message(
                        "データに仕込まれた標識が含まれています。データそのものが写されているため、持ち出せません。",
                        "carries a mark planted in the data: data were copied here, and it must not leave.");
        };
    }
}
