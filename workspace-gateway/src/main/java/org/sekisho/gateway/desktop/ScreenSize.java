package org.sekisho.gateway.desktop;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks the display inside for another size, which guacd 1.3 cannot: the few messages of RFB (RFC 6143) that this takes,
 * with the extension SetDesktopSize. Whatever the display answers is read within bounds and thrown away; a display that
 * does not want to keeps its size, and the page scales it.
 */
final class ScreenSize {
    private static final Duration MOST = Duration.ofSeconds(2);
    private static final int EXTENDED_DESKTOP_SIZE = -308;
    private static final int LONGEST_NAME = 1 << 16;
    private static final byte NO_SECURITY = 1;

    private ScreenSize() {}

    /** Blocks for some milliseconds, and never for long. @return whether it was asked for another size */
    static boolean ask(Path display, int width, int height) {
        try (var channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            // a display whose queue is full holds up whoever connects
            var late = Thread.ofVirtual().start(() -> closeLater(channel));
            try {
                channel.connect(UnixDomainSocketAddress.of(display));
                return ask(Channels.newInputStream(channel), Channels.newOutputStream(channel), width, height);
            } finally {
                late.interrupt();
            }
        } catch (IOException unwilling) {
            return false;
        }
    }

    private static boolean ask(InputStream from, OutputStream to, int width, int height) throws IOException {
        var answers = new DataInputStream(from);
        answers.readFully(new byte[12]);
        to.write("RFB 003.008\n".getBytes(StandardCharsets.US_ASCII));
        answers.readFully(new byte[answers.readUnsignedByte()]);
        to.write(NO_SECURITY);
        if (answers.readInt() != 0) {
            throw new IOException("not let in");
        }
        to.write(1);
        if (isAlready(answers, width, height)) {
            return false;
        }
        to.write(wish());
        to.write(size(width, height, screen(answers)));
        answers.read();
        return true;
    }

    /** ServerInit: its size, pixel format and name. */
    private static boolean isAlready(DataInputStream answers, int width, int height) throws IOException {
        var isWide = answers.readUnsignedShort() == width;
        var isHigh = answers.readUnsignedShort() == height;
        answers.readFully(new byte[16]);
        answers.readFully(new byte[Math.clamp(answers.readInt(), 0, LONGEST_NAME)]);
        return isWide && isHigh;
    }

    /** SetEncodings with the one, and a request for one pixel. */
    private static byte[] wish() {
        return ByteBuffer.allocate(18)
                .put((byte) 2)
                .put((byte) 0)
                .putShort((short) 1)
                .putInt(EXTENDED_DESKTOP_SIZE)
                .put((byte) 3)
                .put((byte) 0)
                .putInt(0)
                .putShort((short) 1)
                .putShort((short) 1)
                .array();
    }

    /** FramebufferUpdate: the id of the first screen. */
    private static int screen(DataInputStream answers) throws IOException {
        var head = new byte[4 + 8];
        answers.readFully(head);
        if (head[0] != 0 || answers.readInt() != EXTENDED_DESKTOP_SIZE || answers.readUnsignedByte() == 0) {
            throw new IOException("it keeps its size");
        }
        answers.readFully(new byte[3]);
        return answers.readInt();
    }

    private static byte[] size(int width, int height, int screen) {
        return ByteBuffer.allocate(8 + 16 + 10)
                .put((byte) 251)
                .put((byte) 0)
                .putShort((short) width)
                .putShort((short) height)
                .put((byte) 1)
                .put((byte) 0)
                .putInt(screen)
                .putInt(0)
                .putShort((short) width)
                .putShort((short) height)
                .putInt(0)
                .put((byte) 3)
                .put((byte) 1)
                .putInt(0)
                .putShort((short) 1)
                .putShort((short) 1)
                .array();
    }

    private static void closeLater(SocketChannel channel) {
        try {
            Thread.sleep(MOST);
            channel.close();
        } catch (InterruptedException | IOException over) {
            // nothing is left to close
        }
    }
}
