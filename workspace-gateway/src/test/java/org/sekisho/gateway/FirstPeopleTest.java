package org.sekisho.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.gateway.audit.InMemoryAuditLog;
import org.sekisho.gateway.identity.Accounts;
import org.sekisho.gateway.identity.Identity;
import org.sekisho.gateway.identity.IdentitySettings;
import org.sekisho.gateway.identity.Role;
import org.sekisho.gateway.identity.SecondFactor;
import org.sekisho.gateway.store.Store;

class FirstPeopleTest {
    private static final String PASSWORD = "correct horse battery";
    private static final Duration LONG = Duration.ofDays(8);

    @TempDir
    Path home;

    private Instant now = Instant.parse("2026-04-01T00:00:00Z");
    private InMemoryAuditLog log;
    private Store store;
    private Accounts accounts;

    @BeforeEach
    void open() {
        var clock = Clock.fixed(now, ZoneId.of("Asia/Tokyo"));
        log = new InMemoryAuditLog(clock);
        store = Store.open(home);
        var settings = IdentitySettings.local(SecondFactor.REQUIRED);
        accounts = Identity.open(store, home.resolve("keys"), settings, clock, () -> now)
                .accounts();
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void start() {
        new FirstPeople(accounts, log, home).invite();
    }

    private String code(String name) {
        try {
            return Files.readString(home.resolve("first").resolve(name)).strip();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Set<Role> roles(String name) {
        return accounts.named(name).orElseThrow().roles();
    }

    @Test
    void areOneWhoRunsItAndOneWhoWatchesEachWithAnInvitationOfTheirOwn() throws IOException {
        start();
        assertThat(roles("admin")).containsExactly(Role.ADMIN);
        assertThat(roles("security")).containsExactly(Role.SECURITY);
        for (var name : new String[] {"admin", "security"}) {
            var file = home.resolve("first").resolve(name);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
            assertThat(accounts.accept(code(name), PASSWORD))
                    .get()
                    .extracting("name")
                    .isEqualTo(name);
        }
        start();
        assertThat(accounts.all()).hasSize(2);
        assertThat(log.entries()).hasSize(4);
    }

    @Test
    void keepTheirInvitationsAsLongAsThoseStand() {
        start();
        var first = code("admin");
        now = now.plus(Duration.ofDays(6));
        start();
        assertThat(code("admin")).isEqualTo(first);
        assertThat(accounts.accept(first, PASSWORD)).isPresent();
    }

    @Test
    void areInvitedAnewWhenTheyHaveNotComeInTime() {
        start();
        var late = code("admin");
        now = now.plus(LONG);
        assertThat(accounts.accept(late, PASSWORD)).isEmpty();
        start();
        assertThat(accounts.accept(late, PASSWORD)).isEmpty();
        assertThat(accounts.accept(code("admin"), PASSWORD)).isPresent();
        assertThat(accounts.accept(code("security"), PASSWORD)).isPresent();
    }

    @Test
    void areInvitedAnewWhenTheOneWhoCameCannotInviteTheOtherAlone() {
        start();
        accounts.accept(code("admin"), PASSWORD);
        var gone = code("admin");
        now = now.plus(LONG);
        start();
        assertThat(code("admin")).as("who has come is left alone").isEqualTo(gone);
        assertThat(accounts.accept(code("security"), PASSWORD)).isPresent();
    }

    @Test
    void areLeftToOthersWhereTwoHaveComeWhoHavePower() {
        start();
        accounts.accept(code("admin"), PASSWORD);
        accounts.create("other", "Other", Set.of(Role.SECURITY), PASSWORD);
        var over = code("security");
        now = now.plus(LONG);
        start();
        assertThat(code("security")).isEqualTo(over);
        assertThat(accounts.accept(over, PASSWORD)).isEmpty();
    }

    @Test
    void areFinishedWhenAGatewayStoppedInBetween() {
        accounts.create("admin", "admin");
        start();
        assertThat(roles("admin")).containsExactly(Role.ADMIN);
        assertThat(accounts.accept(code("admin"), PASSWORD)).isPresent();
        assertThat(accounts.accept(code("security"), PASSWORD)).isPresent();
    }
}
