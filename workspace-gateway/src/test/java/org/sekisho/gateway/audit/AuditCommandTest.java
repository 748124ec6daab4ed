package org.sekisho.gateway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sekisho.gateway.audit.tlog.TlogProof;
import org.sekisho.gateway.audit.verify.Json;

/** The command line, beside a log that nobody writes at the moment. */
final class AuditCommandTest {
    @TempDir
    static Path original;

    @TempDir
    Path home;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeAll
    static void write() {
        try (var log = Samples.open(original)) {
            Samples.fill(log, 1299);
        }
    }

    @BeforeEach
    void copy() throws Exception {
        Tampering.copy(original, home);
    }

    @Test
    void searchesNewestFirst() {
        assertThat(run(
                        "search",
                        home.toString(),
                        "--actor",
                        "researcher-3",
                        "--project",
                        "stroke-care",
                        "--limit",
                        "5"))
                .isZero();
        var found = lines().stream().map(Json::object).toList();

        assertThat(found).hasSize(5);
        assertThat(found)
                .allSatisfy(entry -> assertThat(entry)
                        .containsEntry("actor", "researcher-3")
                        .containsEntry("project", "stroke-care")
                        .doesNotContainKey("salt"));
        assertThat(found)
                .isSortedAccordingTo(
                        Comparator.comparingLong(AuditCommandTest::index).reversed());
    }

    @Test
    void goesOverPagesWhenMoreIsAskedFor() {
        run("search", home.toString(), "--limit", "1200");
        assertThat(lines()).hasSize(1200);
        out.reset();
        run("search", home.toString());
        assertThat(lines()).hasSize(50);
        out.reset();
        run("search", home.toString(), "--from", "2100-01-01T00:00:00Z");
        assertThat(lines()).isEmpty();
        run("search", home.toString(), "--to", "2000-01-01T00:00:00Z");
        assertThat(lines()).isEmpty();
        run("search", home.toString(), "--object", "job-7", "--action", "output.preview");
        assertThat(lines()).hasSize(1);
    }

    @Test
    void showsReferencesWhereTheKeysOfPersonsAreNotThere() throws Exception {
        var copy = home.resolve("elsewhere/copy");
        Tampering.copy(original.resolve("log"), copy);
        assertThat(run("search", copy.toString(), "--limit", "1")).isZero();

        assertThat((String) Json.object(lines().getFirst()).get("actor")).startsWith("p:");
    }

    @Test
    void exportsEverythingOldestFirst() {
        assertThat(run("export", home.toString(), "--format", "syslog")).isZero();
        assertThat(lines()).hasSize(1300);
        assertThat(lines().getFirst()).contains("log.open").contains("index=\"0\"");
        out.reset();
        assertThat(run("export", home.toString(), "--format", "cef", "--after", "1290"))
                .isZero();
        assertThat(lines()).hasSize(9);
        assertThat(lines().getFirst()).contains("externalId=1291 ");
    }

    @Test
    void writesTilesThatAreThere() throws Exception {
        var target = home.resolve("tiles");
        assertThat(run("export", home.toString(), "--format", "tiles", "--out", target.toString()))
                .isZero();

        try (var files = Files.walk(target)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> target.relativize(file).toString()))
                    .containsExactlyInAnyOrder(
                            "checkpoint",
                            "tile/0/000",
                            "tile/0/001",
                            "tile/0/002",
                            "tile/0/003",
                            "tile/0/004",
                            "tile/0/005.p/20",
                            "tile/1/000.p/5",
                            "tile/entries/000",
                            "tile/entries/001",
                            "tile/entries/002",
                            "tile/entries/003",
                            "tile/entries/004",
                            "tile/entries/005.p/20");
        }
        assertThat(target.resolve("tile/0/000")).hasSize(8192);
        assertThat(target.resolve("tile/1/000.p/5")).hasSize(160);
        assertThat(words()).contains("1300 entries");
    }

    @Test
    void provesAnEntryWithoutItsPersonUnlessAsked() throws Exception {
        assertThat(run("prove", home.toString(), "77")).isZero();
        var proof = TlogProof.parse(out.toString(StandardCharsets.UTF_8));
        assertThat(proof.openings()).isEmpty();
        assertThat(proof.index()).isEqualTo(77);

        var file = home.resolve("p");
        assertThat(run("prove", home.toString(), "77", "--named", "yes", "--out", file.toString()))
                .isZero();
        assertThat(TlogProof.parse(Files.readString(file)).openings())
                .singleElement()
                .asString()
                .contains("\"name\":\"researcher-");
        out.reset();
        err.reset();
        assertThat(run(
                        "verify",
                        file.toString(),
                        "--key",
                        home.resolve("log/key.pub").toString()))
                .isZero();
        assertThat(words()).contains("Entry 77 is in the log").contains("is researcher-");
    }

    @Test
    void provesNothingOfALogThatDoesNotHold() throws Exception {
        Tampering.flip(home.resolve("log/index"), 1290 * 64);
        assertThat(run("prove", home.toString(), "77")).isEqualTo(2);
        assertThat(words()).contains("does not hold");
    }

    @Test
    void forgetsAPersonForGood() {
        assertThat(run("forget", home.toString(), "researcher-3")).isZero();
        assertThat(words()).contains("sekisho.db, still has the account");
        out.reset();
        run("search", home.toString(), "--actor", "researcher-3");
        assertThat(lines()).isEmpty();
        assertThat(run(
                        "verify",
                        home.toString(),
                        "--key",
                        home.resolve("log/key.pub").toString()))
                .isZero();
        assertThat(run("forget", home.toString(), "researcher-3")).isEqualTo(2);
        assertThat(words()).contains("knows nobody");
        assertThat(run("forget", home.resolve("log").toString(), "researcher-3"))
                .isEqualTo(2);
        assertThat(words()).contains("takes the home");
    }

    @Test
    void saysThatNothingMatches() {
        assertThat(run("search", home.toString(), "--actor", "nobody")).isZero();
        assertThat(lines()).isEmpty();
        assertThat(words()).isEqualToIgnoringNewLines("Nothing matches.");
        err.reset();
        assertThat(run("search", "--home", home.toString(), "--limit", "1")).isZero();
        assertThat(lines()).hasSize(1);
        assertThat(words()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "nothing",
            value = {
                "nothing | audit: say what to do",
                "look HOME | audit: there is no command look",
                "look | audit: there is no command look",
                "search | audit search: name a home, or the folder of a log",
                "search HOME --home HOME | audit search: it takes DIR here",
                "search HOME more | audit search: it takes DIR here",
                "search HOME --limit | audit search: --limit needs a value",
                "search HOME --limit --actor a | audit search: --limit needs a value",
                "search HOME --limit many | audit search: --limit is a whole number from 1 on",
                "search HOME --limit -3 | audit search: --limit is a whole number from 1 on",
                "search HOME --limit 0 | audit search: --limit is a whole number from 1 on",
                "search HOME --from yesterday | audit search: --from is a time such as",
                "search HOME --colour red | audit search: there is no option --colour here",
                "search HOME/nowhere | audit search: there is no log in ",
                "prove HOME | audit prove: it takes DIR and one word here",
                "prove HOME x | audit prove: INDEX is a whole number from 0 on",
                "prove HOME 1300 | audit prove: ",
                "prove HOME -1 | audit prove: INDEX is a whole number from 0 on",
                "prove HOME 7 --named maybe | audit prove: --named is yes or no",
                "export HOME --format xml | audit export: --format is ",
                "export HOME --format tiles | audit export: --out is needed",
                "export HOME --after -1 | audit export: --after is a whole number from 0 on",
                "forget HOME | audit forget: it takes DIR and one word here",
                "forward HOME | audit forward: --to is needed",
                "forward HOME --to collector --state HOME/sent | audit forward: --to is HOST:PORT",
                "forward HOME --to 127.0.0.1:6514 | audit forward: --state is needed",
                "forward HOME --to 127.0.0.1:6514 --state HOME/log/checkpoints | audit forward: ",
                "forward HOME --to 127.0.0.1:6514 --state HOME/sent --ca HOME/log/checkpoints | audit forward: ",
                "forward HOME/nowhere --to 127.0.0.1:6514 --state HOME/sent | audit forward: there is no log in ",
                "verify HOME | audit verify: --key is missing"
            })
    void saysWhatItTakes(@Nullable String words, String said) {
        var arguments = words == null
                ? new String[0]
                : words.replace("HOME", home.toString()).split(" ");
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(words()).startsWith(said);
        assertThat(lines()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "look HOME", "search", "search HOME --limit"})
    void saysHowItIsAsked(String words) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
        assertThat(words().lines().skip(1).findFirst().orElseThrow()).startsWith("usage: sekisho audit verify ");
    }

    @Test
    void provesWithoutThePersonWhereThatIsSaid() {
        assertThat(run("prove", home.toString(), "77", "--named", "no")).isZero();
        assertThat(TlogProof.parse(out.toString(StandardCharsets.UTF_8)).openings())
                .isEmpty();
    }

    private static long index(Map<String, Object> entry) {
        return (Long) Objects.requireNonNull(entry.get("index"));
    }

    private int run(String... arguments) {
        return AuditCommand.run(
                List.of(arguments),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private String words() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
