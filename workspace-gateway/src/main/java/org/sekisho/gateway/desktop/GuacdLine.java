package org.sekisho.gateway.desktop;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.desktop.Parsed.Malformed;
import org.sekisho.gateway.desktop.Parsed.More;
import org.sekisho.gateway.desktop.Parsed.Whole;
import org.sekisho.gateway.desktop.Violation.Side;

/** The UNIX socket of one guacd. One thread reads and one writes; closing it ends both. */
final class GuacdLine implements Closeable {
    private static final int CHUNK = 64 << 10;

    private final SocketChannel channel;
    private final InstructionParser parser = new InstructionParser();
    private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK).flip();

    private GuacdLine(SocketChannel channel) {
        this.channel = channel;
    }

    /** To nobody yet: so that whoever limits the time of a line can do so before it waits for anybody. */
    static GuacdLine unconnected() throws IOException {
        return new GuacdLine(SocketChannel.open(StandardProtocolFamily.UNIX));
    }

    /** Waits while others wait for this guacd to take them. */
    void connect(Path socket) throws IOException {
        channel.connect(UnixDomainSocketAddress.of(socket));
    }

    /** Waits for bytes. @return false when guacd has closed its end */
    boolean fill() throws IOException {
        if (chunk.hasRemaining()) {
            return true;
        }
        chunk.clear();
        var count = channel.read(chunk);
        chunk.flip();
        return count >= 0;
    }

    /**
     * The next instruction of what {@link #fill} brought; null when there is no whole one left.
     *
     * @throws Violation when guacd does not speak the protocol
     */
    @Nullable
    Instruction poll() {
        return switch (parser.next(chunk)) {
            case Whole(var instruction) -> instruction;
            case More() -> null;
            case Malformed(var fault) ->
                throw new Violation(Side.GUACD, "?", "malformed-" + fault.name().toLowerCase(Locale.ROOT));
        };
    }

    /** Waits for the next instruction; null when guacd has closed its end. */
    @Nullable
    Instruction next() throws IOException {
        while (fill()) {
            var instruction = poll();
            if (instruction != null) {
                return instruction;
            }
        }
        return null;
    }

    void write(String wire) throws IOException {
        var bytes = ByteBuffer.wrap(wire.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // a socket that does not close has nothing more to say
        }
    }
}
