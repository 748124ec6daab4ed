package org.sekisho.engine.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;
import org.jspecify.annotations.Nullable;

/** The Arrow stream in the frames of one answer, read as it arrives. */
final class ArrivingRows implements ReadableByteChannel {

    private final Wire wire;
    private ByteBuffer arrived = ByteBuffer.allocate(0);
    private long rows;
    private @Nullable Ending ending;

    ArrivingRows(Wire wire) {
        this.wire = wire;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
        while (!arrived.hasRemaining()) {
            if (ending != null || !next()) {
                return -1;
            }
        }
        int size = Math.min(target.remaining(), arrived.remaining());
        target.put(arrived.slice(arrived.position(), size));
        arrived.position(arrived.position() + size);
        return size;
    }

    private boolean next() throws IOException {
        var frame = wire.read();
        switch (frame.kind()) {
            case DATA -> {
                rows += frame.payload().getInt();
                arrived = frame.payload();
            }
            case ENDING -> ending = Wire.json(frame, Ending.class);
            case BEGUN, HEADER, PROGRESS -> {}
            case REQUEST, CANCEL -> throw new IOException("not for the gateway");
        }
        return ending == null;
    }

    /** Whether the last frame came, told of no fault, and counted as many rows as arrived. */
    boolean whole() throws IOException {
        while (ending == null) {
            var ignored = next();
        }
        return ending.code() == null && ending.rows() == rows;
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    /** The connection is closed by whoever opened it. */
    @Override
    public void close() {}
}
