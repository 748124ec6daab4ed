package org.sekisho.gateway.closing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.closing.Closing.State;
import org.sekisho.gateway.encryption.SealedFolders;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries closings out: once the permit is over, jobs are cancelled and workspaces end by themselves. When nobody writes
 * for the project any more, everything of it is destroyed, again and again until nothing is found, and the log gets its
 * certificate. A start takes up what a stop or a kill left, and looks once more after each project that was closed.
 */
public final class ClosingDesk implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClosingDesk.class);
    private static final Duration ROUND = Duration.ofMillis(500);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(10);

    private final Path home;
    private final ProjectFolders folders;
    private final @Nullable SealedFolders sealed;
    private final Closings closings;
    private final Consumer<String> cancelJob;
    private final Consumer<String> stopEngine;
    private final Predicate<String> worksOn;
    private final Lock whole;
    private final AuditLog log;
    private final Clock clock;
    private final Map<String, Entry> intents = new HashMap<>();
    private final ScheduledExecutorService work = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("closings").daemon().factory());
    private volatile boolean stopping;

    /**
     * @param cancelJob ends a job soon, by its id
     * @param stopEngine ends whatever has the data of a project open
     * @param worksOn whether somebody still writes for a project, or something is left of a workspace of it
     * @param whole held while something is destroyed: nobody may copy the home meanwhile
     */
    public ClosingDesk(
            Path home,
            ProjectFolders folders,
            Closings closings,
            Consumer<String> cancelJob,
            Consumer<String> stopEngine,
            Predicate<String> worksOn,
            Lock whole,
            AuditLog log,
            Clock clock) {
        this.home = home.toAbsolutePath().normalize();
        this.folders = folders;
        this.sealed = folders instanceof SealedFolders under ? under : null;
        this.closings = closings;
        this.cancelJob = cancelJob;
        this.stopEngine = stopEngine;
        this.worksOn = worksOn;
        this.whole = whole;
        this.log = log;
        this.clock = clock;
    }

    public Closings closings() {
        return closings;
    }

    /** Call it when what takes up work of projects can be asked about it. */
    public void resume() {
        for (var closing : closings.confirmed()) {
            if (closing.state() == State.CLOSED) {
                work.execute(() -> lookAgain(closing.project()));
            } else {
                later(closing.project(), ROUND);
            }
        }
    }

    /** A kill may have come between a file and its place in the store. */
    private void lookAgain(String project) {
        try {
            if (!what(project).isEmpty() || isSealedLeft(project)) {
                later(project, ROUND);
            }
        } catch (RuntimeException e) {
            LOG.error("whether something of {} is left is not known", project, e);
        }
    }

    /** @return false when there is nothing to confirm any more, or nothing but the decider's own proposal */
    public boolean confirm(String project, String decider) {
        boolean confirmed = closings.confirm(project, decider, clock.instant());
        if (confirmed) {
            later(project, ROUND);
        }
        return confirmed;
    }

    private void later(String project, Duration wait) {
        if (!stopping) {
            var _ = work.schedule(() -> round(project), wait.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Whatever goes wrong, a project whose closing was confirmed gets there. */
    private void round(String project) {
        try {
            if (!stopping && !(isQuiet(project) && isGone(project))) {
                later(project, ROUND);
            }
        } catch (RuntimeException e) {
            LOG.error("the closing of {} stumbled, and goes on", project, e);
            later(project, AFTER_FAILURE);
        }
    }

    private boolean isQuiet(String project) {
        closings.endWhatWaits(project, clock.instant());
        closings.jobs(project).forEach(cancelJob);
        return !closings.isBusy(project) && !worksOn.test(project);
    }

    /** One round that finds nothing is needed: somebody may have been writing in the round before. */
    private boolean isGone(String project) {
        if (!whole.tryLock()) {
            return false;
        }
        try {
            stopEngine.accept(project);
            var intent = intents.computeIfAbsent(
                    project,
                    absent -> log.intent(Act.of(Act.GATEWAY, "project.destroy").in(project)));
            var found = what(project);
            var left = isSealedLeft(project);
            var sum = closings.destroyed(project, Destroyed.of(found).and(left ? unsealed(project) : 0));
            if (left || !found.isEmpty() || !closings.forgetWords(project)) {
                return false;
            }
            certify(project, intent, sum);
            return true;
        } catch (IOException e) {
            throw new IllegalStateException("what belongs to a project cannot be destroyed", e);
        } finally {
            whole.unlock();
        }
    }

    private boolean isSealedLeft(String project) {
        return sealed != null && sealed.isLeft(project);
    }

    /** Without its key what lay in the folder is gone, wherever the disk still has it. */
    private long unsealed(String project) {
        return sealed == null ? 0 : sealed.destroy(project);
    }

    /** Where there is something of it in the clear. */
    private List<Path> what(String project) {
        var places = new ArrayList<>(closings.belongings(project).places(home));
        if (sealed == null) {
            var folder = folders.of(project);
            mustLieHere(folder);
            places.add(folder);
        } else {
            sealed.inTheClear(project).ifPresent(places::add);
        }
        return places.stream()
                .filter(place -> Files.exists(place, LinkOption.NOFOLLOW_LINKS))
                .toList();
    }

    /** No link is followed: what one of ours leads to would stay. Those of visitors lie deeper, and lead nowhere of ours. */
    private static void mustLieHere(Path folder) {
        try (var parts = Files.isDirectory(folder) ? Files.list(folder) : Stream.<Path>empty()) {
            Stream.concat(Stream.of(folder), parts)
                    .filter(Files::isSymbolicLink)
                    .findFirst()
                    .ifPresent(link -> {
                        throw new IllegalStateException(link.getFileName() + " in HOME/projects is a link, and what it"
                                + " leads to would stay: put in its place what it leads to");
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("the folder of a project cannot be looked into", e);
        }
    }

    private void certify(String project, Entry intent, Destroyed sum) {
        var detail = new HashMap<>(Map.of("files", Long.toString(sum.files()), "bytes", Long.toString(sum.bytes())));
        if (sealed != null) {
            detail.put("key", "destroyed");
        }
        var certificate = log.outcome(intent, Result.DONE, detail);
        intents.remove(project);
        closings.closed(project, clock.instant(), certificate.index());
    }

    /** What is not finished is taken up by the next start. */
    @Override
    public void close() {
        stopping = true;
        work.shutdown();
        try {
            if (!work.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a closing did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
