package org.sekisho.gateway.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** As much of a browser as a sign-in elsewhere needs: cookies, one form at a time, links followed by hand. */
final class Browser {
    private static final Pattern PATH = Pattern.compile("(?i);\\s*Path=([^;]*)");
    private static final Pattern FORM = Pattern.compile("<form[^>]*action=\"([^\"]+)\"");

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private record Cookie(String name, String value, String path) {
        static Cookie parse(String header) {
            var pair = header.split(";", 2)[0].split("=", 2);
            var path = PATH.matcher(header);
            return new Cookie(pair[0].strip(), pair[1].strip(), path.find() ? path.group(1) : "/");
        }

        boolean isFor(URI address) {
            return address.getPath().startsWith(path);
        }
    }

    private final List<Cookie> cookies = new ArrayList<>();
    private final URI home;

    Browser(URI home) {
        this.home = home;
    }

    HttpResponse<String> get(URI address) {
        return send(HttpRequest.newBuilder(address).GET());
    }

    HttpResponse<String> get(String path) {
        return get(home.resolve(path));
    }

    /** As a page of ours does. */
    HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(home.resolve(path))
                .header("Content-Type", "application/json")
                .header("Origin", home.toString())
                .POST(BodyPublishers.ofString(json)));
    }

    HttpResponse<String> delete(String path) {
        return send(HttpRequest.newBuilder(home.resolve(path))
                .header("Origin", home.toString())
                .DELETE());
    }

    /** Fills the form of a page in. */
    HttpResponse<String> submit(HttpResponse<String> page, Map<String, String> fields) {
        var form = FORM.matcher(page.body());
        if (!form.find()) {
            throw new IllegalStateException("no form on " + page.uri() + ": " + page.statusCode());
        }
        return send(HttpRequest.newBuilder(page.uri().resolve(form.group(1).replace("&amp;", "&")))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(Keycloak.encode(fields))));
    }

    /** Where an answer sends on to. */
    static URI onward(HttpResponse<String> answer) {
        var location = answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new IllegalStateException(answer.statusCode() + " " + answer.uri()));
        return answer.uri().resolve(location);
    }

    /**
     * Browsers take this machine for safe and send it secure cookies without TLS, and all its ports each other's; the
     * cookie jar of the JDK does not.
     */
    private HttpResponse<String> send(HttpRequest.Builder request) {
        var address = request.build().uri();
        var own = cookies.stream()
                .filter(cookie -> cookie.isFor(address))
                .map(cookie -> cookie.name() + "=" + cookie.value())
                .collect(Collectors.joining("; "));
        if (!own.isEmpty()) {
            request.header("Cookie", own);
        }
        try {
            var answer = CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofString());
            answer.headers().allValues("Set-Cookie").forEach(this::keep);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        var cookie = Cookie.parse(header);
        cookies.removeIf(old -> old.name().equals(cookie.name()) && old.path().equals(cookie.path()));
        if (!header.matches("(?i).*;\\s*Max-Age=0\\b.*")) {
            cookies.add(cookie);
        }
    }
}
