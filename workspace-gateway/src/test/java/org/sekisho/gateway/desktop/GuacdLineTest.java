package org.sekisho.gateway.desktop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class GuacdLineTest {
    private static final int MOST = 200;

    @TempDir
    Path folder;

    /** Whatever serves a desktop is hostile: it may listen and take nobody. */
    @Test
    @Timeout(20)
    void closingALineEndsTheWaitForAGuacdThatTakesNobody() throws Exception {
        var address = UnixDomainSocketAddress.of(folder.resolve("guacd"));
        var waiting = new ArrayList<SocketChannel>();
        try (var listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            listening.bind(address, 1);
            while (isTaken(address, waiting)) {
                assertThat(waiting).hasSizeLessThan(MOST);
            }
            var line = GuacdLine.unconnected();
            Thread.ofVirtual().start(() -> {
                try {
                    Thread.sleep(300);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                line.close();
            });
            assertThatThrownBy(() -> line.connect(folder.resolve("guacd"))).isInstanceOf(ClosedChannelException.class);
        } finally {
            for (var each : waiting) {
                each.close();
            }
        }
    }

    /** False once whoever comes next would wait. */
    private static boolean isTaken(UnixDomainSocketAddress address, List<SocketChannel> waiting) throws IOException {
        var channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(channel);
        channel.configureBlocking(false);
        try {
            return channel.connect(address);
        } catch (IOException full) {
            return false;
        }
    }
}
