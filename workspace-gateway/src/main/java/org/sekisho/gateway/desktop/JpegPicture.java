package org.sekisho.gateway.desktop;

/**
 * A JPEG (ITU-T T.81) of tables and scans alone: the one fixed JFIF segment is let through, comments, other application
 * segments and bytes after the end are not. What stands inside a scan is pixels or noise; it is not decoded.
 */
final class JpegPicture implements Picture {
    private static final long MOST = 32L << 20;
    private static final int JFIF = 16;
    private static final int LONGEST = 2_048;

    private enum State {
        START,
        MARKER,
        LENGTH_HIGH,
        LENGTH_LOW,
        SEGMENT,
        SCAN,
        ENDED
    }

    private State state = State.START;
    private boolean afterFF;
    private int marker;
    private int length;
    private long total;

    @Override
    public void take(byte[] part) {
        total += part.length;
        require(total <= MOST);
        for (byte each : part) {
            take(each & 0xFF);
        }
    }

    @Override
    public void end() {
        require(state == State.ENDED);
    }

    @Override
    public void close() {}

    private void take(int octet) {
        switch (state) {
            case START, MARKER -> marker(octet);
            case LENGTH_HIGH -> {
                length = octet << 8;
                state = State.LENGTH_LOW;
            }
            case LENGTH_LOW -> length(length | octet);
            case SEGMENT -> {
                if (--length == 0) {
                    state = marker == 0xDA ? State.SCAN : State.MARKER;
                }
            }
            case SCAN -> scan(octet);
            case ENDED -> throw new NotAPicture();
        }
    }

    private void marker(int octet) {
        if (!afterFF) {
            require(octet == 0xFF);
            afterFF = true;
            return;
        }
        afterFF = false;
        begin(octet);
    }

    private void begin(int kind) {
        require(state == State.START == (kind == 0xD8));
        marker = kind;
        state = switch (kind) {
            case 0xD8 -> State.MARKER;
            case 0xD9 -> State.ENDED;
            case 0xE0, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDA, 0xDD -> State.LENGTH_HIGH;
            default -> throw new NotAPicture();
        };
    }

    private void length(int whole) {
        require(whole > 2 && whole <= LONGEST && (marker != 0xE0 || whole == JFIF));
        length = whole - 2;
        state = State.SEGMENT;
    }

    private void scan(int octet) {
        if (!afterFF) {
            afterFF = octet == 0xFF;
            return;
        }
        afterFF = false;
        var stuffed = octet == 0 || (octet >= 0xD0 && octet <= 0xD7);
        if (!stuffed) {
            begin(octet);
        }
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new NotAPicture();
        }
    }
}
