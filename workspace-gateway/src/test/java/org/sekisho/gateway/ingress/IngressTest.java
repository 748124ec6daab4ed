package org.sekisho.gateway.ingress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.engine.catalog.Text;
import org.sekisho.engine.provision.ProjectFolders;
import org.sekisho.gateway.audit.FileAuditLog;
import org.sekisho.gateway.audit.Filter;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.User;
import org.sekisho.gateway.ingress.Ingress.Begun;
import org.sekisho.gateway.ingress.Ingress.Taken;
import org.sekisho.gateway.project.Permit;
import org.sekisho.gateway.project.Projects;
import org.sekisho.gateway.project.Visiting;
import org.sekisho.gateway.store.Store;
import org.sekisho.gateway.workspace.NoImages;

/** Starts and stops of the gateway around uploads, and a disk without room. */
final class IngressTest {
    private static final byte[] BYTES = "a,b\n1,2\n".getBytes(StandardCharsets.UTF_8);
    private static final User UPLOADER = new User("u-1", "researcher", "R", Set.of(Role.RESEARCHER));

    @TempDir
    Path home;

    private Instant now = Instant.parse("2026-11-20T00:00:00Z");
    private SourceBuild builder = SourceBuild.NONE;
    private Store store;
    private FileAuditLog log;
    private Ingress ingress;
    private Inputs inputs;

    @BeforeEach
    void open() {
        store = Store.open(home);
        log = FileAuditLog.open(home.resolve("log"), home.resolve("keys"), Clock.systemUTC());
        inputs = new Inputs(store);
        start(Limits.USUAL);
        var text = new Text("題", "t");
        new Projects(store)
                .grant(
                        new Permit(
                                "p",
                                1,
                                text,
                                text,
                                text,
                                List.of(),
                                List.of(),
                                "ndb",
                                1,
                                false,
                                Permit.Resources.USUAL,
                                now,
                                now.plus(Duration.ofDays(9)),
                                Visiting.NONE.bringing("tinystat")),
                        "u-2");
    }

    @AfterEach
    void close() {
        ingress.close();
        log.close();
        store.close();
    }

    @Test
    void givesUpWhatNobodyContinues() throws Exception {
        var half = half();
        now = now.plus(Duration.ofHours(23));
        restart(Limits.USUAL);
        Thread.sleep(200);
        assertThat(state(half)).isEqualTo(InputState.UPLOADING);
        now = now.plus(Duration.ofHours(2));
        restart(Limits.USUAL);
        await(half, InputState.ABANDONED);
        assertThat(home.resolve("projects/p/inputs/" + half)).doesNotExist();
        assertThat(ingress.take(half, 4, new byte[1])).isEqualTo(new Taken.Over());
        assertThat(log.search(new Filter(null, null, "input.abandon", half, null, null), null, 9)
                        .entries())
                .hasSize(1);
    }

    @Test
    void scansAfterARestartWhatArrivedBeforeIt() throws Exception {
        var id = half();
        ingress.close();
        assertThat(ingress.take(id, 4, Arrays.copyOfRange(BYTES, 4, BYTES.length)))
                .isInstanceOf(Taken.Written.class);
        assertThat(state(id)).isEqualTo(InputState.SCANNING);
        start(Limits.USUAL);
        ingress.resume();
        await(id, InputState.WAITING);
    }

    @Test
    void finishesADeliveryThatAKillInterrupted() throws Exception {
        var id = half();
        ingress.take(id, 4, Arrays.copyOfRange(BYTES, 4, BYTES.length));
        await(id, InputState.WAITING);
        ingress.close();
        var place = new DeliveredFolders(ProjectFolders.in(home)).files("p");
        Files.write(place.resolve("a.csv"), BYTES);
        Files.createDirectories(place.resolveSibling(".new-" + id).resolve("rest"));
        ingress.review(UPLOADER, inputs.find(id).orElseThrow(), true, "");
        start(Limits.USUAL);
        ingress.resume();
        await(id, InputState.DELIVERED);
        assertThat(place.resolve("a.csv")).hasBinaryContent(BYTES);
        assertThat(place.resolveSibling(".new-" + id)).doesNotExist();
    }

    @Test
    void deliversNothingButTheReviewedBytes() throws Exception {
        var id = half();
        ingress.take(id, 4, Arrays.copyOfRange(BYTES, 4, BYTES.length));
        await(id, InputState.WAITING);
        Files.writeString(home.resolve("projects/p/inputs/" + id + "/content"), "a,b\n6,6\n");
        ingress.review(UPLOADER, inputs.find(id).orElseThrow(), true, "");
        await(id, InputState.REFUSED);
        assertThat(inputs.find(id).orElseThrow().ending()).isEqualTo("bytes-changed");
        assertThat(new DeliveredFolders(ProjectFolders.in(home)).files("p").resolve("a.csv"))
                .doesNotExist();
    }

    @Test
    void installsASourcePackageAndLooksThroughWhatItBecame() throws Exception {
        builder = fakeBuild(Packages.builtR("tinystat", "1.2"));
        restart(Limits.USUAL);
        assertThat(state(accepted("tinystat_1.2.tar.gz"))).isEqualTo(InputState.DELIVERED);
        assertThat(new DeliveredFolders(ProjectFolders.in(home)).r("p").resolve("tinystat/R/tinystat"))
                .exists();
        builder = fakeBuild(Packages.builtR("other", "1"));
        restart(Limits.USUAL);
        assertThat(inputs.find(accepted("again.tar.gz")).orElseThrow().ending()).isEqualTo("install");
        builder = fakeBuild(null);
        restart(Limits.USUAL);
        assertThat(inputs.find(accepted("and-again.tar.gz")).orElseThrow().ending())
                .isEqualTo("install");
    }

    private String accepted(String name) throws InterruptedException {
        var bytes = Packages.tarGz(Map.of("tinystat/DESCRIPTION", "Package: tinystat\nVersion: 1.2\n"));
        var wish = new Ingress.Wish("p", name, InputKind.R_PACKAGE, bytes.length, null, "why");
        var id = ((Begun.Open) ingress.begin(UPLOADER, wish)).input().id();
        ingress.take(id, 0, bytes);
        await(id, InputState.WAITING);
        assertThat(inputs.find(id).orElseThrow().needsWords()).isTrue();
        ingress.review(UPLOADER, inputs.find(id).orElseThrow(), true, "why not");
        for (int i = 0; i < 200 && state(id) == InputState.ACCEPTED; i++) {
            Thread.sleep(20);
        }
        return id;
    }

    /** Answers with these bytes whatever it is given, or fails. */
    private static SourceBuild fakeBuild(byte @Nullable [] made) {
        return new SourceBuild() {
            @Override
            public boolean isAvailable() {
                return true;
            }

            @Override
            public boolean build(String id, Path source, Path library, Path into) {
                try {
                    if (made != null) {
                        Files.write(into, made);
                    }
                    return made != null;
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }

    @Test
    void takesNothingThatTheDiskHasNoRoomFor() {
        var id = half();
        restart(new Limits(1 << 20, 1 << 20, 1 << 20, 9, Long.MAX_VALUE / 2, Duration.ofHours(24)));
        assertThat(begin("b.csv")).isEqualTo(new Begun.Declined(Obstacle.NO_ROOM));
        assertThat(ingress.take(id, 4, new byte[1])).isEqualTo(new Taken.NoRoom());
        assertThat(inputs.find(id).orElseThrow().received()).isEqualTo(4);
    }

    private String half() {
        var id = ((Begun.Open) begin("a.csv")).input().id();
        assertThat(ingress.take(id, 0, Arrays.copyOf(BYTES, 4))).isInstanceOf(Taken.Written.class);
        return id;
    }

    private Begun begin(String name) {
        return ingress.begin(UPLOADER, new Ingress.Wish("p", name, InputKind.FILE, BYTES.length, null, "why"));
    }

    private void restart(Limits limits) {
        ingress.close();
        start(limits);
        ingress.resume();
    }

    private void start(Limits limits) {
        ingress = new Ingress(
                home,
                ProjectFolders.in(home),
                inputs,
                new DeliveredFolders(ProjectFolders.in(home)),
                file -> new Scan(Scan.State.CLEAN, "fake", null),
                builder,
                new ProjectImages(home, inputs, new NoImages(), limits, log),
                new Projects(store),
                limits,
                log,
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private InputState state(String id) {
        return inputs.find(id).orElseThrow().state();
    }

    private void await(String id, InputState state) throws InterruptedException {
        for (int i = 0; i < 200 && state(id) != state; i++) {
            Thread.sleep(20);
        }
        assertThat(state(id)).isEqualTo(state);
    }
}
