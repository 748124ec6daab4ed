package org.sekisho.gateway.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.gateway.intake.TakenFile;
import org.sekisho.gateway.project.Permit;

/** Answers by what stands in the notebook: {@code fail}, {@code stop}, {@code wait}, else its files. */
public final class FakeNotebookEngine implements NotebookEngine {
    public final AtomicInteger runs = new AtomicInteger();

    @Override
    public NotebookAnswer run(
            Job job,
            Permit permit,
            Path notebook,
            Path made,
            Cancellation cancellation,
            Consumer<CellProgress> progress) {
        runs.incrementAndGet();
        var text = read(notebook);
        progress.accept(new CellProgress(1, 2));
        if (text.contains("fail")) {
            return new NotebookAnswer.CellFailed(2, "KeyError");
        }
        if (text.contains("stop")) {
            return new NotebookAnswer.Failed("notebook-stopped");
        }
        for (int i = 0; i < 3_000 && text.contains("wait"); i++) {
            if (cancellation.isCancelled()) {
                return new NotebookAnswer.Cancelled();
            }
            pause();
        }
        var files = new ArrayList<>(List.of(write(made, "notebook.ipynb", text)));
        files.add(write(made, "counts.csv", "prefecture,n\n愛知県,120\n"));
        return new NotebookAnswer.Finished(files);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static TakenFile write(Path folder, String name, String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            Files.write(folder.resolve(name), bytes);
            var hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new TakenFile(name, bytes.length, HexFormat.of().formatHex(hash));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(10);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
