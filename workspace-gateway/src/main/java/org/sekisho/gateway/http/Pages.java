package org.sekisho.gateway.http;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The built web application: its files as they are, and its one page for every other address. */
final class Pages {
    private static final String NONCE_MARK = "__CSP_NONCE__";
    private static final Pattern HASHED = Pattern.compile(".*[-.][A-Za-z0-9_-]{8,}\\.[a-z0-9]+");
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));
    private static final String ABSENT =
            "<!doctype html><meta charset=utf-8><title>Sekisho</title><p>The pages are not built. The interface is at /api.";

    private final @Nullable Path folder;
    private final Map<Path, Kept> kept = new ConcurrentHashMap<>();

    /** A file of the application, in memory once for all who read it. */
    private record Kept(FileTime time, Buffer bytes) {}

    Pages(@Nullable Path folder) {
        this.folder = folder;
    }

    /** @param nonce put into the page for this one response */
    Reply.Now answer(Call call, String nonce) {
        if (!call.method().equals("GET") && !call.method().equals("HEAD")) {
            throw new Refusal(Reason.METHOD, null, Map.of("Allow", "GET"));
        }
        var segments = Paths.segments(call.target());
        var name = segments.getLast();
        var asset = file(segments);
        if (asset.isPresent() && !name.endsWith(".html")) {
            return send(asset.get(), name);
        }
        if (name.contains(".") && !name.equals("index.html")) {
            throw new Refusal(Reason.NOT_FOUND);
        }
        return page(nonce);
    }

    private Reply.Now page(String nonce) {
        var html = file(List.of("index.html"))
                .map(this::read)
                .map(bytes -> bytes.toString(StandardCharsets.UTF_8))
                .orElse(ABSENT)
                .replace(NONCE_MARK, nonce);
        return Reply.bytes("text/html; charset=utf-8", html.getBytes(StandardCharsets.UTF_8))
                .with("Cache-Control", "no-store");
    }

    private Reply.Now send(Path file, String name) {
        var type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            throw new Refusal(Reason.NOT_FOUND);
        }
        var caching = HASHED.matcher(name).matches() ? "public, max-age=31536000, immutable" : "no-cache";
        return new Reply.Now(200, type, read(file), Map.of("Cache-Control", caching));
    }

    private Optional<Path> file(List<String> segments) {
        if (folder == null) {
            return Optional.empty();
        }
        var file = folder;
        for (var segment : segments) {
            if (segment.isEmpty() || segment.startsWith(".")) {
                return Optional.empty();
            }
            file = file.resolve(segment);
        }
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) ? Optional.of(file) : Optional.empty();
    }

    private Buffer read(Path file) {
        try {
            var time = Files.getLastModifiedTime(file);
            var known = kept.get(file);
            if (known != null && known.time().equals(time)) {
                return known.bytes();
            }
            var bytes = Buffer.buffer(Files.readAllBytes(file));
            kept.put(file, new Kept(time, bytes));
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException("a page cannot be read", e);
        }
    }
}
