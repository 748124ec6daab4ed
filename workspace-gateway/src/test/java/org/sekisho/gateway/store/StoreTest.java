package org.sekisho.gateway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoreTest {
    @TempDir
    Path home;

    @Test
    void keepsWhatWasWrittenOverAReopening() {
        try (var store = Store.open(home)) {
            insert(store, "one");
        }
        try (var store = Store.open(home)) {
            assertThat(projects(store)).isEqualTo(1);
        }
    }

    @Test
    void writesAllOfATransactionOrNothing() {
        try (var store = Store.open(home)) {
            assertThatThrownBy(() -> store.run(handle -> {
                        handle.execute("insert into project values ('a', 'a', 'a', '')");
                        throw new IllegalStateException("midway");
                    }))
                    .hasMessage("midway");
            assertThat(projects(store)).isZero();
            insert(store, "after");
            assertThat(projects(store)).isEqualTo(1);
        }
    }

    @Test
    void keepsNothingOfWhatWasReplacedOnceItIsCompacted() throws IOException {
        var canary = "canary-5d1e";
        try (var store = Store.open(home)) {
            insert(store, "kept");
            for (int i = 0; i < 500; i++) {
                var id = "p" + i;
                store.run(
                        handle -> handle.execute("insert into project values (?, ?, 'a', '')", id, canary.repeat(100)));
            }
            store.run(handle -> handle.execute("delete from project where id <> 'kept'"));
            assertThat(onDisk()).contains(canary);
            assertThat(store.compact()).isTrue();
            assertThat(onDisk()).doesNotContain(canary);
            assertThat(projects(store)).isEqualTo(1);
        }
    }

    /** Every byte of the store's files. */
    private String onDisk() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.append(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    @Test
    void runsWithEverySafetySwitchedOn() {
        try (var store = Store.open(home)) {
            assertThat(store.<String>write(h -> h.createQuery("pragma journal_mode")
                            .mapTo(String.class)
                            .one()))
                    .isEqualTo("wal");
            assertThat(store.<Integer>write(h -> h.createQuery("pragma synchronous")
                            .mapTo(Integer.class)
                            .one()))
                    .isEqualTo(2);
            assertThat(store.<Integer>write(h -> h.createQuery("pragma foreign_keys")
                            .mapTo(Integer.class)
                            .one()))
                    .isEqualTo(1);
        }
    }

    @Test
    void letsReadersReadOnly() {
        try (var store = Store.open(home)) {
            assertThatThrownBy(() -> store.read(h -> h.execute("delete from project")))
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void takesWritesFromManyThreads() {
        try (var store = Store.open(home)) {
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                IntStream.range(0, 200).forEach(i -> threads.execute(() -> insert(store, "p" + i)));
            }
            assertThat(projects(store)).isEqualTo(200);
        }
    }

    @Test
    void keepsItsFilesFromOthers() throws Exception {
        try (var store = Store.open(home)) {
            assertThat(projects(store)).isZero();
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("sekisho.db"))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void closesOnce() {
        var store = Store.open(home);
        store.close();
        assertThatCode(store::close).doesNotThrowAnyException();
    }

    private static void insert(Store store, String id) {
        store.run(handle -> handle.execute("insert into project values (?, 'ja', 'en', '')", id));
    }

    private static int projects(Store store) {
        return store.read(handle -> handle.createQuery("select count(*) from project")
                .mapTo(Integer.class)
                .one());
    }

    /** SQLite writes the whole file anew somewhere first, and where this environment says. */
    @Test
    void nothingIsWrittenElsewhereWhileItIsCompacted() throws Exception {
        var elsewhere = Files.createDirectory(home.resolve("elsewhere"));
        try (var watch = home.getFileSystem().newWatchService()) {
            elsewhere.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            var builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Compacting.class.getName(),
                            home.resolve("of-another").toString())
                    .redirectErrorStream(true);
            builder.environment().put("SQLITE_TMPDIR", elsewhere.toString());
            var process = builder.start();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(said).isZero();
            assertThat(watch.poll()).isNull();
            Files.createFile(elsewhere.resolve("control"));
            assertThat(watch.take()).as("the watch sees what there is").isNotNull();
        }
    }

    /** A process that compacts a store. */
    static final class Compacting {
        private Compacting() {}

        public static void main(String[] arguments) {
            try (var store = Store.open(Path.of(arguments[0]))) {
                for (int i = 0; i < 50; i++) {
                    var id = "p" + i;
                    store.run(handle ->
                            handle.execute("insert into project values (?, ?, 'a', '')", id, id.repeat(90_000)));
                }
                if (!store.compact()) {
                    throw new IllegalStateException("not compacted");
                }
            }
        }
    }
}
