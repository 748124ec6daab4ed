package org.sekisho.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.sekisho.checker.picture.Pictures;

/** What there is to say of pictures, in words. */
final class PictureFindings {
    private PictureFindings() {}

    static Message forReview(Place place) {
        return place.before(new Message(
                "図は自動では判定できません。もとになった表（集計値）を CSV で一緒に出してください。点が一人を表す図、最大・最小・外れ値の見える図は持ち出せないことがあります。",
                "A figure cannot be judged by rule. Submit the table behind it as CSV too. Figures in which a point is a person, or"
                        + " extremes show, may be returned."));
    }

    static List<Finding> of(String file, Place place, Set<Pictures.Extra> dropped) {
        var findings = new ArrayList<Finding>();
        for (var extra : dropped) {
            var severity = extra == Pictures.Extra.METADATA ? Severity.INFO : Severity.REVIEW;
            var message = place.before(words(extra));
            findings.add(new Finding(
                    "picture-" + extra.name().toLowerCase(java.util.Locale.ROOT),
                    severity,
                    file,
                    Where.WHOLE_FILE,
                    message,
                    message));
        }
        return findings;
    }

    private static Message words(Pictures.Extra extra) {
        return switch (extra) {
            case METADATA -> new Message("画像の付加情報を取り除きました。", "metadata of the picture were left out.");
            case APPENDED ->
                new Message(
                        "画像の末尾に別のデータが付いていました。取り除きました。",
                        "other data stood after the end of the picture; they were left out.");
            case FRAMES -> new Message("動画の二枚目以降を取り除きました。", "further frames of an animation were left out.");
        };
    }

    static Message of(Pictures.Why why) {
        return switch (why) {
            case NOT_A_PICTURE -> new Message("PNG でも JPEG でもありません。", "is neither PNG nor JPEG; it was left out.");
            case BROKEN ->
                new Message(
                        "画像が壊れているか、宣言と中身が合いません。持ち出せません。",
                        "the picture is broken, or is not what its header says; it does not leave.");
            case TOO_LARGE ->
                new Message(
                        "画像が大きすぎます（上限 16 MB、1,600 万画素）。持ち出せません。",
                        "the picture is too large (at most 16 MB, 16 million pixels); it does not leave.");
            case KIND ->
                new Message(
                        "この種の PNG・JPEG は扱えません。普通の RGB の PNG で保存し直してください。",
                        "this kind of PNG or JPEG is not understood; save it as an ordinary RGB PNG.");
        };
    }

    /** Why an SVG or a PDF was not drawn. */
    static Message ofDrawing(Pictures.Why why) {
        return switch (why) {
            case TOO_LARGE ->
                new Message(
                        "大きすぎるか複雑すぎて描けません（16 MB、20 ページ、60 秒、描いた図 64 MB まで）。PNG で出してください。",
                        "too large or too complex to be drawn (16 MB, 20 pages, 60 seconds, 64 MB once drawn); submit it as PNG.");
            case KIND ->
                new Message(
                        "暗号化されているか、図として描けません。PNG で出してください。",
                        "encrypted, or nothing that can be drawn; submit it as PNG.");
            case BROKEN, NOT_A_PICTURE ->
                new Message("壊れていて描けません。PNG で出してください。", "broken and cannot be drawn; submit it as PNG.");
        };
    }
}
