package org.sekisho.gateway.ingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.Act;
import org.sekisho.gateway.audit.AuditLog;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.LogUnavailable;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.store.Ids;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings inputs in, from the first byte to their place. Whether this person may at all has been asked before. */
public final class Ingress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Ingress.class);
    private static final String GATEWAY = "sekisho";
    private static final int LOCKS = 64;

    private final Inputs inputs;
    private final Quarantine quarantine;
    private final Delivery delivery;
    private final ProjectImages images;
    private final Scanner scanner;
    private final SourceBuild sources;
    private final Projects projects;
    private final Limits limits;
    private final AuditLog log;
    private final Clock clock;
    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).toList();
    private final ScheduledExecutorService work = worker("ingress");

    /** Images take minutes, which nothing else has to wait for. */
    private final ScheduledExecutorService imageWork = worker("ingress-images");

    public Ingress(
            Path home,
            ProjectFolders projectFolders,
            Inputs inputs,
            DeliveredFolders folders,
            Scanner scanner,
            SourceBuild sources,
            ProjectImages images,
            Projects projects,
            Limits limits,
            AuditLog log,
            Clock clock) {
        this.inputs = inputs;
        this.quarantine = new Quarantine(home, projectFolders);
        this.delivery = new Delivery(folders, quarantine, sources);
        this.images = images;
        this.scanner = scanner;
        this.sources = sources;
        this.projects = projects;
        this.limits = limits;
        this.log = log;
        this.clock = clock;
    }

    /**
     * What somebody wants to bring in.
     *
     * @param sha256 lower-case hexadecimal, if the uploader knows it
     */
    public record Wish(
            String project,
            String name,
            InputKind kind,
            long bytes,
            @Nullable String sha256,
            String purpose) {}

    public sealed interface Begun {
        record Open(Input input) implements Begun {}

        record Declined(Obstacle obstacle) implements Begun {}
    }

    public sealed interface Taken {
        /**
         * The piece is on the disk.
         *
         * @param input as it is now
         */
        record Written(Input input) implements Taken {}

        /**
         * Nothing was written.
         *
         * @param offset where the next piece belongs
         */
        record Elsewhere(long offset) implements Taken {}

        /** The piece goes beyond what was announced. */
        record Beyond() implements Taken {}

        record NoRoom() implements Taken {}

        record Over() implements Taken {}
    }

    /** What a member may choose as a name. */
    public static boolean isName(String name) {
        return Names.isPlain(name);
    }

    /** What a container image may be called. */
    public static boolean isImageName(String name) {
        return ImageName.ofFile(name).isPresent();
    }

    public Limits limits() {
        return limits;
    }

    /**
     * Removes what a stop or a kill left behind and takes up what it left unfinished; gives up what nobody continues and
     * tries again what could not be delivered, now and every ten minutes.
     */
    public void resume() {
        sweep();
        inputs.in(InputState.SCANNING).forEach(input -> later(input, this::scan));
        var _ = work.scheduleWithFixedDelay(() -> attempt(this::look), 0, 10, TimeUnit.MINUTES);
    }

    private void sweep() {
        try {
            quarantine.sweep(id ->
                    inputs.find(id).filter(input -> input.state().hasBytes()).isPresent());
        } catch (IOException e) {
            throw new UncheckedIOException("the quarantine cannot be read", e);
        }
        images.sweep();
    }

    private void look() {
        abandon();
        inputs.in(InputState.ACCEPTED).forEach(input -> later(input, this::deliver));
    }

    public Begun begin(User uploader, Wish wish) {
        if (wish.bytes() > limits.bytes(wish.kind())) {
            return new Begun.Declined(Obstacle.TOO_LARGE);
        }
        if (wish.kind() == InputKind.CONTAINER_IMAGE) {
            var obstacle = images.obstacle(wish.name(), permitted(wish.project()));
            if (obstacle.isPresent()) {
                return new Begun.Declined(obstacle.get());
            }
        }
        try {
            if (quarantine.spareBytes() - wish.bytes() < limits.spareBytes()) {
                return new Begun.Declined(Obstacle.NO_ROOM);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the room on the disk is not known", e);
        }
        return begin(uploader, wish, Ids.fresh("i"));
    }

    private Begun begin(User uploader, Wish wish, String id) {
        var now = clock.instant();
        var input = new Input(
                id,
                0,
                wish.project(),
                uploader.id(),
                wish.name(),
                wish.kind(),
                wish.purpose(),
                wish.bytes(),
                wish.sha256(),
                0,
                InputState.UPLOADING,
                null,
                null,
                null,
                null,
                now,
                now,
                null);
        var intent = log.intent(new Act(
                uploader.name(),
                "input.upload",
                wish.project(),
                id,
                Map.of("name", wish.name(), "kind", wish.kind().word(), "bytes", "" + wish.bytes())));
        try {
            quarantine.make(input);
        } catch (IOException e) {
            log.outcome(intent, Result.FAILED, Map.of());
            throw new UncheckedIOException("the quarantine takes nothing", e);
        }
        var obstacle = inputs.begin(input, limits);
        if (obstacle.isPresent()) {
            quarantine.remove(input);
            log.outcome(intent, Result.REFUSED, Map.of("reason", code(obstacle.get())));
            return new Begun.Declined(obstacle.get());
        }
        log.outcome(intent, Result.DONE, Map.of());
        return new Begun.Open(inputs.find(id).orElseThrow());
    }

    /** Exactly once by its offset: a piece that was taken before is not taken again, and none is skipped. */
    public Taken take(String id, long offset, byte[] piece) {
        var lock = locks.get(Math.floorMod(id.hashCode(), LOCKS));
        lock.lock();
        try {
            var input = inputs.find(id).orElseThrow();
            if (input.state() != InputState.UPLOADING) {
                return new Taken.Over();
            }
            if (offset != input.received()) {
                return new Taken.Elsewhere(input.received());
            }
            if (piece.length > input.bytes() - offset) {
                return new Taken.Beyond();
            }
            return projects.during(input.project(), () -> write(input, piece)).orElseGet(Taken.Over::new);
        } finally {
            lock.unlock();
        }
    }

    private Taken write(Input input, byte[] piece) {
        var from = input.received();
        try {
            quarantine.make(input);
            if (quarantine.spareBytes() < limits.spareBytes()) {
                return new Taken.NoRoom();
            }
            quarantine.write(input, from, piece);
        } catch (IOException full) {
            LOG.warn("a piece of {} was not written", input.id(), full);
            return new Taken.NoRoom();
        }
        if (!inputs.received(input.id(), from, from + piece.length, clock.instant())) {
            return new Taken.Over();
        }
        if (from + piece.length == input.bytes()) {
            later(input, this::scan);
        }
        return new Taken.Written(inputs.find(input.id()).orElseThrow());
    }

    /**
     * From an image that was delivered nothing is started any more; what runs from it goes on.
     *
     * @param by its uploader; or, of an image that was delivered, a steward
     * @return false when nothing can be taken back any more
     */
    public boolean withdraw(User by, Input input) {
        var intent = log.intent(new Act(by.name(), "input.withdraw", input.project(), input.id(), Map.of()));
        var ending = input.state() == InputState.DELIVERED ? "withdrawn-by-steward" : null;
        var done = inputs.end(input.id(), input.state(), InputState.WITHDRAWN, ending);
        if (done) {
            discard(input);
        }
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        return done;
    }

    /** @return the input as it is now, or nothing when somebody was faster */
    public Optional<Input> review(User steward, Input input, boolean accept, String note) {
        var intent = log.intent(new Act(
                steward.name(),
                "input.review",
                input.project(),
                input.id(),
                Map.of("decision", accept ? "accept" : "refuse", "sha256", "" + input.sha256())));
        var done = inputs.reviewed(input.id(), new Input.Review(steward.id(), accept, note, clock.instant()));
        log.outcome(intent, done ? Result.DONE : Result.REFUSED, Map.of());
        if (!done) {
            return Optional.empty();
        }
        if (accept) {
            later(input, this::deliver);
        } else {
            discard(input);
        }
        return inputs.find(input.id());
    }

    /** Compares a delivered image with what was accepted, byte by byte: what differs, 20 names at most. */
    public List<String> verify(User steward, Input input) {
        var intent = log.intent(new Act(steward.name(), "input.verify", input.project(), input.id(), Map.of()));
        var differences = images.verify(input);
        log.outcome(
                intent,
                differences.isEmpty() ? Result.DONE : Result.FAILED,
                Map.of("differences", "" + differences.size()));
        return differences;
    }

    private void scan(String id) {
        var input = inputs.find(id).orElseThrow();
        if (input.state() != InputState.SCANNING) {
            return;
        }
        var intent = log.intent(new Act(GATEWAY, "input.scan", input.project(), id, Map.of()));
        try {
            var content = quarantine.content(input);
            var sha256 = Quarantine.sha256(content);
            var findings = inspect(input, content);
            if (input.declared() != null && !input.declared().equals(sha256)) {
                findings.add(Remark.refuse(
                        "届いた内容の SHA-256 が申告と一致しません", "what arrived does not have the SHA-256 that was announced"));
            }
            var report = findings.report(scan(input, content, findings));
            var ending = report.refuses() ? "scan" : null;
            var done = inputs.scanned(id, sha256, report, ending);
            if (ending != null || !done) {
                discard(input);
            }
            log.outcome(
                    intent,
                    done ? Result.DONE : Result.REFUSED,
                    Map.of(
                            "sha256",
                            sha256,
                            "scan",
                            code(report.scan().state()),
                            "answer",
                            ending == null ? "to-review" : "refused"));
        } catch (IOException | RuntimeException failed) {
            broken(intent, input, failed);
        }
    }

    private Findings inspect(Input input, Path content) throws IOException {
        var permitted = permitted(input.project());
        return input.kind() == InputKind.CONTAINER_IMAGE
                ? images.inspect(content, input.name(), permitted, quarantine.listing(input))
                : Inspection.inspect(content, input.name(), input.kind(), permitted, sources.isAvailable());
    }

    private Scan scan(Input input, Path content, Findings findings) throws IOException {
        return input.kind() == InputKind.CONTAINER_IMAGE
                ? images.scan(scanner, content, findings, quarantine.listing(input))
                : scanner.scan(content);
    }

    private List<String> permitted(String project) {
        return projects.permit(project).orElseThrow().visiting().software();
    }

    private void deliver(String id) {
        var input = inputs.find(id).orElseThrow();
        if (input.state() != InputState.ACCEPTED) {
            return;
        }
        var intent = log.intent(
                new Act(GATEWAY, "input.deliver", input.project(), id, Map.of("sha256", "" + input.sha256())));
        try {
            switch (put(input)) {
                case Delivery.Result.Delivered(var files, var manifest) -> {
                    inputs.delivered(id, clock.instant());
                    log.outcome(intent, Result.DONE, Map.of("files", "" + files, "manifest-sha256", manifest));
                }
                case Delivery.Result.Refused(var ending) -> {
                    inputs.end(id, InputState.ACCEPTED, InputState.REFUSED, ending);
                    log.outcome(intent, Result.REFUSED, Map.of("reason", ending));
                }
            }
            discard(input);
        } catch (IOException | RuntimeException failed) {
            broken(intent, input, failed);
        }
    }

    private Delivery.Result put(Input input) throws IOException {
        if (input.kind() != InputKind.CONTAINER_IMAGE) {
            return delivery.deliver(input);
        }
        try {
            return images.deliver(input, quarantine.content(input), quarantine.listing(input));
        } catch (ImageListing.Changed changed) {
            return new Delivery.Result.Refused("bytes-changed");
        }
    }

    /**
     * What broke here, and not because of the input, is tried again, a delivery within ten minutes and a scan at the next
     * start; its bytes stay. Those of an input that has been withdrawn meanwhile do not.
     */
    private void broken(Entry intent, Input input, Exception failed) {
        LOG.error("{} of {} failed", intent.action(), input.id(), failed);
        if (inputs.find(input.id()).filter(now -> now.state().hasBytes()).isEmpty()) {
            discard(input);
        }
        if (!(failed instanceof LogUnavailable)) {
            log.outcome(intent, Result.FAILED, Map.of());
        }
    }

    private void abandon() {
        var latest = clock.instant().minus(limits.patience());
        for (var input : inputs.in(InputState.UPLOADING)) {
            if (input.touched().isBefore(latest)
                    && inputs.end(input.id(), InputState.UPLOADING, InputState.ABANDONED, "abandoned")) {
                discard(input);
                log.record(new Act(GATEWAY, "input.abandon", input.project(), input.id(), Map.of()), Result.DONE);
            }
        }
    }

    private void discard(Input input) {
        try {
            quarantine.remove(input);
        } catch (RuntimeException e) {
            LOG.error("{} stays in the quarantine", input.id(), e);
        }
    }

    private void later(Input input, Consumer<String> task) {
        var lane = input.kind() == InputKind.CONTAINER_IMAGE ? imageWork : work;
        if (!lane.isShutdown()) {
            lane.execute(() -> attempt(() -> projects.during(input.project(), () -> task.accept(input.id()))));
        }
    }

    private static void attempt(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.error("ingress stumbled", e);
        }
    }

    private static ScheduledExecutorService worker(String name) {
        return Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name(name).daemon().factory());
    }

    private static String code(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is under way is taken up by the next start. */
    @Override
    public void close() {
        work.shutdownNow();
        imageWork.shutdownNow();
        try {
            if (!work.awaitTermination(10, TimeUnit.SECONDS) || !imageWork.awaitTermination(10, TimeUnit.SECONDS)) {
                LOG.warn("a scan did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
