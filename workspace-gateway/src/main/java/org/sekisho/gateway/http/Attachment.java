package org.sekisho.gateway.http;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Bytes to be saved under a name, never to be shown by a browser as a page of ours. */
final class Attachment {
    /** What a file may call itself; anything else is bytes. */
    private static final Map<String, String> TYPES = Map.of(
            "text/csv", "text/csv; charset=utf-8",
            "text/plain", "text/plain; charset=utf-8",
            "text/markdown", "text/markdown; charset=utf-8",
            "application/x-ipynb+json", "application/x-ipynb+json",
            "image/png", "image/png",
            "image/jpeg", "image/jpeg");

    private Attachment() {}

    static Reply of(byte[] bytes, String name, String type) {
        return Reply.bytes(TYPES.getOrDefault(type, "application/octet-stream"), bytes)
                .with("Content-Disposition", disposition(name));
    }

    /** RFC 6266, with the name in UTF-8 (RFC 8187) where it is not ASCII. */
    static String disposition(String name) {
        var ascii = name.replaceAll("[^A-Za-z0-9._ -]", "_");
        var plain = "attachment; filename=\"" + ascii + "\"";
        if (ascii.equals(name)) {
            return plain;
        }
        var encoded = URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
        return plain + "; filename*=UTF-8''" + encoded;
    }
}
