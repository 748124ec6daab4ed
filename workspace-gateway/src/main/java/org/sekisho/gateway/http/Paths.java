package org.sekisho.gateway.http;

import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Request targets, decoded once and read strictly: a slash, dot segment or control character in disguise is refused. */
final class Paths {
    /** More than any path of ours has, so that a long row of slashes is not decoded piece by piece. */
    private static final int MOST_SEGMENTS = 16;

    private Paths() {}

    /** The decoded segments of a path such as {@code /api/jobs/7}. */
    static List<String> segments(String target) {
        var path = target.split("[?#]", 2)[0];
        if (!path.startsWith("/")) {
            throw new Refusal(Reason.NOT_FOUND);
        }
        var pieces = path.substring(1).split("/", MOST_SEGMENTS + 1);
        if (pieces.length > MOST_SEGMENTS) {
            throw new Refusal(Reason.NOT_FOUND);
        }
        var segments = new ArrayList<String>();
        for (var raw : pieces) {
            segments.add(plain(decode(raw.replace("+", "%2B"))));
        }
        return segments;
    }

    static Map<String, List<String>> query(String raw) {
        var values = new LinkedHashMap<String, List<String>>();
        if (!raw.isEmpty()) {
            for (var pair : raw.split("&", -1)) {
                var halves = pair.split("=", 2);
                values.computeIfAbsent(decode(halves[0]), name -> new ArrayList<>())
                        .add(halves.length == 1 ? "" : decode(halves[1]));
            }
        }
        return values;
    }

    private static String plain(String segment) {
        var odd = segment.equals(".")
                || segment.equals("..")
                || segment.chars().anyMatch(c -> c == '/' || c == '\\' || c == ';' || Character.isISOControl(c));
        if (odd) {
            throw new Refusal(Reason.NOT_FOUND);
        }
        return segment;
    }

    private static String decode(String raw) {
        try {
            var bytes = URLDecoder.decode(raw, StandardCharsets.ISO_8859_1).getBytes(StandardCharsets.ISO_8859_1);
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException malformed) {
            throw Refusal.invalid("URL のエスケープが正しくありません", "the URL is not percent-encoded UTF-8");
        }
    }
}
