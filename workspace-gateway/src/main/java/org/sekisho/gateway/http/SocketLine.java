package org.sekisho.gateway.http;

import io.vertx.core.http.ServerWebSocket;
import java.io.IOException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sekisho.gateway.desktop.Ending;
import org.sekisho.gateway.desktop.ViewerLine;

/** A viewer at the other end of a WebSocket. */
final class SocketLine implements ViewerLine {
    private static final long SECONDS = 20;
    private final ServerWebSocket socket;

    SocketLine(ServerWebSocket socket) {
        this.socket = socket;
    }

    @Override
    public void send(String text) throws IOException {
        if (socket.isClosed()) {
            throw new IOException("the viewer is gone");
        }
        try {
            socket.writeTextMessage(text)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("the viewer does not keep up, or is gone", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void pause() {
        socket.pause();
    }

    @Override
    public void resume() {
        socket.resume();
    }

    @Override
    public void close(Ending ending) {
        if (!socket.isClosed()) {
            socket.close((short) ending.code(), ending.word());
        }
    }
}
