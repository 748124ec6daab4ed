package org.sekisho.gateway.closing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.Entry;
import org.sekisho.gateway.audit.InMemoryAuditLog;
import org.sekisho.gateway.audit.Phase;
import org.sekisho.gateway.audit.Result;
import org.sekisho.gateway.closing.Closing.State;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Permit.Resources;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;
import org.sekisho.gateway.store.Store;

/** Closings with a real store and real files, and everybody who could be in their way. */
class ClosingDeskTest {
    private static final String PROJECT = "stroke-care";
    private static final Duration LONGER_THAN_A_ROUND = Duration.ofMillis(1_200);
    private static final int PATIENCE = 400;

    @TempDir
    Path home;

    private final Clock clock = Clock.systemUTC();
    private final InMemoryAuditLog log = new InMemoryAuditLog(clock);
    private final ReentrantLock whole = new ReentrantLock();
    private final List<ClosingDesk> desks = new ArrayList<>();
    private Store store;
    private Projects projects;
    private Path data;

    @BeforeEach
    void open() throws IOException {
        store = Store.open(home);
        projects = new Projects(store);
        projects.grant(permit(PROJECT, Instant.now().plus(Duration.ofDays(1))), "p-reviewer");
        data = Files.createDirectories(ProjectFolders.in(home).of(PROJECT).resolve("data"))
                .resolve("data.duckdb");
        Files.writeString(data, "of somebody");
    }

    @AfterEach
    void close() {
        desks.forEach(ClosingDesk::close);
        store.close();
    }

    private static Permit permit(String project, Instant expires) {
        return new Permit(
                project,
                1,
                new Text("題", "Title"),
                new Text("目的", "Purpose"),
                new Text("表", "Tables"),
                List.of(),
                List.of(),
                "ndb",
                1,
                false,
                Resources.USUAL,
                Instant.EPOCH,
                expires,
                Visiting.of(true, true, true, true));
    }

    private ClosingDesk desk() {
        var desk = new ClosingDesk(
                home,
                ProjectFolders.in(home),
                new Closings(store),
                job -> {},
                project -> {},
                projects::isWrittenFor,
                whole,
                log,
                clock);
        desks.add(desk);
        return desk;
    }

    private ClosingDesk confirmed() {
        var desk = desk();
        assertThat(desk.closings().propose(PROJECT, "p-one", "over", clock.instant()))
                .isTrue();
        assertThat(desk.confirm(PROJECT, "p-two")).isTrue();
        return desk;
    }

    private Closing now() {
        return new Closings(store).find(PROJECT).orElseThrow();
    }

    private Closing closed() throws InterruptedException {
        for (int i = 0; i < PATIENCE; i++) {
            if (now().state() == State.CLOSED) {
                return now();
            }
            Thread.sleep(25);
        }
        throw new AssertionError("it is not closed");
    }

    private List<Entry> certificates() {
        return log.entries().stream()
                .filter(entry -> entry.action().equals("project.destroy") && entry.phase() == Phase.OUTCOME)
                .toList();
    }

    @Test
    void whatIsThereIsDestroyedCountedAndCertified() throws Exception {
        confirmed();
        var closing = closed();
        assertThat(data.getParent()).doesNotExist();
        assertThat(closing.files()).isEqualTo(1);
        assertThat(closing.bytes()).isEqualTo("of somebody".length());
        assertThat(certificates()).singleElement().satisfies(entry -> {
            assertThat(entry.index()).isEqualTo(closing.certificate());
            assertThat(entry.result()).isEqualTo(Result.DONE);
            assertThat(entry.detail()).containsEntry("files", "1").containsEntry("bytes", "11");
        });
        assertThat(projects.permit(PROJECT).orElseThrow().isExpiredAt(clock.instant()))
                .isTrue();
    }

    @Test
    void holesOfASparseFileAreNotCounted() throws Exception {
        try (var sparse = FileChannel.open(
                data.resolveSibling("home.img"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            sparse.write(ByteBuffer.wrap(new byte[] {1}), (64L << 20) - 1);
        }
        confirmed();
        assertThat(closed().files()).isEqualTo(2);
        assertThat(now().bytes()).isEqualTo((64L << 10) + "of somebody".length());
    }

    @Test
    void aPermitThatWasOverAlreadyKeepsItsEnd() {
        var end = Instant.parse("2020-04-01T00:00:00Z");
        projects.grant(permit("old-study", end), "p-reviewer");
        var closings = new Closings(store);
        closings.propose("old-study", "p-one", "over", clock.instant());
        assertThat(closings.confirm("old-study", "p-two", clock.instant())).isTrue();
        assertThat(projects.permit("old-study").orElseThrow().expires()).isEqualTo(end);
    }

    /** As when another proposal is refused, and this one made, while the decider is asked about. */
    @Test
    @Tag("abuse-88")
    void nobodyConfirmsAnOwnProposal() {
        var desk = desk();
        assertThat(desk.closings().propose(PROJECT, "p-one", "over", clock.instant()))
                .isTrue();
        assertThat(desk.confirm(PROJECT, "p-one")).isFalse();
        assertThat(now().state()).isEqualTo(State.PROPOSED);
        assertThat(desk.confirm(PROJECT, "p-two")).isTrue();
    }

    /** As of an operator who needed room: what it leads to would stay, and the log would say that it did not. */
    @Test
    void nothingIsCertifiedWhileAFolderOfTheProjectIsALink() throws Exception {
        var elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        var folder = data.resolveSibling("");
        Files.move(data, elsewhere.resolve("data.duckdb"));
        Files.delete(folder);
        Files.createSymbolicLink(folder.resolveSibling("data"), elsewhere);
        confirmed();
        Thread.sleep(LONGER_THAN_A_ROUND.toMillis());
        assertThat(now().state()).isEqualTo(State.DESTROYING);
        assertThat(certificates()).isEmpty();
        assertThat(elsewhere.resolve("data.duckdb")).content().isEqualTo("of somebody");
    }

    @Test
    void whoeverHasTheFileOpenOrUnderASecondNameIsLeftWithZeros() throws Exception {
        var second = Files.createLink(home.resolve("second"), data);
        try (var open = Files.newInputStream(data)) {
            confirmed();
            closed();
            assertThat(open.readAllBytes()).hasSize("of somebody".length()).containsOnly(0);
        }
        assertThat(Files.readAllBytes(second)).hasSize("of somebody".length()).containsOnly(0);
    }

    @Test
    void whoeverWritesForTheProjectMayFinishAndNobodyBeginsAnew() throws Exception {
        var begun = new CountDownLatch(1);
        var end = new CountDownLatch(1);
        var late = data.resolveSibling("late");
        var writer = Thread.ofVirtual()
                .start(() -> projects.during(PROJECT, () -> {
                    begun.countDown();
                    await(end);
                    write(late);
                }));
        begun.await();
        confirmed();
        Thread.sleep(LONGER_THAN_A_ROUND);
        assertThat(now().state()).isEqualTo(State.DESTROYING);
        assertThat(data).exists();
        assertThat(projects.during(PROJECT, () -> "done")).isEmpty();
        end.countDown();
        writer.join();
        assertThat(closed().files()).isEqualTo(2);
        assertThat(late).doesNotExist();
        assertThat(projects.during(PROJECT, () -> "done")).isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "late");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aBackupIsFinishedFirst() throws Exception {
        whole.lock();
        try {
            confirmed();
            Thread.sleep(LONGER_THAN_A_ROUND);
            assertThat(data).hasContent("of somebody");
        } finally {
            whole.unlock();
        }
        closed();
        assertThat(data).doesNotExist();
    }

    @Test
    void nothingIsDestroyedWithoutTheLogAndTheNextStartFinishes() throws Exception {
        log.breakDown();
        var desk = confirmed();
        Thread.sleep(LONGER_THAN_A_ROUND);
        assertThat(data).hasContent("of somebody");
        desk.close();
        log.comeBack();
        desk().resume();
        closed();
        assertThat(data).doesNotExist();
    }

    @Test
    void theCertificateCountsWhatWasDestroyedBeforeAStop() throws Exception {
        var closings = new Closings(store);
        closings.propose(PROJECT, "p-one", "over", clock.instant());
        closings.confirm(PROJECT, "p-two", clock.instant());
        closings.destroyed(PROJECT, new Destroyed(41, 1_000));
        desk().resume();
        assertThat(closed().files()).isEqualTo(42);
        assertThat(certificates())
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).containsEntry("files", "42"));
    }

    @Test
    void aStartLooksOnceMoreAfterAClosedProject() throws Exception {
        confirmed();
        var first = closed();
        Files.createDirectories(data.getParent());
        Files.writeString(data, "a second time");
        desk().resume();
        for (int i = 0; i < PATIENCE && certificates().size() < 2; i++) {
            Thread.sleep(25);
        }
        assertThat(data.getParent()).doesNotExist();
        assertThat(certificates()).hasSize(2);
        assertThat(now().files()).isEqualTo(first.files() + 1);
    }

    @Test
    void aStartWithNothingLeftWritesNothing() throws Exception {
        confirmed();
        closed();
        var entries = log.entries().size();
        desk().resume();
        Thread.sleep(LONGER_THAN_A_ROUND);
        assertThat(log.entries()).hasSize(entries);
    }
}
