package org.sekisho.gateway.audit.verify;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks somebody who may be slow or talkative without end: the whole answer, its body included, has come after so long
 * and is no longer than so many bytes, or it is none. (The client's own timeout ends with the head of an answer.)
 */
public final class BoundedHttp implements AutoCloseable {
    private final Duration patience;
    private final long longest;
    private final HttpClient http;

    /** @param longest bytes of a body */
    public BoundedHttp(Duration patience, long longest) {
        this.patience = patience;
        this.longest = longest;
        this.http = HttpClient.newBuilder().connectTimeout(patience).build();
    }

    /** @throws IOException also when the answer is too slow or too long */
    public HttpResponse<String> send(HttpRequest request) throws IOException {
        var asked = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofString(), longest));
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException slow) {
            asked.cancel(true);
            throw new IOException("no whole answer within " + patience.toSeconds() + " s", slow);
        } catch (InterruptedException stopped) {
            asked.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof IOException why ? why : new IOException("no answer", failed);
        }
    }

    /** Does not wait for what is under way. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}
