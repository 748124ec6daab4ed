package org.sekisho.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** A body of {@code multipart/form-data} (RFC 7578), read strictly: each name once, nothing before, nothing after. */
final class Multipart {
    private static final int MOST_PARTS = 10;
    private static final Pattern BOUNDARY =
            Pattern.compile("(?i)multipart/form-data\\s*;\\s*boundary=\"?([!-~]{1,70}?)\"?");
    private static final Pattern DISPOSITION =
            Pattern.compile("(?i)form-data; *name=\"([a-z]{1,40})\"(; *filename(\\*?)=.*)?");

    private final Map<String, byte[]> parts = new LinkedHashMap<>();

    private Multipart() {}

    static boolean is(Call call) {
        return call.header("content-type").orElse("").startsWith("multipart/");
    }

    /** @throws Refusal 400 that says what is wrong */
    static Multipart read(Call call) {
        var type = BOUNDARY.matcher(call.header("content-type").orElse("").strip());
        if (!type.matches()) {
            throw malformed();
        }
        var form = new Multipart();
        var body = call.body().getBytes();
        var line = ("--" + type.group(1)).getBytes(StandardCharsets.US_ASCII);
        var between = ("\r\n--" + type.group(1)).getBytes(StandardCharsets.US_ASCII);
        var at = line.length;
        if (!startsWith(body, line, 0)) {
            throw malformed();
        }
        while (!startsWith(body, new byte[] {'-', '-'}, at)) {
            if (!startsWith(body, new byte[] {'\r', '\n'}, at) || form.parts.size() == MOST_PARTS) {
                throw malformed();
            }
            var end = indexOf(body, between, at);
            if (end < 0) {
                throw malformed();
            }
            form.part(Arrays.copyOfRange(body, at, end));
            at = end + between.length;
        }
        return form;
    }

    Optional<byte[]> bytes(String name) {
        return Optional.ofNullable(parts.get(name));
    }

    Optional<String> text(String name) {
        return bytes(name).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Refuses parts that nobody asked for. */
    Multipart only(String... names) {
        if (!Arrays.asList(names).containsAll(parts.keySet())) {
            throw Refusal.invalid(
                    "フォームの項目は " + String.join("、", names) + " だけです",
                    "the form has " + String.join(", ", names) + " and nothing else");
        }
        return this;
    }

    // The name of a sent file is not looked at: nothing is stored under it.
    private void part(byte[] part) {
        var head = indexOf(part, new byte[] {'\r', '\n', '\r', '\n'}, 0);
        if (head < 0) {
            throw malformed();
        }
        for (var header : new String(part, 0, head, StandardCharsets.UTF_8).split("\r\n")) {
            if (header.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) {
                var named = DISPOSITION.matcher(
                        header.substring("content-disposition:".length()).strip());
                if (named.matches()
                        && parts.putIfAbsent(named.group(1), Arrays.copyOfRange(part, head + 4, part.length)) == null) {
                    return;
                }
            }
        }
        throw malformed();
    }

    private static boolean startsWith(byte[] body, byte[] what, int at) {
        return at + what.length <= body.length && Arrays.equals(body, at, at + what.length, what, 0, what.length);
    }

    private static int indexOf(byte[] body, byte[] what, int from) {
        for (int i = from; i + what.length <= body.length; i++) {
            if (body[i] == what[0] && startsWith(body, what, i)) {
                return i;
            }
        }
        return -1;
    }

    private static Refusal malformed() {
        return Refusal.invalid("multipart/form-data として読めません", "the body is not multipart/form-data");
    }
}
