package org.sekisho.gateway.audit.verify;

import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The lines of one segment, in order, with their places. A last line without its newline is not complete. The file may
 * be anybody's: of a line that is longer than any line can be, only its beginning is kept in memory.
 */
public final class SegmentLines implements AutoCloseable {
    private static final int PIECE = 1 << 18;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer;
    /** Of the current line in the buffer, of what follows it there, and of what was read. */
    private int start;

    private int next;
    private int end;

    private int length;
    private boolean overlong;
    private boolean complete = true;
    /** Of the current line in the file, and of what follows it. */
    private long startOffset;

    private long endOffset;

    public SegmentLines(Path file, long from) throws IOException {
        this(file, from, Layout.LONGEST_LINE);
    }

    /** @param longest bytes of a line, beyond which it is cut */
    SegmentLines(Path file, long from, int longest) throws IOException {
        this.longest = longest;
        buffer = new byte[longest + PIECE];
        in = new FileInputStream(ReadFile.regular(file).toFile());
        in.skipNBytes(from);
        endOffset = from;
    }

    /** False at the end of the file. */
    public boolean next() throws IOException {
        start = next;
        startOffset = endOffset;
        long dropped = 0;
        int scan = start;
        while (true) {
            for (int i = scan; i < end; i++) {
                if (buffer[i] == '\n') {
                    take(i, dropped + i - start);
                    next++;
                    endOffset++;
                    complete = true;
                    return true;
                }
            }
            dropped += cut();
            scan = end - start;
            if (!fill()) {
                take(end, dropped + end);
                complete = endOffset == startOffset;
                return !complete;
            }
        }
    }

    private void take(int lineEnd, long bytes) {
        length = (int) Math.min(bytes, longest);
        overlong = bytes > longest;
        next = lineEnd;
        endOffset = startOffset + bytes;
    }

    /** Forgets what is too much of the current line, and says how many bytes. */
    private int cut() {
        int tooMuch = Math.max(0, end - start - longest);
        end -= tooMuch;
        return tooMuch;
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

    /** Whether there is more of the line than {@link #line} and {@link #length} say: nothing of ours wrote it. */
    public boolean overlong() {
        return overlong;
    }

    /** Of the line's first byte in the file. */
    public long offset() {
        return startOffset;
    }

    /** Of what follows the line and its newline in the file. */
    public long end() {
        return endOffset;
    }

    public boolean complete() {
        return complete;
    }

    /** Reads on behind the current line, which then begins the buffer; false at the end of the file. */
    private boolean fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, end - start);
        end -= start;
        start = 0;
        int read = in.readNBytes(buffer, end, buffer.length - end);
        end += read;
        return read > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
