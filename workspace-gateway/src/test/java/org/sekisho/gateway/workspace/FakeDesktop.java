package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/** Stands for both programs of a desktop: makes their sockets and says on each what the real one says first. */
public final class FakeDesktop implements Consumer<SandboxSpec> {
    @Override
    public void accept(SandboxSpec spec) {
        for (var mount : spec.mounts()) {
            if (mount.at().equals("/run/desk") && mount.writable()) {
                serve(mount.source(), "vnc.sock", "RFB 003.008\n");
            } else if (mount.at().equals("/run/guacd")) {
                serve(mount.source(), "guacd.sock", "4.args,13.VERSION_1_5_0;");
            }
        }
    }

    private static void serve(Path folder, String name, String words) {
        try {
            var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            server.bind(UnixDomainSocketAddress.of(folder.resolve(name)));
            Files.setAttribute(folder.resolve(name), "unix:uid", Files.getAttribute(folder, "unix:uid"));
            Thread.ofVirtual().start(() -> answer(server, words));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void answer(ServerSocketChannel server, String words) {
        try {
            while (true) {
                try (SocketChannel caller = server.accept()) {
                    caller.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII)));
                }
            }
        } catch (IOException closed) {
            // the test is over
        }
    }
}
