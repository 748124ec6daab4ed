package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A UNIX socket that takes nobody and whose queue is full: whoever connects waits for ever. */
public final class CrowdedSocket implements AutoCloseable {
    private static final int MOST = 100;

    public final Path path;
    private final ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    private final List<SocketChannel> queue = new ArrayList<>();

    public CrowdedSocket(Path folder) throws IOException {
        path = folder.resolve("crowded");
        listening.bind(UnixDomainSocketAddress.of(path), 1);
        while (queues()) {
            if (queue.size() > MOST) {
                throw new IOException("the queue has no end");
            }
        }
    }

    private boolean queues() throws IOException {
        var waiting = SocketChannel.open(StandardProtocolFamily.UNIX);
        queue.add(waiting);
        waiting.configureBlocking(false);
        try {
            return waiting.connect(UnixDomainSocketAddress.of(path));
        } catch (SocketException full) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        for (var waiting : queue) {
            waiting.close();
        }
        listening.close();
    }
}
