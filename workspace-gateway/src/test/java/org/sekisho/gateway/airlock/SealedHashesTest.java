package org.sekisho.gateway.airlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.store.Store;
import org.sqlite.SQLiteDataSource;

/** A store of the time when it had plain hashes of what has not left. */
class SealedHashesTest {
    private static final String RESULT = Hashes.sha256("result");
    private static final String JUDGEMENT = Hashes.sha256("judgement");
    private static final String SUBMITTED = Hashes.sha256("submitted");

    @TempDir
    Path home;

    @Test
    void becomeSealsOnceAndLeaveNothingOnTheDisk() throws Exception {
        earlierStore();
        assertThat(onDisk()).contains(RESULT, JUDGEMENT, SUBMITTED);
        try (var store = Store.open(home)) {
            var outputs = new Outputs(store);
            assertThat(outputs.seal((output, sha256) -> output + " sealed " + Hashes.sha256(sha256)))
                    .isTrue();
            assertThat(outputs.seal((output, sha256) -> "sealed again")).isTrue();

            assertThat(outputs.find("o-1").orElseThrow().judgement())
                    .isEqualTo("o-1 sealed " + Hashes.sha256(JUDGEMENT));
            assertThat(outputs.submitted("o-1"))
                    .containsExactly(new Outputs.Submitted("a.csv", "o-1 sealed " + Hashes.sha256(SUBMITTED)));
            assertThat(outputs.find("o-2").orElseThrow().judgement())
                    .as("not judged yet")
                    .isNull();
            assertThat(onDisk()).doesNotContain(RESULT, JUDGEMENT, SUBMITTED);
        }
    }

    @Test
    void areForgottenByTheNextStartWhenAKillCameBetween() throws Exception {
        earlierStore();
        try (var store = Store.open(home)) {
            new Outputs(store).sealPlain((output, sha256) -> "sealed");
            assertThat(onDisk()).contains(JUDGEMENT, SUBMITTED);

            assertThat(new Outputs(store).seal((output, sha256) -> "sealed again"))
                    .isTrue();
            assertThat(new Outputs(store).find("o-1").orElseThrow().judgement()).isEqualTo("sealed");
            assertThat(onDisk()).doesNotContain(RESULT, JUDGEMENT, SUBMITTED);
            assertThat(unsealed(store)).isZero();
        }
    }

    /** Ten seconds, for so long the store waits for readers. */
    @Test
    void areAskedForAgainWhileSomebodyReadsWhatWasThere() throws Exception {
        earlierStore();
        try (var store = Store.open(home)) {
            var outputs = new Outputs(store);
            try (var _ = store.picture()) {
                assertThat(outputs.seal((output, sha256) -> "sealed")).isFalse();
            }
            assertThat(unsealed(store)).isEqualTo(2);
            assertThat(outputs.seal((output, sha256) -> "sealed again")).isTrue();
            assertThat(onDisk()).doesNotContain(RESULT, JUDGEMENT, SUBMITTED);
        }
    }

    private static long unsealed(Store store) {
        return store.read(handle -> handle.createQuery("select count(*) from unsealed")
                .mapTo(Long.class)
                .one());
    }

    private void earlierStore() throws SQLException {
        var source = new SQLiteDataSource();
        source.setUrl("jdbc:sqlite:" + home.resolve("sekisho.db"));
        Flyway.configure()
                .dataSource(source)
                .locations("classpath:db/migration")
                .target("31")
                .load()
                .migrate();
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute("insert into project values ('stroke-care', 'a', 'a', '')");
            for (var row : new String[] {"'o-1', 1, '" + JUDGEMENT + "'", "'o-2', 2, null"}) {
                statement.execute("""
                        insert into output (id, number, judgement, project, author, title, state, file, permit, reviews,
                          provision, result, created)
                        values (%s, 'stroke-care', 'u-1', '', 'checking', 'a.csv', 1, 1, 'd-1', '%s',
                          '2026-04-01T00:00:00Z')""".formatted(row, RESULT));
            }
            statement.execute("insert into submitted_file values ('o-1', 0, 'a.csv', 3, '" + SUBMITTED + "')");
        }
    }

    /** Every byte of the store's files. */
    private String onDisk() throws IOException {
        var all = new StringBuilder();
        try (var files = Files.list(home)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }
}
