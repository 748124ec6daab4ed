package org.sekisho.gateway.workspace;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Sockets that were made inside a sandbox. */
final class Sockets {
    private static final int MOST = 512;

    private Sockets() {}

    /**
     * Gives a socket a second name where the sandbox cannot change it: behind the first one could stand a link to any
     * socket of this machine by the time somebody connects. A hard link is made of what is there, without following it.
     *
     * @return whether there was a socket of this owner
     */
    static boolean keep(Path inside, Path ours, int owner) {
        try {
            Files.deleteIfExists(ours);
            Files.createLink(ours, inside);
            var socket = (Integer) Files.getAttribute(ours, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            var user = (Integer) Files.getAttribute(ours, "unix:uid", LinkOption.NOFOLLOW_LINKS);
            if ((socket & 0170000) == 0140000 && user == owner) {
                return true;
            }
            Files.delete(ours);
            return false;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Whether somebody behind a socket answers these words, within its first bytes, with that. */
    static boolean answers(Path socket, String words, String answer) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // one whose queue is full holds up whoever connects
            var closing = Thread.ofVirtual().start(() -> closeLater(channel));
            try {
                channel.connect(UnixDomainSocketAddress.of(socket));
                channel.write(ByteBuffer.wrap(words.getBytes(StandardCharsets.US_ASCII)));
                var begin = Channels.newInputStream(channel).readNBytes(Math.min(answer.length(), MOST));
                return answer.equals(new String(begin, StandardCharsets.US_ASCII));
            } finally {
                closing.interrupt();
            }
        } catch (IOException notYet) {
            return false;
        }
    }

    private static void closeLater(SocketChannel channel) {
        try {
            TimeUnit.SECONDS.sleep(2);
            channel.close();
        } catch (InterruptedException | IOException answered) {
            // nothing is left to close
        }
    }
}
