package org.sekisho.engine.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.engine.provision.Provision;

/** Abuse cases 45 to 55 through a real worker, by their numbers; GateIT has every other way to write them. */
class AbuseCasesIT {
    private static final String FOR_EVER =
            "with recursive n(i) as (select 1 union all select i + 1 from n) select count(*) as c from n";

    private static House house;
    private static Engine engine;
    private static Provision provision;

    @BeforeAll
    static void open() throws IOException {
        house = new House();
        house.small("other");
        engine = new Engine(house.settings(SandboxChoice.PREFERRED));
        provision = house.small("mine");
    }

    @AfterAll
    static void close() throws IOException {
        engine.close();
        house.close();
    }

    private static QueryAnswer run(String sql, Cancellation cancellation) throws IOException {
        return engine.run(provision, sql, house.outputs("abuse-" + System.nanoTime()), cancellation, p -> {});
    }

    private static QueryAnswer run(String sql) throws IOException {
        return run(sql, new Cancellation());
    }

    private static void refuses(String sql) throws IOException {
        assertThat(run(sql)).as(sql).isInstanceOf(QueryAnswer.Refused.class);
        assertThat(Path.of("/tmp/sekisho-abuse")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select read_text('/etc/passwd')",
                "from read_text('/proc/self/environ')",
                "from read_blob('/proc/self/mem')",
                "from read_csv('/etc/passwd', sep => ':')",
                "from '/etc/passwd'",
                "select * from glob('/**')"
            })
    @Tag("abuse-45")
    void noFileOfTheMachineIsRead(String sql) throws IOException {
        refuses(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "copy person to '/tmp/sekisho-abuse'",
                "copy (select * from person) to '/tmp/sekisho-abuse' (format parquet)",
                "copy person to 'https://elsewhere.example/x'",
                "copy person to program 'cat'",
                "export database '/tmp/sekisho-abuse'"
            })
    @Tag("abuse-46")
    void nothingIsCopiedOut(String sql) throws IOException {
        refuses(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attach '/worker/data/other.duckdb' as o",
                "attach 'https://elsewhere.example/x.duckdb' as o",
                "attach 'host=elsewhere.example' as o (type postgres)",
                "select * from other.main.person",
                "select * from \"../other/v1/data.duckdb\".main.person"
            })
    @Tag("abuse-47")
    void nothingIsAttached(String sql) throws IOException {
        refuses(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "install httpfs",
                "force install httpfs from 'https://elsewhere.example'",
                "load httpfs",
                "load '/tmp/sekisho-abuse.duckdb_extension'",
                "update extensions"
            })
    @Tag("abuse-48")
    void noExtensionIsInstalledOrLoaded(String sql) throws IOException {
        refuses(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "set enable_external_access = true",
                "set global lock_configuration = false",
                "reset lock_configuration",
                "set allowed_directories = ['/']",
                "pragma enable_external_access",
                "select set_config('enable_external_access', 'true')",
                "select current_setting('enable_external_access')"
            })
    @Tag("abuse-49")
    void noSettingIsUnlocked(String sql) throws IOException {
        refuses(sql);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pragma enable_profiling = 'json'",
                "set profiling_output = '/tmp/sekisho-abuse'",
                "pragma profile_output = '/tmp/sekisho-abuse'",
                "set log_query_path = '/tmp/sekisho-abuse'",
                "call enable_logging(storage = 'file', storage_config = {'path': '/tmp/sekisho-abuse'})",
                "explain (analyze, format json) select * from person"
            })
    @Tag("abuse-50")
    void nothingIsProfiledOrLoggedIntoAFile(String sql) throws IOException {
        refuses(sql);
    }

    @Tag("abuse-51")
    @Test
    void noLinkInsideTheDirectoriesOfAWorkerIsFollowed() throws IOException {
        var secret = Files.writeString(house.home.resolve("secret.csv"), "a\n" + House.CANARY + "\n");
        var data = Objects.requireNonNull(provision.database().getParent());
        Files.createSymbolicLink(data.resolve("soft.csv"), secret);
        Files.createLink(data.resolve("hard.csv"), secret);
        for (var name : List.of("soft.csv", "hard.csv")) {
            for (var from : List.of("'%s'", "'/worker/data/%s'", "read_csv('/worker/data/%s')", "read_text('%s')")) {
                refuses("select * from " + from.formatted(name));
            }
        }
    }

    /** Bombs of every other kind are EngineIT's and SandboxIT's. */
    @Tag("abuse-52")
    @Test
    void aBombEndsAloneAndTheProjectWorksOn() throws IOException {
        assertThat(run("select len(list_distinct(range(1000000000))) as n")).isInstanceOf(QueryAnswer.Failed.class);
        assertThat(run("select count(*) as c from claim")).isInstanceOf(QueryAnswer.Answered.class);
    }

    @Tag("abuse-53")
    @Test
    void recursionWithoutEndIsCancelledLongBeforeItsTimeLimit() throws Exception {
        var cancellation = new Cancellation();
        run("select 1");
        var answer = CompletableFuture.supplyAsync(() -> {
            try {
                return run(FOR_EVER, cancellation);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        Thread.sleep(1_000);
        assertThat(answer).isNotDone();
        var start = System.nanoTime();
        cancellation.cancel();
        assertThat(answer.get()).isInstanceOf(QueryAnswer.Cancelled.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    /** Nothing spills; a worker that runs out of memory or is killed leaves its project's provision and nothing else. */
    @Tag("abuse-54")
    @Test
    void neitherSpillNorDumpHoldsWhatAWorkerHadInMemory() throws Exception {
        assertThat(run("select repeat(note, 100) || person_id || i as s, count(*) from person, range(20000) t(i)"
                        + " group by all order by s"))
                .isInstanceOfSatisfying(
                        QueryAnswer.Failed.class,
                        failed -> assertThat(failed.code()).isIn("out-of-memory", "worker-crashed"));
        assertThat(run("select note, count(*) from person group by all")).isInstanceOf(QueryAnswer.Answered.class);
        Objects.requireNonNull(engine.post(provision).present()).kill();
        assertThat(run("select 1")).isInstanceOf(QueryAnswer.Answered.class);
        var found = new ArrayList<Path>();
        for (var place : List.of(house.home, Path.of(""))) {
            Files.walkFileTree(place, new Leavings(house.home.resolve("held"), found));
        }
        assertThat(found)
                .allMatch(file -> file.startsWith(house.home.resolve("projects"))
                        || file.equals(house.home.resolve("secret.csv")));
        assertThat(found).as("the search finds it where it is").contains(provision.database());
    }

    /**
     * Dumps, and files that hold the canary. It stands in the tests themselves, so sources and what is built of them are
     * not looked into; nor are outputs. Files of a worker that just ended may vanish meanwhile.
     */
    private static final class Leavings extends SimpleFileVisitor<Path> {
        private static final Set<Path> OURS = Set.of(Path.of("src"), Path.of("target"));

        private final Path outputs;
        private final List<Path> found;

        Leavings(Path outputs, List<Path> found) {
            this.outputs = outputs;
            this.found = found;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return OURS.contains(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            boolean dump = file.getFileName().toString().matches("core(\\.\\d+)?|hs_err_.*|.*\\.hprof");
            if (attributes.isRegularFile() && (dump || (!file.startsWith(outputs) && holds(file)))) {
                found.add(file);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (failure instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
            }
            throw failure;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) throws IOException {
            return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, failure);
        }

        private static boolean holds(Path file) throws IOException {
            try {
                return Files.size(file) < 256L << 20
                        && new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(House.CANARY);
            } catch (NoSuchFileException vanished) {
                return false;
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select cast(note as integer) from person",
                "select note::date from person",
                "select strptime(note, '%Y') from person",
                "select note from person where regexp_matches('x', note || '(')",
                "select array_extract(note, 'x') from person",
                "select json_extract(note, '$.a') from person",
                "select cast(points * 1000000000000000 as integer) from claim"
            })
    @Tag("abuse-55")
    void noErrorCarriesAValueOfARow(String sql) throws IOException {
        var answer = run(sql);
        assertThat(answer).isInstanceOf(QueryAnswer.Failed.class);
        assertThat(answer.toString()).doesNotContain(House.CANARY).doesNotContainPattern("\\b10\\d{3}0{15}\\b");
    }

    @Tag("abuse-55")
    @Test
    void noErrorIsRaisedInOnesOwnWords() throws IOException {
        refuses("select error(note) from person");
    }
}
