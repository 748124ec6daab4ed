package org.sekisho.checker.picture;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.sekisho.checker.picture.Pictures.Why;

/**
 * SVG and PDF as pixels. Drawing runs foreign code over a page that can ask for any amount of work, so it runs in a
 * process of its own with a small heap, no environment and an end; whatever happens to it, the caller gets an answer.
 */
public final class Drawn {
    public static final int BYTES_AT_MOST = 16 << 20;
    public static final int PAGES_AT_MOST = 20;

    private static final int SECONDS_AT_MOST = 60;
    static final int ANSWER_AT_MOST = 64 << 20;

    private Drawn() {}

    /** What is drawn. */
    public enum Kind {
        SVG,
        PDF
    }

    /** The answer to a file. */
    public sealed interface Answer {
        record Pages(List<Page> pages) implements Answer {}

        record Refused(Why why) implements Answer {}
    }

    /**
     * @param png as it was drawn
     * @param text that was drawn, or would be if it were in sight
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Page(byte[] png, String text) {}

    public static Answer of(Kind kind, Path file) {
        try {
            return Files.size(file) > BYTES_AT_MOST ? new Answer.Refused(Why.TOO_LARGE) : drawn(kind, file);
        } catch (IOException broken) {
            return new Answer.Refused(Why.BROKEN);
        }
    }

    /** The answer comes through a pipe: a file of it would be a copy of the output, wherever that lies. */
    private static Answer drawn(Kind kind, Path file) throws IOException {
        var process = start(kind, file);
        var late = new AtomicBoolean();
        var clock = Thread.ofVirtual().start(() -> endLate(process, late));
        try {
            var said = process.getInputStream().readNBytes(ANSWER_AT_MOST + 1);
            if (said.length > ANSWER_AT_MOST) {
                process.destroyForcibly();
            }
            int code = process.waitFor();
            return late.get() ? new Answer.Refused(Why.TOO_LARGE) : answer(code, said);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Answer.Refused(Why.BROKEN);
        } finally {
            process.destroyForcibly();
            clock.interrupt();
        }
    }

    private static void endLate(Process process, AtomicBoolean late) {
        try {
            if (!process.waitFor(SECONDS_AT_MOST, TimeUnit.SECONDS)) {
                late.set(true);
                process.destroyForcibly();
            }
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    static Answer answer(int code, byte[] said) throws IOException {
        if (said.length > ANSWER_AT_MOST) {
            return new Answer.Refused(Why.TOO_LARGE);
        }
        return switch (code) {
            case 0 -> new Answer.Pages(pages(said));
            case Draw.TOO_LARGE -> new Answer.Refused(Why.TOO_LARGE);
            case Draw.KIND -> new Answer.Refused(Why.KIND);
            default -> new Answer.Refused(Why.BROKEN);
        };
    }

    private static Process start(Kind kind, Path file) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java,
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                // nothing of a crash is written: it would hold the output
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                Draw.class.getName(),
                kind.name());
        builder.environment().clear();
        return builder.redirectInput(file.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    /** Trusts nothing of what the process said but that the pictures are still to be read. */
    private static List<Page> pages(byte[] said) throws IOException {
        var pages = new ArrayList<Page>();
        try (var in = new DataInputStream(new ByteArrayInputStream(said))) {
            int count = in.readInt();
            if (count < 1 || count > PAGES_AT_MOST) {
                throw new IOException("no pages");
            }
            for (int page = 0; page < count; page++) {
                var png = bytes(in);
                pages.add(new Page(png, new String(bytes(in), StandardCharsets.UTF_8)));
            }
        }
        return pages;
    }

    private static byte[] bytes(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > in.available()) {
            throw new IOException("the answer is cut short");
        }
        return in.readNBytes(length);
    }
}
