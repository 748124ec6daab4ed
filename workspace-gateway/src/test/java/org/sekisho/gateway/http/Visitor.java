package org.sekisho.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import javax.net.ssl.SSLContext;

/** Somebody at the other end of plain HTTP, with a bearer token or without one. */
public final class Visitor {
    public static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String host;
    private final int port;
    private final String token;

    private final String scheme;
    private final HttpClient client;

    private Visitor(String host, int port, String token) {
        this("http", host, port, token, CLIENT);
    }

    private Visitor(String scheme, String host, int port, String token, HttpClient client) {
        this.scheme = scheme;
        this.client = client;
        this.host = host;
        this.port = port;
        this.token = token;
    }

    public static Visitor stranger(int port) {
        return new Visitor("127.0.0.1", port, "");
    }

    public static Visitor signedIn(int port, String name) {
        var answer =
                stranger(port).post("/api/session", "{\"user\":\"%s\",\"password\":\"sekisho-demo\"}".formatted(name));
        return holding(port, answer);
    }

    /** Signed in over TLS, whose certificate is believed as the context says. */
    public static Visitor behindTls(int port, SSLContext trust, String name) {
        var client = HttpClient.newBuilder().sslContext(trust).build();
        var answer = new Visitor("https", "localhost", port, "", client)
                .post("/api/session", "{\"user\":\"%s\",\"password\":\"sekisho-demo\"}".formatted(name));
        return new Visitor(
                "https", "localhost", port, json(answer).path("token").asText(), client);
    }

    /** Somebody who was let in by this answer. */
    public static Visitor holding(int port, HttpResponse<String> answer) {
        if (answer.statusCode() != 201) {
            throw new IllegalStateException("sign-in: " + answer.statusCode() + " " + answer.body());
        }
        return new Visitor("127.0.0.1", port, json(answer).path("token").asText());
    }

    /** The same person, who calls the gateway by another of its names. */
    public Visitor at(String name) {
        return new Visitor(name, port, token);
    }

    /** The same token, shown to another gateway. */
    public Visitor at(int port) {
        return new Visitor(host, port, token);
    }

    /** What its requests carry. */
    public String authorization() {
        return "Bearer " + token;
    }

    public HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    public HttpResponse<String> post(String path, String json) {
        return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(json)));
    }

    public HttpResponse<String> delete(String path) {
        return send(request(path).DELETE());
    }

    public HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(scheme + "://" + host + ":" + port + path))
                .timeout(Duration.ofSeconds(60));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    public HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Submits a statement and waits until it has ended. */
    public JsonNode run(String project, String sql) {
        return ended(submit(project, sql));
    }

    /** Sends a notebook as a browser sends a form. */
    public HttpResponse<String> sendNotebook(String project, String notebook, String context) {
        return sendNotebook(project, notebook, context, "");
    }

    /** @param image empty for the usual one */
    public HttpResponse<String> sendNotebook(String project, String notebook, String context, String image) {
        var form = new StringBuilder();
        var parts = Map.of(
                "kind", "notebook", "title", "A notebook", "context", context, "image", image, "notebook", notebook);
        for (var part : parts.entrySet()) {
            var file = part.getKey().equals("notebook") ? "; filename=\"../x.ipynb\"" : "";
            form.append("--b1\r\nContent-Disposition: form-data; name=\"%s\"%s\r\n\r\n%s\r\n"
                    .formatted(part.getKey(), file, part.getValue()));
        }
        return send(request("/api/projects/" + project + "/jobs")
                .header("Content-Type", "multipart/form-data; boundary=b1")
                .POST(BodyPublishers.ofString(form + "--b1--\r\n")));
    }

    public String submit(String project, String sql) {
        var answer = post(
                "/api/projects/" + project + "/jobs",
                JSON.createObjectNode().put("kind", "sql").put("sql", sql).toString());
        if (answer.statusCode() != 202) {
            throw new IllegalStateException(answer.statusCode() + " " + answer.body());
        }
        return json(answer).path("id").asText();
    }

    public JsonNode ended(String job) {
        for (int i = 0; i < 20; i++) {
            var now = json(get("/api/jobs/" + job + "?wait=10"));
            if (!now.path("state").asText().matches("queued|running")) {
                return now;
            }
        }
        throw new IllegalStateException("the job does not end");
    }

    /** Waits until the rules have been applied. */
    public JsonNode checked(String output) {
        for (int i = 0; i < 20; i++) {
            var now = json(get("/api/outputs/" + output + "?wait=10"));
            if (!now.path("state").asText().equals("checking")) {
                return now;
            }
        }
        throw new IllegalStateException("the check does not end");
    }

    public static JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String reason(HttpResponse<String> answer) {
        return answer.statusCode() + " " + json(answer).path("type").asText().replace("urn:sekisho:", "");
    }
}
