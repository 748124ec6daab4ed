package org.sekisho.gateway.airlock;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sekisho.checker.contribution.Footprint;
import org.sekisho.checker.contribution.FootprintFile;
import org.sekisho.checker.contribution.Ledger.Release;
import org.sekisho.checker.review.OutputState;
import org.sekisho.engine.provision.ProjectFolders;

class ReleaseLedgerTest {
    private static final Output ONE = released("o-1234567890", "stroke-care");
    private static final Output OTHER = released("o-0987654321", "stroke-care");

    @TempDir
    Path home;

    private ReleaseLedger ledger;
    private byte[] footprints = {};

    @BeforeEach
    void open() throws IOException {
        ledger = new ReleaseLedger(home, ProjectFolders.in(home));
        var file = home.resolve("t.csv.cells");
        FootprintFile.write(file, List.of(Footprint.of("t.csv", Set.of("count")).build()));
        footprints = Files.readAllBytes(file);
    }

    @Test
    void givesBackWhatWasKeptAlsoToTheNextGateway() {
        ledger.keep(ONE, Optional.of(List.of(footprints, footprints)));
        for (var each : List.of(ledger, new ReleaseLedger(home, ProjectFolders.in(home)))) {
            assertThat(release(each, ONE)).isInstanceOfSatisfying(Release.Known.class, known -> {
                assertThat(known.name()).isEqualTo(ONE.id());
                assertThat(known.tables().get().orElseThrow()).hasSize(2);
            });
        }
    }

    @Test
    void theLaterOfTheSameReleaseCounts() {
        ledger.keep(ONE, Optional.empty());
        assertThat(release(ledger, ONE)).isEqualTo(new Release.Unknown(ONE.id()));
        ledger.keep(ONE, Optional.of(List.of()));
        assertThat(tables(ONE)).hasValue(List.of());
    }

    @Test
    void isReadableByItsOwnerAloneAndLeavesNoPartsBehind() throws IOException {
        ledger.keep(ONE, Optional.of(List.of(footprints)));
        try (var below = Files.walk(home.resolve("projects"))) {
            assertThat(below.filter(Files::isRegularFile)).containsExactly(file(ONE));
        }
        for (var path : List.of(file(ONE), home.resolve("keys/ledger.key"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("projects/stroke-care/ledger"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aReleaseWithoutItsFileIsDamagedAndNotNothing() {
        assertThat(release(ledger, ONE)).isEqualTo(new Release.Damaged(ONE.id()));
    }

    @Test
    void everyChangedAndEveryMissingByteIsFound() throws IOException {
        for (var kept : List.of(Optional.of(List.of(footprints)), Optional.<List<byte[]>>empty())) {
            ledger.keep(ONE, kept);
            var whole = Files.readAllBytes(file(ONE));
            for (int at = 0; at < whole.length; at++) {
                var changed = whole.clone();
                changed[at] ^= 1;
                Files.write(file(ONE), changed);
                assertThat(isDamaged(ONE)).as("byte " + at).isTrue();
                Files.write(file(ONE), Arrays.copyOf(whole, at));
                assertThat(isDamaged(ONE)).as("cut at " + at).isTrue();
            }
        }
    }

    @Test
    void theFileOfAnotherReleaseOrUnderAnotherKeyIsFound() throws IOException {
        ledger.keep(ONE, Optional.of(List.of()));
        ledger.keep(OTHER, Optional.of(List.of(footprints)));
        Files.copy(file(ONE), file(OTHER), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(isDamaged(OTHER)).isTrue();
        assertThat(isDamaged(ONE)).isFalse();
        Files.delete(home.resolve("keys/ledger.key"));
        ledger = new ReleaseLedger(home, ProjectFolders.in(home));
        assertThat(isDamaged(ONE)).isTrue();
    }

    private boolean isDamaged(Output output) {
        return switch (release(ledger, output)) {
            case Release.Damaged damaged -> true;
            case Release.Known known -> known.tables().get().isEmpty();
            case Release.Unknown unknown -> false;
        };
    }

    private Optional<List<Footprint>> tables(Output output) {
        return ((Release.Known) release(ledger, output)).tables().get();
    }

    private static Release release(ReleaseLedger ledger, Output output) {
        return ledger.of("o-new", List.of(output), Map.of()).releases().getFirst();
    }

    private Path file(Output output) {
        return home.resolve("projects")
                .resolve(output.project())
                .resolve("ledger")
                .resolve(output.id());
    }

    private static Output released(String id, String project) {
        return new Output(
                id,
                1,
                project,
                "u-1",
                null,
                "",
                OutputState.RELEASED,
                Origin.QUERY,
                null,
                "",
                List.of("result.csv"),
                1,
                1,
                "p",
                null,
                null,
                null,
                Instant.EPOCH,
                null,
                null,
                List.of(),
                null);
    }
}
