package org.sekisho.gateway.desktop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A guacd on a UNIX socket that shakes hands like 1.3.0 and then says whatever a test tells it to. */
public final class FakeGuacd implements AutoCloseable {
    /** Of one white dot. */
    static final String FIRST_FRAME =
            "4.size,1.0,4.1280,3.800;" + Pictures.img(1, Pictures.png(16, 16)) + "4.sync,8.15570997;";

    public final Path socket;
    /** Everything that was said to it, connection by connection, the handshake included. */
    final List<Instruction> heard = new CopyOnWriteArrayList<>();

    private final BlockingQueue<Instruction> input = new LinkedBlockingQueue<>();
    private final ServerSocketChannel listening;
    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final byte[] script;
    private volatile boolean deaf;

    /** @param script sent after each handshake */
    public FakeGuacd(Path folder, byte[] script) {
        socket = folder.resolve("g" + System.nanoTime() % 1_000_000);
        this.script = script.clone();
        try {
            listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            listening.bind(UnixDomainSocketAddress.of(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::listen);
    }

    public static FakeGuacd drawing(Path folder) {
        return new FakeGuacd(folder, FIRST_FRAME.getBytes(StandardCharsets.UTF_8));
    }

    public static FakeGuacd saying(Path folder, String script) {
        return new FakeGuacd(folder, script.getBytes(StandardCharsets.UTF_8));
    }

    /** It shakes hands and then reads nothing any more. */
    public FakeGuacd deaf() {
        deaf = true;
        return this;
    }

    public void say(String wire) {
        say(wire.getBytes(StandardCharsets.UTF_8));
    }

    void say(byte[] bytes) {
        for (var connection : connections) {
            try {
                var buffer = ByteBuffer.wrap(bytes);
                while (buffer.hasRemaining()) {
                    connection.write(buffer);
                }
            } catch (IOException gone) {
                return;
            }
        }
    }

    /** Whether such an instruction comes after the handshake. */
    public boolean hears(String opcode) throws InterruptedException {
        return next(opcode) != null;
    }

    /** The next instruction with this opcode after the handshake; null when none comes in time. */
    @Nullable
    Instruction next(String opcode) throws InterruptedException {
        for (var got = input.poll(5, TimeUnit.SECONDS); got != null; got = input.poll(5, TimeUnit.SECONDS)) {
            if (got.opcode().equals(opcode)) {
                return got;
            }
        }
        return null;
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (var connection : connections) {
                connection.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void listen() {
        try {
            while (true) {
                var connection = listening.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            var parser = new InstructionParser();
            var bytes = ByteBuffer.allocate(1 << 16).flip();
            expect(connection, parser, bytes, "select");
            write(connection, "4.args,13.VERSION_1_3_0,8.hostname,4.port,12.disable-copy,13.disable-paste,8.password;");
            expect(connection, parser, bytes, "connect");
            write(connection, "5.ready,37.$eea12825-2c52-4dcd-ae4c-855486fdc511;");
            connections.add(connection);
            var sent = ByteBuffer.wrap(script);
            while (sent.hasRemaining()) {
                connection.write(sent);
            }
            while (deaf) {
                Thread.sleep(50);
            }
            while (true) {
                input.add(next(connection, parser, bytes));
            }
        } catch (IOException | InterruptedException gone) {
            // the gateway left
        }
    }

    private void expect(SocketChannel connection, InstructionParser parser, ByteBuffer bytes, String opcode)
            throws IOException {
        while (!next(connection, parser, bytes).opcode().equals(opcode)) {}
    }

    private Instruction next(SocketChannel connection, InstructionParser parser, ByteBuffer bytes) throws IOException {
        while (true) {
            if (!bytes.hasRemaining()) {
                bytes.clear();
                if (connection.read(bytes) < 0) {
                    throw new IOException("end");
                }
                bytes.flip();
            }
            if (parser.next(bytes) instanceof Parsed.Whole(var instruction)) {
                heard.add(instruction);
                return instruction;
            }
        }
    }

    private static void write(SocketChannel connection, String text) throws IOException {
        connection.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
    }
}
