package org.sekisho.engine.worker;

/** What a caller hears while its statement has no answer yet. */
public sealed interface Progress {

    /** Waits for a worker; {@code position} 1 is next. */
    record Queued(int position) implements Progress {}

    /** Runs; {@code percent} is 0 to 100, or -1 while the engine cannot tell. */
    record Running(double percent) implements Progress {}

    /** The result is being written; {@code bytes} so far. */
    record Streaming(long bytes) implements Progress {}
}
