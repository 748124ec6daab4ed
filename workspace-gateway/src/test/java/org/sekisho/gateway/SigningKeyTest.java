package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.store.Store;

class SigningKeyTest {
    @TempDir
    Path home;

    @Test
    void isMadeOnceAndIsItsOwnersAlone() throws Exception {
        var file = home.resolve("keys/certificate.key");
        var made = SigningKey.open(file, false);
        assertThat(SigningKey.open(file, true).getPrivate()).isEqualTo(made.getPrivate());
        assertThat(SigningKey.open(file, false).getPublic()).isEqualTo(made.getPublic());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    /** A start that was killed while it made the key leaves none of it behind the next one. */
    @Test
    void isTheOnlyCopyOfItself() throws Exception {
        var file = home.resolve("keys/certificate.key");
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file.resolveSibling("certificate.key.next"), "half a key");
        SigningKey.open(file, false);
        try (var keys = Files.list(file.resolveSibling(""))) {
            assertThat(keys).containsExactly(file);
        }
    }

    /** Under another key every earlier judgement would look like one that somebody changed. */
    @Test
    void isNotMadeAnewInAHomeThatHasOutputs() {
        try (var store = Store.open(home)) {
            store.run(handle -> {
                handle.execute("insert into project values ('stroke-care', 'a', 'a', '')");
                handle.execute("""
                        insert into output (id, number, project, author, title, state, file, permit, reviews, provision,
                          created)
                        values ('o-1', 1, 'stroke-care', 'u-1', '', 'checking', 'a.csv', 1, 1, 'd-1',
                          '2026-04-01T00:00:00Z')""");
            });
        }
        var file = home.resolve("keys/certificate.key");
        var settings = Settings.parse(List.of("--home", home.toString(), "--port", "0", "--ops-port", "0"));
        assertThatThrownBy(() -> Gateway.start(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith(file + " is missing")
                .hasMessageContaining("backup");
        assertThat(file).doesNotExist();
    }
}
