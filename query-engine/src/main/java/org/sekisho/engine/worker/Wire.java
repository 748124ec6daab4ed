package org.sekisho.engine.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Frames over a UNIX socket: one byte of kind, four of length, the payload. Any thread may write; one reads.
 */
final class Wire implements AutoCloseable {

    static final ObjectMapper JSON = new ObjectMapper();

    private static final int HEAD = 5;
    private static final int LONGEST = 4 << 20;

    enum Kind {
        /** To the worker: {@link Request} as JSON. */
        REQUEST('Q'),
        /** To the worker: stop what this connection asked for. */
        CANCEL('C'),
        /** The request is being worked on. From here on it is not tried again elsewhere. */
        BEGUN('B'),
        /** JSON array of {@link ResultColumn}. */
        HEADER('H'),
        /** Four bytes: rows completed by this chunk. Then bytes of the Arrow stream. */
        DATA('D'),
        /** Eight bytes: percent as a double. */
        PROGRESS('P'),
        /** {@link Ending} as JSON; the last frame. A stream without it is broken, whatever came before. */
        ENDING('E');

        private static final Map<Byte, Kind> BY_MARK =
                Stream.of(values()).collect(Collectors.toUnmodifiableMap(kind -> kind.mark, kind -> kind));

        private final byte mark;

        Kind(char mark) {
            this.mark = (byte) mark;
        }
    }

    /** The payload is valid until the next read. */
    record Frame(Kind kind, ByteBuffer payload) {}

    private final SocketChannel channel;
    private final ReentrantLock writing = new ReentrantLock();
    private final ByteBuffer head = ByteBuffer.allocateDirect(HEAD);
    private ByteBuffer buffer = ByteBuffer.allocateDirect(4096);

    Wire(SocketChannel channel) {
        this.channel = channel;
    }

    static Wire connect(Path socket) throws IOException {
        return new Wire(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    void write(Kind kind, ByteBuffer... payload) throws IOException {
        var length = 0;
        for (var part : payload) {
            length += part.remaining();
        }
        writing.lock();
        try {
            var frame = new ByteBuffer[payload.length + 1];
            head.clear().put(kind.mark).putInt(length).flip();
            frame[0] = head;
            System.arraycopy(payload, 0, frame, 1, payload.length);
            for (var left = (long) HEAD + length; left > 0; ) {
                left -= channel.write(frame);
            }
        } finally {
            writing.unlock();
        }
    }

    void writeJson(Kind kind, Object value) throws IOException {
        write(kind, ByteBuffer.wrap(JSON.writeValueAsBytes(value)));
    }

    /** @throws EOFException when the other side is gone */
    Frame read() throws IOException {
        fill(HEAD);
        var kind = Kind.BY_MARK.get(buffer.get());
        var length = buffer.getInt();
        if (kind == null || length < 0 || length > LONGEST) {
            throw new IOException("not a frame");
        }
        fill(length);
        return new Frame(kind, buffer);
    }

    static <T> T json(Frame frame, Class<T> type) throws IOException {
        var bytes = new byte[frame.payload().remaining()];
        frame.payload().get(bytes);
        return JSON.readValue(bytes, type);
    }

    private void fill(int size) throws IOException {
        if (buffer.capacity() < size) {
            buffer = ByteBuffer.allocateDirect(Integer.highestOneBit(size - 1) << 1);
        }
        buffer.clear().limit(size);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException("the other side is gone");
            }
        }
        buffer.flip();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
