package org.sekisho.gateway.visit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.sekisho.engine.worker.Cancellation;
import org.sekisho.gateway.intake.Intake;
import org.sekisho.gateway.intake.Taking;
import org.sekisho.gateway.job.CellProgress;
import org.sekisho.gateway.job.Job;
import org.sekisho.gateway.job.NotebookAnswer;
import org.sekisho.gateway.job.NotebookEngine;
import org.sekisho.gateway.job.NotebookFile;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.workspace.Bounds;
import org.sekisho.gateway.workspace.BroughtImages;
import org.sekisho.gateway.workspace.Home;
import org.sekisho.gateway.workspace.Homes;
import org.sekisho.gateway.workspace.ImageUnavailable;
import org.sekisho.gateway.workspace.Images;
import org.sekisho.gateway.workspace.Mount;
import org.sekisho.gateway.workspace.Ranges;
import org.sekisho.gateway.workspace.Sandbox;
import org.sekisho.gateway.workspace.SandboxFailure;
import org.sekisho.gateway.workspace.SandboxSpec;
import org.sekisho.gateway.workspace.Sandboxes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs each notebook in a sandbox of the image {@code notebook}, or of the one that it names among those that its project
 * has brought in, with a home and a data socket of its own. The sandbox is killed before its files are looked at, and
 * home, socket and user ids are gone when a run returns.
 */
public final class SandboxedNotebooks implements NotebookEngine {
    /** Under which an executed notebook is held. */
    static final String EXECUTED = "notebook.ipynb";

    private static final Logger LOG = LoggerFactory.getLogger(SandboxedNotebooks.class);
    private static final String IMAGE = "notebook";
    private static final String INSIDE = "/home/visitor";
    private static final String GIVEN = ".notebook.ipynb";
    private static final long HOME_BYTES = 2L << 30;
    private static final long POLL_MILLIS = 100;
    private static final int TASKS = 512;
    private static final int OVER = -1;
    private static final int MOST_FILES = 50;
    private static final long MOST_BYTES = 128L << 20;

    private final Sandboxes sandboxes;
    private final Images images;
    private final BroughtImages brought;
    private final Homes homes;
    private final Ranges ranges;
    private final Doors doors;
    private final Function<String, List<Mount>> furniture;
    private final Path run;
    private final Duration longest;
    private final Intake intake = new Intake(MOST_FILES, MOST_BYTES);
    private final Semaphore places =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /**
     * @param furniture what a sandbox of a project sees besides its home
     * @param run folder for what a run needs
     * @param longest wall time of one notebook, from the start of its sandbox
     */
    public SandboxedNotebooks(
            Sandboxes sandboxes,
            Images images,
            BroughtImages brought,
            Homes homes,
            Ranges ranges,
            Doors doors,
            Function<String, List<Mount>> furniture,
            Path run,
            Duration longest) {
        this.sandboxes = sandboxes;
        this.images = images;
        this.brought = brought;
        this.homes = homes;
        this.ranges = ranges;
        this.doors = doors;
        this.furniture = furniture;
        this.run = run;
        this.longest = longest;
        Scratch.remove(run);
        Scratch.make(run);
    }

    @Override
    public NotebookAnswer run(
            Job job,
            Permit permit,
            Path notebook,
            Path made,
            Cancellation cancellation,
            Consumer<CellProgress> progress) {
        if (!permit.visiting().notebooks()) {
            return new NotebookAnswer.Failed("notebooks-not-permitted");
        }
        if (!sandboxes.status().isolated()) {
            return new NotebookAnswer.Failed("no-sandbox");
        }
        if (!enter(cancellation)) {
            return new NotebookAnswer.Cancelled();
        }
        try {
            var named = job.image();
            if (named == null) {
                var usual = images.build(IMAGE).root().toCompletableFuture().join();
                return inside(job, permit, usual, notebook, made, cancellation, progress);
            }
            return switch (brought.find(permit, named)) {
                case BroughtImages.Found.Ready(var image, var root)
                when image.notebook() -> inside(job, permit, root, notebook, made, cancellation, progress);
                case BroughtImages.Found.Ready ready -> new NotebookAnswer.Failed("no-image");
                case BroughtImages.Found.Absent absent -> new NotebookAnswer.Failed("no-image");
                case BroughtImages.Found.Changed changed -> new NotebookAnswer.Failed("image-changed");
            };
        } catch (CompletionException e) {
            if (e.getCause() instanceof ImageUnavailable unavailable) {
                LOG.warn("there is no image for notebooks: {}", unavailable.getMessage());
                return new NotebookAnswer.Failed("no-image");
            }
            throw e;
        } finally {
            places.release();
        }
    }

    private boolean enter(Cancellation cancellation) {
        try {
            while (!cancellation.isCancelled()) {
                if (places.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                    return true;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    private NotebookAnswer inside(
            Job job,
            Permit permit,
            Path root,
            Path notebook,
            Path made,
            Cancellation cancellation,
            Consumer<CellProgress> progress) {
        var id = "nb-" + job.id().substring(2);
        clear(job.project(), id);
        var user = ranges.lend();
        try {
            var place = place(id);
            var home = homes.fresh(job.project(), id, user, HOME_BYTES);
            give(notebook, home);
            doors.open(new Visit(job.id(), true, job.project(), job.author(), home.path()), place.resolve("doorway"));
            var cells = new Cells(place.resolve("cells"), NotebookFile.cells(Files.readAllBytes(notebook)), progress);
            var sandbox = sandboxes.start(spec(id, permit, root, home, place), place.resolve("cells"));
            var exit = watch(sandbox, cells, cancellation);
            // Whoever still runs in there could change the files between two looks.
            sandbox.kill();
            return answer(exit, cells, cancellation, home, made);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SandboxFailure failure) {
            LOG.error("the sandbox of {} failed", job.id(), failure);
            return new NotebookAnswer.Failed("notebook-stopped");
        } finally {
            doors.close(job.id());
            clear(job.project(), id);
            ranges.giveBack(user);
        }
    }

    /** Ends and removes whatever there is of this run, also of one that a kill of this gateway interrupted. */
    private void clear(String project, String id) {
        sandboxes.find(id).ifPresent(Sandbox::kill);
        homes.discard(project, id);
        Scratch.remove(run.resolve(id));
    }

    private Path place(String id) throws IOException {
        var place = run.resolve(id);
        Scratch.make(place);
        Files.createFile(place.resolve("cells"));
        openToLook(Files.createDirectory(place.resolve("doorway")));
        return place;
    }

    private static void openToLook(Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Nothing has run in this home yet: the names in it are ours. */
    private static void give(Path notebook, Home home) throws IOException {
        var given = home.path().resolve(GIVEN);
        Files.copy(notebook, given);
        Files.setPosixFilePermissions(given, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private SandboxSpec spec(String id, Permit permit, Path root, Home home, Path place) {
        var mounts = new ArrayList<>(
                List.of(Mount.writable(home.path(), INSIDE), Mount.readOnly(place.resolve("doorway"), "/run/sekisho")));
        mounts.addAll(furniture.apply(permit.project()));
        return new SandboxSpec(
                id,
                root,
                List.of(
                        "/usr/lib/sekisho/run-notebook",
                        INSIDE + "/" + GIVEN,
                        INSIDE + "/" + Submitting.FROM + "/" + EXECUTED),
                Map.of(),
                mounts,
                new Bounds(permit.visiting().memoryBytes(), permit.visiting().cpus(), TASKS),
                home.user());
    }

    /** Until it ends, is to end, or has taken too long. */
    private OptionalInt watch(Sandbox sandbox, Cells cells, Cancellation cancellation) throws IOException {
        var until = System.nanoTime() + longest.toNanos();
        while (sandbox.alive() && !cancellation.isCancelled() && System.nanoTime() < until) {
            cells.read();
            pause();
        }
        if (sandbox.alive()) {
            return OptionalInt.of(OVER);
        }
        var code = sandbox.await(Duration.ZERO);
        cells.read();
        return code;
    }

    private NotebookAnswer answer(OptionalInt exit, Cells cells, Cancellation cancellation, Home home, Path made) {
        if (cancellation.isCancelled()) {
            return new NotebookAnswer.Cancelled();
        }
        return switch (exit.orElse(Integer.MAX_VALUE)) {
            case OVER -> new NotebookAnswer.Failed("out-of-time");
            case 0 -> taken(home, made);
            case 1 ->
                cells.failed()
                        .<NotebookAnswer>map(failed -> failed)
                        .orElse(new NotebookAnswer.Failed("notebook-stopped"));
            case 2 -> new NotebookAnswer.Failed("not-a-notebook");
            default -> new NotebookAnswer.Failed("notebook-stopped");
        };
    }

    /** The executed notebook first, then everything else in {@code outputs}; all of it or nothing. */
    private NotebookAnswer taken(Home home, Path made) {
        var executed = Submitting.FROM + "/" + EXECUTED;
        var paths = new ArrayList<>(List.of(executed));
        intake.list(home.path(), Submitting.FROM).orElse(List.of("/")).stream()
                .filter(path -> !path.equals(executed))
                .forEach(paths::add);
        return switch (intake.take(home.path(), Submitting.FROM, paths, made)) {
            case Taking.Taken(var files) -> new NotebookAnswer.Finished(files);
            case Taking.NotTaken refused -> new NotebookAnswer.Failed("outputs-not-taken");
        };
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
