package org.sekisho.gateway.audit.verify;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/** The lines of one segment, in order, with their places. A last line without its newline is not complete. */
public final class SegmentLines implements AutoCloseable {
    private final InputStream in;
    private byte[] buffer = new byte[1 << 18];
    private int start;
    private int end;
    private long startOffset;

    /** Of the current line; -1, so that there is nothing to skip, before the first. */
    private int length = -1;

    private boolean complete = true;

    public SegmentLines(Path file, long from) throws IOException {
        in = new FileInputStream(file.toFile());
        in.skipNBytes(from);
        startOffset = from;
    }

    /** False at the end of the file. */
    public boolean next() throws IOException {
        skipCurrent();
        int scan = start;
        while (true) {
            for (int i = scan; i < end; i++) {
                if (buffer[i] == '\n') {
                    length = i - start;
                    return true;
                }
            }
            scan = end - start;
            if (!fill()) {
                length = end;
                complete = length == 0;
                return length > 0;
            }
        }
    }

    /** Without the newline. */
    public byte[] line() {
        return Arrays.copyOfRange(buffer, start, start + length);
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    public int length() {
        return length;
    }

    /** Of the line's first byte in the file. */
    public long offset() {
        return startOffset;
    }

    public boolean complete() {
        return complete;
    }

    private void skipCurrent() {
        int whole = Math.min(length + 1, end - start);
        start += whole;
        startOffset += whole;
        length = -1;
    }

    /** Reads on behind the current line, which then begins the buffer; false at the end of the file. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        if (end == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        int read = in.read(buffer, end, buffer.length - end);
        end += Math.max(read, 0);
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
