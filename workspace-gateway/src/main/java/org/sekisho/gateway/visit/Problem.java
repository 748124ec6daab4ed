package org.sekisho.gateway.visit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.catalog.Text;
import org.sekisho.gateway.intake.Taking.NotTaken;
import org.sekisho.gateway.intake.Taking.Why;
import org.sekisho.gateway.job.Words;

/** Why a visitor does not get what was asked for: RFC 9457, in our words and without a data value. */
record Problem(
        int status,
        String code,
        Text words,
        @Nullable Integer line,
        @Nullable Integer column) {
    Problem(int status, String code, String ja, String en) {
        this(status, code, new Text(ja, en), null, null);
    }

    /** What the engine says of a statement; its English words are ours and quote nothing. */
    static Problem ofStatement(
            int status, String code, @Nullable Integer line, @Nullable Integer column, String message) {
        var japanese = Words.japanese(code);
        return new Problem(status, code, new Text(japanese == null ? message : japanese, message), line, column);
    }

    static Problem ofFiles(NotTaken refused) {
        var words = words(refused.why());
        var path = refused.path().isEmpty() ? "" : refused.path() + ": ";
        var status = refused.why() == Why.TOO_LARGE ? 413 : 400;
        return new Problem(status, code(refused.why()), path + words.ja(), path + words.en());
    }

    /** As a body. */
    Map<String, Object> body(boolean japanese) {
        var body = new LinkedHashMap<String, Object>();
        body.put("type", "urn:sekisho:" + code);
        body.put("title", japanese ? words.ja() : words.en());
        body.put("status", status);
        body.put("detail", japanese ? words.ja() : words.en());
        if (line != null) {
            body.put("line", line);
        }
        if (column != null) {
            body.put("column", column);
        }
        return body;
    }

    private static String code(Why why) {
        return switch (why) {
            case TOO_LARGE -> "too-large";
            case TOO_MANY -> "too-many-files";
            case NONE, NAME, OUTSIDE, ABSENT, NOT_A_FILE, SEVERAL_NAMES, LEASED, SAME_NAME -> "invalid";
        };
    }

    /** For people, also in the browser. */
    static Text words(Why why) {
        return switch (why) {
            case NONE -> new Text("提出するファイルがありません", "there is no file to submit");
            case NAME -> new Text("使えない文字を含むか、長すぎるファイル名です", "this is no plain file name, or it is too long");
            case OUTSIDE -> new Text("outputs フォルダーの中のファイルではありません", "this does not lie in the folder outputs");
            case ABSENT -> new Text("ファイルが見つかりません", "there is no such file");
            case NOT_A_FILE -> new Text("通常のファイルではありません", "this is no regular file");
            case SEVERAL_NAMES -> new Text("ハードリンクのあるファイルは提出できません", "this file has a second name (a hard link)");
            case LEASED -> new Text("別のプログラムがこのファイルを占有しています", "another program holds a lease on this file");
            case SAME_NAME -> new Text("同じ名前のファイルが二つあります", "two files have the same name");
            case TOO_LARGE -> new Text("ファイルが大きすぎます", "the files are too large");
            case TOO_MANY -> new Text("ファイルが多すぎます", "there are too many files");
        };
    }
}
