package org.sekisho.gateway.desktop;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sekisho.gateway.desktop.Sealing.Kind;

/** Seals each piece that is shown as one part of a file, with the mouse where it was; keys are not taken down. */
final class FileRecorder implements Recorder {
    private final SealedWriter writer;
    private final Consumer<Optional<String>> whenSealed;
    private @Nullable Instruction pointer;
    private boolean failed;
    private boolean closed;

    /** @param whenSealed takes the SHA-256 of the file; nothing when it could not be finished */
    FileRecorder(SealedWriter writer, Consumer<Optional<String>> whenSealed) {
        this.writer = writer;
        this.whenSealed = whenSealed;
    }

    @Override
    public synchronized void write(String wire) {
        if (closed || failed) {
            throw new RecordingUnwritable(new IOException("the recording has ended"));
        }
        var text = pointer == null ? wire : pointer.wire() + wire;
        pointer = null;
        try {
            writer.add(Kind.SHOWN, text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            failed = true;
            throw new RecordingUnwritable(e);
        }
    }

    @Override
    public synchronized void pointer(Instruction mouse) {
        pointer = mouse;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        whenSealed.accept(sealed());
    }

    private Optional<String> sealed() {
        try (writer) {
            return failed ? Optional.empty() : Optional.of(writer.finish());
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
